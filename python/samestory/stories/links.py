"""Pairs of articles that a user knows to be of one story, or of two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Articles


@dataclass(frozen=True)
class Links:
    """Pairs of input rows that must, or must not, share a story.

    Attributes
    ----------
    must, cannot : ndarray of int64, shape (n, 2)
    articles : Articles
        For messages.
    """

    must: NDArray[np.int64]
    cannot: NDArray[np.int64]
    articles: Articles

    def over_texts(
        self, text_of_row: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs as pairs of distinct texts.

        Raises
        ------
        ValueError
            If a pair is to be parted that is to be together, or whose texts are copies, or if a
            text has no words; the message names the articles.
        """
        self._refuse_wordless(text_of_row)
        must = text_of_row[self.must]
        group = components(must, int(text_of_row.max(initial=-1)) + 1)
        for pair in self.cannot.tolist():
            a, b = (int(text_of_row[row]) for row in pair)
            if group[a] == group[b]:
                names = " and ".join(repr(self.articles.ids[row]) for row in pair)
                reason = "they are copies of one text" if a == b else "must_link joins them"
                raise ValueError(f"cannot_link parts {names}, but {reason}")
        apart = text_of_row[self.cannot]
        return must[must[:, 0] != must[:, 1]], np.unique(np.sort(apart, axis=1), axis=0)

    def _refuse_wordless(self, text_of_row: NDArray[np.int64]) -> None:
        rows = np.concatenate([self.must.ravel(), self.cannot.ravel()])
        wordless = rows[text_of_row[rows] < 0]
        if len(wordless):
            name = self.articles.ids[int(wordless[0])]
            raise ValueError(f"must_link or cannot_link names {name!r}, an article without words")


def components(pairs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Number the groups that pairs join; every row is in one."""
    if len(pairs) == 0:
        return np.arange(n, dtype=np.int64)
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    graph = csr_matrix((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)
