"""What branches of the dendrogram say after the cut: settled, parted at gaps, large ones joined.

One level cannot suit every branch. Just above it, a branch may be better in parts. Two events of
one kind, months apart, have a gap in time that one story has not. And texts of a large story differ
more among themselves than those of a small one: a level that keeps small stories apart breaks a
large one into slivers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


def settle_branches(linkage: NDArray[np.float64], n: int, level: float) -> NDArray[np.float64]:
    """Lower the merges just above a level that their branches are better off without.

    Between the level g and g (1 + .7 g), a merge stays only if its branch scores better whole than
    in parts (dynamic programming from the leaves up). Refused merges are lowered to just below g,
    so that the dendrogram cut at g is the result. A story of one is granted the similarity
    .7 + .8 (a - .1), at least .7 and at most .92, where a is the share of leaves that no merge at
    the level or above reaches: where most texts are alone, a link takes more evidence.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, without the joins at distance 1.
    n : int
        Leaves.
    level : float

    Returns
    -------
    ndarray, shape (m, 4)
        The same merges, ascending again.
    """
    return np.asarray(_core.settled_branches(linkage, n, level))


def part_at_gaps(
    linkage: NDArray[np.float64], level: float, days: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Lower the merges above a level that a gap in time weakens to less than it.

    The gap is that between the last article of one branch and the first of the other; there is none
    where they overlap, or where one has no date.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, without the joins at distance 1.
    level : float
        Where the dendrogram is cut.
    days : ndarray, shape (n,)
        The day of each leaf, NaN where it is not known.

    Returns
    -------
    ndarray, shape (m, 4)
        The same merges, ascending again.
    """
    return np.asarray(_core.parted_at_gaps(linkage, level, days))


def join_large_branches(
    linkage: NDArray[np.float64],
    level: float,
    days: NDArray[np.float64],
    least_next: float,
) -> NDArray[np.float64]:
    """Raise the merges of large branches that are one story to the level.

    A large branch is one where it stands out from the rest of the corpus more than its parts do
    from each other, and where it is the news of a few days.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, without the joins at distance 1.
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
    return np.asarray(_core.joined_large_branches(linkage, level, days, least_next))


def leave_out_distant_parts(
    linkage: NDArray[np.float64],
    level: float,
    days: NDArray[np.float64],
    least_size: int = _core.LARGE_STORY,
) -> NDArray[np.float64]:
    """Part from each large story what was published long before or after most of it.

    Its parts are the branches that merges raised to the level have made one story. A part is left
    out if it has dates and none of them lies within two weeks of the middle half of the story's.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, large branches raised to the level.
    level : float
        Where the dendrogram is cut.
    days : ndarray, shape (n,)
        The day of each leaf, NaN where it is not known.
    least_size : int
        How many texts a large story has at the least.

    Returns
    -------
    ndarray, shape (m, 4)
        As many merges, ascending: the parts of a story one after the other, those left out last,
        just below the level.
    """
    return np.asarray(_core.parted_distant_days(linkage, level, days, least_size))
