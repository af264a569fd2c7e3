"""At which granularity two articles part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def joined_at(linkage: NDArray[np.float64], n: int, a: int, b: int) -> float:
    """Return up to which granularity two leaves of a dendrogram are in one branch.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage with distance 1 - granularity; it may stop before everything is one tree.
    n : int
        Leaves.
    a, b : int
        Two of them.

    Returns
    -------
    float
        1 for a leaf and itself, 0 where nothing joins the two.

    Examples
    --------
    >>> linkage = np.array([[0, 1, 0.2, 2], [2, 3, 0.7, 3]])
    >>> joined_at(linkage, 3, 0, 1), round(joined_at(linkage, 3, 2, 0), 9)
    (0.8, 0.3)
    """
    parent = np.full(n + len(linkage), -1, dtype=np.int64)
    parent[linkage[:, :2].astype(np.int64)] = n + np.arange(len(linkage))[:, None]
    above = set(_path(parent, a))
    meeting = next((node for node in _path(parent, b) if node in above), -1)
    if meeting < 0:
        return 0.0
    return 1.0 if meeting < n else float(1.0 - linkage[meeting - n, 2])


def _path(parent: NDArray[np.int64], node: int) -> list[int]:
    """Return a node and all above it."""
    path = []
    while node >= 0:
        path.append(node)
        node = int(parent[node])
    return path
