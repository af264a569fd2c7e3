"""What was read, used, taken out and skipped, in one view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._lookup import shown
from samestory._wording import one_line, span
from samestory.articles.fields import FIELDS

if TYPE_CHECKING:
    from samestory.articles.used import UsedColumns

_SHOWN = 8
_CLOCK = ("hour", "minute", "second")


@dataclass(frozen=True, repr=False)
class ReadingReport:
    """What reading found; prints as a table.

    Attributes
    ----------
    n_articles : int
        How many were read.
    fields : dict of str to int
        How many articles have a title, a text, a date and so on.
    used, unused : dict of str to str, list of str
        Of tables: field to column, and the columns that became no field. The latter are in
        `Article.extra`.
    first_date, last_date : datetime or None
        In UTC.
    date_precisions : dict of str to int
        The smallest unit that dates give, and how many give it.
    zone_assumed : int
        How many dates give a time without a zone, and were read as UTC.
    languages, outlets : dict of str to int
        How many articles are of each, the most frequent first; languages are those that articles
        name or that their words show, as ISO 639-1.
    removed : dict of str to (int, int)
        Why passages were taken out of texts: how many passages, and how many characters.
    characters : int
        Of the texts that remain.
    skipped : dict of str to int
        Why inputs or rows gave no article, and how many.
    """

    n_articles: int
    fields: dict[str, int]
    used: dict[str, str]
    unused: list[str]
    first_date: datetime | None
    last_date: datetime | None
    date_precisions: dict[str, int]
    zone_assumed: int
    languages: dict[str, int]
    outlets: dict[str, int]
    removed: dict[str, tuple[int, int]]
    characters: int
    skipped: dict[str, int]

    def lines(self) -> Iterator[tuple[str, str]]:
        """Yield what is said, and of what."""
        yield "articles", f"{self.n_articles:,}"
        yield "fields", _counted(self.fields)
        yield "columns", _columns(self.used)
        yield "unused", _few(self.unused)
        yield "dates", "; ".join(filter(None, self._dates(span(self.first_date, self.last_date))))
        yield "languages", _counted(self.languages)
        yield "outlets", _counted(self.outlets)
        yield "taken out", self._removed()
        yield "skipped", _counted(self.skipped) or "nothing"

    def _dates(self, span: str) -> Iterator[str]:
        yield span
        yield ", ".join(f"{n:,} to the {unit}" for unit, n in self.date_precisions.items())
        yield f"{self.zone_assumed:,} without a zone, read as UTC" if self.zone_assumed else ""

    def _removed(self) -> str:
        characters = sum(count for _, count in self.removed.values())
        if not characters:
            return "nothing"
        share = characters / (characters + self.characters)
        passages = _counted({why: n for why, (n, _) in self.removed.items()})
        return f"{share:.1%} of the characters: {passages}"

    def __repr__(self) -> str:
        """Print a line for each thing of which there is something to say."""
        return "\n".join(f"{name:<10} {one_line(words)}" for name, words in self.lines() if words)

    def _repr_html_(self) -> str:
        return shown("reading_html", self)


def reading_report(articles: Any, columns: UsedColumns) -> ReadingReport:
    """Count what was read.

    Parameters
    ----------
    articles : Articles
    columns : UsedColumns
        What was made of those of tables.

    Examples
    --------
    >>> from samestory.articles.read import read_articles
    >>> row = {"headline": "The rain will stop on Friday", "outlet": "The Post", "page": 3}
    >>> read_articles([row, {}]).report()
    articles   2
    fields     title 1, outlet 1
    columns    title from headline, outlet
    unused     page
    dates      no date
    languages  en 1
    outlets    The Post 1
    taken out  nothing
    skipped    no words 1
    """
    dates = articles.dates
    known = dates[~np.isnat(dates)]
    precisions = [name for name in articles.column("date_precision") if name]
    passages, characters = articles.removed.by_reason(), articles.removed.characters()
    return ReadingReport(
        n_articles=len(articles),
        fields=_filled(articles),
        used=columns.used(),
        unused=columns.unused(),
        first_date=known.min().item() if len(known) else None,
        last_date=known.max().item() if len(known) else None,
        date_precisions=_frequencies(precisions),
        zone_assumed=_without_zone(articles),
        languages=_frequencies(filter(None, articles.languages())),
        outlets=_frequencies(filter(None, articles.column("outlet"))),
        removed={why: (n, characters[why]) for why, n in passages.items()},
        characters=sum(map(len, articles.column("text"))),
        skipped=articles.skipped.reasons(),
    )


def _filled(articles: Any) -> dict[str, int]:
    fields = (name for name in FIELDS if name not in ("id", "date"))
    counts = {name: sum(map(bool, articles.column(name))) for name in fields}
    counts["date"] = int((~np.isnat(articles.dates)).sum())
    return {name: n for name, n in counts.items() if n}


def _without_zone(articles: Any) -> int:
    units = articles.column("date_precision")
    known = articles.date_zone_known.tolist()
    return sum(unit in _CLOCK and not zone for unit, zone in zip(units, known, strict=True))


def _frequencies(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())


def _counted(counts: Mapping[str, int]) -> str:
    return _few([f"{name} {n:,}" for name, n in counts.items()])


def _columns(used: Mapping[str, str]) -> str:
    renamed = (name if name == column else f"{name} from {column}" for name, column in used.items())
    return _few(list(renamed), len(FIELDS))


def _few(parts: list[Any], limit: int = _SHOWN) -> str:
    more = f" and {len(parts) - limit:,} more" if len(parts) > limit else ""
    return ", ".join(parts[:limit]) + more
