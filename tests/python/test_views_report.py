"""The web page of stories."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from fake_stories import FakeSkipped, FakeStories, fake_stories

from samestory.views.report import report_html, write_report

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
        return json.loads(self.texts["script"][0])


def hostile_page() -> str:
    fields = dict.fromkeys(("title", "standfirst", "outlet", "language", "path", "id"), HOSTILE)
    skipped = [FakeSkipped(HOSTILE, 3, HOSTILE)]
    stories = fake_stories([250, 3, 1], skipped, **fields, url="javascript:alert(1)")
    return report_html(FakeStories(stories.articles, stories.labels, keywords=[HOSTILE]))


def test_the_page_says_how_many():
    skipped = [FakeSkipped("a.txt", None, "no words"), FakeSkipped("b.csv", 7, "no words")]
    page = Page(report_html(fake_stories([3, 2, 1, 1], skipped)))
    figures = dict(zip(page.texts["dt"], page.texts["dd"][0::1], strict=False))
    assert page.texts["dt"] == ["articles", "stories", "alone", "skipped"]
    assert [text for text in page.texts["dd"] if text.isdecimal()] == ["7", "2", "2", "2"]
    assert figures["articles"] == "7"
    assert page.texts["summary"] == [
        "2 articles that no other article tells",
        "2 rows with the reason",
    ]
    assert page.texts["td"] == ["a.txt", "no words", "b.csv", "7", "no words"]


def test_a_story_shows_its_articles_outlets_dates_and_keywords():
    page = Page(report_html(fake_stories([3, 1])))
    assert page.texts["bdi"][1:] == ["Title 0", "Title 0", "Title 1", "Title 2", "Title 3"]
    assert page.all("time")[0]["datetime"] == "2024-03-14T06:30:00+00:00"
    assert {"ferry", "strait", "harbour"} <= set(page.texts["li"])
    assert " · 3 outlets · 14 Mar 2024 · over 10 h" in page.texts["p"]
    assert [attrs["href"] for attrs in page.all("a")][1:] == [
        f"https://example.org/{i}" for i in range(4)
    ]
    dots = [attrs for attrs in page.all("svg") if attrs["class"] == "dots"]
    assert [attrs["aria-label"] for attrs in dots] == ["3 articles over 10 h"]
    assert len(page.all("circle")) == 3


def test_nothing_comes_from_elsewhere_and_only_its_own_script_runs():
    html = report_html(fake_stories([3, 1]))
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


def test_what_an_article_holds_stays_text():
    html = hostile_page()
    page = Page(html)
    assert len(page.all("script")) == 2
    assert not page.all("img")
    assert [attrs["href"] for attrs in page.all("a")] == ["#stories-heading"]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    for items in (page.data["stories"]["rest"], *page.data["more"].values()):
        rest = Page("".join(items))
        assert not rest.all("script") + rest.all("img") + rest.all("a")
    html.encode("utf-8")


def test_the_data_cannot_end_its_script():
    data = re.search(r'id="data">(.*?)</script>\n<script>', hostile_page(), re.DOTALL).group(1)
    assert len(json.loads(data)["more"]["0"]) == 44
    assert not re.search("</|<!|<s", data, re.IGNORECASE)


def test_a_large_page_holds_everything_but_shows_little_at_once():
    skipped = [FakeSkipped("a.csv", i, "no words") for i in range(250)]
    html = report_html(fake_stories([300, *[2] * 149, *[1] * 130], skipped))
    page = Page(html)
    assert len([a for a in page.all("li") if a.get("class") == "story"]) == 100
    data = page.data
    assert len(data["stories"]["rest"]) == 50
    assert len(data["alone"]["rest"]) == 30
    assert len(data["skipped"]["rest"]) == 50
    assert {key: len(rows) for key, rows in data["more"].items()} == {"0": 94}
    for name in ("newest", "oldest", "title"):
        assert sorted(data["stories"]["orders"][name]) == list(range(150))
    assert set(re.findall(r"Title \d+", html)) == {f"Title {i}" for i in range(728)}


def test_orders():
    stories = fake_stories([2, 2, 2])
    swapped = FakeStories(stories.articles, np.array([0, 0, 2, 2, 1, 1]))
    orders = Page(report_html(swapped)).data["stories"]["orders"]
    assert orders == {"newest": [1, 2, 0], "oldest": [0, 2, 1], "title": [0, 2, 1]}


def test_stories_know_their_outlets():
    page = Page(report_html(fake_stories([2, 2])))
    assert [text for text in page.texts["option"] if "(" in text] == [
        "Harbour Courier (2)",
        "Daily Lantern (1)",
        "Tasman Beacon (1)",
    ]
    assert page.data["stories"]["outlets"] == [[0, 2], [0, 1]]


def test_articles_without_dates_outlets_or_addresses():
    page = Page(report_html(fake_stories([2, 1], date=None, outlet="", url="", path="")))
    assert page.texts["span"].count("no date") == 3
    assert not page.all("svg")


def test_no_stories_is_said():
    page = Page(report_html(fake_stories([1, 1])))
    assert "No two articles tell the same story." in page.texts["p"]


def test_the_page_has_landmarks_headings_and_labels():
    skipped = [FakeSkipped("a.txt", None, "no words")]
    page = Page(report_html(fake_stories([2, 1], skipped)))
    names = [name for name, _ in page.tags]
    assert {"header", "main", "footer", "form", "noscript"} <= set(names)
    assert [name for name in names if re.fullmatch("h[1-6]", name)] == [
        "h1",
        "h2",
        "h3",
        "h2",
        "h2",
    ]
    assert page.all("html") == [{"lang": "en"}]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in page.tags:
        assert attrs.get("aria-labelledby", ids[0]) in ids


def test_the_same_stories_give_the_same_file(tmp_path):
    first = write_report(fake_stories([3, 1]), tmp_path / "a.html")
    second = write_report(fake_stories([3, 1]), tmp_path / "b.html", progress=False)
    assert first.read_bytes() == second.read_bytes()


def test_progress_is_told(tmp_path):
    told = []
    write_report(
        fake_stories([2] * 300), tmp_path / "a.html", progress=lambda *now: told.append(now)
    )
    assert told == [("report", 0, 300), ("report", 256, 300)]


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
        "https://example.org/\ud800",
    ],
)
def test_only_web_addresses_are_linked(url):
    assert len(Page(report_html(fake_stories([2], url=url))).all("a")) == 1
