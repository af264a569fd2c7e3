"""How far each story is from parting or joining, and one word for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.grouping import Grouping

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


def story_margins(stories: Grouping) -> NDArray[np.float64]:
    """Return how much granularity has to change until each story parts, or joins another.

    Parameters
    ----------
    stories : Grouping

    Returns
    -------
    ndarray of float64, shape (n_stories,)
    """
    evidence, level = stories.evidence, stories.granularity
    n, parents = evidence.n_texts, evidence.parents
    kept = int(np.searchsorted(evidence.text_linkage[:, 2], 1.0 - level, side="right"))
    # Up to which granularity each node is whole; nothing joins the last ones.
    heights = np.concatenate([np.ones(n), 1.0 - evidence.text_linkage[:, 2], [0.0]])
    rows, starts = stories.rows_by_story
    node = _roots(parents, n + kept)[evidence.text_of_row[rows[starts[:-1]]]]
    margins = np.minimum(heights[node] - level, level - heights[parents[node]])
    return np.asarray(margins.clip(0.0))


def _roots(parents: NDArray[np.int64], end: int) -> NDArray[np.int64]:
    """Return the last node before `end` above each node, by pointer jumping."""
    up = np.where((parents >= 0) & (parents < end), parents, np.arange(len(parents)))
    while True:
        jumped = up[up]
        if np.array_equal(jumped, up):
            return np.asarray(up)
        up = jumped
