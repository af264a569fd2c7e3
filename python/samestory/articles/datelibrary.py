"""Dates in languages and forms that only dateparser knows."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from samestory.articles.dates import ParsedDate

_LETTER = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d{1,2}\D.*\d|\d{4}")
_MAX_LENGTH = 60


@lru_cache(maxsize=2)
def _parser(month_first: bool) -> Any:
    """Return dateparser's parser for dates that are whole, or None if it is not installed."""
    try:
        from dateparser.date import DateDataParser
    except ImportError:
        return None
    order = "MDY" if month_first else "DMY"
    settings = {
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": order,
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(settings=settings)


def parse_in_any_language(text: str, month_first: bool) -> ParsedDate | None:
    """Parse a date with dateparser (the extra ``dates``); None without it."""
    if len(text) > _MAX_LENGTH or not (_DIGITS.search(text) and _LETTER.search(text)):
        return None
    parser = _parser(month_first)
    if parser is None:
        return None
    from samestory.articles.dates import ParsedDate

    try:
        found = parser.get_date_data(text).date_obj
    except Exception:  # it is not made for anything that may stand in a column
        return None
    if not isinstance(found, datetime) or not 1500 <= found.year <= 2199:
        return None
    local = found.replace(tzinfo=None)
    exact = "day" if (local.hour, local.minute, local.second) == (0, 0, 0) else "minute"
    return ParsedDate(local, precision=exact)
