"""Whole collections: every row is accounted for, and what outlets add is taken out again."""

import json
import random
from collections import Counter

import numpy as np
import pytest
from dirty_outlets import dirtied, dirtied_more, outlets

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


@pytest.fixture(scope="module")
def allsides(read_set):
    return read_set("allsides_articles")


def lines_of(text: str) -> Counter[str]:
    return Counter(filter(None, map(str.strip, text.split("\n"))))


def shares(rows, clean, dirty, pairs) -> tuple[float, float]:
    """Return which share of the added lines is left, and which of the others is lost."""
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
    return left / added, lost / others


def read_both(allsides, rng, n_outlets, n_rows, dirty=dirtied, read=read_articles):
    """Read articles, and the same with what invented outlets put around them."""
    rows = [
        {name: row[name] for name in ("id", "title", "text")}
        for row in rng.sample(allsides, n_rows)
    ]
    chosen = rng.choices(outlets(rng.randrange(9), n_outlets), k=n_rows)
    pairs = [dirty(row, outlet, rng) for row, outlet in zip(rows, chosen, strict=True)]
    return shares(rows, read(rows), read([row for row, _ in pairs]), pairs)


def in_a_file(tmp_path):
    def read(rows):
        path = tmp_path / "rows.jsonl"
        path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        return read_articles(path)

    return read


def without_outlets(rows):
    return read_articles([{**row, "outlet": ""} for row in rows])


@pytest.mark.parametrize(
    ("dirty", "read"),
    [(dirtied, "in memory"), (dirtied_more, "without outlets"), (dirtied_more, "in a file")],
)
def test_what_forty_outlets_add_is_taken_out_and_hardly_anything_else(
    dirty, read, allsides, tmp_path
):
    ways = {"in memory": read_articles, "without outlets": without_outlets}
    way = ways.get(read) or in_a_file(tmp_path)
    left, lost = read_both(allsides, random.Random(5), 40, 2000, dirty, way)
    assert left < 0.01
    assert lost < 0.001


@pytest.mark.parametrize(
    ("n_outlets", "n_rows", "most_left"),
    [(3, 30, 0.05), (3, 300, 0.01), (10, 100, 0.05), (100, 500, 0.1), (100, 1000, 0.05)],
)
def test_few_articles_of_an_outlet_tell_what_it_adds(n_outlets, n_rows, most_left, allsides):
    """Of ten articles of an outlet each credit stands in one or two, which tells nothing."""
    left, lost = read_both(allsides, random.Random(7), n_outlets, n_rows, read=without_outlets)
    assert left < most_left
    assert lost < 0.002


WIRE = (
    "The quarry at Ostra will be flooded by the end of May, the council decided on Tuesday.",
    "Divers are to search the ground once more before the sluices open.",
    "“We shall not find out by waiting,” the mayor said.",
)


QUOTE = "“Nobody was to be there at that hour,” the warden said."


def test_what_many_outlets_print_of_one_event_stays(allsides, read_set):
    """Copies of an agency's report, and a statement that the reports of a story quote."""
    rng = random.Random(2)
    others = rng.sample(allsides, 400)
    stories = read_set("ecbplus")
    largest = max(Counter(row["story"] for row in stories).items(), key=lambda item: item[1])[0]
    quoting = [row for row in stories if row["story"] == largest]
    known = outlets()
    rows = [
        dirtied({"title": "Quarry to be flooded", "text": "\n".join(WIRE)}, outlet, rng)[0]
        for outlet in known[:15]
    ]
    rows += [
        dirtied({"title": "", "text": f"{row['text']}\n{QUOTE}"}, outlet, rng)[0]
        for row, outlet in zip(quoting, known * 9, strict=False)
    ]
    rows += [
        dirtied({"title": row["title"], "text": row["text"]}, rng.choice(known), rng)[0]
        for row in others
    ]
    read = read_articles(rows)
    for article in read[:15]:
        assert lines_of("\n".join(WIRE)) - lines_of(article.text) == Counter()
    assert all(QUOTE in article.text for article in read[15 : 15 + len(quoting)])


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
