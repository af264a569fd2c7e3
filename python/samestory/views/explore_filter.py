"""Which stories hold what is searched for: words, an outlet, days."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.views.wording import one_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Articles

_SEARCHED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\\s"“”„«»]+)')
_REMEMBERED = 64
# How many days more than one a date may mean that gives no day.
_MORE_DAYS = {"month": 30, "year": 365}


@dataclass(frozen=True)
class Wanted:
    """What is searched for.

    Attributes
    ----------
    words : tuple of str
        Words and phrases, folded; all have to be in a story.
    outlet : str
        "" for any.
    first, last : datetime.date or None
        The days, as they are printed, from which to which.
    """

    words: tuple[str, ...] = ()
    outlet: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything is asked for."""
        return self != Wanted()


def folded(text: str) -> str:
    """Return letters without accents and case: what is compared in a search.

    Examples
    --------
    >>> folded("Élections À Zürich")
    'elections a zurich'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if unicodedata.category(c)[0] != "M").lower()


def searched_words(query: str) -> tuple[str, ...]:
    """Return the words of a search, and its phrases in quotation marks.

    Examples
    --------
    >>> searched_words('Ferry "Sulangi  Strait"')
    ('ferry', 'sulangi strait')
    """
    found = (phrase or word for phrase, word in _SEARCHED.findall(query))
    return tuple(word for word in (" ".join(folded(text).split()) for text in found) if word)


class Filter:
    """Finds the articles and stories that are wanted.

    Parameters
    ----------
    articles : Articles
    """

    def __init__(self, articles: Articles) -> None:
        self._articles = articles
        self._outlets = np.array([one_line(name) for name in articles.column("outlet")], object)
        self._first, self._last = _printed_days(articles)
        self._having = lru_cache(_REMEMBERED)(self._rows_having)

    def outlets(self, top: int) -> list[tuple[str, int]]:
        """Return the outlets with most articles, and how many they have."""
        names, counts = np.unique(self._outlets.astype(str), return_counts=True)
        ranked = sorted(zip(names.tolist(), counts.tolist(), strict=True), key=lambda x: -x[1])
        return [(name, number) for name, number in ranked if name][:top]

    def days(self) -> tuple[str, str] | None:
        """Return the first and the last printed day; None where there are not two."""
        known = self._first[~np.isnat(self._first)]
        if not len(known) or known.min() == known.max():
            return None
        return str(known.min()), str(known.max())

    def rows(self, wanted: Wanted) -> NDArray[np.bool_]:
        """Return whether each article is of the outlet and the days."""
        fits = np.ones(len(self._outlets), dtype=bool)
        if wanted.outlet:
            fits &= self._outlets == wanted.outlet
        if wanted.first is not None:
            fits &= self._last >= np.datetime64(wanted.first)
        if wanted.last is not None:
            fits &= self._first <= np.datetime64(wanted.last)
        return fits

    def matches(self, wanted: Wanted) -> NDArray[np.bool_]:
        """Return whether each article fits and has one of the words at least."""
        fits = self.rows(wanted)
        if wanted.words:
            fits &= np.logical_or.reduce([self._having(word) for word in wanted.words])
        return fits

    def labels(self, wanted: Wanted, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the stories with all words and an article of the outlet and the days."""
        n = int(labels.max(initial=-1)) + 1
        chosen = np.ones(n, dtype=bool)
        for having in (self.rows(wanted), *(self._having(word) for word in wanted.words)):
            told = labels[having]
            chosen &= np.bincount(told[told >= 0], minlength=n) > 0
        return np.flatnonzero(chosen)

    def _rows_having(self, word: str) -> NDArray[np.bool_]:
        columns = [self._articles.column(name) for name in ("title", "standfirst", "text")]
        rows = zip(*columns, self._outlets.tolist(), strict=True)
        return np.fromiter((_has(row, word) for row in rows), bool, len(self._outlets))


def _has(texts: Iterable[str], word: str) -> bool:
    if " " not in word:
        return any(word in folded(text) for text in texts)
    return any(word in " ".join(folded(text).split()) for text in texts)


def _printed_days(articles: Articles) -> tuple[NDArray[Any], NDArray[Any]]:
    """The days from which to which each article may be, by its own clock."""
    offset = articles.column("date_offset").astype("timedelta64[m]")
    first = (articles.dates + offset).astype("datetime64[D]")
    more = [_MORE_DAYS.get(name, 0) for name in articles.column("date_precision")]
    return first, first + np.array(more, dtype="timedelta64[D]")
