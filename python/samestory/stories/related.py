"""Stories that are like another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.group import Group
    from samestory.stories.grouping import Grouping


def most_similar(stories: Grouping, story: Group, n: int) -> list[tuple[int, float]]:
    """Return the labels of the stories most like one; see `Story.related`."""
    if n < 1:
        raise ValueError(f"n={n}: it has to be 1 or more")
    similarity = _mean_similarity(stories, story)
    similarity[story.label] = 0.0
    best = np.lexsort((np.arange(len(similarity)), -similarity))[:n]
    return [(int(k), float(similarity[k])) for k in best if similarity[k] > 0.0]


def _mean_similarity(stories: Grouping, story: Group) -> NDArray[np.float64]:
    """Return the mean smoothed similarity of a story's articles to those of each."""
    evidence = stories.evidence
    members = evidence.smoothed_rows[evidence.text_of_row[story.rows]]
    mean = np.asarray(members.mean(axis=0)).ravel()
    of_text = evidence.smoothed_rows @ mean
    rows, starts = stories.rows_by_story
    sums = np.add.reduceat(of_text[evidence.text_of_row[rows]], starts[:-1])
    return np.asarray(sums / stories.sizes, dtype=np.float64)
