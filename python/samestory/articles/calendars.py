"""Days of other calendars as days of the common one."""

from __future__ import annotations

from datetime import date, timedelta

# The first month under its names in Persian and Dari, and so on.
_PERSIAN = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
PERSIAN_MONTHS = {name: i for i, names in enumerate(_PERSIAN, 1) for name in names.split()}
_BREAKS = (-61, 9, 38, 199, 426, 686, 756, 818, 1111, 1181, 1210, 1635, 2060, 2097, 2192)


def _new_year(year: int) -> date:
    """Return the first day of a Persian year by the cycles of Birashk, as in jalaali-js."""
    leap, before = -14, _BREAKS[0]
    for mark in _BREAKS[1:]:
        jump = mark - before
        if year < mark:
            break
        leap += jump // 33 * 8 + jump % 33 // 4
        before = mark
    n = year - before
    leap += n // 33 * 8 + (n % 33 + 3) // 4
    if jump % 33 == 4 and jump - n == 4:
        leap += 1
    common = year + 621
    leap_common = common // 4 - (common // 100 + 1) * 3 // 4 - 150
    return date(common, 3, 20 + leap - leap_common)


def from_persian(year: int, month: int, day: int) -> date | None:
    """Return the day of a date in the Persian calendar, or None if there is none.

    Examples
    --------
    >>> from_persian(1402, 12, 24).isoformat(), from_persian(1403, 1, 1).isoformat()
    ('2024-03-14', '2024-03-20')
    """
    if not (1200 <= year <= 1600 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    before = 31 * (month - 1) if month <= 7 else 30 * (month - 1) + 6
    found = _new_year(year) + timedelta(days=before + day - 1)
    return found if found < _new_year(year + 1) and day <= (31 if month <= 6 else 30) else None


ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "民國": 1911,
    "民国": 1911,
}  # the year before the first


def from_buddhist(year: int) -> int:
    """Return the common year of one that Thailand counts."""
    return year - 543
