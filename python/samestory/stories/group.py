"""The articles of one story."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from samestory.stories.summary import first_words

if TYPE_CHECKING:
    from datetime import datetime

    import numpy as np
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories.described import DescribedGrouping


class Group:
    """The articles of one story and what they are called; `Story` has what is computed of them.

    Attributes
    ----------
    label : int
        Its place in `Stories`: 0 is the largest.
    rows : ndarray of int64
        The input rows of its articles, ascending.
    """

    def __init__(self, stories: DescribedGrouping, label: int, rows: NDArray[np.int64]) -> None:
        self._stories = stories
        self.label = label
        self.rows = rows

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.rows)

    @cached_property
    def articles(self) -> list[Article]:
        """The articles, in input order."""
        return [self._stories.articles[int(row)] for row in self.rows]

    @property
    def id(self) -> str:
        """A name that lasts: made of its earliest article's id, and kept by `Stories.update`."""
        return self._stories.ids[self.label]

    @property
    def centre(self) -> int:
        """The input row of the article nearest the story's centre."""
        return int(self._stories.profiles.centres[self.label])

    @property
    def title(self) -> str:
        """The title of the article nearest the centre; its first words where it has none."""
        article = self._stories.articles[self.centre]
        return article.title or first_words(article.text)

    @property
    def keywords(self) -> list[str]:
        """The words that tell it from others, heaviest first: no numbers, no stop words."""
        return self._stories.keywords[self.label]

    @property
    def first_date(self) -> datetime | None:
        """When the first dated article appeared, in that article's own zone."""
        return min((a.date for a in self.articles if a.date is not None), default=None)

    @property
    def last_date(self) -> datetime | None:
        """When the last dated article appeared, in that article's own zone."""
        return max((a.date for a in self.articles if a.date is not None), default=None)

    @property
    def outlets(self) -> list[str]:
        """The outlets that told it, sorted."""
        column = self._stories.articles.column("outlet")
        return sorted({column[row] for row in self.rows.tolist()} - {""})
