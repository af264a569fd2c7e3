"""How numbers, dates and durations are put into words, the same wherever a person reads them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

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


def day(date: datetime) -> str:
    """Say a day, such as 14 Mar 2024."""
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


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
