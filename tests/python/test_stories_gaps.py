"""Events of one kind, months apart, against a slow reference."""

import math

import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

import samestory as ss
from samestory.stories.branches import part_at_gaps
from samestory.stories.dendrogram import cut


def groups(tree, n, level, days):
    """Every branch whose merges all hold at the level, gaps counted, by recursion from the top."""

    def leaves(node):
        if node < n:
            return [node]
        return leaves(int(tree[node - n, 0])) + leaves(int(tree[node - n, 1]))

    def holds(node):
        if node < n:
            return True
        left, right = (int(child) for child in tree[node - n, :2])
        a, b = (days[leaves(child)] for child in (left, right))
        a, b = a[~np.isnan(a)], b[~np.isnan(b)]
        gap = max(a.min() - b.max(), b.min() - a.max(), 0) if len(a) and len(b) else 0
        similarity = 1 - tree[node - n, 2]
        faded = similarity * (0.5 + 0.5 * math.exp(-gap / 30))
        return faded >= level - 1e-12 and holds(left) and holds(right)

    def parts(node):
        if holds(node):
            return [leaves(node)]
        return parts(int(tree[node - n, 0])) + parts(int(tree[node - n, 1]))

    return parts(2 * n - 2)


@pytest.mark.parametrize("dated", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("level", [0.2, 0.4, 0.7])
@pytest.mark.parametrize("seed", range(5))
def test_parting_at_gaps_equals_the_reference(seed, level, dated):
    rng = np.random.default_rng(seed)
    n = 30
    tree = linkage(rng.uniform(0, 0.9, n * (n - 1) // 2), "average")
    days = np.where(rng.random(n) < dated, rng.integers(0, 120, n).astype(float), np.nan)
    found = cut(part_at_gaps(tree, level, days), n, level)
    expected = np.empty(n, dtype=int)
    for label, rows in enumerate(groups(tree, n, level, days)):
        expected[rows] = label
    np.testing.assert_array_equal(found[:, None] == found, expected[:, None] == expected)


def test_a_storm_of_spring_is_not_one_of_autumn():
    common = ["storm", "warning", "coast", "ferries"]
    spring, autumn = ([*common, *(f"{name}{i}" for i in range(7))] for name in ("may", "october"))
    unrelated = [" ".join(f"topic{i}word{j}" for j in range(8)) for i in range(30)]
    rng = np.random.default_rng(0)
    drawn = [rng.permutation(words)[:9] for words in (*[spring] * 3, *[autumn] * 3)]
    texts = [" ".join(words) for words in drawn] + unrelated
    days = ["05-01", "05-02", "05-02", "10-01", "10-02", "10-02", *["06-01"] * len(unrelated)]
    rows = [{"text": text, "date": f"2025-{day}"} for text, day in zip(texts, days, strict=True)]
    near = [{**row, "date": "2025-05-01"} for row in rows]
    assert len(set(ss.find_stories(near, progress=False).labels[:6])) == 1
    labels = ss.find_stories(rows, progress=False).labels
    assert len(set(labels[:3])) == len(set(labels[3:6])) == 1
    assert labels[0] != labels[3]


def test_what_is_at_distance_0_stays_together_across_a_gap():
    # Copies, and pairs that the user links; a merge a little above 0 parts.
    tree = np.array([[0.0, 1.0, 0.0, 2.0], [2.0, 3.0, 0.01, 2.0]])
    days = np.array([0.0, 1000.0, 0.0, 1000.0])
    labels = cut(part_at_gaps(tree, 0.7, days), 4, 0.7)
    assert labels[0] == labels[1]
    assert labels[2] != labels[3]


def test_small_stories_of_dated_headlines_do_not_span_months(read_set):
    rows = read_set("google_news_headlines")[::6]
    stories = ss.find_stories(rows, progress=False)
    days = np.array([row["date"] for row in rows], dtype="datetime64[D]").astype(np.int64)
    small = [
        days[stories.labels == k]
        for k in np.flatnonzero(stories.sizes > 1)
        if stories.sizes[k] <= 5
    ]
    assert len(small) > 500
    assert np.mean([np.ptp(story) > 90 for story in small]) <= 0.01
