"""At which granularity two articles part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.stories.decision import height

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from samestory.stories.evidence import Evidence


def joined_at(evidence: Evidence, a: int, b: int) -> float:
    """Return up to which granularity two units are in one story.

    Parameters
    ----------
    evidence : Evidence
    a, b : int
        Two units.

    Returns
    -------
    float
        1 for a unit and itself, 0 where nothing joins the two.
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
