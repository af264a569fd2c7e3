"""Stories: the grouping of articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._lookup import look_up
from samestory.articles import Article
from samestory.stories.advice import Advice, Why, advice, why
from samestory.stories.changes import Changes
from samestory.stories.disagreements import Disagreements, disagreements
from samestory.stories.drawn import DrawnStories
from samestory.stories.explanation import Explanation, Neighbour, term_weights
from samestory.stories.granularity import checked_granularity
from samestory.stories.joining import joined_at
from samestory.stories.score import Score
from samestory.stories.scoring import score
from samestory.stories.search import search
from samestory.stories.story import Story
from samestory.stories.tabular import TabularStories

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from numpy.typing import NDArray

    from samestory._progress import ProgressHook


class Stories(DrawnStories, TabularStories):
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
        heights = np.unique(1.0 - self.evidence.text_linkage[:, 2])
        heights = np.append(heights[heights < 1.0], 1.0)
        places = np.unique(np.linspace(0, len(heights) - 1, n).round().astype(int))
        return [self.at(float(heights[place])) for place in places]

    # -- similarity ------------------------------------------------------------------------

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
        text_a, text_b = self._unit(row_a), self._unit(row_b)
        score, similarity, terms = term_weights(self.evidence, text_a, text_b)
        first, second = self.articles[row_a], self.articles[row_b]
        gap = abs(first.date - second.date) if first.date and second.date else None
        return Explanation(
            a=first,
            b=second,
            score=score,
            similarity=similarity,
            terms=terms,
            neighbours=[*self._neighbours(text_a, first.id), *self._neighbours(text_b, second.id)],
            gap=gap,
            same_story=bool(self.labels[row_a] == self.labels[row_b]),
            granularity=self.granularity,
            joined_at=joined_at(self.evidence, text_a, text_b),
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
        row = self._row(article)
        return why(self, row, self._similarity_to_rows(self._unit(row)))

    def advice(self) -> Advice:
        """Say what would merge or split first, and what lies between.

        Returns
        -------
        Advice
        """
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
        return search(self, words, n)

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
        saved: Path = look_up("keeping", "save_stories")(self, path)
        return saved

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
        update = look_up("keeping", "updated")
        stories: Stories = update(self, articles, max_age, columns, clean, n_jobs, progress)
        return stories

    @property
    def changes(self) -> Changes:
        """What the last `update` changed; nothing where there was none."""
        return Changes() if self.past is None else self.past.changes

    def __reduce__(self) -> tuple[Any, ...]:
        """Pass on the bytes of the file."""
        unpack = look_up("keeping", "unpack_stories")
        return unpack, (look_up("keeping", "pack_stories")(self),)

    # -- inside ----------------------------------------------------------------------------

    def _unit(self, row: int) -> int:
        text = int(self.evidence.text_of_row[row])
        if text < 0:
            raise ValueError(f"the article {self.articles.ids[row]!r} has no words to compare")
        return text

    def _similarity_to_rows(self, text: int) -> NDArray[np.float64]:
        """Return the smoothed similarity of one text to every row; 0 for rows without words."""
        smoothed = self.evidence.smoothed_rows
        dense = np.zeros(smoothed.shape[1])
        entries = slice(smoothed.indptr[text], smoothed.indptr[text + 1])
        dense[smoothed.indices[entries]] = smoothed.data[entries]
        of_texts = np.append(smoothed @ dense, 0.0)
        return of_texts[self.evidence.text_of_row]

    def _neighbours(self, text: int, of: str) -> list[Neighbour]:
        weights = self.evidence.weights
        entries = slice(weights.indptr[text], weights.indptr[text + 1])
        pairs = zip(weights.indices[entries].tolist(), weights.data[entries].tolist(), strict=True)
        others = sorted(((w, other) for other, w in pairs if other != text), reverse=True)
        rows = self.evidence.first_row_of_text
        return [Neighbour(self.articles[int(rows[other])], of, w) for w, other in others]
