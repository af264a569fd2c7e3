"""At which granularity two articles part."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.decision import height

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.evidence import Evidence


def joined_at(evidence: Evidence, a: int, b: int) -> float:
    """Return up to which granularity two texts are in one story.

    Parameters
    ----------
    evidence : Evidence
    a, b : int
        Two texts.

    Returns
    -------
    float
        1 for a text and itself, 0 where nothing joins the two.
    """
    above = set(_path(evidence.parents, a))
    meeting = next((node for node in _path(evidence.parents, b) if node in above), -1)
    return 0.0 if meeting < 0 else height(evidence, meeting)


def _path(parents: NDArray[np.int64], node: int) -> list[int]:
    """Return a node and all above it."""
    path = []
    while node >= 0:
        path.append(node)
        node = int(parents[node])
    return path


def all_joined_at(
    evidence: Evidence, a: NDArray[np.int64], b: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return for many pairs of texts what `joined_at` returns for one.

    Parameters
    ----------
    evidence : Evidence
    a, b : ndarray of int64
        Units, pair by pair.

    Returns
    -------
    ndarray of float64
    """
    heights = np.concatenate([np.ones(evidence.n_texts), 1.0 - evidence.text_linkage[:, 2], [0.0]])
    low, high = np.minimum(a, b), np.maximum(a, b)
    apart = np.flatnonzero(low != high)
    # What is above a node has a higher number, so the lower of two has not passed their meeting.
    while len(apart):
        up = evidence.parents[low[apart]]
        above = high[apart]
        # Nothing above: they never meet, and both become -1, whose height is the last one.
        low[apart] = np.minimum(up, above)
        high[apart] = np.where(up < 0, -1, np.maximum(up, above))
        apart = apart[low[apart] != high[apart]]
    return np.asarray(heights[low])
