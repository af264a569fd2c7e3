"""Stories, one by one: articles that tell the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from samestory._lookup import drawn, shown
from samestory.articles import Article
from samestory.stories.copied import Copied, copied_of
from samestory.stories.decision import margin
from samestory.stories.described import DescribedGrouping
from samestory.stories.group import Group
from samestory.stories.lookup import label_of, row_of
from samestory.stories.related import most_similar

if TYPE_CHECKING:
    import numpy as np
    import pandas
    from numpy.typing import NDArray

    from samestory.stories.chapters import Chapters


class Story(Group):
    """Articles that tell one story.

    Attributes
    ----------
    label : int
        Its place in `Stories`: 0 is the largest.
    rows : ndarray of int64
        The input rows of its articles, ascending.
    """

    def __init__(self, stories: StorySequence, label: int, rows: NDArray[np.int64]) -> None:
        super().__init__(stories, label, rows)
        self._stories: StorySequence = stories

    @cached_property
    def copied(self) -> Copied:
        """From which earlier one of its articles each has most of its text; places, not rows."""
        return copied_of(self._stories.articles[self.rows])

    @property
    def margin(self) -> float:
        """How far the granularity is, on the nearer side, from parting this story or joining it."""
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
        nearest = most_similar(self._stories, self, n)
        return [(self._stories[label], similarity) for label, similarity in nearest]

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


class StorySequence(DescribedGrouping, Sequence[Story]):
    """A grouping as a sequence of its stories, the largest first."""

    @overload
    def __getitem__(self, key: int) -> Story: ...
    @overload
    def __getitem__(self, key: slice) -> list[Story]: ...
    def __getitem__(self, key: int | slice) -> Story | list[Story]:
        """Return a story by its label, or several by a slice."""
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        label = label_of(self, key)
        order, starts = self._starts
        return Story(self, label, order[starts[label] : starts[label + 1]])

    def story_of(self, article: Article | str | int) -> Story:
        """Return the story of an article.

        Parameters
        ----------
        article : Article, str or int
            The article, its id, or its row in the input.
        """
        row = self._row(article)
        label = int(self.labels[row])
        if label < 0:
            raise ValueError(f"the article {self.articles.ids[row]!r} has no words: no story")
        return self[label]

    def _row(self, article: Article | str | int | int) -> int:
        return row_of(self.articles, article)
