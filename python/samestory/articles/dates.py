"""Dates as newsrooms, feeds and frames write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from samestory.articles.dateforms import JAVASCRIPT_CALL, common_form
from samestory.articles.datelibrary import parse_in_any_language
from samestory.articles.datewords import MONTHS, WEEKDAYS
from samestory.articles.parseddate import EPOCH as EPOCH
from samestory.articles.parseddate import PRECISIONS as PRECISIONS
from samestory.articles.parseddate import ParsedDate as ParsedDate
from samestory.articles.zones import AMERICAN, MONTH_FIRST, ZONES, zone_offset

_LETTERS = re.compile(r"[^\W\d_](?:[^\s\d.,:;/()|·-]*[^\s\d.,:;/()|·-])?")
_TWO_DIGITS = re.compile(r"\d[^\d\n]{0,3}\d")
# Words for "at", "o'clock", "of the year" and the like beside dates.
_AT_WORDS = (
    "om kl klo às as г год года року роком р roku r gada м på saat ur u o στις в у о lúc pukul wib "
    "في ساعت น gmt uhr h hrs hours local time le el il del de d do dnia"
)
_AT = frozenset(_AT_WORDS.split())


def to_datetime(microseconds: int, offset: int) -> datetime:
    """Return the moment as a datetime in its own zone."""
    zone = UTC if offset == 0 else timezone(timedelta(minutes=offset))
    return (EPOCH + timedelta(microseconds=microseconds, minutes=offset)).replace(tzinfo=zone)


_NAME = r"(?P<name>[^\W\d_][^\s\d.,:;/()|·-]{1,20})"
_YEAR = r"(?P<year>1[5-9]\d\d|2[01]\d\d)(?!\d)"
_ORDINAL = r"(?:st|nd|rd|th|er|º|ª)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\d){_YEAR}[-/.]\s?(?P<month>\d{{1,2}})[-/.]\s?(?P<day>\d{{1,2}})(?!\d)\.?",
        rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}\.?(?:\s+(?:(?:of|de)\s+|d[’'])|[\s/-]*){_NAME}\.?"
        rf"(?:\s+(?:de|del)\s+|\s?,?[\s/-]*){_YEAR}",
        rf"(?<!\w){_NAME}\.?[\s-]*(?P<day>\d{{1,2}}){_ORDINAL}(?:\s?,\s*|[\s-]+){_YEAR}",
        rf"(?<!\d){_YEAR}\.?\s{_NAME}\.?\s(?P<day>\d{{1,2}})(?!\d)\.?",
        rf"(?<!\d)(?P<day>\d{{1,2}}),?\s(?:tháng|thg)\s(?P<month>\d{{1,2}}),?\s(?:năm\s)?{_YEAR}",
        rf"(?<!\d)(?P<one>\d{{1,2}})(?P<mark>[./-])\s?(?P<two>\d{{1,2}})(?P=mark)\s?{_YEAR}",
    )
)
_ZONE_NAMES = "|".join(sorted({*ZONES, *AMERICAN}, key=len, reverse=True))
_ZONE = (
    rf"\s*\(?(?:(?:GMT|UTC|UT)?\s?(?P<sign>[+\u2212-])(?P<zh>\d{{1,2}}):?(?P<zm>\d\d)?(?!\d)"
    rf"|(?P<zone>{_ZONE_NAMES})\b)\)?"
)
_TIME = re.compile(
    r"(?<![\d.:])(?:T(?=\d))?(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?[:.h]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s?(?P<half>[ap]\.?\s?m\b\.?)?(?:\s?(?:Uhr|hrs|h)\b)?"
    rf"(?:{_ZONE})?(?![\w:])",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"\b(?:first|last|originally|also)?\s*"
    r"(?P<verb>published|publication|posted|updated|modified|created|issued|date|dated|aired|"
    r"filed|uploaded|update|edited|publié|mis à jour|publicado|actualizado|pubblicato|"
    r"aggiornato|veröffentlicht|aktualisiert|stand)\b\s*(?:on|at|le|el|il|am|a|à)?\s*:?",
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
    r"\b(?:at|on|um|den|à|a las|alle|local time|\d+[ -]min(?:ute)?s? read"
    r"|(?:\d+|an?) (?:minutes?|hours?|days?|weeks?) ago)\b"
    r"|[\s,;:|/()\[\]·•–—.-]",
    re.IGNORECASE,
)


_DRUPAL = re.compile(r"\b[A-Z][a-z]{2}, \d\d/\d\d/\d{4} - \d\d:\d\d")  # its medium format


def month_of(name: str) -> int | None:
    """Return the number of a month by its name in any language that is known."""
    plain = name.casefold().replace("\u0307", "").rstrip(".")
    return MONTHS.get(plain) or MONTHS.get(plain.removeprefix("ב"))


def weekday_of(text: str) -> int | None:
    """Return the day of the week that a text names, Monday being 0."""
    for word in _LETTERS.findall(text.casefold().replace("\u0307", "")):
        if len(word) > 2 and word in WEEKDAYS:
            return WEEKDAYS[word]
    return None


def _is_month_first(
    one: int, two: int, year: int, text: str, time: re.Match[str] | None, usual: bool
) -> bool:
    """Order of 03/04/2024: what is possible, what the weekday says, who prints such a time."""
    if one > 12 or two > 12:
        return two > 12
    weekday = weekday_of(text)
    if weekday is not None:
        fits = [date(year, m, d).weekday() == weekday for m, d in ((one, two), (two, one))]
        if fits[0] != fits[1]:
            return fits[0]
    if _DRUPAL.search(text):
        return True
    return usual or (time is not None and (time["zone"] or "").upper() in MONTH_FIRST)


def _day_of(
    match: re.Match[str], time: re.Match[str] | None, month_first: bool = False
) -> datetime | None:
    groups = match.groupdict()
    year, month = int(groups["year"]), None
    if groups.get("one"):
        one, two = int(groups["one"]), int(groups["two"])
        is_first = one > 0 < two and (
            _is_month_first(one, two, year, match.string, time, month_first)
            if groups["mark"] == "/" or month_first
            else two > 12
        )
        month, day = (one, two) if is_first else (two, one)
    else:
        name = groups.get("name")
        month = month_of(name) if name else int(groups["month"])
        day = int(groups["day"])
    try:
        return datetime(year, month, day) if month else None
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


def find_date(text: str, *, month_first: bool = False) -> tuple[ParsedDate, str] | None:
    """Find one date in a line, with its time and zone if they are there.

    Parameters
    ----------
    text : str
        A line such as ``Published 14 March 2024 at 06:30 GMT``.
    month_first : bool
        Whether 03/04/2024 is in March where nothing in the line decides.

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
    found = _find(text, month_first)
    return None if found is None else (found[0], f"{found[1]}\n{found[2]}".strip())


def _find(text: str, month_first: bool) -> tuple[ParsedDate, str, str] | None:
    """Return the first date of a text, and the rests before and behind it."""
    if _TWO_DIGITS.search(text) is None:
        return None
    text = common_form(text)
    for pattern in _DATES:
        for match in pattern.finditer(text):
            before, after = text[: match.start()], text[match.end() :]
            time = _find_time(after)
            in_front = None if time else _find_time(before)
            day = _day_of(match, time or in_front, month_first)
            if day is None:
                continue
            if time:
                after = after[: time.start()] + "\n" + after[time.end() :]
            elif in_front:
                before = before[: in_front.start()] + "\n" + before[in_front.end() :]
            return _assemble(day, time or in_front), _rest(before), _rest(after)
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
    text = _WEEKDAY.sub("", _WORDS.sub("", text)).strip(" \t\n,;:|/·•–—-،")
    words = _LETTERS.findall(_FILLER.sub(" ", text).casefold().replace("\u0307", ""))
    if any(map(str.isdigit, text)) or not all(w in WEEKDAYS or w in _AT for w in words):
        return text if any(map(str.isalnum, _FILLER.sub("", text))) else ""
    return ""


_MAX_DATE_LINE = 200


def parse_date_line(text: str) -> ParsedDate | None:
    """Parse a line that holds a date and nothing else; a second date ("Updated ...") may follow."""
    return date_line(text, find_date(text)) if len(text) <= _MAX_DATE_LINE else None


def date_line(text: str, found: tuple[ParsedDate, str] | None) -> ParsedDate | None:
    """Return the date that `find_date` found in a line if the line holds nothing else."""
    if found is None or len(text) > _MAX_DATE_LINE:
        return None
    parsed, rest = found
    if not rest:
        return parsed
    second = find_date(rest)
    return parsed if second is not None and not second[1] else None


_PUBLISHED = ("published", "posted", "publié", "publicado", "pubblicato", "veröffentlicht")


def says_published(text: str) -> bool:
    """Whether a line tells when the article was published."""
    match = _WORDS.search(text)
    return match is not None and match["verb"].lower() in _PUBLISHED


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
_EXCEL_EPOCH = datetime(1899, 12, 30)
_EXCEL_DAYS = (20_000, 80_000)  # 1954 to 2119


def _parse_number(number: float) -> ParsedDate | None:
    """Read a number: a year, YYYYMMDD[hhmm[ss]], a day of Excel, or s, ms, us, ns since 1970."""
    if number != number or number in (float("inf"), float("-inf")):
        return None
    whole = int(number)
    if number == whole and whole > 0:
        compact = _parse_compact(str(whole)) if whole < 10**14 * 10 else None
        if compact is not None:
            return compact
    if _EXCEL_DAYS[0] <= number < _EXCEL_DAYS[1]:
        moment = _EXCEL_EPOCH + timedelta(seconds=round(number * 86_400))
        return _from_datetime(moment, "day" if number == whole else "second")
    for limit, unit in _EPOCH_UNITS:
        if 10**7 <= abs(number) < limit:
            microseconds = whole * 10**6 // unit if unit > 1 else round(number * 10**6)
            try:
                moment = EPOCH.replace(tzinfo=UTC) + timedelta(microseconds=microseconds)
            except OverflowError:
                return None
            return _from_datetime(moment, "second")
    return None


_COMPACT = {
    4: ("%Y", "year"),
    8: ("%Y%m%d", "day"),
    12: ("%Y%m%d%H%M", "minute"),
    14: ("%Y%m%d%H%M%S", "second"),
}


def _parse_compact(digits: str) -> ParsedDate | None:
    form = _COMPACT.get(len(digits))
    if form is None or not "1500" <= digits[:4] <= "2199":
        return None
    try:
        return ParsedDate(datetime.strptime(digits, form[0]), precision=form[1])
    except ValueError:
        return None


_MONTH_ONLY = re.compile(
    rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])|{_NAME}\.?\s+(?P<y>1[5-9]\d\d|2[01]\d\d)"
)
_DAY_OF_YEAR = re.compile(r"(1[5-9]\d\d|2[01]\d\d)-([0-3]\d\d)")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_LABEL = re.compile(r"^[^\W\d_][\w -]{2,20}:\s")
_SHORT_YEAR = re.compile(
    r"(?<![\d./-])(\d{1,2}(?:([./-])\s?\d{1,2}\2\s?|(?:\.\s?|[\s-])[^\W\d_]{3,10}\.?[\s-]))"
    r"['’]?(\d\d)(?![\d./-]|:\d)"
)
_MAX_WORDS_BEHIND = 6  # of an edition or a correction


def _parse_whole(text: str, month_first: bool) -> ParsedDate | None:
    """Parse a text that is a date, with no more behind it than what archives print."""
    text = _LABEL.sub("", text)
    found = _find(text, month_first)
    if found is None:
        century = _SHORT_YEAR.sub(_full_year, text, count=1)
        found = _find(century, month_first) if century != text else None
    if found is None:
        return None
    parsed, before, after = found
    if before:
        second = _find(before, month_first)
        return parsed if second is not None and not (second[1] or second[2]) else None
    second = _find(after, month_first)
    if not after or (second is not None and not (second[1] or second[2])):
        return parsed
    return parsed if _is_edition(after) else None


def _full_year(match: re.Match[str]) -> str:
    year = int(match[3])
    return f"{match[1]}{year + (2000 if year < 69 else 1900)}"


def _is_edition(text: str) -> bool:
    """Whether words behind a date name an edition or a correction: all begin with capitals."""
    words = _LETTERS.findall(text)
    return len(words) <= _MAX_WORDS_BEHIND and all(word[0].isupper() for word in words)


def parse_date_text(text: str, *, month_first: bool = False) -> ParsedDate | None:
    """Parse a string that is a date: ISO, RFC 2822, a number, or as a newspaper prints it.

    What is none of these is left to dateparser, if that is installed.

    Parameters
    ----------
    text : str
        The date.
    month_first : bool
        Whether 03/04/2024 is in March where nothing in the text decides.

    Examples
    --------
    >>> parse_date_text("Wed, 28 Jul 2021 11:57:00 +0100").offset
    60
    >>> parse_date_text("2021-07-28").precision, parse_date_text("14 марта 2024 г.").precision
    ('day', 'day')
    """
    text = text.strip()
    if len(text) > 200 or not text:
        return None
    if called := JAVASCRIPT_CALL.fullmatch(text):
        text = called[1]
    if _NUMBER.fullmatch(text):
        is_whole = text.lstrip("+-").isdigit()
        return _parse_number(int(text) if is_whole and len(text) < 25 else float(text))
    return (
        _parse_iso(text)
        or _parse_day_of_year(text)
        or _parse_whole(text, month_first)
        or _parse_month(text)
        or parse_in_any_language(text, month_first)
    )


def _parse_day_of_year(text: str) -> ParsedDate | None:
    match = _DAY_OF_YEAR.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 366:
        return None
    day = datetime(int(match[1]), 1, 1) + timedelta(days=int(match[2]) - 1)
    return ParsedDate(day, precision="day")


def _parse_month(text: str) -> ParsedDate | None:
    match = _MONTH_ONLY.fullmatch(text)
    month = match and (int(match["month"]) if match["month"] else month_of(match["name"]))
    if match is None or not month:
        return None
    return ParsedDate(datetime(int(match["year"] or match["y"]), month, 1), precision="month")


def parse_date(value: Any, *, month_first: bool = False) -> ParsedDate | None:
    """Parse a cell of a date column: a string, a datetime, a date, a number or a NumPy scalar.

    Returns
    -------
    ParsedDate or None
        None if the value is missing or no date; see `is_missing`.
    """
    if isinstance(value, str):
        return parse_date_text(value, month_first=month_first)
    if isinstance(value, datetime):  # a pandas Timestamp is one, too
        return None if is_missing(value) else _from_datetime(value, "second")
    if isinstance(value, date):
        return ParsedDate(datetime(value.year, value.month, value.day), precision="day")
    if isinstance(value, bool) or is_missing(value):
        return None
    if isinstance(value, int | float):
        return _parse_number(value)
    if type(value).__module__ == "numpy":
        return _parse_numpy(value)
    return _parse_wrapped(value, month_first)


def _parse_numpy(value: Any) -> ParsedDate | None:
    if getattr(value.dtype, "kind", "") != "M":
        return parse_date(value.item()) if value.shape == () else None
    moment = value.astype("datetime64[us]").item()
    # What no datetime can hold, such as the year 20000, comes as a number.
    return parse_date(moment) if isinstance(moment, date) else None


def _parse_wrapped(value: Any, month_first: bool) -> ParsedDate | None:
    """Parse what MongoDB, feedparser and lists make of a date."""
    if isinstance(value, bytes):
        return parse_date_text(value.decode("utf-8", "replace"), month_first=month_first)
    if isinstance(value, dict):
        inner = next((value[name] for name in _WRAPPERS if name in value), None)
        return parse_date(inner, month_first=month_first)
    if not isinstance(value, list | tuple) or not value:
        return None
    if len(value) == 1:
        return parse_date(value[0], month_first=month_first)
    if len(value) >= 6 and all(isinstance(one, int) for one in value[:6]):
        try:
            return ParsedDate(datetime(*value[:6]), zone_known=True)  # of feedparser: UTC
        except (ValueError, OverflowError):
            return None
    return None


_WRAPPERS = ("$date", "$numberLong", "@value", "value", "date")


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
