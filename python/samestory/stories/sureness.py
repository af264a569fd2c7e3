"""How far each story is from parting or joining, and one word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.model import Stories

# Granularity is g = 1 / (1 + exp(1 - t)) with t the factor on what joining costs: .1 from the
# middle is 40% more or less of it, .025 is 10%.
SURE_FROM, OPEN_BELOW = 0.1, 0.025


def sureness(margins: NDArray[np.float64]) -> list[str]:
    """Say in one word how sure each story is.

    Parameters
    ----------
    margins : ndarray of float64
        How much granularity has to change until a story parts or joins another.

    Returns
    -------
    list of str
        "sure", "likely" or "open".

    Examples
    --------
    >>> sureness(np.array([0.3, 0.05, 0.01]))
    ['sure', 'likely', 'open']
    """
    words = np.array(["open", "likely", "sure"], dtype=object)
    return list(words[np.searchsorted([OPEN_BELOW, SURE_FROM], margins, side="right")])


def story_margins(stories: Stories) -> NDArray[np.float64]:
    """Return how much granularity has to change until each story parts, or joins another.

    Parameters
    ----------
    stories : Stories

    Returns
    -------
    ndarray of float64, shape (n_stories,)
    """
    linkage, n = stories.evidence.unit_linkage, stories.evidence.n_units
    level = stories.granularity
    kept = int(np.searchsorted(linkage[:, 2], 1.0 - level + 1e-12, side="right"))
    similarity = 1.0 - linkage[:, 2]
    parent = np.full(n + len(linkage), -1, dtype=np.int64)
    parent[linkage[:, :2].astype(np.int64)] = n + np.arange(len(linkage))[:, None]
    node = _roots(parent, n, n + kept)
    whole = np.concatenate([np.ones(n), similarity])
    joins = np.where(parent[node] >= 0, whole[parent[node]], 0.0)
    margin = np.minimum(whole[node] - level, level - joins)
    rows, starts = stories.rows_by_story
    return np.asarray(margin[stories.evidence.unit_of_row[rows[starts[:-1]]]].clip(0.0))


def _roots(parent: NDArray[np.int64], n: int, end: int) -> NDArray[np.int64]:
    """Return the last node before `end` above each leaf, by pointer jumping."""
    up = np.where((parent >= 0) & (parent < end), parent, np.arange(len(parent)))
    while True:
        jumped = up[up]
        if np.array_equal(jumped, up):
            return np.asarray(up[:n])
        up = jumped
