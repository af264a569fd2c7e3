"""Cutting a dendrogram, and extending one over copies: against SciPy and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_clustering import cut, ordered
from scipy.cluster.hierarchy import fcluster, is_valid_linkage, linkage

from samestory import _core
from samestory.stories.dendrogram import over_rows


def partition(labels):
    """Label-free form of a grouping."""
    groups = {}
    for row, label in enumerate(labels):
        groups.setdefault(int(label), []).append(row)
    return sorted(groups.values())


@given(st.integers(2, 30), st.integers(0, 2**32 - 1), st.floats(0.01, 0.99))
def test_labels_equal_scipy(n, seed, level):
    tree = linkage(np.random.default_rng(seed).random(n * (n - 1) // 2), "average")
    labels = _core.story_labels(tree, np.arange(n), n, level)
    assert partition(labels) == partition(fcluster(tree, 1 - level, "distance"))
    np.testing.assert_array_equal(labels, ordered(cut(tree, n, level)))


@given(st.lists(st.integers(-1, 6), min_size=1, max_size=40))
def test_labels_are_ordered_by_size_then_first_row(groups):
    groups = np.array(groups)
    labels = _core.story_labels(np.empty((0, 4)), groups, 7, 1.0)
    np.testing.assert_array_equal(labels, ordered(groups))
    assert partition(labels[labels >= 0]) == partition(groups[groups >= 0])
    assert ((labels == -1) == (groups == -1)).all()
    sizes = np.bincount(labels[labels >= 0]) if (labels >= 0).any() else np.array([])
    firsts = [int(np.flatnonzero(labels == k)[0]) for k in range(len(sizes))]
    assert sorted(zip(-sizes, firsts, strict=True)) == list(zip(-sizes, firsts, strict=True))


@given(
    st.lists(st.integers(-1, 8), min_size=1, max_size=30),
    st.integers(0, 2**32 - 1),
    st.floats(0.01, 0.99),
    st.integers(0, 3),
)
def test_copies_and_wordless_rows_join_at_the_ends(texts, seed, level, n_missing):
    present = sorted({text for text in texts if text >= 0})
    text_of_row = np.array([present.index(text) if text >= 0 else -1 for text in texts])
    n = len(present)
    rng = np.random.default_rng(seed)
    tree = linkage(rng.random(n * (n - 1) // 2), "average") if n > 1 else np.empty((0, 4))
    tree = tree[: max(len(tree) - n_missing, 0)]
    full = over_rows(tree, text_of_row, n)
    assert len(full) == len(texts) - 1
    if len(full):
        assert is_valid_linkage(full)
        assert (np.diff(full[:, 2]) >= 0).all()
    groups = cut(tree, n, level)
    expected = [groups[text] if text >= 0 else -1 - row for row, text in enumerate(text_of_row)]
    assert partition(cut(full, len(texts), level)) == partition(expected)


def test_labels_at_zero_keep_apart_what_has_to_be():
    labels = _core.story_labels(np.empty((0, 4)), np.arange(4), 4, 0.0, np.array([[0, 2]]))
    assert labels.tolist() == [0, 0, 1, 0]


@pytest.mark.parametrize(
    ("linkage", "texts", "n", "links", "message"),
    [
        (np.array([[0.0, 0, 0.5, 2]]), [0], 2, None, "linkage: row 0"),
        (np.empty((0, 4)), [2], 2, None, "text_of_article"),
        (np.empty((0, 4)), [0], 2, [[0, 2]], "cannot_link"),
        (np.empty((0, 4)), [], -1, None, "n_texts has to be"),
        (np.empty((0, 4)), [], 2**40, None, "n_texts has to be"),
    ],
)
def test_labels_of_what_there_is_not_are_refused(linkage, texts, n, links, message):
    with pytest.raises(ValueError, match=message):
        _core.story_labels(linkage, np.array(texts, np.int64), n, 0.5, links)
