"""What a grouping rests on: rows, neighbours, smoothed rows and the dendrogram."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.dendrogram import over_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


def first_rows(unit_of_row: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first input row of each unit."""
    units, first = np.unique(unit_of_row, return_index=True)
    return first[units >= 0]


@dataclass(frozen=True)
class Curve:
    """The criterion of the cut over granularity, and where it is highest.

    Attributes
    ----------
    granularity : ndarray, shape (m,)
        Levels, falling from 1. The grouping of each holds down to the next.
    criterion : ndarray, shape (m,)
        The mean over articles of how much better each fits its own story than the next best.
    """

    granularity: NDArray[np.float64]
    criterion: NDArray[np.float64]


@dataclass(frozen=True)
class Evidence:
    """Everything computed before a cut; one for all cuts of one dendrogram.

    A *unit* is a distinct text: rows with the same words are one unit.

    Attributes
    ----------
    unit_of_row : ndarray of int64, shape (n_rows,)
        -1 for rows without any word.
    rows : csr_matrix, shape (n_units, n_terms)
        Unit-length TF-IDF rows.
    graph : csr_matrix, shape (n_units, n_units)
        The strongest direct cosines of each unit.
    weights : csr_matrix, shape (n_units, n_units)
        The few nearest neighbours of each unit, with their cosines: a smoothed row is
        ``normalize(row + weights @ rows)``.
    smoothed_rows : csr_matrix, shape (n_units, n_terms)
        What was clustered.
    smoothed_graph : csr_matrix, shape (n_units, n_units)
        The similarities of smoothed rows that proposed merges.
    unit_linkage : ndarray, shape (m, 4)
        The merges of units.
    curve : Curve
        The criterion over granularity.
    level : float
        Where the dendrogram is best cut.
    term_names : callable
        Returns the names of the columns of `rows`.
    """

    unit_of_row: NDArray[np.int64]
    rows: csr_matrix
    graph: csr_matrix
    weights: csr_matrix
    smoothed_rows: csr_matrix
    smoothed_graph: csr_matrix
    unit_linkage: NDArray[np.float64]
    curve: Curve
    level: float
    term_names: Callable[[], NDArray[Any]]

    @property
    def n_units(self) -> int:
        """Distinct texts."""
        return int(self.rows.shape[0])

    @cached_property
    def linkage(self) -> NDArray[np.float64]:
        """SciPy linkage over all input rows."""
        return over_rows(self.unit_linkage, self.unit_of_row, self.n_units)

    @cached_property
    def names(self) -> NDArray[Any]:
        """The names of the terms."""
        return self.term_names()

    @cached_property
    def first_row_of_unit(self) -> NDArray[np.int64]:
        """The first input row of each unit."""
        return first_rows(self.unit_of_row)

    def expand(self, graph: csr_matrix) -> csr_matrix:
        """Turn a graph over units into one over input rows; copies have similarity 1."""
        from scipy import sparse

        worded = np.flatnonzero(self.unit_of_row >= 0)
        n = len(self.unit_of_row)
        if len(worded) == n == self.n_units:
            return graph
        member = sparse.csr_matrix(
            (np.ones(len(worded)), (worded, self.unit_of_row[worded])), shape=(n, self.n_units)
        )
        same = sparse.identity(self.n_units, format="csr")
        expanded = (member @ (graph + same) @ member.T).tocsr()
        expanded.setdiag(0)
        expanded.eliminate_zeros()
        expanded.sort_indices()
        return expanded
