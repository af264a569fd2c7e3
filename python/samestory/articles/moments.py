"""Arrays of moments in frames, also those out of any calendar."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.articles.datecolumn import DateColumn, from_numpy

_MICROSECONDS = {"s": 1_000_000, "ms": 1_000, "us": 1, "D": 86_400_000_000}
# The years 1 to 9999, less a day for what zones add.
_FIRST = np.datetime64("0001-01-02", "us").astype(np.int64)
_LAST = np.datetime64("9999-12-30", "us").astype(np.int64)


def from_moments(
    cells: Any, known: NDArray[np.bool_], unit: str, zone: str | None
) -> tuple[DateColumn, list[int]]:
    """Build a column of dates of whole numbers since 1970.

    Parameters
    ----------
    cells : ndarray of int
        How many units since 1970, in UTC where there is a zone.
    known : ndarray of bool
        Which cells hold something.
    unit : str
        "s", "ms", "us", "ns" or "D".
    zone : str or None
        The zone's name.

    Returns
    -------
    tuple of DateColumn and list of int
        The dates; the rows whose date lies out of the years 1 to 9999 and counts as unknown.
    """
    counts = np.where(known, np.nan_to_num(cells), 0).astype(np.int64)
    if unit == "ns":
        counts, factor = counts // 1000, 1
    else:
        factor = _MICROSECONDS[unit]
    fits = (counts >= _FIRST // factor) & (counts <= _LAST // factor)
    utc = np.where(fits, counts, 0) * factor
    moments = utc.astype("datetime64[us]")
    usable = known & fits
    moments[~usable] = np.datetime64("NaT")
    dates = from_numpy(moments, _local(moments, zone) if zone else None)
    if unit == "D":
        dates.zone_known[:] = False
    return dates, np.flatnonzero(known & ~fits).tolist()


def _local(moments: Any, zone: str) -> Any:
    """Return the local times of a zone, by its name or its offset."""
    from datetime import UTC, datetime, timedelta
    from zoneinfo import ZoneInfo

    local = moments.copy()
    if zone.upper() in ("UTC", "Z", "GMT"):
        return local
    try:
        place: Any = ZoneInfo(zone)
    except (ValueError, OSError):
        place = datetime.strptime(zone, "%z").tzinfo if zone[:1] in "+-" else UTC
    start = datetime(1970, 1, 1, tzinfo=UTC)
    for i in np.flatnonzero(~np.isnat(moments)).tolist():
        moment = start + timedelta(microseconds=int(moments[i].astype(np.int64)))
        shift = moment.astimezone(place).utcoffset() or timedelta(0)
        local[i] += np.timedelta64(round(shift.total_seconds()), "s")
    return local


def in_calendar(moments: Any) -> tuple[Any, list[int]]:
    """Return moments (datetime64) with NaT for those out of the years 1 to 9999, and their rows."""
    years = moments.astype("datetime64[Y]").astype(np.int64) + 1970
    out = ~np.isnat(moments) & ((years < 1) | (years > 9999))
    if out.any():
        moments = moments.copy()
        moments[out] = np.datetime64("NaT")
    return moments, np.flatnonzero(out).tolist()
