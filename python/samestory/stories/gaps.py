"""Gaps in time: what two events of one kind, months apart, have and one story has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
