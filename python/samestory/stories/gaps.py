"""Gaps in time: what two events of one kind, months apart, have and one story has not."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.cut import below_level, n_kept, sorted_linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Across a gap of a month a merge counts two thirds of its similarity, of several months half.
_SCALE_DAYS, _FLOOR = 30.0, 0.5


def part_at_gaps(
    linkage: NDArray[np.float64], n: int, level: float, days: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Lower the merges above a level that a gap in time weakens to less than it.

    The gap is that between the last article of one branch and the first of the other; there is none
    where they overlap, or where one has no date.

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

    Returns
    -------
    ndarray, shape (m, 4)
        The same merges, ascending again.
    """
    if np.isnan(days).all():
        return linkage
    first_below = n_kept(linkage, level)
    refused = np.ones(len(linkage), dtype=bool)
    refused[:first_below] = _refused(linkage[:first_below], n, level, days)
    parted = linkage.copy()
    parted[refused, 2] = np.maximum(parted[refused, 2], below_level(level))
    return sorted_linkage(parted, n)


def faded(gap_days: float) -> float:
    """The share of its similarity that a merge across a gap keeps.

    Examples
    --------
    >>> [round(faded(days), 2) for days in (0, 7, 30, 365)]
    [1.0, 0.9, 0.68, 0.5]
    """
    return _FLOOR + (1.0 - _FLOOR) * math.exp(-gap_days / _SCALE_DAYS)


def _refused(
    linkage: NDArray[np.float64], n: int, level: float, days: NDArray[np.float64]
) -> list[bool]:
    """Which merges a gap weakens below the level, and those that build on one of them."""
    begin: list[float] = np.where(np.isnan(days), np.inf, days).tolist()
    end: list[float] = np.where(np.isnan(days), -np.inf, days).tolist()
    refused: list[bool] = []
    for left, right, distance in linkage[:, :3].tolist():
        a, b = int(left), int(right)
        is_dated = begin[a] <= end[a] and begin[b] <= end[b]
        gap = max(begin[a] - end[b], begin[b] - end[a], 0.0) if is_dated else 0.0
        # Copies and pairs that the user links are at distance 0: they stay together.
        is_parted = distance > 0.0 and (1.0 - distance) * faded(gap) < level - 1e-12
        builds_on = (a >= n and refused[a - n]) or (b >= n and refused[b - n])
        refused.append(builds_on or is_parted)
        begin.append(min(begin[a], begin[b]))
        end.append(max(end[a], end[b]))
    return refused
