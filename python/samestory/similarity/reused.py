"""What `text_reuse` returns: pairs of articles, the passages that they share, and who was first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._lookup import shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Article, Articles

# An article is a copy if half of it or more stands in an earlier one.
COPY_SHARE = 0.5


class Pairs(NamedTuple):
    """Pairs of rows, and how much of the text of each is found in the other."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    share_of_first: NDArray[np.float64]
    share_of_second: NDArray[np.float64]

    def take(self, which: NDArray[Any]) -> Pairs:
        """Return some of the pairs, by mask or by positions."""
        return Pairs(*(column[which] for column in self))

    def turned(self, which: NDArray[np.bool_]) -> Pairs:
        """Return the pairs with first and second exchanged where the mask says so."""
        return Pairs(
            np.where(which, self.second, self.first),
            np.where(which, self.first, self.second),
            np.where(which, self.share_of_second, self.share_of_first),
            np.where(which, self.share_of_first, self.share_of_second),
        )


@dataclass(frozen=True)
class Passage:
    """Words that stand in two articles in one order; what recurs on a site is passed over.

    Attributes
    ----------
    text : str
        As the later article has it.
    words : int
        How many words they are.
    in_earlier, in_later : tuple of (int, int)
        Where the passage begins and ends, in characters of the article's text (of its standfirst
        where it has no text).
    """

    text: str
    words: int
    in_earlier: tuple[int, int]
    in_later: tuple[int, int]


@dataclass(frozen=True, repr=False)
class ReusedText:
    """Two articles, one of which has much of the other's text.

    Attributes
    ----------
    earlier, later : Article
        By date; where `order` is not "date", by the date as far as it is known, else in the order
        of the input.
    share_of_later, share_of_earlier : float
        How much of the later article's text is found in the earlier one, and the other way: the
        share of its word shingles.
    hours : float or None
        From the earlier to the later; None where dates do not tell who was first.
    order : str
        "date"; "unclear" where the dates are not precise enough to tell who was first; "undated"
        where an article has no date.
    passages : list of Passage
        What they share, in the order of the later.
    """

    earlier: Article
    later: Article
    share_of_later: float
    share_of_earlier: float
    hours: float | None
    order: str
    passages: list[Passage]

    def __repr__(self) -> str:
        return shown("reused_text", self)

    def _repr_html_(self) -> str:
        return shown("reused_html", self)


class TextReuse(Sequence[ReusedText]):
    """Pairs of articles, one of which has much of the other's text; made by `text_reuse`.

    A sequence of `ReusedText`, those with the largest share first. Passages are looked for when
    they are asked for.

    Attributes
    ----------
    articles : Articles
        What was compared.
    earlier, later : ndarray of int64, shape (n_pairs,)
        The rows of the articles of each pair; see `ReusedText` for this and the following.
    share_of_later, share_of_earlier : ndarray of float64, shape (n_pairs,)
        How much of one is found in the other.
    hours : ndarray of float64, shape (n_pairs,)
        NaN where dates do not tell who was first.
    order : ndarray of str, shape (n_pairs,)
        "date", "unclear" or "undated".
    """

    def __init__(
        self,
        articles: Articles,
        texts: list[str],
        pairs: Pairs,
        shingle_words: int,
        n_jobs: int | None = -1,
    ) -> None:
        from samestory.articles.intervals import HOUR, date_intervals

        self.articles = articles
        # As they were compared: what recurs is blank.
        self._texts = texts
        self._shingle_words = shingle_words
        self._n_jobs = n_jobs
        begins, ends = date_intervals(articles)
        pairs = pairs.turned(begins[pairs.second] < begins[pairs.first])
        strongest = np.maximum(pairs.share_of_first, pairs.share_of_second)
        pairs = pairs.take(np.lexsort((pairs.second, pairs.first, -strongest)))
        self.earlier, self.later, self.share_of_earlier, self.share_of_later = pairs
        is_dated = (ends > begins)[self.earlier] & (ends > begins)[self.later]
        tells = is_dated & (ends[self.earlier] <= begins[self.later])
        self.order = np.where(tells, "date", np.where(is_dated, "unclear", "undated"))
        gap = begins[self.later] - begins[self.earlier]
        self.hours = np.where(tells, gap / HOUR, np.nan)

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.earlier)

    @overload
    def __getitem__(self, key: int) -> ReusedText: ...
    @overload
    def __getitem__(self, key: slice) -> list[ReusedText]: ...
    def __getitem__(self, key: int | slice) -> ReusedText | list[ReusedText]:
        """Return a pair by its place, or several by a slice."""
        if isinstance(key, slice):
            return self._pairs(range(*key.indices(len(self))))
        place = key.__index__()
        if not -len(self) <= place < len(self):
            raise IndexError(f"pair {place}: there are {len(self):,}")
        return self._pairs([place % len(self)])[0]

    def _pairs(self, places: Sequence[int]) -> list[ReusedText]:
        passages = self._passages_of(places)
        return [
            ReusedText(
                earlier=self.articles[int(self.earlier[place])],
                later=self.articles[int(self.later[place])],
                share_of_later=float(self.share_of_later[place]),
                share_of_earlier=float(self.share_of_earlier[place]),
                hours=None if np.isnan(self.hours[place]) else float(self.hours[place]),
                order=str(self.order[place]),
                passages=passages[i],
            )
            for i, place in enumerate(places)
        ]

    def _passages_of(self, places: Sequence[int]) -> list[list[Passage]]:
        found: list[list[Passage]] = [[] for _ in places]
        for pair, *earlier, begin, end, words in self._places_of_passages(places).tolist():
            text = self._printed[int(self.later[places[pair]])][begin:end]
            found[pair].append(Passage(text, words, (earlier[0], earlier[1]), (begin, end)))
        return found

    def _places_of_passages(self, places: Sequence[int]) -> NDArray[np.int64]:
        """Pair (its place among `places`), begin and end in both texts, and words."""
        chosen = np.asarray(places, dtype=np.int64)
        rows = np.stack([self.earlier[chosen], self.later[chosen]], axis=1)
        needed, numbers = np.unique(rows, return_inverse=True)
        batch = _core.DocumentBatch()
        for row in needed.tolist():
            batch.append(self._texts[row])
        pairs = np.ascontiguousarray(numbers.reshape(rows.shape), dtype=np.int64)
        found: NDArray[np.int64] = _core.shared_passages(
            batch, pairs, self._shingle_words, n_threads=resolve_n_jobs(self._n_jobs)
        )
        return found

    @cached_property
    def _printed(self) -> list[str]:
        return compared_texts(self.articles)

    @cached_property
    def _all_passages(self) -> NDArray[np.int64]:
        return self._places_of_passages(range(len(self)))

    def source_pairs(self, which: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """Return for each article the pair with that from which most of its text seems to come.

        Parameters
        ----------
        which : ndarray of bool, shape (n_pairs,), optional
            The pairs to choose from.

        Returns
        -------
        ndarray of int64, shape (n_articles,)
            Of the articles that dates show to be earlier, the one in which most of its text is
            found; of equals the earliest. Only copies have one, for the others it is -1: articles
            that have half of their text or more from one earlier article.
        """
        is_copied = (self.order == "date") & (self.share_of_later >= COPY_SHARE)
        chosen = np.flatnonzero(is_copied if which is None else is_copied & which)
        keys = (self.earlier, -self.hours, -self.share_of_later, self.later)
        chosen = chosen[np.lexsort([key[chosen] for key in keys])]
        first = chosen[np.diff(self.later[chosen], prepend=-1) > 0]
        pairs = np.full(len(self.articles), -1, dtype=np.int64)
        pairs[self.later[first]] = first
        return pairs

    @property
    def sources(self) -> NDArray[np.int64]:
        """For each article the row of that from which most of its text seems to come, else -1."""
        pairs = self.source_pairs()
        return np.where(pairs >= 0, np.append(self.earlier, -1)[pairs], -1)

    @property
    def is_copy(self) -> NDArray[np.bool_]:
        """Whether half of an article's text or more stands in an earlier one."""
        return self.source_pairs() >= 0

    def to_frame(self, frame: str = "pandas") -> Any:
        """Return a table with a row a pair.

        Parameters
        ----------
        frame : {"pandas", "polars", "arrow"}, default="pandas"
            Whose table.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            The columns earlier, later (ids), earlier_outlet, later_outlet, earlier_date,
            later_date, hours, order, share_of_later, share_of_earlier, passages (how many),
            words (in them), longest (words of the longest one), earlier_title, later_title.
        """
        from samestory._frames import to_table

        return to_table(self._columns(), frame, f'to_frame(frame="{frame}")')

    def _columns(self) -> dict[str, Any]:
        found, n = self._all_passages, len(self)
        longest = np.zeros(n, dtype=np.int64)
        np.maximum.at(longest, found[:, 0], found[:, 5])
        return {
            "earlier": self._text_of("id", self.earlier),
            "later": self._text_of("id", self.later),
            "earlier_outlet": self._text_of("outlet", self.earlier),
            "later_outlet": self._text_of("outlet", self.later),
            "earlier_date": self.articles.dates[self.earlier],
            "later_date": self.articles.dates[self.later],
            "hours": self.hours,
            "order": self.order.tolist(),
            "share_of_later": self.share_of_later,
            "share_of_earlier": self.share_of_earlier,
            "passages": np.bincount(found[:, 0], minlength=n).astype(np.int64),
            "words": np.bincount(found[:, 0], found[:, 5], minlength=n).astype(np.int64),
            "longest": longest,
            "earlier_title": self._text_of("title", self.earlier),
            "later_title": self._text_of("title", self.later),
        }

    def _text_of(self, field: str, rows: NDArray[np.int64]) -> list[str]:
        column = self.articles.column(field)
        return [column[row] for row in rows.tolist()]

    def passages_frame(self, frame: str = "pandas") -> Any:
        """Return a table with a row a passage.

        Parameters
        ----------
        frame : {"pandas", "polars", "arrow"}, default="pandas"
            Whose table.

        Returns
        -------
        pandas.DataFrame, polars.DataFrame or pyarrow.Table
            The columns earlier, later (ids), begin_in_earlier, end_in_earlier, begin_in_later,
            end_in_later (characters of the texts), words, and text as the later has it.
        """
        from samestory._frames import to_table

        found = self._all_passages
        pair = found[:, 0]
        later = self.later[pair].tolist()
        spans = zip(later, found[:, 3].tolist(), found[:, 4].tolist(), strict=True)
        columns = {
            "earlier": self._text_of("id", self.earlier[pair]),
            "later": self._text_of("id", self.later[pair]),
            "begin_in_earlier": found[:, 1],
            "end_in_earlier": found[:, 2],
            "begin_in_later": found[:, 3],
            "end_in_later": found[:, 4],
            "words": found[:, 5],
            "text": [self._printed[row][begin:end] for row, begin, end in spans],
        }
        return to_table(columns, frame, f'passages_frame(frame="{frame}")')

    def __repr__(self) -> str:
        """List the strongest pairs."""
        return shown("reuse_text", self)

    def _repr_html_(self) -> str:
        return shown("reuse_html", self)


def compared_texts(articles: Articles) -> list[str]:
    """Return the text of each article, or else its standfirst: what an outlet takes over.

    A headline is each outlet's own.
    """
    pairs = zip(articles.column("text"), articles.column("standfirst"), strict=True)
    return [text or standfirst for text, standfirst in pairs]
