"""The same stories in any company: what other articles beside them change.

A pair of a set's articles changes if it is in one story in exactly one of two runs; changes are
divided by the pairs in stories of the set alone.
"""

import itertools

import numpy as np
import pytest

import samestory as ss

FULL_TEXTS = ("basil", "giveme5w1h", "cstnews", "ecbplus", "multinews100", "rpm2_fr")


def rows_of(read_set, name, n=None):
    keys = ("title", "text", "date", "source", "lang")
    rows = [row for row in read_set(name) if n is not None or row["story"] is not None][:n]
    return [{key: row[key] for key in keys if row.get(key)} for row in rows]


def labels_of(rows):
    return ss.find_stories(rows, progress=False).labels


def pairs_of(labels):
    pairs = set()
    for label in np.unique(labels):
        pairs |= set(itertools.combinations(np.flatnonzero(labels == label).tolist(), 2))
    return pairs


def share_changed(read_set, name, n_others):
    own = rows_of(read_set, name)
    alone = pairs_of(labels_of(own))
    beside = labels_of(own + rows_of(read_set, "allsides_articles", n_others))[: len(own)]
    return len(alone ^ pairs_of(beside)) / len(alone)


@pytest.mark.parametrize(
    ("n_others", "most", "names"),
    [(300, 0.05, FULL_TEXTS), (3000, 0.08, FULL_TEXTS[:4])],
)
def test_company_changes_few_pairs(read_set, n_others, most, names):
    changed = [share_changed(read_set, name, n_others) for name in names]
    assert np.median(changed) <= most
    assert max(changed) <= 3 * most


def test_a_section_on_a_topic_of_its_own_is_no_story(read_set):
    bbc = read_set("bbc")
    sport = [row for row in bbc if row["label"] == "sport"][:300]
    politics = [row for row in bbc if row["label"] == "politics"][:417]
    rows = [{"title": row["title"], "text": row["text"]} for row in sport + politics]
    assert np.bincount(labels_of(rows)).max() <= 30
