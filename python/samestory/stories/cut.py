"""Where to cut the dendrogram: the level at which articles fit their own story best.

The criterion is the silhouette (Rousseeuw 1987) on similarities, its weight growing with the
logarithm of the story's size. The level is an average over all levels that are nearly as good as
the best, which moves less than the best itself when an article is added. Branches then decide for
themselves within a narrow window above the level.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory.stories.evidence import Curve

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Levels whose criterion is within this share of the best are averaged.
_PLATEAU = 0.02
# The similarity that a story of one is granted when it is compared with one story for all.
_LONE_SIMILARITY = 0.7
# All articles can be one story only where they are as similar as this on average.
_LEAST_OF_ONE_STORY = 0.6
_LEAST = 1e-3
# Texts of one story are never less similar than this on average.
_LEAST_LEVEL = 0.1


def choose_level(curve: Curve) -> float:
    """Return the level of the cut: the log-mean of the plateau around the best criterion.

    Parameters
    ----------
    curve : Curve
        Each criterion holds from its level down to the next one.

    Returns
    -------
    float
        In [.1, 1].
    """
    high = np.maximum(curve.granularity, _LEAST_LEVEL)
    low = np.append(high[1:], _LEAST_LEVEL)
    best = curve.criterion.max()
    excess = np.maximum(curve.criterion - (best - _PLATEAU * abs(best)), 0.0)
    weight = excess * np.log(high / low)
    if weight.sum() > 0.0:
        return float(np.exp((weight * np.log(high * low)).sum() / 2 / weight.sum()))
    at = int(np.argmax(curve.criterion))
    return float(np.sqrt(high[at] * low[at]))


def with_one_story(
    curve: Curve, linkage: NDArray[np.float64], levels: NDArray[np.float64]
) -> Curve:
    """Add one story for all to the curve, where everything is similar enough to be one.

    There is no other story then; the least similarity of two texts of one story stands in for it.

    Parameters
    ----------
    curve : Curve
    linkage : ndarray, shape (m, 4)
        SciPy linkage of the forest, ascending.
    levels : ndarray, shape (n,)
        See `small.levels_of`.
    """
    n = len(levels)
    if len(linkage) < n - 1:
        return curve
    own = _core.node_similarities(linkage, n, _LONE_SIMILARITY)[1]
    floor = (levels.sum() ** 2 - (levels**2).sum()) / (n * (n - 1.0))
    if own[-1] < _LEAST_OF_ONE_STORY:
        return curve
    criterion = _core.CutCriterion().weight(n) * _share(own[-1:], np.array([floor]))
    return Curve(
        np.append(curve.granularity, 1.0 - linkage[-1, 2]), np.append(curve.criterion, criterion)
    )


def _share(own: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The silhouette on similarities."""
    return (own - other) / np.maximum(np.maximum(1.0 - own, 1.0 - other), _LEAST)
