"""Smoothing, candidates, forest linkage and the cut against slow references."""

import numpy as np
import pytest
import reference_clustering as reference
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import _core
from samestory._sparse import from_core


def random_rows(rng, n, width, dtype=np.float64):
    """Rows of length 1, some with copies, some empty."""
    rows = sp.random(n, width, density=0.3, format="lil", rng=rng).toarray()
    copies = rng.random(n) < 0.2
    rows[copies] = rows[rng.integers(0, n, copies.sum())]
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    return (rows / lengths).astype(dtype)


def neighbor_graph(rows):
    graph = rows @ rows.T
    np.fill_diagonal(graph, 0)
    return graph


def clustered(rows, n_neighbors=5, n_candidates=4, n_threads=1):
    """What find_stories does: smoothed rows, pairs and the dendrogram."""
    sparse_rows = sp.csr_matrix(rows)
    graph = sp.csr_matrix(neighbor_graph(rows))
    weights = from_core(_core.strongest_neighbors(graph, n_neighbors, n_threads))
    smoothed = from_core(_core.smooth_rows(sparse_rows, weights, n_threads))
    pairs = from_core(_core.candidate_pairs(smoothed, graph, n_candidates, n_threads))
    return smoothed, pairs, _core.average_linkage_of_rows(smoothed, pairs, n_threads=n_threads)


def merge_members(dendrogram):
    """The two sets of rows of each merge."""
    members = [(i,) for i in range(dendrogram.n_rows)]
    merges = {}
    for left, right, similarity in zip(
        dendrogram.left, dendrogram.right, dendrogram.similarity, strict=True
    ):
        pair = sorted((members[left], members[right]))
        members.append(tuple(sorted(members[left] + members[right])))
        merges[tuple(pair)] = similarity
    return merges


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 30), k=st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_smoothing_equals_the_reference(dtype, seed, n, k):
    rows = random_rows(np.random.default_rng(seed), n, 12, dtype)
    graph = neighbor_graph(rows)
    weights = from_core(_core.strongest_neighbors(sp.csr_matrix(graph), k))
    np.testing.assert_array_equal(weights.toarray(), reference.strongest(graph, k))
    smoothed = from_core(_core.smooth_rows(sp.csr_matrix(rows), weights))
    assert smoothed.dtype == dtype
    expected = reference.smooth(rows, reference.strongest(graph, k))
    np.testing.assert_allclose(smoothed.toarray(), expected, atol=2e-7)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 25), k=st.integers(1, 5))
@settings(max_examples=100, deadline=None)
def test_average_linkage_of_rows_equals_the_reference(seed, n, k):
    rng = np.random.default_rng(seed)
    # No copies here: among ties, a last bit decides, and the reference sums in another order.
    rows = np.abs(rng.standard_normal((n, 8))) * (rng.random((n, 8)) < 0.6)
    rows /= np.maximum(np.sqrt((rows**2).sum(axis=1, keepdims=True)), 1e-9)
    smoothed, pairs, dendrogram = clustered(rows, n_candidates=k)
    dense = smoothed.toarray()
    linked = reference.strongest(neighbor_graph(rows), k) > 0
    expected = np.where(linked | linked.T, dense @ dense.T, 0)
    np.testing.assert_allclose(pairs.toarray(), expected, atol=1e-12)
    found = merge_members(dendrogram)
    merges = reference.forest_merges(dense, linked | linked.T)
    assert set(found) == {tuple(sorted((a, b))) for a, b, _ in merges}
    height = {}
    for a, b, average in merges:  # an inversion is lowered to what lies below it
        height[a + b] = min(average, height.get(a, 1.0), height.get(b, 1.0))
        height[tuple(sorted(a + b))] = height[a + b]
        assert found[tuple(sorted((a, b)))] == pytest.approx(height[a + b], abs=1e-9)
    assert (np.diff(dendrogram.similarity) <= 0).all()


def test_every_instruction_set_gives_one_dendrogram(instruction_set):
    rows = random_rows(np.random.default_rng(3), 300, 40, np.float32)
    found = clustered(rows)[2].linkage()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMESTORY_INSTRUCTION_SET", "portable")
        np.testing.assert_array_equal(found, clustered(rows)[2].linkage())


def test_one_result_for_any_thread_count(n_jobs):
    rows = random_rows(np.random.default_rng(0), 3000, 60, np.float32)
    one, many = clustered(rows), clustered(rows, n_threads=n_jobs)
    for a, b in zip(one[:2], many[:2], strict=True):
        assert a.data.tobytes() == b.data.tobytes()
        assert a.indices.tobytes() == b.indices.tobytes()
    assert one[2].linkage().tobytes() == many[2].linkage().tobytes()


def test_permuting_the_rows_changes_no_merge():
    rng = np.random.default_rng(1)
    rows = np.abs(rng.standard_normal((300, 20))) * (rng.random((300, 20)) < 0.3)
    rows /= np.sqrt((rows**2).sum(axis=1, keepdims=True))
    order = rng.permutation(300)
    merges = merge_members(clustered(rows)[2])
    moved = merge_members(clustered(rows[order])[2])
    back = {tuple(sorted(tuple(sorted(order[list(side)])) for side in pair)) for pair in moved}
    assert back == set(merges)


def test_thousands_of_copies_merge_at_one():
    rows = sp.csr_matrix(np.tile([[0.6, 0.8, 0.0]], (4000, 1)))
    block = np.arange(4000).reshape(-1, 20)
    pairs = sp.lil_matrix((4000, 4000))
    for group in block:
        pairs[np.ix_(group, group)] = 1.0
        pairs[group[0], (group[0] + 20) % 4000] = pairs[(group[0] + 20) % 4000, group[0]] = 1.0
    pairs.setdiag(0)
    pairs = pairs.tocsr()
    pairs.eliminate_zeros()
    dendrogram = _core.average_linkage_of_rows(rows, pairs, n_threads=2)
    assert dendrogram.n_merges == 3999
    np.testing.assert_allclose(dendrogram.similarity, 1.0)


def test_mismatched_matrices_are_refused():
    rows, other = sp.csr_matrix(np.eye(3)), sp.csr_matrix(np.eye(4))
    with pytest.raises(ValueError, match="weights have to be square"):
        _core.smooth_rows(rows, other)
    with pytest.raises(ValueError, match="a graph has to be square"):
        _core.candidate_pairs(rows, other, 3)
    with pytest.raises(ValueError, match="a row for each of the rows"):
        _core.average_linkage_of_rows(rows, other)
    lopsided = sp.csr_matrix(np.triu(np.ones((3, 3))))
    with pytest.raises(ValueError, match="not symmetric"):
        _core.average_linkage_of_rows(rows, lopsided)


# -- fields, fading, copies -------------------------------------------------------------------


def random_counts(rng, n, width, dtype):
    counts = rng.integers(0, 400, (n, width)) * (rng.random((n, width)) < 0.3)
    return counts.astype(dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(0, 12), n_threads=st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_joined_columns_add_up(dtype, seed, n, n_threads):
    rng = np.random.default_rng(seed)
    counts = random_counts(rng, n, 9, dtype)
    target = rng.integers(-1, 4, 9).astype(np.int32)
    found = from_core(_core.joined_columns(sp.csr_matrix(counts), target, 4, n_threads))
    expected = [counts[:, target == k].sum(axis=1) for k in range(4)]
    assert found.dtype == dtype
    np.testing.assert_array_equal(found.toarray(), np.transpose(expected))
    assert (found.data > 0).all()


def test_joined_columns_refuse_a_column_that_there_is_not():
    with pytest.raises(ValueError, match="target"):
        _core.joined_columns(sp.csr_matrix(np.ones((1, 2))), np.array([0, 2], np.int32), 2)
    with pytest.raises(ValueError, match="target"):
        _core.joined_columns(sp.csr_matrix(np.ones((1, 2))), np.array([0], np.int32), 2)


@pytest.mark.parametrize("single", [False, True])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(0, 12), n_threads=st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_weighed_fields_equal_numpy(single, dtype, seed, n, n_threads):
    rng = np.random.default_rng(seed)
    fields = [random_counts(rng, n, width, dtype) for width in (7, 5)]
    idfs = [rng.random(width) * (rng.random(width) < 0.8) for width in (7, 5)]
    scales = [0.6, 0.8]
    expected = []
    for counts, idf, scale in zip(fields, idfs, scales, strict=True):
        wide = counts.astype(np.float64)
        weighed = np.where(wide > 0, 1 + np.log(np.maximum(wide, 1)), 0) * idf
        lengths = np.sqrt((weighed**2).sum(axis=1, keepdims=True))
        expected.append(weighed * scale / np.where(lengths > 0, lengths, 1))
    left, right = map(sp.csr_matrix, fields)
    found = from_core(_core.weighed_fields(left, right, *idfs, *scales, single, n_threads))
    assert found.dtype == (np.float32 if single else np.float64)
    np.testing.assert_allclose(found.toarray(), np.hstack(expected), rtol=1e-6 if single else 1e-12)


def test_rows_hash_alike_where_their_entries_are():
    counts = np.random.default_rng(1).integers(0, 3, (200, 4)).astype(np.float64)
    hashes = _core.row_hashes(sp.csr_matrix(counts), 2)
    np.testing.assert_array_equal(hashes, _core.row_hashes(sp.csr_matrix(counts, dtype="f4"), 1))
    same = (counts[:, None] == counts).all(axis=2)
    for column in hashes.T:
        np.testing.assert_array_equal(column[:, None] == column, same)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 15), k=st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_similarities_fade_with_time(seed, n, k):
    rng = np.random.default_rng(seed)
    graph = neighbor_graph(random_rows(rng, n, 12))
    days = np.where(rng.random(n) < 0.8, rng.random(n) * 60, np.nan)
    gap = np.abs(days[:, None] - days)
    one_undated = np.isnan(days)[:, None] != np.isnan(days)
    unknown = np.where(one_undated, 0.7, 1.0)
    factor = np.where(np.isnan(gap), unknown, 0.4 + 0.6 * np.exp(-((gap / 7.0) ** 2)))
    found = from_core(_core.strongest_neighbors(sp.csr_matrix(graph), k, 2, days, 7.0, 0.4))
    expected = reference.strongest(graph * factor, k)
    np.testing.assert_allclose(found.toarray(), expected, rtol=1e-12)


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 25), k=st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_narrowed_pairs_are_those_of_fewer_candidates(seed, n, k):
    rows = random_rows(np.random.default_rng(seed), n, 12)
    smoothed, graph = sp.csr_matrix(rows), sp.csr_matrix(neighbor_graph(rows))
    wide = from_core(_core.candidate_pairs(smoothed, graph, 6))
    found = from_core(_core.narrowed_pairs(wide, graph, k, 2))
    expected = from_core(_core.candidate_pairs(smoothed, graph, k))
    np.testing.assert_array_equal(found.toarray(), expected.toarray())


# -- linkage with bounds ----------------------------------------------------------------------


@pytest.mark.parametrize("slack", [0.0, 0.02, 1.0])
@given(seed=st.integers(0, 2**32 - 1), n=st.integers(2, 40), k=st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_bounded_linkage_merges_at_exact_averages(slack, seed, n, k):
    rng = np.random.default_rng(seed)
    # No copies here: among ties, a last bit decides.
    rows = np.abs(rng.standard_normal((n, 8))) * (rng.random((n, 8)) < 0.6)
    rows /= np.maximum(np.sqrt((rows**2).sum(axis=1, keepdims=True)), 1e-9)
    smoothed, pairs, exact = clustered(rows, n_candidates=k)
    found = _core.average_linkage_of_rows(smoothed, pairs, slack=slack, n_threads=2)
    dense = smoothed.toarray()
    height = {}
    for (left, right), similarity in merge_members(found).items():
        average = (dense[list(left)] @ dense[list(right)].T).mean()
        # An inversion is lowered to the merge below it.
        height[left + right] = min(average, height.get(left, 1.0), height.get(right, 1.0))
        height[tuple(sorted(left + right))] = height[left + right]
        assert similarity == pytest.approx(height[left + right], abs=1e-9)
    # What is linked ends up together, bounds or not.
    labels, expected = found.labels_after(found.n_merges), exact.labels_after(exact.n_merges)
    np.testing.assert_array_equal(labels, expected)
    if slack == 1.0:  # no average is more than 1 above another
        assert merge_members(found).keys() == merge_members(exact).keys()


def test_bounded_linkage_depends_on_no_thread():
    # So many that the first rounds are shared out among threads.
    rows = random_rows(np.random.default_rng(6), 3000, 40)
    smoothed, pairs, _ = clustered(rows, n_candidates=3)
    expected = _core.average_linkage_of_rows(smoothed, pairs, slack=0.02, n_threads=1).linkage()
    for n_threads in (2, 3, 7):
        found = _core.average_linkage_of_rows(
            smoothed, pairs, slack=0.02, n_threads=n_threads
        ).linkage()
        np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("least", [0.1, 0.3, 0.6])
def test_weak_pairs_propose_no_merge(least):
    smoothed, pairs, _ = clustered(random_rows(np.random.default_rng(8), 200, 30), n_candidates=4)
    strong = pairs.multiply(pairs >= least).tocsr()
    strong.sort_indices()
    found = _core.average_linkage_of_rows(smoothed, pairs, slack=0.02, min_pair=least)
    expected = _core.average_linkage_of_rows(smoothed, strong, slack=0.02)
    np.testing.assert_array_equal(found.linkage(), expected.linkage())


def test_rows_that_must_be_linked_may_be_a_weak_pair():
    smoothed, pairs, _ = clustered(random_rows(np.random.default_rng(9), 60, 30), n_candidates=4)
    coo = pairs.tocoo()
    weakest = int(np.argmin(coo.data))
    pair = np.array([[coo.row[weakest], coo.col[weakest]]])
    found = _core.average_linkage_of_rows(smoothed, pairs, must_link=pair, min_pair=0.99)
    assert found.similarity[0] == 1.0
    labels = found.labels_after(1)
    assert labels[pair[0, 0]] == labels[pair[0, 1]]
