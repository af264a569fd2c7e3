"""Which articles of a story were taken from an earlier one of it, as an agency's text is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samestory.similarity.reused import COPY_SHARE
from samestory.similarity.text_reuse import text_reuse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Articles
    from samestory.similarity.reused import TextReuse
    from samestory.stories.grouping import Grouping


@dataclass(frozen=True)
class Copied:
    """What articles have from earlier ones of other outlets.

    Attributes
    ----------
    source : ndarray of int64
        Where the earlier article stands that most of an article's text is found in; -1 for those
        that have less than half of it from any.
    share : ndarray of float64
        How much of it is found there; 0 without a source.
    """

    source: NDArray[np.int64]
    share: NDArray[np.float64]


def reuse_of(articles: Articles) -> TextReuse:
    """Return the pairs that matter here.

    What two texts share does not depend on others: a story by itself has the same pairs.
    """
    return text_reuse(
        articles, COPY_SHARE, same_outlet=False, leave_out_recurring=False, progress=False
    )


def copied(stories: Grouping, reuse: TextReuse) -> Copied:
    """Return what each article has from another of its story; sources are input rows."""
    return _copied(reuse, stories.labels[reuse.earlier] == stories.labels[reuse.later])


def copied_of(articles: Articles) -> Copied:
    """Return the same for the articles of one story; sources are places among them."""
    if len(articles) < 2:
        return Copied(np.full(len(articles), -1, np.int64), np.zeros(len(articles)))
    return _copied(reuse_of(articles), None)


def _copied(reuse: TextReuse, which: NDArray[np.bool_] | None) -> Copied:
    pairs = reuse.source_pairs(which)
    is_taken = pairs >= 0
    return Copied(
        np.where(is_taken, np.append(reuse.earlier, -1)[pairs], -1),
        np.where(is_taken, np.append(reuse.share_of_later, 0.0)[pairs], 0.0),
    )
