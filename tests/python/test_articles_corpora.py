"""Whole collections: every row is accounted for, and what outlets add is taken out again."""

import random
from collections import Counter

import numpy as np
import pytest
from dirty_outlets import dirtied, outlets

from samestory import find_stories
from samestory.articles import iter_articles, read_articles
from samestory.metrics import b_cubed

SETS = (
    "allsides_articles allsides_roundups basil bbc cstnews ecbplus fnc1_articles fnc1_headlines "
    "giveme5w1h google_news_headlines googlenews_T googlenews_TS gva_incidents lee50 multiling2011 "
    "multinews100 og2021_titles reuters21578 rpm2_fr uci_sample"
)
PAIRS = "msrp_sentence_pairs paraphraser_ru_headline_pairs sts_headline_pairs"


def accounted(n_rows: int, articles) -> None:
    """Check that every row is an article, in its place, or one of `skipped`."""
    listed = {note.row for note in articles.skipped}
    assert None not in listed
    wordless = [i for i, text in enumerate(articles.documents()) if not text.strip()]
    assert len(articles) == n_rows
    assert set(wordless) <= listed
    report = articles.report()
    assert sum(report.skipped.values()) == len(articles.skipped)


@pytest.mark.parametrize("name", SETS.split())
def test_every_row_of_a_set_is_an_article(name, shared, read_set):
    rows = read_set(name)
    path = shared / "data" / f"{name}.jsonl.gz"
    articles = read_articles(path)
    accounted(len(rows), articles)
    assert articles.column("id") == [row["id"] for row in rows]
    if len(rows) < 10_000:
        assert sum(1 for _ in iter_articles(path, on_skipped=lambda note: None)) == len(rows)
        pytest.importorskip("pandas")
        again = read_articles(articles.to_frame(), clean="never")
        assert again.documents() == articles.documents()
        assert np.array_equal(again.dates, articles.dates, equal_nan=True)


@pytest.mark.parametrize("name", PAIRS.split())
def test_every_row_of_pairs_is_an_article_once_its_column_is_named(
    name, shared, read_set, tmp_path
):
    rows = read_set(name)
    path = shared / "data" / f"{name}.jsonl.gz"
    for column in "ab":
        accounted(len(rows), read_articles(path, columns={"text": column}))
    (tmp_path / "a.txt").write_text("Rain\n\nIt rains on the hills.")
    (tmp_path / path.name).symlink_to(path)
    articles = read_articles(tmp_path)
    assert len(articles) == 1
    assert "no column of titles or texts; its columns: 'id', 'a', 'b'" in articles.skipped[0].reason


# -- forty outlets -------------------------------------------------------------------------


def lines_of(text: str) -> Counter[str]:
    return Counter(filter(None, map(str.strip, text.split("\n"))))


def test_what_forty_outlets_add_is_taken_out_and_hardly_anything_else(read_set):
    rng = random.Random(5)
    rows = [
        {name: row[name] for name in ("id", "title", "text")}
        for row in rng.sample(read_set("allsides_articles"), 2000)
    ]
    chosen = rng.choices(outlets(), k=len(rows))
    pairs = [dirtied(row, outlet, rng) for row, outlet in zip(rows, chosen, strict=True)]
    clean, dirty = read_articles(rows), read_articles([row for row, _ in pairs])
    n_articles = Counter(line for article in clean for line in set(lines_of(article.text)))
    left = added = lost = others = 0
    for before, after, (_, lines) in zip(clean, dirty, pairs, strict=True):
        own, found, of_outlet = (
            lines_of(before.text),
            lines_of(after.text),
            lines_of("\n".join(lines)),
        )
        left += ((found - own) & of_outlet).total()
        added += of_outlet.total()
        # What several of these articles have is their sites', and rightly gone if it is seen.
        lost += sum(n for line, n in (own - found).items() if n_articles[line] == 1)
        others += own.total()
    assert left < 0.01 * added
    assert lost < 0.001 * others
    assert len(dirty.removed) > 0.99 * added


def test_the_stories_of_articles_of_forty_outlets_are_the_same(read_set):
    rng = random.Random(3)
    rows = read_set("fnc1_articles")
    gold = [row["story"] for row in rows]
    plain = [{name: row[name] for name in ("id", "text")} for row in rows]
    chosen = rng.choices(outlets(), k=len(rows))
    dirty = [dirtied(row, outlet, rng)[0] for row, outlet in zip(plain, chosen, strict=True)]
    scores = [
        b_cubed(gold, find_stories(given, progress=False).labels).f1 for given in (plain, dirty)
    ]
    assert scores[1] == pytest.approx(scores[0], abs=0.005)
