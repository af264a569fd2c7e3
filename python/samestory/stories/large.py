"""Large stories: branches below the level of the cut that are one story rather than many.

One level cannot suit stories of a few texts and stories of hundreds: texts of a large story differ
more among themselves, and a level that keeps small stories apart breaks a large one into slivers. A
large branch is made one story where it stands out from the rest of the corpus more than its parts
do from each other, and where it is the news of a few days.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.cut import n_kept, node_similarities, sorted_linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Branches of fewer texts are left to the level; texts of one story are this similar on average.
LEAST_SIZE, _LEAST_SIMILARITY = 40, 0.2
# A branch of n texts scores n ln(2 + n) times the log of how much more similar its texts are to one
# another than to the next story, similarities counting from -.3. It has to score this many times
# what its parts do.
_OFFSET, _GAIN = 0.3, 2.0
_LONE_SIMILARITY = 0.85
# Half of the dated texts of a large story lie within so many days.
_MOST_DAYS = 14.0


def join_large_branches(
    linkage: NDArray[np.float64],
    n: int,
    level: float,
    days: NDArray[np.float64],
    least_next: float,
) -> NDArray[np.float64]:
    """Raise the merges of large branches that are one story to the level.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, without the joins at distance 1.
    n : int
        Leaves.
    level : float
        Where the dendrogram is cut.
    days : ndarray, shape (n,)
        The day of each leaf, NaN where it is not known.
    least_next : float
        How similar the next story is taken to be at the least: the similarity down to which merges
        were sought.

    Returns
    -------
    ndarray, shape (m, 4)
        The same merges, ascending again.
    """
    first = n_kept(linkage, level)
    if not (linkage[first:, 3] >= LEAST_SIZE).any():
        return linkage
    raised = np.zeros(len(linkage), dtype=bool)
    raised[first:] = _inside_whole_branches(linkage, n, first, days, least_next)
    joined = linkage.copy()
    joined[raised, 2] = 1.0 - level
    return sorted_linkage(joined, n)


def _inside_whole_branches(
    linkage: NDArray[np.float64],
    n: int,
    first: int,
    days: NDArray[np.float64],
    least_next: float,
) -> NDArray[np.bool_]:
    """Which merges from the first one on lie inside a branch that is one story."""
    size, own, up = node_similarities(linkage, n, _LONE_SIMILARITY)
    up = np.maximum(up, least_next)
    own = np.maximum(own, up)
    contrast = np.log(own + _OFFSET) - np.log(up + _OFFSET)
    best = (size * np.log(2.0 + size) * contrast).tolist()
    children = linkage[:, :2].astype(np.int64)
    members = _Members(children, size)
    whole = np.zeros(len(linkage), dtype=bool)
    can_be_whole = ((size >= LEAST_SIZE) & (own >= _LEAST_SIMILARITY))[n:].tolist()
    for k, (left, right) in enumerate(children[first:].tolist(), first):
        parts = best[left] + best[right]
        stands_out = can_be_whole[k] and best[n + k] > _GAIN * parts
        if stands_out and is_of_a_few_days(days[members.of(n + k)]):
            whole[k] = True
        else:
            best[n + k] = parts
    # Below a branch that is one story, everything is.
    for k in range(len(linkage) - 1, first - 1, -1):
        if whole[k]:
            whole[children[k][children[k] >= n + first] - n] = True
    return whole[first:]


def is_of_a_few_days(days: NDArray[np.float64]) -> bool:
    """Whether the middle half of the known days lies within two weeks.

    Examples
    --------
    >>> is_of_a_few_days(np.array([1.0, 2.0, 3.0, 300.0])), is_of_a_few_days(np.array([1.0, 90.0]))
    (False, False)
    >>> is_of_a_few_days(np.array([np.nan, np.nan]))
    True
    """
    known = days[~np.isnan(days)]
    if len(known) == 0:
        return True
    low, high = np.quantile(known, [0.25, 0.75])
    return bool(high - low <= _MOST_DAYS)


class _Members:
    """The leaves below each node of a forest: a stretch of one order of all leaves."""

    def __init__(self, children: NDArray[np.int64], size: NDArray[np.float64]) -> None:
        n, m = len(size) - len(children), len(children)
        self._size = size.astype(np.int64)
        is_root = np.ones(n + m, dtype=bool)
        is_root[children] = False
        of_root = np.zeros(n + m, dtype=np.int64)
        roots = np.flatnonzero(is_root)
        of_root[roots] = np.cumsum(self._size[roots]) - self._size[roots]
        begin, sizes = of_root.tolist(), self._size.tolist()
        for node, (left, right) in zip(
            range(n + m - 1, n - 1, -1), children[::-1].tolist(), strict=True
        ):
            begin[left] = begin[node]
            begin[right] = begin[node] + sizes[left]
        self._begin = begin
        self._leaves = np.argsort(begin[:n], kind="stable")

    def of(self, node: int) -> NDArray[np.int64]:
        begin = self._begin[node]
        return np.asarray(self._leaves[begin : begin + self._size[node]])
