"""Large stories: branches below the level of the cut that are one story rather than many.

One level cannot suit stories of a few texts and stories of hundreds: texts of a large story differ
more among themselves, and a level that keeps small stories apart breaks a large one into slivers. A
large branch is made one story where it stands out from the rest of the corpus more than its parts
do from each other, and where it is the news of a few days. What it holds of other months is another
event in the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


def join_large_branches(
    linkage: NDArray[np.float64],
    level: float,
    days: NDArray[np.float64],
    least_next: float,
) -> NDArray[np.float64]:
    """Raise the merges of large branches that are one story to the level.

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
