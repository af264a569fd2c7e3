"""Copies of one text are found before anything is counted, and counted once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


def group_copies(counts: Any, keys: list[NDArray[Any]], n_jobs: int = 1) -> NDArray[np.int64]:
    """Number rows so that rows with the same counts and the same keys have one number.

    Rows are compared by a 128-bit hash of their entries (sums of random 64-bit numbers, as in
    Zobrist hashing), which does not depend on the order of columns.

    Parameters
    ----------
    counts : csr_matrix of float32 or float64, shape (n, n_terms)
        Term counts; rows without entries are never copies of each other.
    keys : list of ndarray of int64, shape (n,)
        What must be equal besides, such as the language.
    n_jobs : int
        Threads.

    Returns
    -------
    ndarray of int64, shape (n,)
        0, 1, ... in order of first appearance.
    """
    n = counts.shape[0]
    empty = np.where(np.diff(counts.indptr) == 0, np.arange(1, n + 1), 0)
    table = [*_core.row_hashes(counts, n_jobs).T, empty, *keys]
    order = np.lexsort(table)
    starts = np.zeros(n, dtype=bool)
    starts[:1] = True
    for column in table:
        starts[1:] |= column[order[1:]] != column[order[:-1]]
    group = np.empty(n, dtype=np.int64)
    group[order] = np.cumsum(starts) - 1
    # lexsort is stable, so the first row of a group in sorted order is its first in the input.
    rank = np.empty(int(starts.sum()), dtype=np.int64)
    rank[np.argsort(order[starts])] = np.arange(len(rank))
    return rank[group]
