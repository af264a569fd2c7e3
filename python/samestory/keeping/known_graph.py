"""The nearest neighbours of texts of which most, and their neighbours, were known before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import similarity_join

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


# Entries of a mutual graph, as a multiple of those of one that is not, before it is cut down.
_ROOM = 1.75


def entries(graph: csr_matrix, kept: NDArray[np.bool_]) -> csr_matrix:
    """Keep some of a graph's entries."""
    from scipy import sparse

    indptr = np.concatenate([[0], np.cumsum(kept)])[graph.indptr]
    return sparse.csr_matrix((graph.data[kept], graph.indices[kept], indptr), shape=graph.shape)


def rows_of_entries(graph: csr_matrix) -> NDArray[np.int64]:
    """The row of each entry."""
    return np.repeat(np.arange(graph.shape[0]), np.diff(graph.indptr))


def placed(graph: csr_matrix, rows: NDArray[np.int64], columns: NDArray[np.int64], n: int) -> Any:
    """Put a graph between some texts, whose numbers ascend, among all n."""
    from scipy import sparse

    sizes = np.zeros(n + 1, np.int64)
    sizes[rows + 1] = np.diff(graph.indptr)
    parts = graph.data, columns[graph.indices], np.cumsum(sizes)
    return sparse.csr_matrix(parts, shape=(n, n))


def neighbours_of_fresh(
    words: csr_matrix, fresh: NDArray[np.int64], n_neighbors: int, n_jobs: int
) -> csr_matrix:
    """The nearest of all texts to each fresh one, itself left out; shape (n_fresh, n)."""
    found = similarity_join(
        words[fresh], words, top_n=n_neighbors + 1, n_jobs=n_jobs, progress=False
    )
    row = rows_of_entries(found)
    found = entries(found, found.indices != fresh[row])
    # Of a text that is not its own nearest, there is one too many.
    return found


def neighbours_of_known(
    words: csr_matrix,
    known: NDArray[np.int64],
    fresh: NDArray[np.int64],
    least: NDArray[np.float64],
    n_neighbors: int,
    n_jobs: int,
) -> csr_matrix:
    """The fresh texts that may be among the nearest of each known one; shape (n_known, n_fresh).

    Parameters
    ----------
    words : csr_matrix, shape (n, n_terms)
    known, fresh : ndarray of int64
        Rows.
    least : ndarray of float64, shape (n_known,)
        How similar a text has to be to be among the nearest.
    n_neighbors, n_jobs : int
    """
    found = similarity_join(
        words[known], words[fresh], top_n=n_neighbors, n_jobs=n_jobs, progress=False
    )
    return entries(found, found.data >= least[rows_of_entries(found)])


def least_of_nearest(graph: csr_matrix, n_neighbors: int) -> NDArray[np.float64]:
    """The similarity of each row's `n_neighbors`-th nearest, 0 where there are fewer."""
    sizes = np.diff(graph.indptr)
    full = np.flatnonzero(sizes >= n_neighbors)
    least = np.zeros(graph.shape[0])
    for size in np.unique(sizes[full]).tolist():
        rows = full[sizes[full] == size]
        values = graph.data[graph.indptr[rows][:, None] + np.arange(size)]
        least[rows] = np.partition(values, size - n_neighbors, axis=1)[:, size - n_neighbors]
    return least


def nearest_of_both(
    old: csr_matrix, added: csr_matrix, is_mutual: bool, n_neighbors: int, n_jobs: int
) -> csr_matrix:
    """Of known and new neighbours the nearest: of each text, or, if mutual, of either of two."""
    both = (old + added).tocsr()
    both.sort_indices()
    if is_mutual and both.nnz <= _ROOM * n_neighbors * both.shape[0]:
        return both  # a few neighbours too many do no harm
    if is_mutual:
        kept: csr_matrix = from_core(_core.narrowed_pairs(both, both, n_neighbors, n_jobs))
    else:
        kept = from_core(_core.strongest_neighbors(both, n_neighbors, n_jobs))
    return kept
