"""The figures at the head of every view: how many articles, stories, singles, skipped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from samestory.views.wording import count, joined

if TYPE_CHECKING:
    from samestory.stories import Stories


@dataclass(frozen=True)
class Overview:
    """What there is to show.

    Attributes
    ----------
    n_articles, n_skipped : int
        Articles that were read, and inputs that were not.
    n_stories : int
        Stories of two articles or more; they are the first in `Stories`.
    alone : ndarray of int64
        Rows of the articles that share their story with no other, in the order of the input.
    granularity : float
        Where the dendrogram was cut.
    """

    n_articles: int
    n_skipped: int
    n_stories: int
    alone: NDArray[np.int64]
    granularity: float

    def __str__(self) -> str:
        """Say it on one line."""
        return joined(
            (
                count(self.n_articles, "article"),
                self._stories(),
                f"{self.n_skipped:,} skipped" if self.n_skipped else "",
                f"granularity {self.granularity:.3f}",
            )
        )

    def _stories(self) -> str:
        """Say how many stories there are, and how many of them are of one article."""
        all_of_them = count(self.n_stories + len(self.alone), "story", "stories")
        if not (self.n_stories and len(self.alone)):
            return all_of_them
        several = f"{self.n_stories:,} of two or more articles"
        return f"{all_of_them} ({several}, {len(self.alone):,} of one)"


def overview(stories: Stories) -> Overview:
    """Count the stories without making a `Story` of any."""
    labels = np.asarray(stories.labels)
    sizes = np.bincount(labels[labels >= 0], minlength=len(stories))
    # A row without any word has the label -1 and belongs to no story.
    alone = np.flatnonzero((labels >= 0) & (np.append(sizes, 0)[labels] == 1))
    return Overview(
        n_articles=len(labels),
        n_skipped=len(stories.articles.skipped),
        n_stories=int(np.count_nonzero(sizes > 1)),
        alone=alone.astype(np.int64),
        granularity=float(stories.granularity),
    )
