"""How counts, dates, durations and articles are put into words, the same in every view."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samestory.articles import Article
    from samestory.stories import Story

# Fixed, not the machine's locale: the same stories give the same page everywhere.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Characters that draw nothing, or that turn what follows around: control characters (a terminal
# obeys them), bidirectional overrides, and halves of surrogate pairs (no encoding takes them).
_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
_DIRECTION_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Say a number and a noun.

    Examples
    --------
    >>> count(1, "story", "stories"), count(1234, "article")
    ('1 story', '1,234 articles')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def one_line(text: str) -> str:
    """Bring a text onto one line, without characters that are not for the eye.

    Examples
    --------
    >>> one_line("Rain " + chr(10) + " in " + chr(27) + "[31mMay")
    'Rain in [31mMay'
    """
    plain = " ".join(text.split())
    if plain.isprintable():
        return plain
    return "".join(
        c
        for c in plain
        if unicodedata.category(c) not in _UNPRINTABLE and c not in _DIRECTION_OVERRIDES
    )


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word, so that it has at most `limit` characters.

    Examples
    --------
    >>> shorten("The sea was calm", 11), shorten("Rain", 11)
    ('The sea…', 'Rain')
    """
    text = one_line(text[: 4 * limit + 200])
    if len(text) <= limit:
        return text
    words = text[: limit - 1].rpartition(" ")[0]
    # A language without spaces, or one very long word, is cut where it must be.
    kept = words if len(words) >= limit // 2 else text[: limit - 1]
    return kept.rstrip(" ,;:-–—") + "…"


def heading(article: Article) -> str:
    """Return the title of an article; without one, how its text begins; else its id."""
    begins = shorten(article.standfirst or article.text, 90)
    return one_line(article.title) or begins or one_line(article.id)


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


def day(date: datetime) -> str:
    """Say a day, such as 14 Mar 2024."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


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


def span(first: datetime | None, last: datetime | None) -> str:
    """Say from which day to which.

    Examples
    --------
    >>> from datetime import datetime
    >>> span(datetime(2024, 2, 28), datetime(2024, 3, 2))
    '28 Feb – 2 Mar 2024'
    >>> span(datetime(2024, 3, 1), datetime(2024, 3, 2)), span(None, None)
    ('1–2 Mar 2024', 'no date')
    """
    if first is None or last is None:
        return "no date"
    if first.date() == last.date():
        return day(last)
    if first.year != last.year:
        return f"{day(first)} – {day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} – {day(last)}"
    return f"{first.day}–{day(last)}"


def duration(length: timedelta) -> str:
    """Say how long something took, to two units.

    Examples
    --------
    >>> duration(timedelta(hours=27, minutes=5)), duration(timedelta(minutes=35))
    ('1 day 3 h', '35 min')
    """
    minutes = int(abs(length).total_seconds() // 60)
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    if days >= 7 or (days and not hours):
        return count(days, "day")
    if days:
        return f"{count(days, 'day')} {hours} h"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min"


def names(outlets: Sequence[str], limit: int = 3) -> str:
    """Say a few names and how many more there are.

    Examples
    --------
    >>> names(["The Post", "The Sun", "The Star", "The Day", "The Eye"])
    'The Post, The Sun, The Star and 2 more'
    """
    shown = [one_line(outlet) for outlet in outlets[:limit]]
    rest = len(outlets) - limit
    return ", ".join(shown) + (f" and {rest:,} more" if rest > 0 else "")


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
