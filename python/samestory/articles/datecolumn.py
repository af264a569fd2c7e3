"""A column of dates: one array for each thing that is known about them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from samestory.articles.datelibrary import one_column
from samestory.articles.dates import (
    PRECISIONS,
    ParsedDate,
    is_missing,
    parse_date,
    to_datetime,
)

NAT = np.iinfo(np.int64).min
_CODES = {name: code for code, name in enumerate(PRECISIONS)}


@dataclass(frozen=True, slots=True)
class DateColumn:
    """Dates of many articles.

    Attributes
    ----------
    utc : ndarray of datetime64[us]
        The moments; NaT where there is none.
    offset : ndarray of int16
        Minutes east of UTC, as the article gave it.
    precision : ndarray of uint8
        Positions in ``PRECISIONS``.
    zone_known : ndarray of bool
        False where no zone was given and the time was read as UTC.
    """

    utc: NDArray[np.datetime64]
    offset: NDArray[np.int16]
    precision: NDArray[np.uint8]
    zone_known: NDArray[np.bool_]

    @classmethod
    def empty(cls, length: int) -> Self:
        """Return a column without any date."""
        return cls(
            np.full(length, "NaT", dtype="datetime64[us]"),
            np.zeros(length, np.int16),
            np.zeros(length, np.uint8),
            np.zeros(length, np.bool_),
        )

    @classmethod
    def from_parsed(cls, dates: Sequence[ParsedDate | None]) -> Self:
        """Collect parsed dates."""
        column = cls.empty(len(dates))
        for i, parsed in enumerate(dates):
            if parsed is not None:
                column.put(i, parsed)
        return column

    @classmethod
    def concatenate(cls, columns: Sequence[Self]) -> Self:
        """Join columns end to end."""
        if not columns:
            return cls.empty(0)
        return cls(
            np.concatenate([column.utc for column in columns]),
            np.concatenate([column.offset for column in columns]),
            np.concatenate([column.precision for column in columns]),
            np.concatenate([column.zone_known for column in columns]),
        )

    def put(self, i: int, parsed: ParsedDate) -> None:
        """Set one date."""
        self.utc[i] = np.datetime64(parsed.microseconds, "us")
        self.offset[i] = parsed.offset
        self.precision[i] = _CODES[parsed.precision]
        self.zone_known[i] = parsed.zone_known

    def take(self, rows: Any) -> DateColumn:
        """Select rows by a slice, a mask or positions."""
        return DateColumn(
            self.utc[rows], self.offset[rows], self.precision[rows], self.zone_known[rows]
        )

    def datetime(self, i: int) -> datetime | None:
        """Return one date in its own zone, or None."""
        microseconds = int(self.utc[i].astype(np.int64))
        return None if microseconds == NAT else to_datetime(microseconds, int(self.offset[i]))

    def precision_name(self, i: int) -> str:
        """Return the smallest unit that one date gives, "" without a date."""
        return PRECISIONS[self.precision[i]]

    def precision_names(self) -> list[str]:
        """Return the smallest unit of every date."""
        return [PRECISIONS[code] for code in self.precision.tolist()]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.utc)


def read_dates(values: Iterable[Any]) -> tuple[DateColumn, list[int]]:
    """Parse a column of any kind of dates.

    The order of day and month in dates such as 03/04/2024 is decided for the column as a whole,
    by those in which it can be only one; a warning says so if nothing decides it.

    Returns
    -------
    tuple of DateColumn and list of int
        The dates, and the rows that hold something that could not be read as a date.
    """
    values = values if isinstance(values, list) else list(values)
    with one_column():
        return _read_column(values)


def _read_column(values: list[Any]) -> tuple[DateColumn, list[int]]:
    month_first = _is_month_first(values)
    known: dict[str, int] = {}  # the place of a string in `distinct`
    distinct: list[ParsedDate | None] = []
    places: list[int] = []
    failed: list[int] = []
    for i, value in enumerate(values):
        place = known.get(value) if type(value) is str else None
        if place is None:
            place = len(distinct)
            distinct.append(parse_date(value, month_first=month_first))
            if type(value) is str:
                known[value] = place
        if distinct[place] is None and not is_missing(value):
            failed.append(i)
        places.append(place)
    return DateColumn.from_parsed(distinct).take(np.array(places, np.int64)), failed


# Two numbers of which either may be the month; Germans part them by dots, day first.
_EITHER_ORDER = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d\d)(?![\d/-])")


def _is_month_first(values: Sequence[Any]) -> bool:
    """Decide the order of day and month for a column."""
    votes = {True: 0, False: 0}
    doubtful: dict[str, int] = {}
    for value in {value: None for value in values if type(value) is str}:
        match = _EITHER_ORDER.search(value)
        if match is None:
            continue
        by_default, other = (parse_date(value, month_first=order) for order in (False, True))
        if by_default is None or other is None:
            continue
        if by_default != other:
            doubtful[value] = 1
        elif int(match[1]) != int(match[3]):  # one of them is above 12, or the weekday decides
            votes[by_default.local.month == int(match[1])] += 1
    month_first = votes[True] > votes[False]
    if doubtful and (votes[True] == votes[False] or min(votes.values()) > 0):
        _warn_of_order(next(iter(doubtful)), len(doubtful), month_first)
    return month_first


def _warn_of_order(example: str, number: int, month_first: bool) -> None:
    order = "the month" if month_first else "the day"
    warnings.warn(
        f"nothing decides whether day or month comes first in {number:,} different "
        f"date{'' if number == 1 else 's'} such as {example[:40]!r}: read with {order} first. "
        "Give the column as datetimes, or as YYYY-MM-DD, to be sure",
        stacklevel=2,
    )


def from_numpy(utc: Any, local: Any | None) -> DateColumn:
    """Build the column of an array of moments without looking at each.

    Parameters
    ----------
    utc : ndarray of datetime64
        The moments in UTC, or local times of an unknown zone.
    local : ndarray of datetime64, or None
        The local times where the zone is known.
    """
    utc = _within_range(utc)
    column = DateColumn.empty(len(utc))
    column.utc[:] = utc
    present = ~np.isnat(utc)
    if local is not None:
        shift = (local.astype("datetime64[us]")[present] - utc[present]).astype("timedelta64[m]")
        column.offset[present] = shift.astype(np.int64)
        column.zone_known[present] = True
    seen = (utc if local is None else local)[present]
    midnight = bool(np.all(seen == seen.astype("datetime64[D]")))
    column.precision[present] = _CODES["day" if midnight else "second"]
    return column


def _within_range(moments: Any) -> Any:
    """Return moments in microseconds, those that no datetime can hold as unknown."""
    days = moments.astype("datetime64[D]")
    outside = (days < np.datetime64("0002-01-01")) | (days > np.datetime64("9998-12-31"))
    moments = moments.copy()
    moments[outside] = np.datetime64("NaT")
    return moments.astype("datetime64[us]")


def restore(
    dates: DateColumn, offset: Sequence[Any], precision: Sequence[Any], zone_known: Sequence[Any]
) -> bool:
    """Put back what `Articles.to_frame` wrote beside the dates; False if it is something else."""
    try:
        minutes = np.array([int(value) for value in offset], np.int16)
        codes = np.array([_CODES[_text(value)] for value in precision], np.uint8)
        known = np.array([_FLAGS[str(value)] for value in zone_known], np.bool_)
    except (KeyError, ValueError, TypeError, OverflowError):
        return False
    if np.any(np.abs(minutes) >= 24 * 60):
        return False
    present = ~np.isnat(dates.utc)
    dates.offset[present] = minutes[present]
    dates.precision[present] = np.where(
        codes[present] == 0, dates.precision[present], codes[present]
    )
    dates.zone_known[present] = known[present]
    return True


_FLAGS = {"True": True, "False": False, "true": True, "false": False}


def _text(value: Any) -> str:
    return "" if is_missing(value) else str(value)
