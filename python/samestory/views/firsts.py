"""Who told a story first, as far as the dates can say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from samestory.views.wording import duration, moment, names, teller

if TYPE_CHECKING:
    from samestory.articles import Article

# How long the time is that a date may mean.
_LENGTHS = {
    "year": timedelta(days=365),
    "month": timedelta(days=31),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
}
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class First:
    """The first of a story.

    Attributes
    ----------
    outlets : list of str
        Who told it first: several where their dates do not tell who.
    when : str
        The earliest date as it is printed.
    ahead : datetime.timedelta or None
        How long before the next outlet; None where there is no other, or dates do not tell.
    """

    outlets: list[str]
    when: str
    ahead: timedelta | None

    def __str__(self) -> str:
        """Say it on a line; "" where nobody is named."""
        if not self.outlets:
            return ""
        lead = f", {duration(self.ahead)} before the next" if self.ahead else ""
        return f"{names(self.outlets)}, {self.when}{lead}"


def first_of(articles: Sequence[Article]) -> First:
    """Find who was first.

    An article that gives its day alone may be of any time of that day: it is first beside all that
    are not of an earlier one.

    Parameters
    ----------
    articles : sequence of Article
        The articles of a story, the earliest first, those without a date last.
    """
    dated = [(article.date, article) for article in articles if article.date is not None]
    if not dated:
        return First([], "", None)
    latest_first = min(_end(date, article.date_precision) for date, article in dated)
    first = [article for date, article in dated if date < latest_first]
    outlets = list(dict.fromkeys(teller(article) for article in first))
    return First([outlet for outlet in outlets if outlet], moment(first[0]), _ahead(dated, outlets))


def _end(date: datetime, precision: str) -> datetime:
    try:
        return date + _LENGTHS.get(precision, _SECOND)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _ahead(dated: list[tuple[datetime, Article]], outlets: list[str]) -> timedelta | None:
    """The time from the first article to the first of another outlet."""
    date, article = dated[0]
    if len(outlets) > 1:
        return None
    for other_date, other in dated:
        if teller(other) != outlets[0]:
            exact = {"minute", "second"}.issuperset((article.date_precision, other.date_precision))
            return other_date - date if exact else None
    return None
