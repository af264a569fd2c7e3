"""Parts of large stories far from their days, against a slow reference."""

import numpy as np
import pytest
from scipy.cluster.hierarchy import is_monotonic, is_valid_linkage, linkage

from samestory.stories.branches import leave_out_distant_parts
from samestory.stories.dendrogram import cut

LEVEL = 0.6


def raised_tree(seed, n):
    """A tree of which random merges below the level, and all that they build on, are raised."""
    rng = np.random.default_rng(seed)
    tree = linkage(rng.uniform(0.38, 0.9, n * (n - 1) // 2), "average")
    for top in rng.choice(n - 1, 8):
        waiting = [n + int(top)]
        while waiting:
            node = waiting.pop()
            if node >= n:
                tree[node - n, 2] = min(tree[node - n, 2], 1 - LEVEL)
                waiting.extend(tree[node - n, :2].astype(int))
    order = np.argsort(tree[:, 2], kind="stable")
    number = dict(zip((n + order).tolist(), range(n, 2 * n - 1), strict=True))
    tree = tree[order]
    tree[:, :2] = [[number.get(int(node), int(node)) for node in pair] for pair in tree[:, :2]]
    return tree


def made_days(seed, n, dated=1.0):
    """Most within three weeks, some months later."""
    rng = np.random.default_rng(seed)
    days = rng.integers(0, 20, n) + 100.0 * (rng.random(n) < 0.2)
    return np.where(rng.random(n) < dated, days, np.nan)


def groups(tree, n, days, least_size):
    """Stories at the level, without their parts of which no day is near the middle half."""
    coarse, fine = cut(tree, n, LEVEL), cut(tree, n, LEVEL + 1e-9)
    labels = coarse.copy()
    for story in set(coarse.tolist()):
        rows = np.flatnonzero(coarse == story)
        dated = days[rows][~np.isnan(days[rows])]
        if len(rows) < least_size or len(dated) == 0:
            continue
        low, high = np.quantile(dated, [0.25, 0.75])
        for part in set(fine[rows].tolist()):
            own = days[rows[fine[rows] == part]]
            own = own[~np.isnan(own)]
            if len(own) and all(day < low - 14 or day > high + 14 for day in own):
                labels[rows[fine[rows] == part]] = 10 * n + part
    return labels


def same(labels):
    return labels[:, None] == labels


@pytest.mark.parametrize("dated", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("least_size", [2, 8])
@pytest.mark.parametrize("seed", range(6))
def test_distant_parts_equal_the_reference(seed, least_size, dated):
    n = 40
    tree = raised_tree(seed, n)
    days = made_days(seed, n, dated)
    parted = leave_out_distant_parts(tree, LEVEL, days, least_size)
    assert is_valid_linkage(parted)
    assert is_monotonic(parted)
    np.testing.assert_array_equal(
        same(cut(parted, n, LEVEL)), same(groups(tree, n, days, least_size))
    )
    # What lies above the level, and what holds at a finer one, is as it was.
    np.testing.assert_array_equal(
        same(cut(parted, n, LEVEL + 1e-3)), same(cut(tree, n, LEVEL + 1e-3))
    )


def test_the_reference_parts_something():
    """The random trees have distant parts, or the test above could not fail."""
    n = 40
    parted = 0
    for seed in range(6):
        days = made_days(seed, n)
        tree = raised_tree(seed, n)
        n_before = len(set(cut(tree, n, LEVEL).tolist()))
        parted += len(set(groups(tree, n, days, 2).tolist())) > n_before
    assert parted >= 3


def test_four_days_of_may_and_one_of_june():
    days = np.array([1.0, 2.0, 3.0, 4.0, 30.0])
    raised = 1 - LEVEL
    tree = np.array([[0, 1, 0.2, 2], [4, 5, raised, 3], [2, 6, raised, 4], [3, 7, raised, 5]])
    parted = leave_out_distant_parts(tree, LEVEL, days, 4)
    labels = cut(parted, 5, LEVEL)
    assert len(set(labels[:4].tolist())) == 1
    assert labels[4] != labels[0]
