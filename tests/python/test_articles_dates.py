"""Dates as newspapers, feeds and frames write them."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles import read_articles
from samestory.articles.datecolumn import from_numpy, read_dates
from samestory.articles.datelibrary import _parser
from samestory.articles.dates import (
    find_date,
    is_update,
    parse_date,
    parse_date_line,
    parse_date_text,
    to_datetime,
)

PRINTED = {
    "Wednesday 28 July 2021 11:57 BST": ("2021-07-28T11:57:00+01:00", "minute"),
    "Published 14 March 2024 at 06:30 GMT": ("2024-03-14T06:30:00+00:00", "minute"),
    "March 14, 2024, 9:05 a.m. EDT": ("2024-03-14T09:05:00-04:00", "minute"),
    "March 14, 2024 12:05 AM EST": ("2024-03-14T00:05:00-05:00", "minute"),
    "14.03.2024 08:10 CET": ("2024-03-14T08:10:00+01:00", "minute"),
    "Thu 14 Mar 2024 17.20 AEDT": ("2024-03-14T17:20:00+11:00", "minute"),
    "Updated 9:05 AM ET, Thu March 14, 2024": ("2024-03-14T09:05:00-04:00", "minute"),
    "Jan. 5, 2023 at 7:00 p.m. ET": ("2023-01-05T19:00:00-05:00", "minute"),
    "11:57 BST, Wednesday 28 July 2021": ("2021-07-28T11:57:00+01:00", "minute"),
    "Published: 14 March 2024, 06:30 GMT | Updated: 15 March 2024, 08:00 GMT": (
        "2024-03-14T06:30:00+00:00",
        "minute",
    ),
    "14th of March 2024 14:05 IST": ("2024-03-14T14:05:00+05:30", "minute"),
    "14 March 2024 06:30 UTC+05:45": ("2024-03-14T06:30:00+05:45", "minute"),
    "2024-03-14 06:30 (GMT)": ("2024-03-14T06:30:00+00:00", "minute"),
    "2021-07-28T11:57:00 BST": ("2021-07-28T11:57:00+01:00", "second"),
    "Wed, 28 Jul 2021 11:57:00 +0100": ("2021-07-28T11:57:00+01:00", "second"),
    "2024-03-14T08:10:00.123Z": ("2024-03-14T08:10:00.123000+00:00", "second"),
    "14 mars 2024 à 08h10": ("2024-03-14T08:10:00+00:00", "minute"),
    "Donnerstag, 14. März 2024, 08:10 Uhr": ("2024-03-14T08:10:00+00:00", "minute"),
    "26-FEB-1987 15:01:01.79": ("1987-02-26T15:01:01.790000+00:00", "second"),
    "12/25/2024 5pm": ("2024-12-25T17:00:00+00:00", "hour"),
    "03/04/2024": ("2024-04-03T00:00:00+00:00", "day"),
    "03/04/2024 5:00 pm EDT": ("2024-03-04T17:00:00-04:00", "minute"),
    "2024-03-14": ("2024-03-14T00:00:00+00:00", "day"),
    "July 2021": ("2021-07-01T00:00:00+00:00", "month"),
    "2021-07": ("2021-07-01T00:00:00+00:00", "month"),
    "2021": ("2021-01-01T00:00:00+00:00", "year"),
    "20210728": ("2021-07-28T00:00:00+00:00", "day"),
    "20210728115700": ("2021-07-28T11:57:00+00:00", "second"),
    "1627469820": ("2021-07-28T10:57:00+00:00", "second"),
    "1627469820000": ("2021-07-28T10:57:00+00:00", "second"),
}


def iso(parsed) -> str:
    return to_datetime(parsed.microseconds, parsed.offset).isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "den 14. März 2024", "Donnerstag, den 14. März 2024, 06.30 Uhr", "民國113年3月14日",
        "/Date(1710397800000)/", "/Date(1710397800000+0100)/", "new Date(1710397800000)",
    ],
)  # fmt: skip
def test_dates_of_letters_and_programs(text):
    parsed = parse_date_text(text)
    assert parsed is not None
    assert str(parsed.local)[:10] == "2024-03-14"


@pytest.mark.parametrize("text", PRINTED)
def test_printed_dates(text):
    parsed = parse_date_text(text)
    assert (iso(parsed), parsed.precision) == PRINTED[text]


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "May 2 talks", "30 February 2024", "32.01.2024", "LONDON, March 14, 2024 -",
        "On 14 March 2024 the council voted.", "5", "12 comments", "0001-01-01", "nan", "1e400",
    ],
)  # fmt: skip
def test_no_dates(text):
    assert parse_date_text(text) is None
    assert parse_date_line(text) is None


def test_whether_a_zone_was_given():
    assert parse_date_text("14 March 2024 06:30 GMT").zone_known
    assert not parse_date_text("14 March 2024 06:30").zone_known


def test_a_date_inside_a_byline_leaves_the_names():
    parsed, rest = find_date("By Jane Roe, Health Editor | 14 March 2024 | 06:30 GMT")
    assert (iso(parsed), rest) == ("2024-03-14T06:30:00+00:00", "By Jane Roe, Health Editor")


def test_updates_are_told_from_publication():
    assert is_update("Last updated on 14 March 2024")
    assert not is_update("Published 14 March 2024, updated 15 March 2024")


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        (date(2024, 3, 14), "2024-03-14T00:00:00+00:00", "day"),
        (datetime(2024, 3, 14, 6, 30), "2024-03-14T06:30:00+00:00", "second"),
        (
            datetime(2024, 3, 14, 6, 30, tzinfo=timezone(timedelta(hours=-3, minutes=-30))),
            "2024-03-14T06:30:00-03:30",
            "second",
        ),
        (1627469820, "2021-07-28T10:57:00+00:00", "second"),
        (1627469820.5, "2021-07-28T10:57:00.500000+00:00", "second"),
        (1627469820 * 10**9, "2021-07-28T10:57:00+00:00", "second"),
        (np.int64(1627469820), "2021-07-28T10:57:00+00:00", "second"),
        (np.datetime64("2024-03-14T06:30"), "2024-03-14T06:30:00+00:00", "second"),
        (20240314, "2024-03-14T00:00:00+00:00", "day"),
    ],
)
def test_cells(value, expected, precision):
    parsed = parse_date(value)
    assert (iso(parsed), parsed.precision) == (expected, precision)


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), float("inf"), "", True, [], {}, b"soon", np.datetime64("NaT"), object()],
)
def test_cells_without_a_date(value):
    assert parse_date(value) is None


MOMENTS = st.datetimes(datetime(1600, 1, 1), datetime(2100, 1, 1))
OFFSETS = st.integers(-14 * 60, 14 * 60)


@given(MOMENTS, OFFSETS)
def test_iso_round_trip(moment, offset):
    moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    assert iso(parse_date(moment.isoformat())) == moment.isoformat()
    assert iso(parse_date(moment)) == moment.isoformat()


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
def test_newspaper_round_trip(moment):
    text = moment.strftime("%A %d %B %Y %H:%M BST")
    assert iso(parse_date_line(text))[:16] == moment.isoformat()[:16]


@given(st.text(max_size=60))
def test_any_text_is_a_date_or_none(text):
    parsed = parse_date(text)
    assert parsed is None or to_datetime(parsed.microseconds, parsed.offset).tzinfo is not None


@given(st.one_of(st.integers(), st.floats()))
def test_any_number_is_a_date_or_none(number):
    parsed = parse_date(number)
    assert parsed is None or to_datetime(parsed.microseconds, parsed.offset).year >= 1


def test_unread_dates_are_counted_in_a_warning():
    rows = [{"text": "a b", "date": value} for value in ("2024-03-14", "soon", "later", None)]
    with pytest.warns(UserWarning, match=r"2 dates .* 'soon' in row 1 of list of dict"):
        articles = read_articles(rows)
    assert np.isnat(articles.dates).tolist() == [False, True, True, True]
    assert articles[1].date is None
    assert articles[1].date_precision == ""
    assert articles[0].date == datetime(2024, 3, 14, tzinfo=UTC)


# One day, 9 November 2021, as it is written in many places.
IN_OTHER_WORDS = (
    """
9 ноября 2021|9 листопада 2021 р.|9 listopada 2021|9. listopadu 2021|9 noiembrie 2021
9 Kasım 2021 Salı|9. marraskuuta 2021 klo 18.05|9 november 2021 kl. 18:05|9. november 2021
9 Νοεμβρίου 2021|9 November 2021 pukul 18.05|9 tháng 11, 2021|2021. november 9.
9 نوفمبر 2021|٩ نوفمبر ٢٠٢١|۹ نوامبر ۲۰۲۱|۱۸ آبان ۱۴۰۰|9 नवंबर 2021|९ नवंबर २०२१|9 בנובמבר 2021
2021年11月9日|2021年11月9日 星期二 18:05|2021年11月09日18时05分|2021년 11월 9일
2021. 11. 9. 오후 6:05|令和3年11月9日|9 พฤศจิกายน 2564|9 de novembre de 2021
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
FROM_PROGRAMS = (
    """
Tue Nov 09 18:05:00 +0000 2021|Tue Nov  9 18:05:00 2021|Tue Nov  9 18:05:00 UTC 2021
Tue Nov 09 2021 18:05:00 GMT+0000 (Greenwich Mean Time)|09/Nov/2021:18:05:00 +0000
2021-11-09-18-05|2021-11-09T18:05:00+00:00[Europe/London]|2021–11–09|2021-313|202111091805
09.11.21|9-Nov-21|9 Nov '21|Nov-09-2021|November 9 , 2021|9. 11. 2021|44509|1.636481100E+9
Load-Date: November 9, 2021|November 9, 2021 Tuesday Late Edition|November 9, 2021, Tuesday
November 9, 2021 Correction Appended|9/11/2021 18:05 Tuesday|6:05  PM ET Tue, 9 November 2021
Di, 9. Nov. 2021|9 de novembro de 2021 às 18h05|9 nov 2021 om 18:05|9 November 2021, 18.05
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", IN_OTHER_WORDS + FROM_PROGRAMS)
def test_a_day_in_many_forms(text, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "dateparser.date", None)
    _parser.cache_clear()
    assert iso(parse_date(text))[:10] == "2021-11-09"
    _parser.cache_clear()


WRAPPED = [
    b"2021-11-09",
    {"$date": "2021-11-09T18:05:00Z"},
    {"$date": {"$numberLong": "1636481100000"}},
    ["2021-11-09"],
    (2021, 11, 9, 18, 5, 0, 1, 313, 0),
    44509,
    44509.75,
]


@pytest.mark.parametrize("value", WRAPPED)
def test_a_day_in_wrappings(value):
    assert iso(parse_date(value))[:10] == "2021-11-09"


def column_of(*texts) -> list[str]:
    return [str(day)[:10] for day in read_dates(list(texts))[0].utc]


def test_a_column_decides_the_order_of_day_and_month():
    assert column_of("05/06/2021", "05/16/2021") == ["2021-05-06", "2021-05-16"]
    assert column_of("05/06/2021", "16/06/2021") == ["2021-06-05", "2021-06-16"]
    assert column_of("5-6-21 9:00", "5-16-21 9:00") == ["2021-05-06", "2021-05-16"]
    # 6 May 2021 was a Thursday, 5 June a Saturday.
    assert column_of("Thursday, 05/06/2021") == ["2021-05-06"]
    assert column_of("Sat 05/06/2021", "03/04/2021") == ["2021-06-05", "2021-04-03"]


def test_an_order_that_nothing_decides_is_told():
    with pytest.warns(UserWarning, match=r"2 different dates such as '05/06/2021'.*day first"):
        assert column_of("05/06/2021", "07/08/2021", "05/06/2021")[1] == "2021-08-07"
    with pytest.warns(UserWarning, match="nothing decides"):
        column_of("05/06/2021", "05/16/2021", "16/05/2021")


def test_days_that_no_datetime_holds_are_unknown():
    far = np.array(["20000-01-01", "2021-11-09", "NaT"], "datetime64[s]")
    assert np.isnat(from_numpy(far, None).utc).tolist() == [True, False, True]
    assert parse_date(np.datetime64("20000-01-01")) is None
    assert parse_date("99999-01-01") is None
    assert parse_date(10**5000) is None


@pytest.mark.parametrize(
    "text", ["-" * 300_000, "1/" * 60_000, "12 de " * 20_000, "1. " * 60_000, "年1" * 60_000]
)
def test_long_lines_take_no_time(text):
    start = time.process_time()
    find_date(text)
    parse_date_text(text)
    assert time.process_time() - start < 5


def test_dateparser_is_asked_for_the_rest():
    pytest.importorskip("dateparser")
    assert iso(parse_date("9 kolovoza 2021"))[:10] == "2021-08-09"
    assert parse_date("tomorrow at 5") is None


def test_a_column_of_unreadable_dates_is_not_asked_for_without_end():
    letters = "bcdfghkl"
    names = [a + b + c for a in letters for b in letters for c in letters]
    start = time.process_time()
    with pytest.warns(UserWarning, match="512 dates could not be read"):
        column = read_articles(
            [{"title": "Rain", "date": f"{i} {name} 2024"} for i, name in enumerate(names)]
        )
    assert all(article.date is None for article in column)
    assert time.process_time() - start < 20  # two seconds here, of which one loads dateparser
