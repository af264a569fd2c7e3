"""Stories: the grouping of articles, and one story of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from samestory._views import drawn, shown
from samestory.articles import Article, Articles
from samestory.stories.dendrogram import cut, joined_but_apart, order_labels
from samestory.stories.explanation import Explanation, Neighbour, term_weights
from samestory.stories.joining import joined_at
from samestory.stories.lookup import label_of, row_of
from samestory.stories.summary import earliest_rows, first_words

if TYPE_CHECKING:
    import os
    from datetime import datetime
    from pathlib import Path

    import pandas
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.similarity.reused import TextReuse
    from samestory.stories.advice import Advice, Why
    from samestory.stories.changes import Changes
    from samestory.stories.chapters import Chapters
    from samestory.stories.copied import Copied
    from samestory.stories.disagreements import Disagreements
    from samestory.stories.evidence import Evidence
    from samestory.stories.past import Past
    from samestory.stories.profiles import Profiles
    from samestory.stories.score import Score

_N_KEYWORDS = 8
# The granularity that is decided by itself.
AUTO = 0.5


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
        from samestory.views.chapters import plot_chapters

        return plot_chapters(self.chapters(), ax=ax)

    def to_frame(self) -> pandas.DataFrame:
        """Return its articles as a pandas DataFrame."""
        return self._stories.articles[self.rows].to_frame()

    def __repr__(self) -> str:
        """Name its title and size."""
        return shown("story_text", self)

    def _repr_html_(self) -> str:
        return shown("story_html", self)


class Stories(Sequence[Story]):
    """A grouping of articles into stories; made by `find_stories`.

    A sequence of `Story`, the largest first.

    Attributes
    ----------
    articles : Articles
        The articles, in input order.
    labels : ndarray of int64, shape (n_articles,)
        The story of each input row: 0 the largest, ties by first row. A story of one is a story;
        -1 marks a row without any word, which is also in ``articles.skipped``.
    granularity : float
        How fine the stories are, in [0, 1]: .5 is what is decided by itself, above it finer, below
        it coarser.
    evidence : Evidence
        What the grouping rests on.
    past : Past or None
        What `update` knows of the stories that these continue.
    """

    def __init__(
        self, articles: Articles, evidence: Evidence, granularity: float, past: Past | None = None
    ) -> None:
        self.articles = articles
        self.evidence = evidence
        self.granularity = granularity
        self.past = past
        groups = cut(evidence.unit_linkage, evidence.n_units, granularity)
        if granularity <= 0.0:
            groups = joined_but_apart(groups, evidence.cannot_link)
        unit_of_row = evidence.unit_of_row
        self.labels = order_labels(np.where(unit_of_row >= 0, groups[unit_of_row], -1))

    # -- stories ---------------------------------------------------------------------------

    @cached_property
    def _starts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows in order of label, and where each story starts."""
        order = np.argsort(self.labels, kind="stable")
        n_stories = int(self.labels.max(initial=-1)) + 1
        starts = np.searchsorted(self.labels[order], np.arange(n_stories + 1))
        return order, starts

    @cached_property
    def ids(self) -> list[str]:
        """The id of each story."""
        from samestory.stories.lineage import ids_of

        earliest = [self.articles.ids[row] for row in earliest_rows(self).tolist()]
        return ids_of(self.labels, None if self.past is None else self.past.lineage, earliest)

    @property
    def rows_by_story(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of all stories, one story after the other, and where each begins and ends."""
        order, starts = self._starts
        return order[starts[0] :], starts - starts[0]

    @cached_property
    def text_reuse(self) -> TextReuse:
        """The pairs of articles of different outlets, one of which has half of the other's text."""
        from samestory.stories.copied import reuse_of

        return reuse_of(self.articles)

    @cached_property
    def copied(self) -> Copied:
        """From which earlier article of its story each article has most of its text."""
        from samestory.stories.copied import copied

        return copied(self)

    @cached_property
    def profiles(self) -> Profiles:
        """What stands out in each story."""
        from samestory.stories.profiles import profiles

        return profiles(self)

    @cached_property
    def keywords(self) -> list[list[str]]:
        """The keywords of each story."""
        from samestory.stories.keywords import all_keywords

        return all_keywords(self, _N_KEYWORDS)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """The number of articles of each story, falling."""
        return np.diff(self._starts[1])

    def __len__(self) -> int:
        """Return the number of stories, stories of one included."""
        return len(self._starts[1]) - 1

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

    # -- the dendrogram --------------------------------------------------------------------

    def at(self, granularity: float | str) -> Stories:
        """Return the same articles in finer or coarser stories, at once.

        Parameters
        ----------
        granularity : float or "auto"
            In [0, 1]: .5, which "auto" means, is what is decided by itself, above it finer, below
            it coarser; 0 joins everything (but what `cannot_link` parts), 1 only copies. Stories of
            one granularity lie within those of any lower one.

        Returns
        -------
        Stories
        """
        stories = Stories(self.articles, self.evidence, checked_granularity(granularity), self.past)
        if "text_reuse" in self.__dict__:
            stories.__dict__["text_reuse"] = self.text_reuse
        return stories

    def groupings(self, n: int = 5) -> list[Stories]:
        """Return distinct nested groupings, coarse to fine.

        Parameters
        ----------
        n : int, default=5
            How many at most; spread evenly over the merges, fewer where there are fewer.

        Returns
        -------
        list of Stories
        """
        if n < 1:
            raise ValueError(f"n={n}: it has to be 1 or more")
        heights = np.unique(1.0 - self.evidence.unit_linkage[:, 2])
        heights = np.append(heights[heights < 1.0], 1.0)
        places = np.unique(np.linspace(0, len(heights) - 1, n).round().astype(int))
        return [self.at(float(heights[place])) for place in places]

    @property
    def linkage(self) -> NDArray[np.float64]:
        """The SciPy linkage matrix over all input rows; distance is 1 - granularity."""
        return self.evidence.linkage

    # -- similarity ------------------------------------------------------------------------

    @cached_property
    def similarity(self) -> csr_matrix:
        """The direct cosines kept, over input rows; copies of one text have 1."""
        return self.evidence.expand(self.evidence.graph).astype(np.float64, copy=False)

    @cached_property
    def smoothed(self) -> csr_matrix:
        """The smoothed similarities that proposed merges, over input rows."""
        return self.evidence.expand(self.evidence.smoothed_graph).astype(np.float64, copy=False)

    def explain(self, a: Article | str | int, b: Article | str | int) -> Explanation:
        """Say term by term why two articles are as similar as they are.

        Parameters
        ----------
        a, b : Article, str or int
            Two articles, their ids, or their rows in the input.

        Returns
        -------
        Explanation
            Its term weights sum to its score.
        """
        row_a, row_b = self._row(a), self._row(b)
        unit_a, unit_b = self._unit(row_a), self._unit(row_b)
        score, similarity, terms = term_weights(self.evidence, unit_a, unit_b)
        first, second = self.articles[row_a], self.articles[row_b]
        gap = abs(first.date - second.date) if first.date and second.date else None
        return Explanation(
            a=first,
            b=second,
            score=score,
            similarity=similarity,
            terms=terms,
            neighbours=[*self._neighbours(unit_a, first.id), *self._neighbours(unit_b, second.id)],
            gap=gap,
            same_story=bool(self.labels[row_a] == self.labels[row_b]),
            granularity=self.granularity,
            joined_at=joined_at(self.evidence, unit_a, unit_b),
        )

    def similar_to(self, article: Article | str | int, n: int = 10) -> list[tuple[Article, float]]:
        """Return the articles most similar to one, copies first.

        Parameters
        ----------
        article : Article, str or int
            The article, its id, or its row in the input.
        n : int, default=10
            How many at most; articles that share nothing are left out.

        Returns
        -------
        list of (Article, float)
            With the smoothed similarity, falling; ties in input order.
        """
        if n < 1:
            raise ValueError(f"n={n}: it has to be 1 or more")
        row = self._row(article)
        similarity = self._similarity_to_rows(self._unit(row))
        similarity[row] = 0.0
        best = np.lexsort((np.arange(len(similarity)), -similarity))[:n]
        return [(self.articles[int(i)], float(similarity[i])) for i in best if similarity[i] > 0]

    def why(self, article: Article | str | int) -> Why:
        """Say why an article is in its story and not in the next best.

        Parameters
        ----------
        article : Article, str or int
            The article, its id, or its row in the input.

        Returns
        -------
        Why
        """
        from samestory.stories.advice import why

        row = self._row(article)
        return why(self, row, self._similarity_to_rows(self._unit(row)))

    def advice(self) -> Advice:
        """Say what would merge or split first, and what lies between.

        Returns
        -------
        Advice
        """
        from samestory.stories.advice import advice

        return advice(self)

    def score(self, gold: Any) -> Score:
        """Compare with gold stories.

        Parameters
        ----------
        gold : array-like, Series or iterable of (id, id, bool)
            A gold story for each row (None or NaN: not labelled), a Series aligned by index, or
            pairs of article ids with whether they tell one story.

        Returns
        -------
        Score
            A dict: B-cubed and pair precision, recall and F1, ARI, NMI and V-measure, and with
            scikit-learn installed AMI. For pairs: precision, recall, F1 and accuracy over them.
        """
        from samestory.stories.scoring import score

        return score(self, gold)

    def disagreements(self, gold: Any) -> Disagreements:
        """Return the pairs of articles that differ from one's own labels, the worst first.

        The worst are those that the largest change of granularity would mend. Of many pairs with
        the same two labels and stories, the most similar one stands for all.

        Parameters
        ----------
        gold : array-like, Series or iterable of (id, id, bool)
            As for `score`.

        Returns
        -------
        Disagreements
            A sequence of `Disagreement`, with `to_frame`.

        Examples
        --------
        >>> import samestory as ss
        >>> stories = ss.find_stories(["Ferry sinks off Tarn", "Tarn ferry sinks", "Cheese fair"])
        >>> pair, = stories.disagreements(["ferry", None, "ferry"])
        >>> pair.together, pair.pairs
        (False, 1)
        """
        from samestory.stories.disagreements import disagreements

        return disagreements(self, gold)

    def search(self, words: str, n: int = 10) -> list[Story]:
        """Return the stories that tell of some words, those that say most of them first.

        Parameters
        ----------
        words : str
            A story has to have all of them, in one article or in several; stop words are passed
            over.
        n : int, default=10
            How many stories at most.

        Returns
        -------
        list of Story

        Examples
        --------
        >>> import samestory as ss
        >>> from samestory.data import sample_pages_path
        >>> stories = ss.find_stories(str(sample_pages_path()))
        >>> [story.title for story in stories.search("stolen portrait")]
        ['Old Master stolen 30 years ago turns up behind a freezer']
        """
        from samestory.stories.search import search

        return search(self, words, n)

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
        from samestory.stories.network import to_networkx

        return to_networkx(self, min_similarity)

    # -- tables and pages ------------------------------------------------------------------

    def to_frame(self) -> pandas.DataFrame:
        """Return the articles as a pandas DataFrame, each with its story.

        Returns
        -------
        pandas.DataFrame
            What `Articles.to_frame` has, then ``story`` (the label), ``story_id``,
            ``story_title``, ``story_size`` and ``story_place``: 1 for the earliest article of the
            story, those without a date last.
        """
        from samestory.stories.summary import story_columns

        return self.articles.to_frame().assign(**story_columns(self))

    def to_polars(self) -> Any:
        """Return the same as `to_frame`, as a polars DataFrame."""
        from samestory.stories.frames import to_table
        from samestory.stories.summary import article_columns

        return to_table(article_columns(self), "polars", "to_polars()")

    def to_arrow(self) -> Any:
        """Return the same as `to_frame`, as a pyarrow Table."""
        from samestory.stories.frames import to_table
        from samestory.stories.summary import article_columns

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
        from samestory.stories.frames import to_table
        from samestory.stories.summary import summary_columns

        return to_table(summary_columns(self), frame, f'summary(frame="{frame}")')

    def to_series(self) -> pandas.Series:
        """Return the labels as a pandas Series on the index of the input."""
        from samestory._extras import require

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
        from samestory.stories.frames import to_table
        from samestory.stories.outlets import outlet_columns

        return to_table(outlet_columns(self), frame, f'outlets(frame="{frame}")')

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        title: str | None = None,
        top: int | None = None,
        alone: bool = True,
        progress: bool | ProgressHook | None = None,
    ) -> None:
        """Write the stories as one self-contained HTML page.

        It says of each article why it is in its story, who was first and what is a copy; search,
        outlet and dates stay in its address; every story and article has an address of its own. It
        opens without a network, and is written beside its place and moved there when complete.

        Parameters
        ----------
        path : str or path-like
            The file to write.
        title : str, optional
            What stands at its head.
        top : int, optional
            How many stories, the largest first; all by default.
        alone : bool, default=True
            Whether the articles that stand alone are listed.
        progress : bool, callable or None
            As in `find_stories`.
        """
        drawn("write_report", self, path, title=title, top=top, alone=alone, progress=progress)

    def explore(self) -> Any:
        """Look through the stories in a notebook.

        A slider cuts at another granularity at once; search, outlet and dates choose stories; a
        story opens beside the list; and two articles stand side by side, their shared words marked
        and the explanation between them.

        Returns
        -------
        Explorer or StaticView
            A widget, whose ``stories`` are those of its slider. Without anywidget (the extra
            ``notebook``) the table of `Stories` and a line that says what to install.
        """
        return drawn("explore", self)

    def plot_timeline(self, ax: Any = None, top: int = 20) -> Any:
        """Draw the largest stories over time with matplotlib.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=20
            How many stories.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_timeline", self, ax=ax, top=top)

    def plot_dendrogram(
        self, story: int | Story | None = None, ax: Any = None, top: int = 30
    ) -> Any:
        """Draw which articles join first: of one story, or of the branches that join last.

        Parameters
        ----------
        story : int or Story, optional
            Which story; all articles without it.
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=30
            How many branches at most; those that join first are drawn as one.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_dendrogram", self, story, ax=ax, top=top)

    def plot_similarity(self, ax: Any = None, top: int = 12) -> Any:
        """Draw how similar the articles of the largest stories are, a block a story.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=12
            How many stories.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_similarity", self, ax=ax, top=top)

    def plot_granularity(self, ax: Any = None) -> Any:
        """Draw the number of stories and the share of articles alone over granularity.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_granularity", self, ax=ax)

    def plot_outlets(self, ax: Any = None, top: int = 20) -> Any:
        """Draw which outlets are first with a story, and which follow.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=20
            How many outlets.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_outlets", self, ax=ax, top=top)

    def plot_map(
        self, ax: Any = None, names: int = 20, progress: bool | ProgressHook | None = None
    ) -> Any:
        """Draw a map: every article a dot, stories as islands, similar ones near each other.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        names : int, default=20
            How many of the largest stories to name.
        progress : bool, callable or None, default=None
            As for `find_stories`.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_map", self, ax=ax, names=names, progress=progress)

    def __repr__(self) -> str:
        """List the largest stories."""
        return shown("stories_text", self)

    def _repr_html_(self) -> str:
        return shown("stories_html", self)

    # -- kept ------------------------------------------------------------------------------

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write everything to a file that `load_stories` reads, today's or a later version's.

        What was there stays until the new file is complete. Pickle and joblib pass on the same
        bytes.

        Parameters
        ----------
        path : path-like
            The file, such as ``"week.samestory"``.

        Returns
        -------
        pathlib.Path

        Raises
        ------
        TypeError
            If a column of the input that is no field holds what cannot be saved; it is named.
        """
        from samestory.keeping.files import save_stories

        return save_stories(self, path)

    def update(
        self,
        articles: Any,
        *,
        max_age: Any = None,
        columns: Mapping[str, str] | None = None,
        clean: str = "auto",
        n_jobs: int | None = -1,
        progress: bool | ProgressHook | None = None,
    ) -> Stories:
        """Return the stories that these and new articles make; ids of stories last.

        A story that goes on keeps its id. Where several become one, the oldest id stays; where one
        parts, the part with most of its articles keeps it. `changes` of the result says what
        happened.

        Parameters
        ----------
        articles : str, path, list, DataFrame, Table, iterable of dict or Articles
            The new articles, or what `read_articles` reads them from. Those whose id is known are
            passed over, and listed in ``articles.skipped`` of the result.
        max_age : timedelta or str, optional
            Articles older than this, measured from the newest that is not of the future, are
            forgotten, e.g. ``"30 days"``. Undated ones are as old as the update that brought them.
        columns, clean
            Passed to `read_articles`.
        n_jobs : int or None, default=-1
            Threads; the result does not depend on it.
        progress : bool, callable or None, default=None
            As for `find_stories`.

        Returns
        -------
        Stories
            Of the articles of before, in their order, and then the new ones. Stories are those of
            `find_stories` with the options that it was given.

        Raises
        ------
        ValueError
            For stories made with a vectorizer or embeddings of one's own.

        Examples
        --------
        >>> import samestory as ss
        >>> stories = ss.find_stories(["Ferry sinks off Tarn", "Cheese fair opens"])
        >>> new = stories.update(["Tarn ferry sinks", "Bank raises rates"])
        >>> new.labels.tolist(), new.story_of(2).id == stories.story_of(0).id
        ([0, 1, 0, 2], True)
        >>> new.changes
        kind   id           articles  new  was          title
        grown  sb83d5c25f4  2         1    sb83d5c25f4  Ferry sinks off Tarn
        new    sb87ef35781  1         1                 Bank raises rates
        """
        from samestory.keeping.update import updated

        return updated(self, articles, max_age, columns, clean, n_jobs, progress)

    @property
    def changes(self) -> Changes:
        """What the last `update` changed; nothing where there was none."""
        from samestory.stories.changes import Changes

        return Changes() if self.past is None else self.past.changes

    def __reduce__(self) -> tuple[Any, ...]:
        """Pass on the bytes of the file."""
        from samestory.keeping.files import pack_stories, unpack_stories

        return unpack_stories, (pack_stories(self),)

    # -- inside ----------------------------------------------------------------------------

    def _row(self, article: Article | str | int | int) -> int:
        return row_of(self.articles, article)

    def _unit(self, row: int) -> int:
        unit = int(self.evidence.unit_of_row[row])
        if unit < 0:
            raise ValueError(f"the article {self.articles.ids[row]!r} has no words to compare")
        return unit

    def _similarity_to_rows(self, unit: int) -> NDArray[np.float64]:
        """Return the smoothed similarity of one unit to every row; 0 for rows without words."""
        smoothed = self.evidence.smoothed_rows
        dense = np.zeros(smoothed.shape[1])
        entries = slice(smoothed.indptr[unit], smoothed.indptr[unit + 1])
        dense[smoothed.indices[entries]] = smoothed.data[entries]
        of_units = np.append(smoothed @ dense, 0.0)
        return of_units[self.evidence.unit_of_row]

    def _neighbours(self, unit: int, of: str) -> list[Neighbour]:
        weights = self.evidence.weights
        entries = slice(weights.indptr[unit], weights.indptr[unit + 1])
        pairs = zip(weights.indices[entries].tolist(), weights.data[entries].tolist(), strict=True)
        others = sorted(((w, other) for other, w in pairs if other != unit), reverse=True)
        rows = self.evidence.first_row_of_unit
        return [Neighbour(self.articles[int(rows[other])], of, w) for w, other in others]


def checked_granularity(granularity: Any) -> float:
    """Return a granularity in [0, 1] as a float, .5 for "auto", or raise ValueError."""
    if isinstance(granularity, str) and granularity == "auto":
        return AUTO
    try:
        value = np.nan if isinstance(granularity, (bool, str)) else float(granularity)
    except (TypeError, ValueError):
        value = np.nan
    if not 0.0 <= value <= 1.0:
        raise ValueError(
            f'granularity={granularity!r}: it has to be "auto" or a number from 0 (everything one '
            "story) to 1 (only copies together)"
        )
    return value
