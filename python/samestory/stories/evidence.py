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

    from samestory.stories.basis import Basis
    from samestory.stories.meaning import Meanings


def first_rows(text_of_row: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first input row of each text."""
    texts, first = np.unique(text_of_row, return_index=True)
    return first[texts >= 0]


@dataclass(frozen=True)
class Evidence:
    """Everything that a grouping rests on; one for all granularities.

    A *text* is a distinct one: rows with the same words are one text.

    Attributes
    ----------
    text_of_row : ndarray of int64, shape (n_rows,)
        -1 for rows without any word.
    make_rows : callable
        Returns `rows`, which are long where short texts have vectors.
    graph : csr_matrix, shape (n_texts, n_texts)
        The strongest direct cosines of each text.
    weights : csr_matrix, shape (n_texts, n_texts)
        The few nearest neighbours of each text, with their cosines: a smoothed row is
        ``normalize(row + weights @ rows)``.
    smoothed_rows : csr_matrix, shape (n_texts, n_terms)
        What was clustered.
    smoothed_graph : csr_matrix, shape (n_texts, n_texts)
        The similarities of smoothed rows that proposed merges.
    tree : _core.StoryTree
        The merges of texts over granularity, and what each branch is worth.
    cannot_link : ndarray of int64, shape (m, 2)
        Pairs of texts that are never in one story.
    term_names : callable
        Returns the names of the columns of `rows`.
    meanings : Meanings or None
        What the words of short texts mean: the last columns of `rows`.
    basis : Basis or None
        What continuing the grouping needs; None where it cannot be continued.
    """

    text_of_row: NDArray[np.int64]
    make_rows: Callable[[], csr_matrix]
    graph: csr_matrix
    weights: csr_matrix
    smoothed_rows: csr_matrix
    smoothed_graph: csr_matrix
    tree: Any
    cannot_link: NDArray[np.int64]
    term_names: Callable[[], NDArray[Any]]
    meanings: Meanings | None = None
    basis: Basis | None = None

    @property
    def n_texts(self) -> int:
        """Distinct texts."""
        return int(self.graph.shape[0])

    @cached_property
    def rows(self) -> csr_matrix:
        """Unit-length TF-IDF rows, of shape (n_texts, n_terms)."""
        return self.make_rows()

    @cached_property
    def text_linkage(self) -> NDArray[np.float64]:
        """SciPy linkage of the dendrogram over texts, at distance 1 - granularity."""
        return np.asarray(self.tree.linkage)

    @cached_property
    def parents(self) -> NDArray[np.int64]:
        """The node that each node of the dendrogram over texts is merged into, -1 for a root."""
        merges = self.text_linkage
        parent = np.full(self.n_texts + len(merges), -1, dtype=np.int64)
        above = self.n_texts + np.arange(len(merges))
        parent[merges[:, 0].astype(np.int64)] = above
        parent[merges[:, 1].astype(np.int64)] = above
        return parent

    @cached_property
    def linkage(self) -> NDArray[np.float64]:
        """SciPy linkage over all input rows."""
        return over_rows(self.text_linkage, self.text_of_row, self.n_texts)

    @cached_property
    def names(self) -> NDArray[Any]:
        """The names of the terms."""
        return self.term_names()

    @cached_property
    def first_row_of_text(self) -> NDArray[np.int64]:
        """The first input row of each text."""
        return first_rows(self.text_of_row)

    def expand(self, graph: csr_matrix) -> csr_matrix:
        """Turn a graph over texts into one over input rows; copies have similarity 1."""
        from scipy import sparse

        worded = np.flatnonzero(self.text_of_row >= 0)
        n = len(self.text_of_row)
        if len(worded) == n == self.n_texts:
            return graph
        member = sparse.csr_matrix(
            (np.ones(len(worded)), (worded, self.text_of_row[worded])), shape=(n, self.n_texts)
        )
        same = sparse.identity(self.n_texts, format="csr")
        expanded = (member @ (graph + same) @ member.T).tocsr()
        expanded.setdiag(0)
        expanded.eliminate_zeros()
        expanded.sort_indices()
        return expanded
