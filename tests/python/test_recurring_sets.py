"""What is added to every text of real sets changes at most one pair in fifty."""

import sys
from pathlib import Path

import numpy as np
import pytest
from test_recurring import ADDED, pairs_of

from samestory import find_stories
from samestory.recurring import recurring_spans, without_spans

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from graded import by_story, draw

HEADLINES = ("fnc1_headlines", "googlenews_T")
ADDITIONS = {
    **ADDED,
    "byline before": lambda text, i: f"By Maria Delgado, Staff Writer\n{text}",
}


def drawn(read_set, name: str, size: int, seed: int) -> list[dict]:
    rows = [row for row in read_set(name) if row.get("story") is not None]
    return draw(by_story(rows), size, np.random.default_rng([seed, size]))


def pairs(rows: list[dict], texts: list[str], field: str) -> set[tuple[int, int]]:
    facts = [{key: row[key] for key in ("date", "language") if row.get(key)} for row in rows]
    articles = [{field: text, **fact} for text, fact in zip(texts, facts, strict=True)]
    return pairs_of(find_stories(articles, progress=False).labels.tolist())


@pytest.mark.parametrize(
    ("name", "size", "n_draws"),
    [
        ("ecbplus", 30, 3),
        ("cstnews", 30, 4),
        ("gva_incidents", 100, 3),
        ("fnc1_headlines", 100, 2),  # a third of one draw is about one kind of watch
        ("fnc1_headlines", 300, 1),
        ("fnc1_articles", 300, 1),  # "BBC" behind one text in five stands within some as well
        ("googlenews_T", 300, 1),
    ],
)
def test_additions_change_at_most_one_pair_in_fifty(read_set, name, size, n_draws):
    field = "title" if name in HEADLINES else "text"
    n_pairs, changed = 0, dict.fromkeys(ADDITIONS, 0)
    for seed in range(n_draws):
        rows = drawn(read_set, name, size, seed)
        texts = ["\n".join(filter(None, (row.get("title"), row.get("text")))) for row in rows]
        before = pairs(rows, texts, field)
        n_pairs += len(before)
        for added, add in ADDITIONS.items():
            if field == "title" and "paragraph" in added:
                continue
            after = pairs(rows, [add(text, i) for i, text in enumerate(texts)], field)
            changed[added] += len(before ^ after)
    assert n_pairs > 50
    assert {added: n for added, n in changed.items() if n > 0.02 * n_pairs} == {}


def test_a_name_hides_nothing_else_and_takes_nothing_along(read_set):
    """Words beside a byline stay, and what stood at an edge before is found behind a name."""
    kinds = {"run_words": 5, "edge_words": 4}
    for name in HEADLINES:
        texts = [row["title"] or row["text"] for row in drawn(read_set, name, 300, 0)]
        plain = without_spans(texts, recurring_spans(texts, **kinds))
        for add in (ADDITIONS["byline before"], ADDITIONS["name behind"]):
            more = [add(text, i) for i, text in enumerate(texts)]
            left = without_spans(more, recurring_spans(more, **kinds))
            assert [text.rstrip(" -").split() for text in left] == list(map(str.split, plain))
