"""Stories as tables and graphs of other libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestory._extras import require
from samestory._frames import to_table
from samestory.stories.network import to_networkx
from samestory.stories.outlets import outlet_columns
from samestory.stories.story import StorySequence
from samestory.stories.summary import article_columns, story_columns, summary_columns

if TYPE_CHECKING:
    import pandas


class TabularStories(StorySequence):
    """The part of `Stories` that other programs work on."""

    def to_frame(self) -> pandas.DataFrame:
        """Return the articles as a pandas DataFrame, each with its story.

        Returns
        -------
        pandas.DataFrame
            What `Articles.to_frame` has, then ``story`` (the label), ``story_id``,
            ``story_title``, ``story_size`` and ``story_place``: 1 for the earliest article of the
            story, those without a date last.
        """
        frame: pandas.DataFrame = self.articles.to_frame().assign(**story_columns(self))
        return frame

    def to_polars(self) -> Any:
        """Return the same as `to_frame`, as a polars DataFrame."""
        return to_table(article_columns(self), "polars", "to_polars()")

    def to_arrow(self) -> Any:
        """Return the same as `to_frame`, as a pyarrow Table."""
        return to_table(article_columns(self), "arrow", "to_arrow()")

    def summary(self, frame: str = "pandas") -> Any:
        """Return a table with a row a story.

        Parameters
        ----------
        frame : {"pandas", "polars", "arrow"}, default="pandas"
            Whose table.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            The columns story (its number), id (lasting: made of its earliest article's id), title,
            articles, outlets (how many), first_outlet (that of the earliest dated article),
            first_date, last_date, keywords, and sure: "sure" where granularity can change by .1
            either way without a change to the story, "open" where less than .025 does, "likely"
            between.

        Examples
        --------
        >>> import samestory as ss
        >>> from samestory.data import sample_pages_path
        >>> stories = ss.find_stories(str(sample_pages_path()))
        >>> print(*stories.summary()["keywords"][1:3], sep=" / ")
        quillanco, chile, hospital, earthquake, magnitude / thyrea, reef, kalliope, ferry, greek
        """
        return to_table(summary_columns(self), frame, f'summary(frame="{frame}")')

    def to_series(self) -> pandas.Series:
        """Return the labels as a pandas Series on the index of the input."""
        pandas = require("pandas", "pandas", "to_series()")
        return pandas.Series(self.labels, index=self.articles.index, name="story")

    def outlets(self, frame: str = "pandas") -> Any:
        """Return a table with a row an outlet: how often it was first, how often it followed.

        Parameters
        ----------
        frame : {"pandas", "polars", "arrow"}, default="pandas"
            Whose table.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            The columns outlet, articles, stories, first and followed (stories that several outlets
            tell with dates; where dates do not tell who was first, each that may have been is),
            median_hours_behind the first where it followed, and copies: its articles that have half
            of their text or more from an earlier one of another outlet.
        """
        return to_table(outlet_columns(self), frame, f'outlets(frame="{frame}")')

    def to_networkx(self, min_similarity: float = 0.1) -> Any:
        """Return the articles as a networkx graph, linked where they are similar.

        ``networkx.write_gexf(graph, "stories.gexf")`` and ``write_graphml`` make files for Gephi
        and others.

        Parameters
        ----------
        min_similarity : float, default=0.1
            Pairs less similar than this are not linked.

        Returns
        -------
        networkx.Graph
            Nodes are ids, with label and title, outlet, author, language, url, date (UTC), story
            and story_title; links have weight (the direct similarity) and same_story.
        """
        return to_networkx(self, min_similarity)
