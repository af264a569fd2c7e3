"""What a terminal needs to know of a text: how wide it is, and how to set it off."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """Escape sequences; all of them empty where no colour is wanted."""

    strong: str = ""
    quiet: str = ""
    end: str = ""


PLAIN = Style()
COLOUR = Style(strong="\x1b[1m", quiet="\x1b[2m", end="\x1b[0m")


def columns_of(text: str) -> int:
    """Count the columns a text takes in a terminal: two for wide letters, none for marks.

    Examples
    --------
    >>> columns_of("rain"), columns_of("雨")
    (4, 2)
    """
    if text.isascii():
        return len(text)
    return sum(_columns_of_character(c) for c in text)


def _columns_of_character(c: str) -> int:
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


def fit(text: str, width: int) -> str:
    """Cut a text to so many columns, with an ellipsis where something is missing.

    Examples
    --------
    >>> fit("The sea was calm", 8), fit("Rain", 8)
    ('The sea…', 'Rain')
    """
    if columns_of(text) <= width:
        return text
    kept, used = [], 1
    for c in text:
        used += _columns_of_character(c)
        if used > width:
            break
        kept.append(c)
    return "".join(kept).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """Fill a text up with spaces."""
    return text + " " * (width - columns_of(text))
