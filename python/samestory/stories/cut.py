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
# Branches decide between the level g and g (1 + _WINDOW g).
_WINDOW = 0.7
# The similarity that a story of one is granted when branches are compared, what it gains by each
# share of texts beyond a tenth that no merge reaches, and the most that it comes to: where most
# texts are alone, a link between two takes more evidence.
_LONE_SIMILARITY = 0.7
_LONE_FROM, _LONE_GAIN, _MOST_LONE_SIMILARITY = 0.1, 0.8, 0.92
# What a split has to gain for each article.
_MARGIN = 0.03
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
    own = node_similarities(linkage, n, _LONE_SIMILARITY)[1]
    floor = (levels.sum() ** 2 - (levels**2).sum()) / (n * (n - 1.0))
    if own[-1] < _LEAST_OF_ONE_STORY:
        return curve
    criterion = _core.CutCriterion().weight(n) * _share(own[-1:], np.array([floor]))
    return Curve(
        np.append(curve.granularity, 1.0 - linkage[-1, 2]), np.append(curve.criterion, criterion)
    )


def node_similarities(
    linkage: NDArray[np.float64], n: int, lone_similarity: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Each node's size, mean similarity inside, and similarity at which it merges next."""
    m = len(linkage)
    children = linkage[:, :2].astype(np.int64)
    similarity = 1.0 - linkage[:, 2]
    size = np.concatenate([np.ones(n), linkage[:, 3]])
    up = np.zeros(n + m)
    up[children[:, 0]] = up[children[:, 1]] = similarity
    within = np.zeros(n + m).tolist()
    across = (size[children[:, 0]] * size[children[:, 1]] * similarity).tolist()
    for k, (left, right) in enumerate(children.tolist()):
        within[n + k] = within[left] + within[right] + across[k]
    own = np.full(n + m, lone_similarity)
    own[n:] = np.array(within[n:]) / (size[n:] * (size[n:] - 1.0) / 2.0)
    return size, own, up


def _share(own: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    """The silhouette on similarities."""
    return (own - other) / np.maximum(np.maximum(1.0 - own, 1.0 - other), _LEAST)


def settle_branches(linkage: NDArray[np.float64], n: int, level: float) -> NDArray[np.float64]:
    """Lower the merges just above a level that their branches are better off without.

    Between the level g and g (1 + .7 g), a merge stays only if its branch scores better whole than
    in parts (dynamic programming from the leaves up). Refused merges are lowered to just below g,
    so that the dendrogram cut at g is the result.

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
    size, own, up = node_similarities(linkage, n, lone_similarity(linkage, n, level))
    children = linkage[:, :2].astype(np.int64)
    similarity = 1.0 - linkage[:, 2]
    whole = size * _share(own, up)
    kept = _kept_merges(children, similarity, size, whole, level)
    lowered = linkage.copy()
    # Those that were below the level anyway move too, or one could come before a part of it.
    lowered[~kept, 2] = np.maximum(lowered[~kept, 2], below_level(level))
    return sorted_linkage(lowered, n)


def lone_similarity(linkage: NDArray[np.float64], n: int, level: float) -> float:
    """Return the similarity that a story of one is granted, by the share of texts left alone.

    ``.7 + .8 max(a - .1, 0)`` and at most .92, where ``a`` is the share of texts that no merge at
    the level or above reaches.

    Examples
    --------
    >>> three_apart_and_a_pair = np.array([[0.0, 1.0, 0.3, 2.0]])
    >>> round(lone_similarity(three_apart_and_a_pair, 5, 0.5), 3)
    0.92
    >>> lone_similarity(three_apart_and_a_pair, 2, 0.5)
    0.7
    """
    merged = linkage[: n_kept(linkage, level), :2]
    alone = 1.0 - np.count_nonzero(merged < n) / n
    gained = _LONE_SIMILARITY + _LONE_GAIN * max(alone - _LONE_FROM, 0.0)
    return min(gained, _MOST_LONE_SIMILARITY)


def n_kept(linkage: NDArray[np.float64], level: float) -> int:
    """Count the merges at a level or above."""
    return int(np.searchsorted(linkage[:, 2], 1.0 - level + 1e-12, side="right"))


def below_level(level: float) -> float:
    """Return the distance of merges that are to be just below a level."""
    return 1.0 - level * (1.0 - 1e-6)


def _kept_merges(
    children: NDArray[np.int64],
    similarity: NDArray[np.float64],
    size: NDArray[np.float64],
    whole: NDArray[np.float64],
    level: float,
) -> NDArray[np.bool_]:
    """Which merges lie within a story, by dynamic programming over the branches."""
    m = len(similarity)
    n = len(size) - m
    top = level * (1.0 + _WINDOW * level)
    best = whole.tolist()
    joins = np.ones(m, dtype=bool)
    for k, (left, right) in enumerate(children.tolist()):
        if similarity[k] >= top:
            continue
        parts = best[left] + best[right]
        if similarity[k] < level or parts > best[n + k] + _MARGIN * size[n + k]:
            best[n + k] = parts
            joins[k] = False
    # Below a merge that stays, everything stays.
    for k in range(m - 1, -1, -1):
        if joins[k]:
            for child in children[k]:
                if child >= n:
                    joins[child - n] = True
    return joins


def sorted_linkage(linkage: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Order merges by distance again, each after those it builds on, and number them anew."""
    order = np.argsort(linkage[:, 2], kind="stable")
    number = np.empty(len(linkage))
    number[order] = n + np.arange(len(linkage))
    linkage = linkage[order]
    nodes = linkage[:, :2]
    merged = nodes >= n
    nodes[merged] = number[nodes[merged].astype(np.int64) - n]
    nodes.sort(axis=1)
    return linkage
