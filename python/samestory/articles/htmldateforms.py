"""What the other dates on a page tell of one of them: its zone, and which number is the month."""

from __future__ import annotations

import re

from samestory.articles.dates import parse_date_text

_WITH_OFFSET = re.compile(
    r"(?<!\d)20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?[+-]\d\d:?\d\d(?!\d)"
)
_MONTHS = "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
_EITHER_ORDER = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)(?!\d)(.*)", re.DOTALL)
_MAX_LENGTH = 1 << 19  # characters that are searched


def in_its_own_zone(value: str, html: str) -> str:
    """Return a moment of UTC as the page writes it elsewhere with the zone of its newsroom."""
    parsed = parse_date_text(value)
    if parsed is None or parsed.offset or not parsed.zone_known:
        return value
    for match in _WITH_OFFSET.finditer(html):
        local = parse_date_text(match[0])
        if local is not None and local.offset and local.microseconds == parsed.microseconds:
            return match[0]
    return value


def in_its_order(value: str, html: str, address: str) -> str:
    """Return 03/04/2024 as the page writes it elsewhere, where that says which is the month."""
    match = _EITHER_ORDER.match(value)
    if match is None or match[1] == match[2] or max(int(match[1]), int(match[2])) > 12:
        return value
    one, two, year = int(match[1]), int(match[2]), match[3]
    days = [(month, day) for month, day in ((one, two), (two, one))
            if _writes_day(f"{html[:_MAX_LENGTH]} {address}", year, month, day)]  # fmt: skip
    return f"{year}-{days[0][0]:02}-{days[0][1]:02}{match[4]}" if len(days) == 1 else value


def _writes_day(text: str, year: str, month: int, day: int) -> bool:
    """Whether a text has a day in a form whose order nobody doubts."""
    name = _MONTHS[month - 1]
    return (
        re.search(
            rf"(?<!\d)(?:{year}(?P<mark>[-/]?){month:02}(?P=mark){day:02}|0?{day}\.\s?0?{month}\.\s?{year}"
            rf"|{day}\.? {name}[a-z]*\.? {year})(?!\d)|\b{name}[a-z]*\.? {day}, {year}\b",
            text,
            re.IGNORECASE,
        )
        is not None
    )
