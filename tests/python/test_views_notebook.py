"""What Jupyter shows."""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from fake_stories import FakeExplanation, FakeStories, fake_stories

from samestory.articles import read_articles
from samestory.views.notebook import explanation_html, stories_html, story_html

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'</style>"


class Tags(HTMLParser):
    """Collects tags and checks that each is closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def views(**fields):
    stories = fake_stories([4, 2, 1], **fields)
    stories = FakeStories(stories.articles, stories.labels, keywords=[fields.get("title", "rain")])
    terms = [(fields.get("title", "rain"), 0.4, "direct"), ("reef", -0.1, "embedding")]
    explanation = FakeExplanation(*stories.articles[:2], terms=terms, gap=timedelta(hours=5))
    return [stories_html(stories), story_html(stories[0]), explanation_html(explanation)]


def test_the_views_are_well_formed_and_need_no_script():
    for html in views():
        tags = Tags(html)
        assert not tags.open
        assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "link", "img", "iframe"})


def test_what_an_article_holds_stays_text():
    hostile = dict.fromkeys(("title", "standfirst", "outlet", "language", "path", "id"), HOSTILE)
    for html in views(**hostile, url="javascript:alert(1)"):
        tags = Tags(html)
        assert not tags.open
        assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img", "a"})
        assert not any(name.startswith("on") for _, attrs in tags.seen for name in attrs)
        assert "&lt;script&gt;" in html


@pytest.mark.parametrize(("url", "linked"), [('https://example.org/?a=1&b="2', 1), ("ftp://x/", 0)])
def test_a_title_links_to_its_page(url, linked):
    links = [attrs["href"] for tag, attrs in Tags(views(url=url)[1]).seen if tag == "a"]
    assert links == [url] * 4 * linked


def test_large_results_stay_small():
    html = stories_html(fake_stories([500, *[3] * 400, *[1] * 500]))
    assert len(html) < 100_000
    assert "470 more articles" in html
    assert "381 more stories" in html


def test_bars_are_as_long_as_their_weights():
    html = views()[2]
    assert 'title="direct 0.400" style="width:100.0%"' in html
    assert 'title="embedding -0.100" style="width:25.0%"' in html
    assert "through articles like them" not in html


def test_articles_and_what_was_skipped_are_shown():
    rows = [{"title": HOSTILE, "text": f"{HOSTILE}\nIt rained.", "date": "2024-03-14"}] * 12
    articles = read_articles([*rows, *[{"title": "..."}] * 35])
    for html, words in (
        (articles._repr_html_(), "37 more articles"),
        (articles[0]._repr_html_(), "It rained."),
        (articles.skipped._repr_html_(), "5 more rows"),
    ):
        tags = Tags(html)
        assert not tags.open
        assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img"})
        assert words in html
    assert "nothing skipped" in articles[:1].skipped._repr_html_()
