"""The dendrogram over input rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def over_rows(
    text_linkage: NDArray[np.float64], text_of_row: NDArray[np.int64], n_texts: int
) -> NDArray[np.float64]:
    """Extend a linkage over distinct texts to one over all input rows.

    Copies of one text merge first, at distance 0; trees that share nothing, and rows without any
    word, join last, at distance 1.

    Parameters
    ----------
    text_linkage : ndarray, shape (m, 4)
        SciPy linkage of the distinct texts, ascending; it may stop before everything is one tree.
    text_of_row : ndarray of int64, shape (n,)
        The distinct text of each row; -1 for rows without words.
    n_texts : int
        Distinct texts.

    Returns
    -------
    ndarray, shape (n - 1, 4)
    """
    n = len(text_of_row)
    size = np.ones(max(2 * n - 1, 1), dtype=np.int64)
    merges: list[tuple[int, int, float]] = []

    def merge(left: int, right: int, distance: float) -> int:
        node = n + len(merges)
        merges.append((min(left, right), max(left, right), distance))
        size[node] = size[left] + size[right]
        return node

    node_of_text = np.full(n_texts + len(text_linkage), -1, dtype=np.int64)
    worded = np.flatnonzero(text_of_row >= 0)
    texts, first = np.unique(text_of_row[worded], return_index=True)
    node_of_text[texts] = worded[first]
    is_first = np.zeros(n, dtype=bool)
    is_first[worded[first]] = True
    for row in worded[~is_first[worded]].tolist():
        text = text_of_row[row]
        node_of_text[text] = merge(int(node_of_text[text]), row, 0.0)
    roots = dict.fromkeys(node_of_text[:n_texts].tolist())
    for i, (left, right, distance) in enumerate(text_linkage[:, :3].tolist()):
        a, b = int(node_of_text[int(left)]), int(node_of_text[int(right)])
        del roots[a], roots[b]
        node = merge(a, b, distance)
        node_of_text[n_texts + i] = node
        roots[node] = None
    loose = [*roots, *np.flatnonzero(text_of_row < 0).tolist()]
    while len(merges) < n - 1:
        last = merge(loose[0], loose[1], 1.0)
        loose[:2] = [last]
    linkage = np.empty((len(merges), 4))
    if merges:
        linkage[:, :3] = merges
        linkage[:, 3] = size[n : n + len(merges)]
    return linkage
