"""Dates as newsrooms, feeds and frames write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from samestory.articles.zones import AMERICAN, MONTH_FIRST, ZONES, zone_offset

PRECISIONS = ("", "year", "month", "day", "hour", "minute", "second")
EPOCH = datetime(1970, 1, 1)
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A moment, how exactly it is known, and whether its zone was given.

    Attributes
    ----------
    local : datetime
        The local time as written, without zone.
    offset : int
        Minutes east of UTC; 0 if no zone was given.
    precision : str
        One of ``PRECISIONS``: the smallest unit that was given.
    zone_known : bool
        False if no zone was given: the local time is then read as UTC.
    """

    local: datetime
    offset: int = 0
    precision: str = "second"
    zone_known: bool = False

    @property
    def microseconds(self) -> int:
        """Microseconds of UTC since 1970."""
        since = self.local - EPOCH
        local = since.days * _DAY + since.seconds * 1_000_000 + since.microseconds
        return local - self.offset * 60_000_000


def to_datetime(microseconds: int, offset: int) -> datetime:
    """Return the moment as a datetime in its own zone."""
    zone = UTC if offset == 0 else timezone(timedelta(minutes=offset))
    return (EPOCH + timedelta(microseconds=microseconds, minutes=offset)).replace(tzinfo=zone)


_MONTHS = {
    month: number
    for number, names in enumerate(
        (
            "january jan januar janvier janv enero ene gennaio gen januari janeiro jänner",
            "february feb februar février févr fevrier febrero febbraio febbr februari fevereiro "
            "fev",
            "march mar märz maerz mars marzo maart março marco mrt",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio mei maio mag",
            "june jun juni juin junio giugno giu junho",
            "july jul juli juillet juil julio luglio lug julho",
            "august aug août aout agosto ago augustus",
            "september sep sept septembre septiembre settembre set setembro",
            "october oct okt oktober octobre octubre ottobre ott outubro out",
            "november nov novembre noviembre novembro",
            "december dec dez dezember décembre déc decembre diciembre dic dicembre desember "
            "dezembro",
        ),
        1,
    )
    for month in names.split()
}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)(?=T|\D|$)",
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}\.?(?:\s+(?:of|de)\s+|[\s-]*)(?P<name>{_MONTH})\b\.?"
        rf"(?:\s+(?:de|del)\s+|,?[\s-]*){_YEAR}(?!\d)",
        rf"(?<!\w)(?P<name>{_MONTH})\b\.?\s*(?P<day>\d{{1,2}}){_ORDINAL}(?:,\s*|\s+){_YEAR}(?!\d)",
        rf"(?<!\d)(?P<one>\d{{1,2}})(?P<mark>[./-])(?P<two>\d{{1,2}})(?P=mark){_YEAR}(?!\d)",
    )
)
_ZONE_NAMES = "|".join(sorted({*ZONES, *AMERICAN}, key=len, reverse=True))
_ZONE = (
    rf"\s*\(?(?:(?:GMT|UTC|UT)?\s?(?P<sign>[+\u2212-])(?P<zh>\d{{1,2}}):?(?P<zm>\d\d)?(?!\d)"
    rf"|(?P<zone>{_ZONE_NAMES})\b)\)?"
)
_TIME = re.compile(
    r"(?<![\d.:])(?:T(?=\d\d))?(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?[:.h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|hrs|h)\b)?"
    rf"(?:{_ZONE})?(?![\w:])",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?:first|last|originally|also)?\s*"
    r"(?P<verb>published|publication|posted|updated|modified|created|issued|date|dated|aired|"
    r"filed|uploaded|update|edited|publié|mis à jour|publicado|actualizado|pubblicato|"
    r"aggiornato|veröffentlicht|aktualisiert|stand)\b\s*(?:on|at|le|el|il|am)?\s*:?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mo|di|mi|do|fr|sa|so)(?=\.,)"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica)\b\.?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:at|on|um|à|a las|alle|local time|\d+[ -]min(?:ute)?s? read"
    r"|(?:\d+|an?) (?:minutes?|hours?|days?|weeks?) ago)\b"
    r"|[\s,;:|/()\[\]·•–—.-]",
    re.IGNORECASE,
)


def _is_month_first(one: int, two: int, mark: str, time: re.Match[str] | None) -> bool:
    """Order of 03/04/2024: by what is possible, then by who prints such a time."""
    if one > 12 or two > 12:
        return two > 12
    if mark != "/" or time is None:
        return False
    return (time["zone"] or "").upper() in MONTH_FIRST


def _day_of(match: re.Match[str], time: re.Match[str] | None) -> datetime | None:
    groups = match.groupdict()
    if groups.get("one"):
        one, two = int(groups["one"]), int(groups["two"])
        month_first = _is_month_first(one, two, groups["mark"], time)
        month, day = (one, two) if month_first else (two, one)
    else:
        name = groups.get("name")
        month = _MONTHS[name.lower()] if name else int(groups["month"])
        day = int(groups["day"])
    try:
        return datetime(int(groups["year"]), month, day)
    except ValueError:
        return None


def _find_time(text: str) -> re.Match[str] | None:
    """Find a time: digits alone, such as a count of comments, are none."""
    for match in _TIME.finditer(text):
        hour_only = match["minute"] is None
        if hour_only and not match["half"]:
            continue
        if match["half"] and not 1 <= int(match["hour"]) <= 12:
            continue
        return match
    return None


def _clock(match: re.Match[str]) -> tuple[timedelta, str]:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + 12 * (match["half"][0] in "pP")
    precision = "second" if match["second"] else "minute" if match["minute"] else "hour"
    fraction = int((match["fraction"] or "").ljust(6, "0")[:6])
    clock = timedelta(
        hours=hour,
        minutes=int(match["minute"] or 0),
        seconds=int(match["second"] or 0),
        microseconds=fraction,
    )
    return clock, precision


def _offset(match: re.Match[str], when: datetime) -> int | None:
    if match["sign"]:
        minutes = int(match["zh"]) * 60 + int(match["zm"] or 0)
        return (minutes if match["sign"] == "+" else -minutes) if minutes < 24 * 60 else None
    return zone_offset(match["zone"], when) if match["zone"] else None


def find_date(text: str) -> tuple[ParsedDate, str] | None:
    """Find one date in a line, with its time and zone if they are there.

    Parameters
    ----------
    text : str
        A line such as ``Published 14 March 2024 at 06:30 GMT``.

    Returns
    -------
    tuple of ParsedDate and str, or None
        The date and what of the line is neither date nor time, weekday, "published" or a mark;
        an empty rest means that the line is a date line.

    Examples
    --------
    >>> parsed, rest = find_date("By Jane Doe, Wednesday 28 July 2021 11:57 BST")
    >>> parsed.local.isoformat(), parsed.offset, rest
    ('2021-07-28T11:57:00', 60, 'By Jane Doe')
    """
    for pattern in _DATES:
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            time = _find_time(after)
            in_front = None if time else _find_time(before)
            day = _day_of(match, time or in_front)
            if day is None:
                continue
            if time:
                after = after[: time.start()] + "\n" + after[time.end() :]
            elif in_front:
                before = before[: in_front.start()] + "\n" + before[in_front.end() :]
            rest = _rest(before) + "\n" + _rest(after)
            return _assemble(day, time or in_front), rest.strip()
    return None


def _assemble(day: datetime, time: re.Match[str] | None) -> ParsedDate:
    if time is None:
        return ParsedDate(day, precision="day")
    clock, precision = _clock(time)
    local = day + clock
    offset = _offset(time, local)
    return ParsedDate(local, offset or 0, precision, offset is not None)


def _rest(text: str) -> str:
    """What remains of a line without the words and marks that go with dates."""
    text = _WEEKDAY.sub("", _WORDS.sub("", text)).strip(" \t\n,;:|/·•–—-")
    return text if any(map(str.isalnum, _FILLER.sub("", text))) else ""


def parse_date_line(text: str) -> ParsedDate | None:
    """Parse a line that holds a date and nothing else; a second date ("Updated ...") may follow."""
    if len(text) > 200:
        return None
    found = find_date(text)
    if found is None:
        return None
    parsed, rest = found
    if not rest:
        return parsed
    second = find_date(rest)
    return parsed if second is not None and not second[1] else None


def says_published(text: str) -> bool:
    """Whether a line tells when the article was published."""
    match = _WORDS.search(text)
    return match is not None and match["verb"].lower() in ("published", "posted")


def is_update(text: str) -> bool:
    """Whether a date line gives the time of an update, not of publication."""
    match = _WORDS.search(text)
    return match is not None and match["verb"].lower()[:5] in (
        "updat",
        "modif",
        "edite",
        "mis à",
        "actua",
        "aggio",
        "aktua",
    )


def _parse_iso(text: str) -> ParsedDate | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    length = len(text)
    if length <= 10:
        precision = "day"
    else:
        precision = "second" if text.count(":", 11, 19) > 1 else "minute"
        if ":" not in text:
            precision = "second"
    return _from_datetime(moment, precision)


def _from_datetime(moment: datetime, precision: str) -> ParsedDate | None:
    shift = moment.utcoffset()
    local = moment.replace(tzinfo=None)
    if not isinstance(local, datetime) or not 2 <= local.year <= 9998:
        return None
    if shift is None:
        return ParsedDate(local, 0, precision, False)
    return ParsedDate(local, round(shift.total_seconds() / 60), precision, True)


# Powers of ten of seconds in which feeds and databases count: s, ms, us, ns.
_EPOCH_UNITS = ((10**11, 1), (10**14, 10**3), (10**17, 10**6), (10**20, 10**9))


def _parse_number(number: float) -> ParsedDate | None:
    """Read a number as a year, as YYYYMMDD[HHMMSS], or as time since 1970 in s, ms, us or ns."""
    if number != number or number in (float("inf"), float("-inf")):
        return None
    whole = int(number)
    if number == whole and whole > 0:
        compact = _parse_compact(str(whole))
        if compact is not None:
            return compact
    for limit, unit in _EPOCH_UNITS:
        if 10**7 <= abs(number) < limit:
            microseconds = whole * 10**6 // unit if unit > 1 else round(number * 10**6)
            try:
                moment = EPOCH.replace(tzinfo=UTC) + timedelta(microseconds=microseconds)
            except OverflowError:
                return None
            return _from_datetime(moment, "second")
    return None


_COMPACT = {4: ("%Y", "year"), 8: ("%Y%m%d", "day"), 14: ("%Y%m%d%H%M%S", "second")}


def _parse_compact(digits: str) -> ParsedDate | None:
    form = _COMPACT.get(len(digits))
    if form is None or not "1500" <= digits[:4] <= "2199":
        return None
    try:
        return ParsedDate(datetime.strptime(digits, form[0]), precision=form[1])
    except ValueError:
        return None


_MONTH_ONLY = re.compile(
    rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])|(?P<name>{_MONTH})\.?\s+(?P<y>1[5-9]\d\d|2[01]\d\d)", re.I
)
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def parse_date_text(text: str) -> ParsedDate | None:
    """Parse a string that is a date: ISO, RFC 2822, a number, or as a newspaper prints it.

    Examples
    --------
    >>> parse_date_text("Wed, 28 Jul 2021 11:57:00 +0100").offset
    60
    >>> parse_date_text("2021-07-28").precision
    'day'
    """
    text = text.strip()
    if len(text) > 200 or not text:
        return None
    if _NUMBER.fullmatch(text):
        return _parse_number(float(text) if "." in text else int(text))
    parsed = _parse_iso(text) or parse_date_line(text)
    if parsed is not None:
        return parsed
    match = _MONTH_ONLY.fullmatch(text)
    if match is None:
        return None
    month = int(match["month"]) if match["month"] else _MONTHS[match["name"].lower()]
    return ParsedDate(datetime(int(match["year"] or match["y"]), month, 1), precision="month")


def parse_date(value: Any) -> ParsedDate | None:
    """Parse a cell of a date column: a string, a datetime, a date, a number or a NumPy scalar.

    Returns
    -------
    ParsedDate or None
        None if the value is missing or no date; see `is_missing`.
    """
    if isinstance(value, str):
        return parse_date_text(value)
    if isinstance(value, datetime):  # a pandas Timestamp is one, too
        return None if is_missing(value) else _from_datetime(value, "second")
    if isinstance(value, date):
        return ParsedDate(datetime(value.year, value.month, value.day), precision="day")
    if isinstance(value, bool) or is_missing(value):
        return None
    if isinstance(value, int | float):
        return _parse_number(value)
    item = getattr(value, "item", None)
    if type(value).__module__ == "numpy" and item is not None:
        if getattr(value.dtype, "kind", "") == "M":
            return parse_date(value.astype("datetime64[us]").item())
        return parse_date(item())
    return None


def is_missing(value: Any) -> bool:
    """Whether a cell says that there is nothing: None, NaN, NaT, pandas.NA or a blank string."""
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple | dict | bytes):
        return False
    if type(value).__name__ in ("NaTType", "NAType"):
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return False
