"""Which article of a story is the earliest, and in which order they came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.grouping import Grouping


def earliest_rows(stories: Grouping) -> NDArray[np.int64]:
    """Return the row of each story's earliest article; its first row where none has a date."""
    rows, starts = stories.rows_by_story
    if len(rows) == 0:
        return np.empty(0, dtype=np.int64)
    story = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    # NaT sorts behind every date.
    order = np.lexsort((rows, stories.articles.dates[rows], story))
    return np.asarray(rows[order[starts[:-1]]])


def earliest_ids(stories: Grouping) -> list[str]:
    """Return the id of each story's earliest article; of several the one that sorts first.

    The order of the input does not matter.
    """
    rows, starts = stories.rows_by_story
    if len(rows) == 0:
        return []
    dates = stories.articles.dates
    moments = np.where(np.isnat(dates), np.iinfo(np.int64).max, dates.astype(np.int64))[rows]
    sizes = np.diff(starts)
    is_first = moments == np.repeat(np.minimum.reduceat(moments, starts[:-1]), sizes)
    story = np.repeat(np.arange(len(sizes)), sizes)[is_first].tolist()
    names: list[str] = [""] * len(sizes)
    ids = stories.articles.ids
    for label, row in zip(story, rows[is_first].tolist(), strict=True):
        if not names[label] or ids[row] < names[label]:
            names[label] = ids[row]
    return names


def story_places(stories: Grouping) -> NDArray[np.int64]:
    """Return the place of each article in its story: 1 the earliest, the undated last.

    0 for an article without any word, which is in no story.
    """
    rows, starts = stories.rows_by_story
    story = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    order = np.lexsort((rows, stories.articles.dates[rows], story))
    places = np.zeros(len(stories.labels), dtype=np.int64)
    places[rows[order]] = np.arange(len(rows)) - starts[:-1][story] + 1
    return places
