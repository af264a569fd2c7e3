"""What stands out in each story: the article nearest its centre, and the terms with most weight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory.stories.keywords import is_left_out

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.grouping import Grouping

# Words that a reader would not pick are only known once the story is: so many are asked for.
_CANDIDATES = 32


@dataclass(frozen=True)
class Profiles:
    """What stands out in each story, found for all stories at once.

    Attributes
    ----------
    centres : ndarray of int64, shape (n_stories,)
        The input row of the article nearest the story's centre.
    columns : ndarray of int32, shape (n_stories, n)
        The columns of the words with the most weight, heaviest first; -1 where there are fewer.
    """

    centres: NDArray[np.int64]
    columns: NDArray[np.int32]


def profiles(stories: Grouping) -> Profiles:
    """Find what stands out in each story.

    Parameters
    ----------
    stories : Grouping

    Returns
    -------
    Profiles
    """
    evidence, rows, starts = stories.evidence, *stories.rows_by_story
    texts = evidence.text_of_row[rows]
    n_jobs = resolve_n_jobs(-1)
    centres = rows[starts[:-1] + _centre_places(stories, texts, n_jobs)]
    left_out = is_left_out(evidence.names)
    columns = _core.group_columns(evidence.rows, texts, starts, left_out, _CANDIDATES, n_jobs)
    return Profiles(centres, columns)


def _centre_places(stories: Grouping, texts: NDArray[np.int64], n_jobs: int) -> NDArray[np.int64]:
    """Return the place in each story of the article nearest its centre."""
    sizes = stories.sizes
    places = np.zeros(len(sizes), dtype=np.int64)
    # Rows have unit length: of two, both are as near, and the first is taken.
    is_large = sizes > 2
    starts = np.append(0, np.cumsum(sizes[is_large]))
    members = texts[np.repeat(is_large, sizes)]
    places[is_large] = _core.group_centres(stories.evidence.smoothed_rows, members, starts, n_jobs)
    return places
