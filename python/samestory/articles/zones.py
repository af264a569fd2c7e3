"""Offsets of the time zones that newsrooms print behind a time."""

from __future__ import annotations

from datetime import datetime, timedelta

# Minutes east of UTC. Four abbreviations mean several zones; the one that news in English prints
# most is taken: BST British Summer Time (not Bangladesh), IST India (not Ireland or Israel),
# CST and CDT North America (not China or Cuba), AST Atlantic (not Arabia).
ZONES: dict[str, int] = {
    "Z": 0,
    "UTC": 0,
    "UT": 0,
    "GMT": 0,
    "WET": 0,
    "BST": 60,
    "WEST": 60,
    "CET": 60,
    "MEZ": 60,
    "WAT": 60,
    "CEST": 120,
    "MESZ": 120,
    "EET": 120,
    "SAST": 120,
    "CAT": 120,
    "EEST": 180,
    "MSK": 180,
    "EAT": 180,
    "TRT": 180,
    "IRST": 210,
    "GST": 240,
    "PKT": 300,
    "IST": 330,
    "NPT": 345,
    "ICT": 420,
    "WIB": 420,
    "HKT": 480,
    "SGT": 480,
    "MYT": 480,
    "PHT": 480,
    "AWST": 480,
    "JST": 540,
    "KST": 540,
    "ACST": 570,
    "AEST": 600,
    "ACDT": 630,
    "AEDT": 660,
    "NZST": 720,
    "NZDT": 780,
    "BRT": -180,
    "ART": -180,
    "NDT": -150,
    "NST": -210,
    "ADT": -180,
    "AST": -240,
    "EDT": -240,
    "EST": -300,
    "CDT": -300,
    "CST": -360,
    "MDT": -360,
    "MST": -420,
    "PDT": -420,
    "PST": -480,
    "AKDT": -480,
    "AKST": -540,
    "HST": -600,
}
# American papers print "ET" all year: the offset follows from the date.
AMERICAN: dict[str, int] = {"ET": -300, "CT": -360, "MT": -420, "PT": -480}
MONTH_FIRST = {*AMERICAN, "EDT", "EST", "CDT", "CST", "MDT", "MST", "PDT", "PST", "AKDT", "AKST"}


def _sunday(year: int, month: int, nth: int) -> datetime:
    first = datetime(year, month, 1)
    return first + timedelta(days=(6 - first.weekday()) % 7 + 7 * (nth - 1))


def _american_summer(when: datetime) -> bool:
    """Whether daylight time holds, by the rule in force since 2007."""
    begin = _sunday(when.year, 3, 2) + timedelta(hours=2)
    end = _sunday(when.year, 11, 1) + timedelta(hours=2)
    return begin <= when < end


def zone_offset(name: str, when: datetime) -> int | None:
    """Minutes east of UTC of an abbreviation at a local time, or None if it is not known."""
    name = name.upper()
    if name in AMERICAN:
        return AMERICAN[name] + 60 * _american_summer(when)
    return ZONES.get(name)
