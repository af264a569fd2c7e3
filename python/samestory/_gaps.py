"""How far apart in time: timedeltas, numbers of days, and text such as "3 days"."""

from __future__ import annotations

import datetime
from typing import Any

import numpy as np


def checked_gap(gap: Any, name: str = "max_gap") -> np.timedelta64 | None:
    """Return a gap as timedelta64[us]; numbers are days. The name is that of the argument.

    Examples
    --------
    >>> print(checked_gap("36h").astype("timedelta64[h]"))
    36 hours
    """
    if gap is None:
        return None
    value: Any
    try:
        if isinstance(gap, str):
            amount, unit = _split_amount(gap)
            value = np.timedelta64(round(amount * _UNIT_SECONDS[unit] * 1e6), "us")
        elif isinstance(gap, (int, float)) and not isinstance(gap, bool):
            value = np.timedelta64(round(gap * _UNIT_SECONDS["d"] * 1e6), "us")
        elif isinstance(gap, (datetime.timedelta, np.timedelta64)):
            value = np.timedelta64(gap).astype("timedelta64[us]")
        else:
            value = np.timedelta64(gap.to_timedelta64()).astype("timedelta64[us]")
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        value = np.timedelta64("NaT", "us")
    if np.isnat(value) or value < np.timedelta64(0, "us"):
        raise ValueError(
            f"{name}={gap!r}: it has to be a timedelta of 0 or more, a number of days, or "
            'text such as "3 days" or "36h"'
        )
    gap_in_microseconds: np.timedelta64 = value
    return gap_in_microseconds


_UNIT_SECONDS = {
    **dict.fromkeys(("s", "sec", "second", "seconds"), 1.0),
    **dict.fromkeys(("m", "min", "minute", "minutes"), 60.0),
    **dict.fromkeys(("h", "hour", "hours"), 3600.0),
    **dict.fromkeys(("d", "day", "days"), 86400.0),
    **dict.fromkeys(("w", "week", "weeks"), 604800.0),
}


def _split_amount(text: str) -> tuple[float, str]:
    """Split "3 days" into 3.0 and "days"."""
    stripped = text.strip()
    digits = len(stripped) - len(stripped.lstrip("0123456789."))
    return float(stripped[:digits]), stripped[digits:].strip().lower()
