"""A story over weeks: when it flared up, and what was new each time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from samestory._lookup import shown
from samestory.stories.summary import first_words

if TYPE_CHECKING:
    from datetime import datetime

    import pandas
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories.group import Group

_N_TERMS = 8
_CANDIDATES = 4 * _N_TERMS
# How likely a change of pace is found where there is none (Scargle et al. 2013, equation 21).
_FALSE_ALARMS = 0.05
# Dates less precise than this do not say on which day it was.
_DAY_PRECISIONS = ("day", "hour", "minute", "second")


@dataclass(frozen=True, repr=False)
class Chapter:
    """A part of a story: from where its pace rises to where it rises again.

    Attributes
    ----------
    number : int
        Its place, from 1.
    rows : ndarray of int64
        The input rows of its articles, the earliest first.
    articles : list of Article
        Its articles, the earliest first.
    busiest_day : numpy.datetime64
        The day (UTC) with most articles.
    new_terms : list of str
        Words that no earlier chapter has, the heaviest first.
    gone_terms : list of str
        Words that told of the chapter before and are in none of its articles.
    drift : float
        How far it is from where the story began: 1 less the cosine of its centre and that of the
        first chapter; 0 for the first.
    """

    number: int
    rows: NDArray[np.int64]
    articles: list[Article]
    centre: Article
    busiest_day: np.datetime64
    new_terms: list[str]
    gone_terms: list[str]
    drift: float

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.rows)

    @property
    def title(self) -> str:
        """The title of the article nearest the chapter's centre; its first words without one."""
        return self.centre.title or first_words(self.centre.text)

    @property
    def first_date(self) -> datetime | None:
        """When its first article appeared, in that article's own zone."""
        return self.articles[0].date

    @property
    def last_date(self) -> datetime | None:
        """When its last article appeared, in that article's own zone."""
        return self.articles[-1].date

    @property
    def outlets(self) -> list[str]:
        """The outlets that told it, sorted."""
        return sorted({article.outlet for article in self.articles} - {""})

    def __repr__(self) -> str:
        return shown("chapter_text", self)


class Chapters(Sequence[Chapter]):
    """The chapters of a story, the earliest first; made by ``story.chapters()``.

    Attributes
    ----------
    story : Story
    undated : ndarray of int64
        The input rows of articles that belong to no chapter, for their dates do not name a day.
    """

    def __init__(
        self,
        story: Group,
        chapters: list[Chapter],
        undated: NDArray[np.int64],
        days: dict[str, Any],
    ) -> None:
        self.story = story
        self.undated = undated
        self._chapters = chapters
        self._days = days

    def __len__(self) -> int:
        """Return the number of chapters."""
        return len(self._chapters)

    @overload
    def __getitem__(self, key: int) -> Chapter: ...
    @overload
    def __getitem__(self, key: slice) -> list[Chapter]: ...
    def __getitem__(self, key: int | slice) -> Chapter | list[Chapter]:
        """Return a chapter by its place, from 0, or several by a slice."""
        return self._chapters[key]

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas DataFrame with a row a chapter.

        Returns
        -------
        pandas.DataFrame
            The columns chapter, first_date, last_date (UTC), busiest_day, articles, outlets (how
            many), title, new_terms, gone_terms and drift.
        """
        from samestory._frames import to_table

        dates = self.story._stories.articles.dates
        ends = [(dates[c.rows[0]], dates[c.rows[-1]]) for c in self]
        columns = {
            "chapter": np.array([c.number for c in self], np.int64),
            "first_date": np.array([first for first, _ in ends], "M8[us]"),
            "last_date": np.array([last for _, last in ends], "M8[us]"),
            "busiest_day": np.array([c.busiest_day for c in self], "M8[us]"),
            "articles": np.array([len(c) for c in self], np.int64),
            "outlets": np.array([len(c.outlets) for c in self], np.int64),
            "title": [c.title for c in self],
            "new_terms": [", ".join(c.new_terms) for c in self],
            "gone_terms": [", ".join(c.gone_terms) for c in self],
            "drift": np.array([c.drift for c in self]),
        }
        return to_table(columns, "pandas", "to_frame()")

    def days(self) -> pandas.DataFrame:
        """Return a pandas DataFrame with a row a day that has articles.

        Returns
        -------
        pandas.DataFrame
            The columns day (UTC), chapter, articles, and new_terms: words that no article of an
            earlier day has.
        """
        from samestory._frames import to_table

        return to_table(self._days, "pandas", "days()")

    def __repr__(self) -> str:
        """List the chapters."""
        return shown("chapters_text", self)

    def _repr_html_(self) -> str:
        return shown("chapters_html", self)


def chapters(story: Group) -> Chapters:
    """Part a story where it flares up; see `Story.chapters`."""
    return _Parting(story).chapters()


def rises(days: NDArray[np.int64]) -> list[int]:
    """Return the days on which the pace of events rises: where chapters begin.

    The days are cut into blocks of even pace, those that are most likely under a Poisson process
    (Bayesian blocks: Scargle, Norris, Jackson and Chiang 2013), each day and each silence being a
    cell. A story that fades goes on; one that picks up begins a new chapter.

    Parameters
    ----------
    days : ndarray of int64
        The day of each event, sorted.

    Examples
    --------
    >>> rises(np.repeat([0, 1, 2, 30, 31], [9, 4, 1, 12, 3]))
    [0, 30]
    """
    active, counts = np.unique(days, return_counts=True)
    begins, sizes = _cells(active, counts)
    widths = np.diff(np.append(begins, active[-1] + 1)).astype(np.float64)
    starts = _blocks(sizes.astype(np.float64), widths)
    ends = [*starts[1:], len(sizes)]
    pace = [sizes[a:b].sum() / widths[a:b].sum() for a, b in zip(starts, ends, strict=True)]
    before = [0.0, *pace[:-1]]
    risen = [a for a, now, then in zip(starts, pace, before, strict=True) if now > then]
    # A block that begins with a silence rises with its first event.
    return [int(begins[a] if sizes[a] else begins[a + 1]) for a in risen]


def _cells(
    active: NDArray[np.int64], counts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each day with events and each silence begins, and the events in it."""
    silences = active[:-1][np.diff(active) > 1] + 1
    begins = np.concatenate([active, silences])
    sizes = np.concatenate([counts, np.zeros(len(silences), np.int64)])
    order = np.argsort(begins, kind="stable")
    return begins[order], sizes[order]


def _blocks(sizes: NDArray[np.float64], widths: NDArray[np.float64]) -> list[int]:
    """Return where the blocks begin that are most likely, by dynamic programming."""
    n_events = sizes.sum()
    price = 4.0 - np.log(73.53 * _FALSE_ALARMS * n_events**-0.478)
    n = len(sizes)
    total, length = (np.append(0.0, np.cumsum(values)) for values in (sizes, widths))
    best, last = np.zeros(n + 1), np.zeros(n + 1, dtype=np.int64)
    for end in range(1, n + 1):
        count, time = total[end] - total[:end], length[end] - length[:end]
        with np.errstate(divide="ignore", invalid="ignore"):
            fit = np.where(count > 0, count * np.log(count / time), 0.0)
        worth = best[:end] + fit - price
        last[end] = np.argmax(worth)
        best[end] = worth[last[end]]
    starts, end = [], n
    while end > 0:
        end = int(last[end])
        starts.append(end)
    return starts[::-1]


class _Parting:
    """A story's articles by day, and the words of each."""

    def __init__(self, story: Group) -> None:
        stories = story._stories
        self._story = story
        self._articles = stories.articles
        dates = self._articles.dates[story.rows]
        precisions = self._articles.column("date_precision")
        is_known = np.array([precisions[row] in _DAY_PRECISIONS for row in story.rows.tolist()])
        is_dated = is_known & ~np.isnat(dates)
        order = np.argsort(dates[is_dated], kind="stable")
        self.undated = story.rows[~is_dated]
        self.rows = story.rows[is_dated][order]
        self.days = dates[is_dated][order].astype("M8[D]").astype(np.int64)

    def chapters(self) -> Chapters:
        if not len(self.rows):
            return Chapters(self._story, [], self.undated, self._day_columns([]))
        begins = rises(self.days)
        places = np.searchsorted(self.days, begins)
        parts = np.split(np.arange(len(self.rows)), places[1:])
        made: list[Chapter] = []
        for number, part in enumerate(parts, 1):
            before = parts[number - 2] if number > 1 else part[:0]
            made.append(self._chapter(number, part, before, parts[0]))
        return Chapters(self._story, made, self.undated, self._day_columns(begins))

    def _chapter(
        self, number: int, part: NDArray[Any], before: NDArray[Any], first: NDArray[Any]
    ) -> Chapter:
        centre = self._centre(part)
        active, counts = np.unique(self.days[part], return_counts=True)
        rows = self.rows[part]
        return Chapter(
            number=number,
            rows=rows,
            articles=[self._articles[int(row)] for row in rows],
            centre=self._articles[int(rows[int(np.argmax(self._vectors[part] @ centre))])],
            busiest_day=np.datetime64(int(active[np.argmax(counts)]), "D"),
            new_terms=self._new_terms(part) if number > 1 else self._terms_of(part, None),
            gone_terms=self._terms_of(before, part) if len(before) else [],
            drift=max(0.0, 1.0 - float(centre @ self._centre(first))) if number > 1 else 0.0,
        )

    def _day_columns(self, begins: list[int]) -> dict[str, Any]:
        active, starts, counts = np.unique(self.days, return_index=True, return_counts=True)
        parts = [np.arange(start, start + n) for start, n in zip(starts, counts, strict=True)]
        return {
            "day": active.astype("M8[D]").astype("M8[us]"),
            "chapter": np.searchsorted(begins, active, side="right").astype(np.int64),
            "articles": counts.astype(np.int64),
            "new_terms": [
                ", ".join(self._new_terms(part) if i else self._terms_of(part, None))
                for i, part in enumerate(parts)
            ],
        }

    # -- words -----------------------------------------------------------------------------

    @cached_property
    def _texts(self) -> NDArray[np.int64]:
        texts: NDArray[np.int64] = self._story._stories.evidence.text_of_row[self.rows]
        return texts

    @cached_property
    def _vectors(self) -> Any:
        """The smoothed row of each article."""
        return self._story._stories.evidence.smoothed_rows[self._texts]

    def _centre(self, part: NDArray[Any]) -> NDArray[np.float64]:
        total = np.asarray(self._vectors[part].sum(axis=0)).ravel()
        norm = np.linalg.norm(total)
        return total / norm if norm else total

    @cached_property
    def _words(self) -> tuple[Any, list[str]]:
        """The weight of each word that a reader would pick in each article, and the words."""
        from samestory.stories.keywords import is_left_out, keyword_stop_words, story_languages

        stories = self._story._stories
        rows = stories.evidence.rows[self._texts].tocsc()
        used = np.flatnonzero(np.diff(rows.indptr))
        names = stories.evidence.names[used]
        languages, spoken = story_languages(stories)
        stopped = keyword_stop_words(languages[spoken[self._story.label]])
        kept = is_left_out(names) == 0
        kept &= np.array([str(name) not in stopped for name in names.tolist()], dtype=bool)
        return rows[:, used[kept]].tocsr(), names[kept].tolist()

    def _new_terms(self, part: NDArray[Any]) -> list[str]:
        """Words of a part that no article before it has."""
        weights, _ = self._words
        before = np.asarray((weights[: part[0]] != 0).sum(axis=0)).ravel()
        return self._heaviest(part, before == 0)

    def _terms_of(self, part: NDArray[Any], absent_from: NDArray[Any] | None) -> list[str]:
        """Words of a part, those that another one does not have."""
        weights, words = self._words
        if absent_from is None:
            return self._heaviest(part, np.ones(len(words), dtype=bool))
        there = np.asarray((weights[absent_from] != 0).sum(axis=0)).ravel()
        return self._heaviest(part, there == 0)

    def _heaviest(self, part: NDArray[Any], allowed: NDArray[np.bool_]) -> list[str]:
        """The words with most weight; in a part of three texts or more, those of two at least."""
        from samestory import _core
        from samestory.stories.keywords import whole_words

        weights, words = self._words
        distinct = part[np.unique(self._texts[part], return_index=True)[1]]
        chosen = weights[distinct]
        total = np.asarray(chosen.sum(axis=0)).ravel()
        n_texts = np.asarray((chosen != 0).sum(axis=0)).ravel()
        is_in = allowed & (n_texts >= (2 if len(distinct) > 2 else 1))
        order = np.flatnonzero(is_in)[np.lexsort((np.flatnonzero(is_in), -total[is_in]))]
        picked: dict[str, str] = {}
        for column in order[:_CANDIDATES].tolist():
            picked.setdefault(_core.word_beginning(words[column]) or words[column], words[column])
        text = "\n".join(
            self._articles[int(row)].document.lower() for row in self.rows[part[:_N_TERMS]]
        )
        return list(islice(whole_words(picked.values(), text), _N_TERMS))
