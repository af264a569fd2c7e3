"""Dates in languages and forms that only dateparser knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from samestory.articles.parseddate import ParsedDate

_LETTER = re.compile(r"[^\W\d_]{2}")
_DIGITS = re.compile(r"\d{1,2}\D.*\d|\d{4}")
_NUMBER = re.compile(r"\d+")
_MAX_LENGTH = 60
_MAX_MISSES = 100  # different forms that are none, in one column: each takes up to 50 ms


@dataclass(slots=True)
class _Misses:
    """The forms of a column that were asked for in vain."""

    forms: set[str] = field(default_factory=set)


_misses: ContextVar[_Misses | None] = ContextVar("_misses", default=None)


@contextmanager
def one_column() -> Iterator[None]:
    """Ask no longer once so many forms of one column have turned out to be no dates."""
    token = _misses.set(_Misses())
    try:
        yield
    finally:
        _misses.reset(token)


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
    misses = _misses.get()
    if _parser(month_first) is None or (misses is not None and len(misses.forms) >= _MAX_MISSES):
        return None
    form = _NUMBER.sub(_same_number, text)
    found = _ask(text, month_first) if _is_form(form, month_first) else None
    if found is None and misses is not None:
        misses.forms.add(form)
    if not isinstance(found, datetime) or not 1500 <= found.year <= 2199:
        return None
    local = found.replace(tzinfo=None)
    exact = "day" if (local.hour, local.minute, local.second) == (0, 0, 0) else "minute"
    return ParsedDate(local, precision=exact)


def _same_number(match: re.Match[str]) -> str:
    """Return a number that is a day, a month and an hour, or a year, for any of its length."""
    length = len(match[0])
    return "11" if length <= 2 else "2011" if length == 4 else "1" * length


@lru_cache(maxsize=4096)
def _is_form(text: str, month_first: bool) -> bool:
    """Whether dates of a form are dates at all: one of them is asked for."""
    return _ask(text, month_first) is not None


def _ask(text: str, month_first: bool) -> Any:
    try:
        return _parser(month_first).get_date_data(text).date_obj
    except Exception:  # it is not made for anything that may stand in a column
        return None
