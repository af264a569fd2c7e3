"""What lines are compared by: those that differ in a date alone are one."""

from __future__ import annotations

import re

from samestory.articles.datewords import MONTHS, WEEKDAYS

_LONGEST = 120  # characters: what is longer is no date line
_LEAST_WORDS = 2  # besides the date; of fewer, the date is what a line says
_TIMES_WORDS = "am pm st nd rd th est edt et cst cdt ct pst pdt pt gmt bst utc cet cest"
_TIMES = frozenset(_TIMES_WORDS.split())
_HAS_DIGIT = re.compile(r"\d").search
_PARTS = re.compile(r"[^\W\d_]+|\d+(?:[.,:/-]\d+)*")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|(\d\d?)([./-])\d\d?\2\d{2,4}|\d\d?:\d\d(:\d\d)?")
# Numbers that stand beside the name of a month or a time; any others are what a line says.
_OF_DATES = re.compile(r"(?:19|20)\d\d|\d\d?|\d\d?\.\d\d")


def line_keys(text: str) -> list[str]:
    r"""Return what the lines of a text are compared by, without the spaces around them.

    Examples
    --------
    >>> line_keys("Tarn Post | Updated 14 March 2024\n It rains. \n7 May 2020\nTarn 2 Lindby 1")
    ['Tarn Post | Updated 0 0 0', 'It rains.', '7 May 2020', 'Tarn 2 Lindby 1']
    """
    return [
        _without_date(line) if len(line) <= _LONGEST and _HAS_DIGIT(line) else line
        for line in map(str.strip, text.split("\n"))
    ]


def _without_date(line: str) -> str:
    parts = [match[0] for match in _PARTS.finditer(line)]
    if not any(map(_is_date, parts)):
        return line
    left = [part for part in parts if not (_is_date(part) or _goes_with_dates(part))]
    if sum(len(part) > 1 and part.isalpha() for part in left) < _LEAST_WORDS:
        return line
    return _PARTS.sub(lambda match: _masked(match[0]), line)


def _masked(part: str) -> str:
    return "0" if _is_date(part) or _goes_with_dates(part) else part


def _is_date(part: str) -> bool:
    """Whether it is a date, a time, or the name of a month or a day."""
    if part[0].isdigit():
        return _DATE.fullmatch(part) is not None
    word = part.casefold()
    return word in MONTHS or word in WEEKDAYS


def _goes_with_dates(part: str) -> bool:
    return _OF_DATES.fullmatch(part) is not None or part.casefold() in _TIMES
