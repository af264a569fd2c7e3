"""Counts, dates and headings in words."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from fake_stories import fake_article

from samestory.views import wording

SUMMER = timezone(timedelta(hours=1))


@pytest.mark.parametrize(
    ("precision", "words", "stamp"),
    [
        ("year", "2021", "2021"),
        ("month", "Jul 2021", "2021-07"),
        ("day", "28 Jul 2021", "2021-07-28"),
        ("minute", "28 Jul 2021, 11:57 +01:00", "2021-07-28T11:57+01:00"),
        ("second", "28 Jul 2021, 11:57 +01:00", "2021-07-28T11:57+01:00"),
    ],
)
def test_a_date_is_said_as_precisely_as_it_is_known(precision, words, stamp):
    article = fake_article(
        0, date=datetime(2021, 7, 28, 11, 57, tzinfo=SUMMER), date_precision=precision
    )
    assert wording.moment(article) == words
    assert wording.stamp(article) == stamp


def test_a_zone_that_the_article_did_not_give_is_not_made_up():
    article = fake_article(0, date=datetime(2021, 7, 28, 11, 57, tzinfo=UTC), date_zone_known=False)
    assert wording.moment(article) == "28 Jul 2021, 11:57"


def test_no_date_is_no_words():
    assert wording.moment(fake_article(0, date=None)) == ""
    assert wording.stamp(fake_article(0, date=None)) == ""


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2024, 3, 14), (2024, 3, 14), "14 Mar 2024"),
        ((2024, 3, 14), (2024, 3, 16), "14–16 Mar 2024"),
        ((2024, 2, 28), (2024, 3, 2), "28 Feb – 2 Mar 2024"),
        ((2023, 12, 30), (2024, 1, 2), "30 Dec 2023 – 2 Jan 2024"),
    ],
)
def test_a_span_says_what_differs(first, last, words):
    assert wording.span(datetime(*first, tzinfo=UTC), datetime(*last, tzinfo=UTC)) == words


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "0 min"),
        (timedelta(minutes=-35), "35 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, hours=4, minutes=59), "2 days 4 h"),
        (timedelta(days=400, hours=4), "400 days"),
    ],
)
def test_a_duration_has_at_most_two_units(length, words):
    assert wording.duration(length) == words


def test_an_article_without_a_title_is_headed_by_its_first_words():
    untitled = fake_article(0, title="", standfirst="", text="It  rained\nall day. " * 20)
    assert wording.heading(untitled).startswith("It rained all day. It rained")
    assert len(wording.heading(untitled)) <= 90
    assert wording.summary(untitled) == ""
    assert wording.heading(fake_article(0, title="", standfirst="", text="")) == "page-0"


@pytest.mark.parametrize("path", ["pages/rain.txt", r"C:\pages\rain.txt", "rain.txt"])
def test_a_file_is_named_without_its_folder(path):
    assert wording.file_name(fake_article(0, path=path)) == "rain.txt"


def test_what_a_terminal_would_obey_is_left_out():
    assert wording.one_line("a\x1b[2Jb\x07\u202ec\ud800d\te\u200dा") == "a[2Jbcd e\u200dा"


def test_a_text_without_spaces_is_cut_where_it_must_be():
    assert wording.shorten("雨" * 50, 10) == "雨" * 9 + "…"


def test_the_undated_come_last_and_keep_their_order():
    articles = [
        fake_article(0, date=None),
        fake_article(2),
        fake_article(1),
        fake_article(3, date=None),
    ]
    assert wording.by_date(articles) == [2, 1, 0, 3]
