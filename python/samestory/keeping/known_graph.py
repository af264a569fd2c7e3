"""The nearest neighbours of texts of which most, and their neighbours, were known before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import similarity_join

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory.keeping.fresh_texts import JoinedTexts
    from samestory.stories.options import Options

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


def neighbours_of_new(texts: JoinedTexts, n_neighbors: int, n_jobs: int) -> csr_matrix:
    """The nearest of all texts to each new one, itself left out; shape (n_new, n)."""
    terms = texts.rows[:, : texts.n_terms]
    found = similarity_join(
        terms[texts.n_kept :], terms, top_n=n_neighbors + 1, n_jobs=n_jobs, progress=False
    )
    # Of a text that is not its own nearest, there is one too many.
    return entries(found, found.indices != texts.n_kept + rows_of_entries(found))


def neighbours_of_kept(
    texts: JoinedTexts, least: NDArray[np.float64], n_neighbors: int, n_jobs: int
) -> csr_matrix:
    """The new texts that may be among the nearest of each that is there; shape (n_kept, n).

    Parameters
    ----------
    texts : JoinedTexts
    least : ndarray of float64, shape (n_kept,)
        How similar a text has to be to be among the nearest.
    n_neighbors, n_jobs : int
    """
    terms = texts.rows[:, : texts.n_terms]
    found = similarity_join(
        terms[: texts.n_kept],
        terms[texts.n_kept :],
        top_n=n_neighbors,
        n_jobs=n_jobs,
        progress=False,
    )
    return _among(entries(found, found.data >= least[rows_of_entries(found)]), texts, texts.n_kept)


def _among(graph: csr_matrix, texts: JoinedTexts, first: int) -> csr_matrix:
    """A graph whose columns are some texts, among all: its first column is that of `first`."""
    from scipy import sparse

    parts = graph.data, graph.indices + first, graph.indptr
    return sparse.csr_matrix(parts, shape=(graph.shape[0], texts.rows.shape[0]))


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


def continued_graph(
    old: csr_matrix, kept: NDArray[np.int64], texts: JoinedTexts, options: Options
) -> csr_matrix:
    """The nearest neighbours of all texts: those of before, and those that new ones bring.

    Parameters
    ----------
    old : csr_matrix
        The graph of the texts of before.
    kept : ndarray of int64
        Those that are left.
    texts : JoinedTexts
    options : Options
    """
    from scipy import sparse

    n_neighbors, n_jobs = options.n_neighbors, options.n_jobs
    n_new, dtype = len(texts.n_words) - texts.n_kept, texts.rows.dtype
    there = old if len(kept) == old.shape[0] else old[kept][:, kept]
    there = _among(there, texts, 0).astype(dtype, copy=False)
    least = least_of_nearest(there, n_neighbors)
    there = sparse.vstack([there, sparse.csr_matrix((n_new, there.shape[1]), dtype=dtype)], "csr")
    if not n_new:
        return there
    if texts.meanings is not None:
        # The most that meanings can add to the cosine of terms.
        share = float(texts.meanings.shares.max(initial=0.0))
        least = (least - share) / (1.0 - share)
    of_kept = neighbours_of_kept(texts, least, n_neighbors, n_jobs)
    of_new = neighbours_of_new(texts, n_neighbors, n_jobs)
    added = sparse.vstack([of_kept, of_new], format="csr", dtype=dtype)
    added.sort_indices()
    is_mutual = texts.meanings is not None
    if is_mutual:
        added = from_core(_core.candidate_pairs(texts.rows, added, n_neighbors, n_jobs))
    return nearest_of_both(there, added, is_mutual, n_neighbors, n_jobs)
