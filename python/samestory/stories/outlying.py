"""Parts of a large story that lie far from its days: other events in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.cut import below_level, sorted_linkage

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A part belongs if any of it is this near to the days of the middle half of the story.
_NEAR_DAYS = 14.0
# Merges this near to the level are those that made a large story whole.
_TOLERANCE = 1e-12


def leave_out_distant_parts(
    linkage: NDArray[np.float64], n: int, level: float, days: NDArray[np.float64], least_size: int
) -> NDArray[np.float64]:
    """Part from each large story what was published long before or after most of it.

    The parts are the branches that lie at more than the level: those that were made one story by
    merges raised to the level. Those far in time are merged last, just below the level.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending, large branches raised to the level.
    n : int
        Leaves.
    level : float
        Where the dendrogram is cut.
    days : ndarray, shape (n,)
        The day of each leaf, NaN where it is not known.
    least_size : int
        How many texts a large story has at the least.

    Returns
    -------
    ndarray, shape (m, 4)
        As many merges, ascending.
    """
    is_raised = np.abs(linkage[:, 2] - (1.0 - level)) <= _TOLERANCE
    if not is_raised.any() or np.isnan(days).all():
        return linkage
    children = linkage[:, :2].astype(np.int64)
    is_inner = np.zeros(len(linkage), dtype=bool)
    below = children[is_raised]
    is_inner[below[below >= n] - n] = True
    tops = np.flatnonzero(is_raised & ~is_inner & (linkage[:, 3] >= least_size))
    parted = linkage.copy()
    for top in tops.tolist():
        merges, parts = _raised_parts(children, is_raised, n, top)
        days_of_parts = [days[_leaves(children, n, part)] for part in parts]
        is_distant = _distant(days_of_parts)
        if any(is_distant):
            _chain(parted, n, level, merges, _ordered(parts, is_distant))
    return sorted_linkage(parted, n)


def _raised_parts(
    children: NDArray[np.int64], is_raised: NDArray[np.bool_], n: int, top: int
) -> tuple[list[int], list[int]]:
    """The raised merges of one story, ascending, and the nodes that they join, ascending."""
    merges, parts, waiting = [], [], [n + top]
    while waiting:
        node = waiting.pop()
        if node >= n and is_raised[node - n]:
            merges.append(node - n)
            waiting.extend(children[node - n].tolist())
        else:
            parts.append(node)
    return sorted(merges), sorted(parts)


def _leaves(children: NDArray[np.int64], n: int, node: int) -> list[int]:
    leaves, waiting = [], [node]
    while waiting:
        node = waiting.pop()
        if node < n:
            leaves.append(node)
        else:
            waiting.extend(children[node - n].tolist())
    return leaves


def _distant(days_of_parts: list[NDArray[np.float64]]) -> list[bool]:
    """Which parts are dated and far from the days of most; of undated parts nothing is known."""
    days = np.concatenate(days_of_parts)
    low, high = np.nanquantile(days, [0.25, 0.75])
    first, last = low - _NEAR_DAYS, high + _NEAR_DAYS
    return [
        bool(np.isfinite(part).any() and not ((part >= first) & (part <= last)).any())
        for part in days_of_parts
    ]


def _ordered(parts: list[int], is_distant: list[bool]) -> list[tuple[int, bool]]:
    """Near parts first."""
    return sorted(zip(parts, is_distant, strict=True), key=lambda part: part[1])


def _chain(
    linkage: NDArray[np.float64],
    n: int,
    level: float,
    merges: list[int],
    parts: list[tuple[int, bool]],
) -> None:
    """Write the merges anew: one part after the other, the distant ones below the level."""
    node = parts[0][0]
    size = _size(linkage, n, node)
    for merge, (part, is_distant) in zip(merges, parts[1:], strict=True):
        size += _size(linkage, n, part)
        distance = below_level(level) if is_distant else 1.0 - level
        linkage[merge] = node, part, distance, size
        node = n + merge


def _size(linkage: NDArray[np.float64], n: int, node: int) -> float:
    return 1.0 if node < n else float(linkage[node - n, 3])
