"""The data of the report: columns of what articles and stories say, for the page's script."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.strongest_links import shared_terms, strongest_links
from samestory.views.firsts import first_of
from samestory.views.markup import web_address
from samestory.views.wording import (
    duration,
    file_name,
    heading,
    moment,
    one_line,
    shorten,
    span,
    summary,
    teller,
)

if TYPE_CHECKING:
    from samestory._progress import ProgressHook
    from samestory.articles import Article
    from samestory.stories import Stories
    from samestory.views.report_choice import Choice

_TERMS_SHOWN = 6
_TITLE_LENGTH = 300
_REPORT_EVERY = 2048
# How many days more than one a date may mean that gives no day.
_MORE_DAYS = {"month": 30, "year": 365}


class Numbered:
    """Texts that occur often, each written once and referred to by its number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the number of a text, a new one if it is new."""
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    def numbers(self, texts: Iterable[str]) -> list[int]:
        """Return the numbers of some texts."""
        return [self.number(text) for text in texts]


class ReportData:
    """Collects the data of a page.

    Parameters
    ----------
    stories : Stories
    choice : Choice
        What goes on the page.
    hook : callable or None
        Told of progress.
    """

    def __init__(self, stories: Stories, choice: Choice, hook: ProgressHook | None) -> None:
        self._stories = stories
        self._choice = choice
        self._articles = ArticleColumns()
        self._terms = Numbered()
        # The place on the page of each row.
        self._place = np.full(len(stories.labels), -1, dtype=np.int64)
        self._place[choice.rows] = np.arange(len(choice.rows))
        summed_up = choice.summed_up.tolist()
        for i, row in enumerate(choice.rows.tolist()):
            self._articles.add(stories.articles[row], summed_up[i])
            if hook is not None and i % _REPORT_EVERY == 0:
                hook("report", i, len(summed_up))
        centres = self._place[stories.profiles.centres[: choice.n_stories]]
        self.titles = [self._articles.titles[place] for place in centres.tolist()]
        self.keywords = stories.keywords[: choice.n_stories]

    def of_story(self, k: int) -> list[Article]:
        """Return the articles of a story, the earliest first."""
        start, end = self._choice.starts[k : k + 2].tolist()
        return self._articles.articles[start:end]

    def columns(self) -> dict[str, Any]:
        """Return everything as lists for JSON."""
        skipped = [
            [one_line(str(row.input)), row.row, one_line(str(row.reason))]
            for row in self._stories.articles.skipped
        ]
        return {
            "stories": self._story_columns(),
            "articles": self._articles.columns() | self._link_columns(),
            "skipped": skipped,
            "terms": self._terms.texts,
            **self._articles.texts(),
        }

    def _link_columns(self) -> dict[str, list[Any]]:
        """The strongest links: `like` and `copy` count from the article itself, 0 being none.

        A copy has the very same words, or else that percentage (`taken`) of its text from another.
        """
        links = strongest_links(self._stories)
        rows = self._choice.rows[: int(self._choice.starts[-1])]
        here = np.arange(len(rows))
        is_linked, is_same = links.to[rows] >= 0, links.copy_of[rows] >= 0
        copied = self._stories.copied
        original = np.where(is_same, links.copy_of[rows], copied.source[rows])
        is_copy = original >= 0
        like = np.where(is_linked, self._place[links.to[rows]] - here, 0)
        copy = np.where(is_copy, self._place[original] - here, 0)
        taken = np.where(is_copy & ~is_same, np.rint(100 * copied.share[rows]), 0)
        named = np.flatnonzero(is_linked & ~is_same)
        terms = shared_terms(self._stories, rows[named], links.to[rows[named]], top=_TERMS_SHOWN)
        words: list[list[int]] = [[] for _ in rows]
        for place, found in zip(named.tolist(), terms, strict=True):
            words[place] = self._terms.numbers(found)
        return {
            "like": like.tolist(),
            "copy": copy.tolist(),
            "taken": taken.astype(int).tolist(),
            "score": np.round(100 * links.similarity[rows]).astype(int).tolist(),
            "shared": words,
        }

    def _story_columns(self) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {"id": [], "when": [], "first": [], "over": []}
        for k in range(self._choice.n_stories):
            articles = self.of_story(k)
            dates = [article.date for article in articles if article.date is not None]
            first, last = (dates[0], dates[-1]) if dates else (None, None)
            columns["id"].append(_written(self._stories[k].id))
            columns["when"].append(span(first, last))
            columns["over"].append(over(first, last))
            columns["first"].append(str(first_of(articles)))
        return columns | {
            "title": self.titles,
            "size": np.diff(self._choice.starts).tolist(),
            "keywords": [self._terms.numbers(words) for words in self.keywords],
        }


class ArticleColumns:
    """What articles say of themselves, a column a field.

    Attributes
    ----------
    articles : list of Article
        Those added.
    titles : list of str
        Their headings.
    """

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self.titles: list[str] = []
        names = ("standfirst", "url", "id", "teller", "moment", "language", "file")
        self._columns: dict[str, list[Any]] = {name: [] for name in (*names, "second", "day")}
        # How many days more than one a date may mean, where it gives no day.
        self._days: dict[int, int] = {}
        self._tellers, self._moments = Numbered(), Numbered()
        self._languages, self._files = Numbered(), Numbered()
        self._outlets: set[int] = set()

    def add(self, article: Article, is_summed_up: bool) -> None:
        """Append an article, with its standfirst or without."""
        columns = self._columns
        url = web_address(article.url) if article.url else ""
        by = self._tellers.number(teller(article))
        if article.outlet:
            self._outlets.add(by)
        self._add_date(article)
        self.articles.append(article)
        self.titles.append(shorten(heading(article), _TITLE_LENGTH))
        columns["standfirst"].append(summary(article) if is_summed_up else "")
        columns["url"].append(url)
        # The address is most often the id: it is written once.
        columns["id"].append(0 if article.id == url else _written(article.id))
        columns["teller"].append(by)
        columns["moment"].append(self._moments.number(moment(article)))
        columns["language"].append(self._languages.number(_language(article)))
        # Without an address to follow, the file is what leads back to the article.
        columns["file"].append(self._files.number("" if url else file_name(article)))

    def _add_date(self, article: Article) -> None:
        date = article.date
        self._columns["second"].append(None if date is None else int(date.timestamp()))
        self._columns["day"].append(None if date is None else date.toordinal())
        if date is not None and article.date_precision in _MORE_DAYS:
            self._days[len(self.articles)] = _MORE_DAYS[article.date_precision]

    def columns(self) -> dict[str, list[Any]]:
        """Return the columns; texts that occur often are numbers of those in `texts`."""
        return {"title": self.titles, **self._columns, "days": [self._days]}

    def texts(self) -> dict[str, list[Any]]:
        """Return the texts that occur often, and which of the tellers are outlets."""
        # One file for all tells nothing.
        files = self._files.texts if len(self._files.texts) > 1 else [""]
        return {
            "tellers": self._tellers.texts,
            "moments": self._moments.texts,
            "languages": self._languages.texts,
            "files": files,
            "outlets": sorted(self._outlets),
        }


def over(first: datetime | None, last: datetime | None) -> str:
    """Say how long a story lasted; "" where it is no time at all."""
    length = "" if first is None or last is None else duration(last - first)
    return "" if length in ("", "0 min") else f"over {length}"


def _written(id: str) -> str:
    """Return an id as a file can hold it."""
    return id if id.isascii() else id.encode("utf-8", "replace").decode("utf-8")


def _language(article: Article) -> str:
    language = article.language.strip()
    return language if language.isascii() and language.replace("-", "").isalnum() else ""


def packed(value: Any) -> str:
    """Write JSON, compressed, as letters that cannot end a script.

    The same value gives the same letters.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.b64encode(gzip.compress(written, compresslevel=6, mtime=0)).decode()
