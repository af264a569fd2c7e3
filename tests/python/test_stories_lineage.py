"""Ids of stories that last."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from samestory.stories.lineage import Descent, Lineage, ids_of, next_lineage, story_id


def named(labels, of_row, names=("old", "mid", "young")):
    lineage = Lineage(list(names), np.array(of_row))
    earliest = [f"article {label}" for label in range(max(labels) + 1)]
    return ids_of(np.array(labels), lineage, earliest)


def test_a_story_that_goes_on_keeps_its_id():
    assert named([0, 0, 1], [1, -1, 0]) == ["mid", "old"]


def test_a_merge_keeps_the_older_id_however_small_it_was():
    assert named([0, 0, 0, 0], [1, 1, 1, 0]) == ["old"]


def test_a_split_keeps_the_id_of_the_larger_part():
    assert named([0, 0, 1], [0, 0, 0]) == ["old", story_id("article 1")]
    assert named([0, 0, 1, 1, 1], [-1, 0, 0, 0, 0]) == [story_id("article 0"), "old"]


def test_new_stories_are_named_for_their_earliest_article_but_never_as_another():
    taken = story_id("article 1")
    ids = named([0, 0, 1], [0, 0, -1], names=[taken])
    assert ids[0] == taken
    assert ids[1] not in ("", taken)
    assert ids_of(np.array([0, 1]), None, ["a", "b"]) == [story_id("a"), story_id("b")]
    assert ids_of(np.array([-1]), None, []) == []


def test_the_oldest_come_first():
    dates = np.array(["2024-05-03", "NaT", "2024-05-01"], "datetime64[us]")
    lineage = next_lineage(["c", "z", "a"], np.array([0, 1, 2, -1]), dates, None)
    assert lineage.names == ["a", "c", "z"]
    assert lineage.of_row.tolist() == [1, 2, 0, -1]
    after = next_lineage(["new", "z", "a"], np.array([0, 1, 2]), dates, lineage)
    assert after.names == ["a", "z", "new"]


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 5)), max_size=40))
def test_ids_are_those_of_a_plain_count(rows):
    now = sorted({label for label, _ in rows if label >= 0})
    labels = np.array([now.index(label) if label >= 0 else -1 for label, _ in rows], np.int64)
    of_row = np.array([before for _, before in rows], np.int64)
    names = [f"story {k}" for k in range(6)]
    heirs = {}
    for before in range(6):
        counts = Counter(
            label
            for label, b in zip(labels.tolist(), of_row.tolist(), strict=True)
            if b == before and label >= 0
        )
        if counts:
            heirs[before] = min(counts, key=lambda label: (-counts[label], label))
    earliest = [f"article {k}" for k in range(len(now))]
    expected = [
        next((names[b] for b in range(6) if heirs.get(b) == label), story_id(earliest[label]))
        for label in range(len(now))
    ]
    assert Descent(labels, Lineage(names, of_row)).heirs == heirs
    found = ids_of(labels, Lineage(names, of_row), earliest)
    assert found == expected
    assert len(set(found)) == len(found)
