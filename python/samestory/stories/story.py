"""One story: articles that tell the same."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._lookup import drawn, shown
from samestory.stories.summary import first_words

if TYPE_CHECKING:
    from datetime import datetime

    import pandas
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories.chapters import Chapters
    from samestory.stories.copied import Copied
    from samestory.stories.model import Stories


class Story:
    """Articles that tell one story.

    Attributes
    ----------
    label : int
        Its place in `Stories`: 0 is the largest.
    rows : ndarray of int64
        The input rows of its articles, ascending.
    """

    def __init__(self, stories: Stories, label: int, rows: NDArray[np.int64]) -> None:
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

    @cached_property
    def copied(self) -> Copied:
        """From which earlier one of its articles each has most of its text; places, not rows."""
        from samestory.stories.copied import copied_of_story

        return copied_of_story(self)

    @property
    def margin(self) -> float:
        """How far the granularity is, on the nearer side, from parting this story or joining it."""
        from samestory.stories.decision import margin

        return margin(self._stories, self)

    def related(self, n: int = 10) -> list[tuple[Story, float]]:
        """Return the stories most like this one.

        Parameters
        ----------
        n : int, default=10
            How many at most; stories that share nothing are left out.

        Returns
        -------
        list of (Story, float)
            With the mean smoothed similarity of their articles, falling.
        """
        from samestory.stories.search import related

        return related(self._stories, self, n)

    def chapters(self) -> Chapters:
        """Part the story where it flared up, and say what was new each time.

        A chapter begins where the pace of articles rises, and goes on while it falls.

        Returns
        -------
        Chapters
            A sequence of `Chapter`, the earliest first, with ``to_frame()`` and ``days()``.

        Examples
        --------
        >>> import samestory as ss
        >>> from samestory.data import invented_articles
        >>> stories = ss.find_stories(invented_articles(60), progress=False)
        >>> [(str(chapter.busiest_day), len(chapter)) for chapter in stories[0].chapters()]
        [('2024-03-15', 8), ('2024-03-27', 4)]
        """
        from samestory.stories.chapters import chapters

        return chapters(self)

    def plot_timeline(self, ax: Any = None) -> Any:
        """Draw its articles a day, its chapters, and the words that were new in each.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_chapters", self.chapters(), ax=ax)

    def to_frame(self) -> pandas.DataFrame:
        """Return its articles as a pandas DataFrame."""
        return self._stories.articles[self.rows].to_frame()

    def __repr__(self) -> str:
        """Name its title and size."""
        return shown("story_text", self)

    def _repr_html_(self) -> str:
        return shown("story_html", self)
