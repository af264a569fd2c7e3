"""The web page of stories, as it is written; test_browser_report.py opens it."""

import base64
import errno
import gzip
import hashlib
import json
import os
import re
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import numpy as np
import pytest
from fake_stories import FakeArticle, FakeSkipped
from invented_stories import invented_stories, invented_words

import samestory as ss
from samestory.articles.skipped import SkippedRows
from samestory.data import sample_pages_path
from samestory.stories.strongest_links import shared_terms, strongest_links
from samestory.views import report_data
from samestory.views.firsts import first_of
from samestory.views.markup import web_address
from samestory.views.report import report_html, write_report
from samestory.views.report_choice import choose

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</style><!--\ud800"
VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """The tags of a page, its texts by tag, and whether all is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and data.strip():
            self.texts.setdefault(self.open[-1], []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def data(self) -> dict:
        return json.loads(gzip.decompress(base64.b64decode(self.texts["script"][0])))


def with_skipped(stories, rows):
    stories.articles._skipped = rows
    return stories


def hostile_page() -> str:
    fields = dict.fromkeys(("title", "standfirst", "outlet", "language", "path"), HOSTILE)
    stories = invented_stories([12, 3, 1], **fields, url="javascript:alert(1)")
    return report_html(with_skipped(stories, [FakeSkipped(HOSTILE, 3, HOSTILE)]), title=HOSTILE)


# -- the page --------------------------------------------------------------------------------


def test_the_page_says_how_many():
    skipped = [FakeSkipped("a.txt", None, "no words"), FakeSkipped("b.csv", 7, "no words")]
    page = Page(report_html(with_skipped(invented_stories([3, 2, 1, 1]), skipped)))
    assert page.texts["dt"] == ["articles", "stories", "alone", "skipped"]
    assert [text for text in page.texts["dd"] if text.isdecimal()] == ["7", "2", "2", "2"]
    assert page.texts["summary"] == [
        "2 articles that no other article tells",
        "2 rows with the reason",
    ]
    assert page.texts["td"] == ["a.txt", "no words", "b.csv", "7", "no words"]


def test_the_first_stories_need_no_script():
    page = Page(report_html(invented_stories([8, 2, 1])))
    items = [attrs for attrs in page.all("li") if attrs.get("class") == "entry"]
    assert len(items) == 6 + 2
    assert page.all("time")[0]["datetime"] == "2024-03-14T06:30:00+00:00"
    assert " · 3 outlets · 14–15 Mar 2024" in page.texts["p"]
    assert "and 2 more articles" in page.texts["p"]
    assert page.all("a")[1]["href"] == "https://example.org/0"


def test_nothing_comes_from_elsewhere_and_only_its_own_script_runs():
    html = report_html(invented_stories([3, 1]))
    page = Page(html)
    assert not [attrs for _, attrs in page.tags if "src" in attrs or "style" in attrs]
    assert not page.all("link")
    policy = next(a["content"] for a in page.all("meta") if "http-equiv" in a)
    script = re.search(r"<script>(.*?)</script>", html, re.DOTALL).group(1)
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL).group(1)
    for kind, text in (("script", script), ("style", style)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "innerHTML" not in script


def test_what_an_article_holds_stays_text():
    html = hostile_page()
    page = Page(html)
    assert len(page.all("script")) == 2
    assert not page.all("img")
    assert [attrs["href"] for attrs in page.all("a")] == ["#stories-heading"]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert set(page.data["articles"]["url"]) == {""}
    html.encode("utf-8")


def test_the_page_has_landmarks_headings_and_labels():
    skipped = [FakeSkipped("a.txt", None, "no words")]
    page = Page(report_html(with_skipped(invented_stories([2, 1]), skipped)))
    names = [name for name, _ in page.tags]
    assert {"header", "main", "footer", "form", "noscript"} <= set(names)
    headings = [name for name in names if re.fullmatch("h[1-6]", name)]
    assert headings == ["h1", "h2", "h3", "h2", "h2"]
    assert page.all("html") == [{"lang": "en"}]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.tags:
        assert attrs.get("aria-labelledby", ids[0]) in ids


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org/",
        "https:",
        "http://[bad",
        "https://example.org\\@evil.example/",
    ],
)
def test_only_web_addresses_are_linked(url):
    page = Page(report_html(invented_stories([2], url=url)))
    assert len(page.all("a")) == 1
    assert page.data["articles"]["url"] == ["", ""]


def test_an_address_that_no_file_can_hold_is_none():
    assert web_address("https://example.org/\ud800") == ""


# -- the data --------------------------------------------------------------------------------


def test_every_story_and_article_is_in_the_data():
    stories = invented_stories([30, *[2] * 120, *[1] * 13])
    page = Page(report_html(stories))
    data = page.data
    assert len([a for a in page.all("li") if a.get("class") == "story"]) == 100
    assert data["stories"]["size"] == [30, *[2] * 120]
    assert data["stories"]["id"] == [story.id for story in stories[:121]]
    assert data["stories"]["title"] == [story.title for story in stories[:121]]
    assert sorted(data["articles"]["id"]) == sorted(stories.articles.ids)


def test_an_id_that_is_the_address_is_written_once():
    stories = invented_stories([2])
    stories.articles.ids[:] = ["https://example.org/0", "b"]
    columns = Page(report_html(stories)).data["articles"]
    assert columns["id"] == [0, "b"]


def test_articles_are_in_the_order_of_the_moment_not_of_the_printed_clock():
    stories = invented_stories([4])
    given = ["2024-03-13T23:00:00-05:00", "2024-03-14T01:00:00+02:00", "", "2024-03-14T03:00:00Z"]
    rows = [{"id": str(i), "text": "one two three", "date": date} for i, date in enumerate(given)]
    stories = ss.find_stories(rows, progress=False)
    stories.labels = np.zeros(4, dtype=np.int64)
    data = Page(report_html(stories)).data
    assert data["articles"]["id"] == ["1", "3", "0", "2"]
    assert data["articles"]["second"] == [1710370800, 1710385200, 1710388800, None]
    moments = [data["moments"][i] for i in data["articles"]["moment"]]
    assert moments == [
        "14 Mar 2024, 01:00 +02:00",
        "14 Mar 2024, 03:00 +00:00",
        "13 Mar 2024, 23:00 -05:00",
        "",
    ]
    # The days by which the page filters are those that are printed.
    assert [d and d - data["articles"]["day"][2] for d in data["articles"]["day"]] == [
        1,
        1,
        0,
        None,
    ]


def test_a_month_may_be_any_of_its_days():
    data = Page(report_html(invented_stories([2], date="2024-03"))).data
    assert data["articles"]["days"] == [{"0": 30, "1": 30}]


def test_links_and_copies_point_within_the_story():
    stories = invented_stories([5, 3, 2])
    data = Page(report_html(stories)).data["articles"]
    links = strongest_links(stories)
    for place, step in enumerate(data["like"]):
        row = stories.articles.position(data["id"][place])
        other = stories.articles.position(data["id"][place + step])
        assert links.to[row] == other
        assert stories.labels[row] == stories.labels[other]
    assert data["copy"] == [0] * 10


def test_a_file_is_named_only_where_there_are_several():
    rows = [{"text": "one two three", "path": path} for path in ("x/a.txt", "x/b.txt")]
    data = Page(report_html(ss.find_stories(rows, progress=False))).data
    assert [data["files"][i] for i in data["articles"]["file"]] == ["a.txt", "b.txt"]
    data = Page(report_html(ss.find_stories([rows[0]] * 2, progress=False))).data
    assert data["files"] == [""]


# -- what is left out ------------------------------------------------------------------------


def test_top_and_alone_leave_out_what_they_say():
    stories = invented_stories([3, 2, 2, 1, 1])
    html = report_html(stories, top=1, alone=False)
    page = Page(html)
    assert page.data["stories"]["size"] == [3]
    assert len(page.data["articles"]["title"]) == 3
    assert (
        "Not on this page: 2 smaller stories (top=1); 2 articles alone (alone=False)."
        in page.texts["p"]
    )
    assert "left-out" not in [a.get("class") for a in Page(report_html(stories)).all("p")]


@pytest.mark.parametrize("top", [0, -3])
def test_top_below_one_is_refused(top):
    with pytest.raises(ValueError, match=f"top={top}: .* has to be 1 or more"):
        report_html(invented_stories([2]), top=top)


def test_a_small_page_first_does_without_standfirsts_then_without_articles_alone():
    stories = invented_stories([3, 2, 2, 1, 1])
    whole = choose(stories, top=None, alone=True)
    assert whole.summed_up.all()
    assert not whole.left_out
    title_bytes = 60 + 60
    choice = choose(stories, top=None, alone=True, most_bytes=9 * title_bytes + 40)
    assert len(choice.rows) == 9
    assert not choice.summed_up.all()
    assert "first words" in choice.left_out[0]
    choice = choose(stories, top=None, alone=True, most_bytes=8 * title_bytes)
    assert choice.starts.tolist() == [0, 3, 5, 7]
    assert choice.left_out[0] == "1 article alone, for the page's size"
    choice = choose(stories, top=None, alone=True, most_bytes=6 * title_bytes)
    assert choice.starts.tolist() == [0, 3, 5]
    assert choice.left_out[:2] == [
        "2 articles alone, for the page's size",
        "1 smaller story, for the page's size",
    ]
    # The largest story is kept whatever it takes.
    assert choose(stories, top=None, alone=True, most_bytes=1).starts.tolist() == [0, 3]


# -- files -----------------------------------------------------------------------------------


def test_the_same_stories_give_the_same_file(tmp_path):
    first = write_report(invented_stories([3, 1]), tmp_path / "a.html")
    second = write_report(invented_stories([3, 1]), tmp_path / "b.html", progress=False)
    assert first.read_bytes() == second.read_bytes()


def test_a_full_disk_leaves_the_old_report(tmp_path, monkeypatch):
    page = tmp_path / "stories.html"
    page.write_text("the old one")

    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_report(invented_stories([2]), page)
    assert page.read_text() == "the old one"
    assert os.listdir(tmp_path) == ["stories.html"]


def test_a_report_keeps_its_permissions_and_its_link(tmp_path):
    page, link = tmp_path / "stories.html", tmp_path / "latest.html"
    page.touch(mode=0o640)
    link.symlink_to(page)
    invented_stories([2]).to_html(link)
    assert link.is_symlink()
    assert page.stat().st_mode & 0o777 == 0o640
    assert page.read_text().startswith("<!doctype html>")
    fresh = tmp_path / "fresh.html"
    invented_stories([2]).to_html(fresh)
    mask = os.umask(0)
    os.umask(mask)
    assert fresh.stat().st_mode & 0o777 == 0o666 & ~mask


def test_an_unwritable_path_is_named(tmp_path):
    stories = invented_stories([2])
    with pytest.raises(FileNotFoundError, match="there is no folder .*absent"):
        stories.to_html(tmp_path / "absent" / "a.html")
    with pytest.raises(IsADirectoryError, match="is a folder: give the name of a file"):
        stories.to_html(tmp_path)


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(report_data, "_REPORT_EVERY", 4)
    told = []
    write_report(
        invented_stories([10]), tmp_path / "a.html", progress=lambda *now: told.append(now)
    )
    assert told == [("report", 0, 10), ("report", 4, 10), ("report", 8, 10)]


# -- what it rests on ------------------------------------------------------------------------


def test_the_strongest_link_is_the_strongest_explanation():
    stories = ss.find_stories(ss.read_articles(sample_pages_path()), progress=False)
    links = strongest_links(stories)
    for row in range(0, len(stories.labels), 5):
        others = [int(i) for i in stories.story_of(stories.articles[row]).rows if i != row]
        a = stories.articles[row]
        scores = {i: stories.explain(a, stories.articles[i]).score for i in others}
        if not others:
            assert links.to[row] == -1
            continue
        assert links.similarity[row] == pytest.approx(scores[int(links.to[row])], abs=1e-6)
        assert links.similarity[row] == pytest.approx(max(scores.values()), abs=1e-6)


def test_shared_terms_are_in_both_articles_each_once():
    stories = ss.find_stories(ss.read_articles(sample_pages_path()), progress=False)
    rows = np.flatnonzero(strongest_links(stories).to >= 0)
    other = strongest_links(stories).to[rows]
    documents = [document.lower() for document in stories.articles.documents()]
    for a, b, terms in zip(rows, other, shared_terms(stories, rows, other, 6), strict=True):
        assert 1 <= len(terms) <= 6
        assert len({term[:6].rstrip("*") for term in terms}) == len(terms)
        for term in terms:
            assert term.rstrip("*") in documents[a]
            assert term.rstrip("*") in documents[b]


def test_a_copy_is_linked_to_the_earliest_of_its_words():
    text = "a ferry ran onto the reef at dawn"
    rows = [{"text": text, "date": f"2024-03-{day}"} for day in (16, 14, 15)]
    links = strongest_links(ss.find_stories(rows, progress=False))
    assert links.copy_of.tolist() == links.to.tolist() == [1, -1, 1]
    assert links.similarity.tolist() == [1.0, 0.0, 1.0]


def test_articles_taken_from_an_earlier_one_point_to_it():
    text = " ".join(invented_words("agency", 60))
    rows = [
        {"text": text, "outlet": "Wire", "date": "2024-03-14T08:00Z"},
        {"text": f"{text} {' '.join(invented_words('own', 20))}", "date": "2024-03-14T09:00Z"},
        {"text": text, "outlet": "Post", "date": "2024-03-14T10:00Z"},
    ]
    stories = ss.find_stories(rows, progress=False)
    assert len(stories) == 1
    data = Page(report_html(stories)).data["articles"]
    assert data["copy"] == [0, -1, -2]
    # The same words need no share; of the longer text 56 shingles are among its 76.
    assert data["taken"] == [0, 74, 0]


MORNING = datetime(2024, 3, 14, 6, 0, tzinfo=UTC)


def told(outlet, hours, precision="minute"):
    date = MORNING + timedelta(hours=hours)
    if precision == "day":
        date = date.replace(hour=0)
    return FakeArticle("x", outlet=outlet, date=date, date_precision=precision)


@pytest.mark.parametrize(
    ("articles", "said"),
    [
        ([], ""),
        ([FakeArticle("x", outlet="A")], ""),
        ([told("A", 0), told("B", 3)], "A, 14 Mar 2024, 06:00 +00:00, 3 h before the next"),
        (
            [told("A", 0), told("A", 1), told("B", 2)],
            "A, 14 Mar 2024, 06:00 +00:00, 2 h before the next",
        ),
        ([told("A", 0), told("B", 0)], "A, B, 14 Mar 2024, 06:00 +00:00"),
        ([told("A", 0, "day"), told("B", 3)], "A, B, 14 Mar 2024"),
        ([told("A", 0, "day"), told("B", 24)], "A, 14 Mar 2024"),
        ([told("A", 0), told("A", 1)], "A, 14 Mar 2024, 06:00 +00:00"),
    ],
)
def test_who_was_first_is_said_as_far_as_dates_tell(articles, said):
    assert str(first_of(articles)) == said


def test_no_stories_is_said():
    page = Page(report_html(invented_stories([1, 1])))
    assert "No two articles tell the same story." in page.texts["p"]


def test_skipped_rows_of_the_package_are_listed():
    articles = ss.read_articles(
        [{"text": "one two three"}, {"text": ""}, {"text": "one two three"}]
    )
    assert isinstance(articles.skipped, SkippedRows)
    page = Page(report_html(ss.find_stories(articles, progress=False)))
    assert page.data["skipped"]
