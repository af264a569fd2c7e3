"""Times and gaps of any kind as numbers of one unit."""

import datetime
from typing import Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_DAY = np.timedelta64(1, "D")


class TimeArguments(NamedTuple):
    """Times, gap and half-life of a join as plain numbers."""

    times: Floats | None
    times_y: Floats | None
    max_gap: float | None
    half_life: float | None


def time_arguments(times: Any, times_y: Any, max_gap: Any, half_life: Any) -> TimeArguments:
    """Turn what a user calls times into numbers that the core can subtract.

    Dates become microseconds since the earliest of them, which double precision holds exactly for
    centuries. Numbers stay as they are.
    """
    if times is None and times_y is not None:
        raise ValueError("times_y is given without times: give the times of the rows of X too")
    if times is None:
        if max_gap is not None or half_life is not None:
            raise ValueError("max_gap and half_life need times, one for each row")
        return TimeArguments(None, None, None, None)
    arrays = [_as_array(times, "times")]
    if times_y is not None:
        arrays.append(_as_array(times_y, "times_y"))
    dated = [array.dtype.kind == "M" for array in arrays]
    if any(dated) and not all(dated):
        raise TypeError("times and times_y have to be both dates or both numbers")
    numbers = _numbers_from_dates(arrays) if all(dated) else arrays
    span = _microseconds if all(dated) else _plain_number
    return TimeArguments(
        numbers[0],
        numbers[1] if len(numbers) > 1 else None,
        None if max_gap is None else span(max_gap, "max_gap"),
        None if half_life is None else span(half_life, "half_life"),
    )


def _as_array(times: Any, name: str) -> npt.NDArray[Any]:
    """One dimension of datetime64 or float64; None and NaT and NaN stand for not known."""
    zone = getattr(getattr(times, "dt", times), "tz", None)
    if zone is not None:
        times = (times.dt if hasattr(times, "dt") else times).tz_convert("UTC")
        times = (times.dt if hasattr(times, "dt") else times).tz_localize(None)
    array = np.asarray(times)
    if array.ndim != 1:
        raise ValueError(f"{name} has to have one dimension, not {array.ndim}")
    if array.dtype.kind == "M":
        return array
    if array.dtype.kind in "iuf":
        return array.astype(np.float64)
    if array.dtype.kind == "O":
        return _from_objects(array, name)
    if array.dtype.kind == "U":
        return _from_strings(array, name)
    raise TypeError(f"{name} has to hold dates or numbers, not {array.dtype}")


def _from_strings(array: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    return _from_objects(
        np.array([_parse(text, name, row) for row, text in enumerate(array)], dtype=object), name
    )


def _parse(text: str, name: str, row: int) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise ValueError(
            f"{name}: entry {row}, {str(text)!r}, is not a date in ISO form"
        ) from error


def _from_objects(array: npt.NDArray[Any], name: str) -> npt.NDArray[Any]:
    missing = np.array([_is_missing(value) for value in array], dtype=bool)
    known = array[~missing]
    if all(isinstance(value, (int, float, np.number)) for value in known):
        numbers = np.full(len(array), np.nan)
        numbers[~missing] = known.astype(np.float64)
        return numbers
    dates = np.full(len(array), np.datetime64("NaT"), dtype="datetime64[us]")
    dates[~missing] = [_naive_utc(value, name) for value in known]
    return dates


def _is_missing(value: Any) -> bool:
    if value is None:
        return True
    # NaN and NaT differ from themselves; pandas.NA does not say.
    same = value == value
    return not (isinstance(same, (bool, np.bool_)) and bool(same))


def _naive_utc(value: Any, name: str) -> np.datetime64:
    if isinstance(value, str):
        value = _parse(value, name, -1)
    if isinstance(value, datetime.datetime) and value.tzinfo is not None:
        value = value.astimezone(datetime.UTC).replace(tzinfo=None)
    if not isinstance(value, (datetime.date, np.datetime64)):
        raise TypeError(f"{name} has to hold dates or numbers, not {type(value).__name__}")
    return cast(np.datetime64, np.array([value], dtype="datetime64[us]")[0])


def _numbers_from_dates(arrays: list[npt.NDArray[Any]]) -> list[Floats]:
    whole = [array.astype("datetime64[us]") for array in arrays]
    known = [array[~np.isnat(array)] for array in whole]
    earliest = min((array.min() for array in known if array.size), default=np.datetime64(0, "us"))
    numbers = []
    for array in whole:
        since = (array - earliest).astype(np.int64).astype(np.float64)
        since[np.isnat(array)] = np.nan
        numbers.append(since)
    return numbers


def _microseconds(span: Any, name: str) -> float:
    """Return a span as microseconds; a plain number counts days."""
    if isinstance(span, (int, float, np.number)) and not isinstance(span, (bool, np.timedelta64)):
        return float(span) * float(_DAY / np.timedelta64(1, "us"))
    if not isinstance(span, (datetime.timedelta, np.timedelta64)):
        raise TypeError(
            f"{name} has to be a timedelta or a number of days where times are dates, "
            f"not {type(span).__name__}"
        )
    return float(np.timedelta64(span) / np.timedelta64(1, "us"))


def _plain_number(span: Any, name: str) -> float:
    if isinstance(span, bool) or not isinstance(span, (int, float, np.integer, np.floating)):
        raise TypeError(
            f"{name} has to be a number where times are numbers, not {type(span).__name__}"
        )
    return float(span)
