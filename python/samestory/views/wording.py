"""How counts, dates, durations and articles are put into words, the same in every view."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from samestory._wording import MONTHS as MONTHS
from samestory._wording import count as count
from samestory._wording import day as day
from samestory._wording import duration as duration
from samestory._wording import names as names
from samestory._wording import one_line as one_line
from samestory._wording import shorten as shorten
from samestory._wording import span as span
from samestory.articles.heading import heading as heading

if TYPE_CHECKING:
    from samestory.articles import Article
    from samestory.stories import Story


def summary(article: Article, limit: int = 240) -> str:
    """Return the standfirst, or how the text begins where that is not the heading already."""
    if article.standfirst:
        return shorten(article.standfirst, limit) if article.title else ""
    return shorten(article.text, limit) if article.title else ""


def file_name(article: Article) -> str:
    """Return the last part of the article's path."""
    return one_line(re.split(r"[/\\]", article.path)[-1])


def source(article: Article) -> str:
    """Return the outlet, or else the file."""
    return one_line(article.outlet) or file_name(article)


def teller(article: Article, limit: int = 60) -> str:
    """Return who tells it: the outlet, or else the author, or else the file."""
    return shorten(article.outlet or article.author, limit) or file_name(article)


def by_date(articles: Sequence[Article]) -> list[int]:
    """Positions of the articles, the earliest first and those without a date last."""
    never = datetime.max.replace(tzinfo=UTC)
    return sorted(range(len(articles)), key=lambda i: articles[i].date or never)


def moment(article: Article) -> str:
    """Say when an article appeared, as precisely as it says itself; "" without a date."""
    date, precision = article.date, article.date_precision
    if date is None:
        return ""
    if precision == "year":
        return str(date.year)
    if precision == "month":
        return f"{MONTHS[date.month - 1]} {date.year}"
    if precision == "day":
        return day(date)
    return f"{day(date)}, {date:%H:%M} {_zone(article)}".rstrip()


def stamp(article: Article) -> str:
    """Return the date in ISO 8601, as precise as it is; "" without a date."""
    date = article.date
    if date is None:
        return ""
    length = {"year": 4, "month": 7, "day": 10}.get(article.date_precision)
    if length:
        return date.date().isoformat()[:length]
    return f"{date:%Y-%m-%dT%H:%M}{_zone(article)}"


def _zone(article: Article) -> str:
    """Return the offset from UTC, where the date gave one."""
    date = article.date
    if date is None or not article.date_zone_known:
        return ""
    written = date.strftime("%z")
    return f"{written[:3]}:{written[3:5]}" if written else ""


def taken_notes(story: Story) -> list[str]:
    """Say of each article of a story how much of its text is in an earlier one, "" of none."""
    copied, articles = story.copied, story.articles
    return [
        "" if source < 0 else f"{percent(share)} of its text is in {_whose(articles[source])}"
        for source, share in zip(copied.source.tolist(), copied.share.tolist(), strict=True)
    ]


def _whose(article: Article) -> str:
    return ", ".join(part for part in (teller(article), moment(article)) if part)


def percent(share: float) -> str:
    """Say a share in whole percents: all but all is not all, and hardly any not nothing.

    Examples
    --------
    >>> percent(0.998), percent(1.0), percent(0.001)
    ('99%', '100%', '<1%')
    """
    rounded = round(100 * share)
    return f"{min(rounded, 99) if share < 1 else 100}%" if rounded else "<1%"


def decided(same_story: bool, granularity: float, joined_at: float) -> str:
    """Say in words what decided whether two articles are one story.

    Examples
    --------
    >>> decided(True, 0.5, 0.62)
    'together at every granularity up to 0.620; these stories are those at 0.500'
    >>> decided(False, 0.5, 0.41)
    'together only at a granularity of 0.410 or less; these stories are those at 0.500'
    """
    here = f"these stories are those at {granularity:.3f}"
    if joined_at >= 1.0:
        return "the same words: copies are together at every granularity"
    if same_story and granularity <= 0.0:
        return "a granularity of 0 makes one story of everything"
    if same_story:
        return f"together at every granularity up to {joined_at:.3f}; {here}"
    if joined_at <= 0.0:
        return "nothing joins them but a granularity of 0"
    return f"together only at a granularity of {joined_at:.3f} or less; {here}"


def joined(parts: Iterable[str]) -> str:
    """Set a dot between the parts that say something."""
    return " · ".join(part for part in parts if part)
