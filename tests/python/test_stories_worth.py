"""The worth of branches and the dendrogram over granularity, against a slow reference."""

import itertools

import numpy as np
import pytest
import reference_stories as reference
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_clustering import cut
from scipy.cluster.hierarchy import linkage

from samestory import _core
from samestory.stories.decision import price_factor


def groups_of(labels):
    return {frozenset(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)}


def random_leaves(rng, n):
    """A linkage, some of it cut off, with ties, dates, copies and prices."""
    points = np.round(rng.random((n, 2)), int(rng.integers(1, 4)))
    tree = linkage(points, "average")
    tree[:, 2] = np.round(np.minimum(tree[:, 2], 0.97), 9)
    tree = tree[: int(rng.integers(0, n))]
    days = np.where(rng.random(n) < 0.8, rng.integers(0, 200, n), np.nan)
    copies = np.where(rng.random(n) < 0.2, 3.0, 1.0)
    return tree, copies, days, rng.uniform(0.1, 0.5, n), rng.uniform(0.1, 2.0, n)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 30))
@settings(max_examples=150, deadline=None)
def test_stories_are_the_partition_worth_most_at_every_price(seed, n):
    rng = np.random.default_rng(seed)
    leaves = random_leaves(rng, n)
    found = _core.story_tree(*leaves)
    slow = reference.Worth(*leaves)
    assert (np.diff(found.linkage[:, 2]) >= 0).all()
    for g in (0.02, 0.3, 0.5, 0.6, 0.95):
        expected = {frozenset(rows) for rows in slow.stories(price_factor(g))}
        labels = cut(np.asarray(found.linkage), n, g)
        value = sum(value_of(slow, rows, g) for rows in groups_of(labels))
        best = sum(value_of(slow, rows, g) for rows in expected)
        # Where two partitions are worth the same, rounding may decide; else they are equal.
        assert groups_of(labels) == expected or value == pytest.approx(best, abs=1e-6)


def value_of(slow, rows, g):
    node = next(node for node, members in slow.members.items() if frozenset(members) == rows)
    return slow.value[node] - price_factor(g) * slow.price[node]


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 40))
@settings(max_examples=100, deadline=None)
def test_finer_stories_lie_within_coarser_ones(seed, n):
    tree = np.asarray(_core.story_tree(*random_leaves(np.random.default_rng(seed), n)).linkage)
    coarse = [cut(tree, n, g) for g in np.linspace(0.01, 1.0, 25)]
    for one, next_one in itertools.pairwise(coarse):
        assert len(np.unique(np.stack([one, next_one]), axis=1)[0]) == len(np.unique(next_one))


def test_leaves_that_have_to_be_together_are_one_leaf():
    tree = np.array([[0, 1, 0.0, 2], [2, 3, 0.7, 3]])
    leaves = [np.ones(3), np.full(3, np.nan), np.full(3, 0.12), np.full(3, 0.2)]
    found = _core.story_tree(tree, *leaves, group=np.array([0, 0, 2]))
    assert found.n_texts.tolist() == [1, 1, 1, 1, 2]
    assert found.linkage[0, 2] == 0.0


@pytest.mark.parametrize(
    "tree",
    [
        np.array([[0, 5, 0.1, 2]]),
        np.array([[0, 1, np.nan, 2]]),
        np.array([[0, 0, 0.1, 2]]),
        np.array([[0, 1, 0.1, 2], [0, 2, 0.2, 2]]),
        np.ones((2, 3)),
    ],
)
def test_linkages_that_are_none_are_refused(tree):
    leaves = [np.ones(3), np.full(3, np.nan), np.full(3, 0.12), np.full(3, 0.2)]
    with pytest.raises(ValueError, match="linkage"):
        _core.story_tree(tree, *leaves)
