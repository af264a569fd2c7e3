"""The report opened in a browser: looked at, searched, filtered, linked to, printed."""

import json
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from browser_page import NARROW, WatchedPage, hostile_rows, hostile_texts
from invented_stories import invented_article, invented_stories

import samestory as ss
from samestory.data import sample_pages_path
from samestory.stories import find_stories


@pytest.fixture(scope="module")
def demo():
    return find_stories(ss.read_articles(sample_pages_path()), progress=False)


@pytest.fixture(scope="module")
def demo_page(demo, tmp_path_factory):
    page = tmp_path_factory.mktemp("report") / "stories.html"
    demo.to_html(page, progress=False)
    return page


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Stories of 130 and more, each article by one of three outlets, five hours apart."""
    stories = invented_stories([130, *[3] * 120, *[1] * 105])
    page = tmp_path_factory.mktemp("report") / "large.html"
    stories.to_html(page, progress=False)
    return stories, page


def titles(tab, selector="#stories > .story"):
    return tab.locator(f"{selector} h3 bdi").all_text_contents()


def address(tab) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(tab.url).fragment).items()}


def settled(tab) -> None:
    tab.wait_for_timeout(200)


@pytest.mark.parametrize(
    ("width", "scheme"), [(1080, "light"), (1080, "dark"), (NARROW, "light"), (NARROW, "dark")]
)
def test_the_page_shows_the_stories(chromium, demo, demo_page, width, scheme):
    with WatchedPage(chromium, width, scheme) as page:
        tab = page.open(demo_page)
        n = int((demo.sizes > 1).sum())
        assert titles(tab) == [story.title for story in demo[:n]]
        assert page.fits()
        paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (paper == "rgb(18, 19, 21)") == (scheme == "dark")


def test_an_article_says_why_it_is_where_it_is(chromium, demo, demo_page):
    with WatchedPage(chromium) as page:
        tab = page.open(demo_page)
        entry = tab.locator(".entry", has=tab.locator(".why")).first
        entry.locator(".why summary").click()
        entry.locator(".like").wait_for()
        words = [word.rstrip("…") for word in entry.locator(".term").all_inner_texts()]
        assert 1 <= len(words) <= 6
        marked = [mark.lower() for mark in entry.locator("mark").all_inner_texts()]
        assert marked
        assert all(any(m[:5] == w[:5] for w in words) for m in marked)
        own = demo.articles[entry.get_attribute("data-article")]
        other = entry.locator(".like .title").inner_text()
        [row] = [i for i, article in enumerate(demo.articles) if article.title == other]
        score = demo.explain(own, demo.articles[row]).score
        assert f"similarity {score:.2f}" in entry.locator(".why .facts").inner_text()
        entry.locator(".why summary").click()
        entry.locator(".what > .title mark").first.wait_for(state="detached")


def test_a_search_finds_words_and_phrases(chromium, demo, demo_page):
    with WatchedPage(chromium) as page:
        tab = page.open(demo_page)
        n_all = tab.locator("#stories > .story").count()
        tab.fill("#query", "confidence vote")
        settled(tab)
        assert 0 < tab.locator("#stories > .story").count() < n_all
        assert address(tab) == {"q": "confidence vote"}
        found = tab.locator("#status").inner_text()
        tab.fill("#query", "“confidence vote”")
        settled(tab)
        assert tab.locator("#stories > .story").count() >= 1
        tab.fill("#query", '"vote confidence"')
        settled(tab)
        assert tab.locator("#stories > .story").count() == 0
        assert tab.locator("#none").is_visible()
        assert found != tab.locator("#status").inner_text()
        tab.keyboard.press("Escape")
        settled(tab)
        assert tab.locator("#stories > .story").count() == n_all
        assert address(tab) == {}
        tab.fill("#query", "VALDORIA")
        settled(tab)
        assert tab.evaluate("CSS.highlights.get('found').size") > 0


def test_filters_stay_in_the_address(chromium, large):
    stories, file = large
    with WatchedPage(chromium) as page:
        tab = page.open(file)
        tab.select_option("#outlet", "Tasman Beacon")
        tab.fill("#from", "2024-04-10")
        tab.fill("#to", "2024-04-11")
        tab.select_option("#order", "newest")
        settled(tab)
        chosen = {"outlet": "Tasman Beacon", "from": "2024-04-10", "to": "2024-04-11"}
        assert address(tab) == {**chosen, "order": "newest"}
        days = stories.articles.dates.astype("datetime64[D]").astype(str)
        outlets = stories.articles.column("outlet")
        fits = [
            i
            for i in range(len(days))
            if outlets[i] == "Tasman Beacon" and chosen["from"] <= days[i] <= chosen["to"]
        ]
        told = sorted(
            {int(stories.labels[i]) for i in fits if stories.sizes[stories.labels[i]] > 1}
        )
        expected = [stories[k].title for k in reversed(told)]
        assert titles(tab) == expected
        first = tab.locator("#stories > .story").first
        entries = first.locator("article > .entries .entry").evaluate_all(
            "nodes => nodes.map((node) => node.dataset.article)"
        )
        assert set(entries) <= {stories.articles.ids[i] for i in fits}
        tab.reload()
        tab.wait_for_selector("#tools:not([hidden])")
        assert titles(tab) == expected
        assert tab.input_value("#outlet") == "Tasman Beacon"
        assert tab.input_value("#from") == "2024-04-10"
        # The same address in another tab.
        other = page.open(file, "#" + urlsplit(tab.url).fragment)
        assert titles(other) == expected


def test_every_story_and_article_has_an_address(chromium, large):
    stories, file = large
    with WatchedPage(chromium) as page:
        tab = page.open(file, f"#story={stories[110].id}")
        assert titles(tab) == [stories[110].title]
        tab.click("#back")
        assert tab.locator("#stories > .story").count() == 100
        far = stories[0].articles[127]
        tab = page.open(file, f"#article={far.id}")
        assert titles(tab) == [stories[0].title]
        meant = tab.locator(".entry.meant")
        assert meant.locator(".title").inner_text() == far.title
        settled(tab)
        assert meant.evaluate("node => node.getBoundingClientRect().top < innerHeight")
        lone = stories[121].articles[0]
        tab = page.open(file, f"#article={lone.id}")
        assert titles(tab) == []
        assert tab.locator("#alone .entry.meant .title").inner_text() == lone.title
        tab = page.open(file, "#story=nowhere")
        assert tab.locator("#status").inner_text() == "No story on this page has the id nowhere."
        # A link on the page leads there, and the browser's way back leads back.
        tab = page.open(file)
        tab.locator(".story .permalink").first.click()
        settled(tab)
        assert titles(tab) == [stories[0].title]
        assert address(tab) == {"story": stories[0].id}
        tab.go_back()
        settled(tab)
        assert tab.locator("#stories > .story").count() == 100


def test_more_is_put_on_the_page_when_asked(chromium, large):
    _, file = large
    with WatchedPage(chromium) as page:
        tab = page.open(file)
        assert tab.locator("#stories > .story").count() == 100
        tab.locator("section > .more").first.click()
        assert tab.locator("#stories > .story").count() == 121
        first = tab.locator("#stories > .story").first
        assert first.locator(".entry").count() == 6
        first.locator(".folded > summary").click()
        first.locator(".folded .more").click()
        assert first.locator(".entry").count() == 130
        tab.locator("#alone-section summary").click()
        assert tab.locator("#alone .entry").count() == 100
        first.locator("details", has_text="3 outlets, counted").locator("summary").click()
        counted = first.locator(".outlets li").all_inner_texts()
        assert counted == ["Harbour Courier 44", "Daily Lantern 43", "Tasman Beacon 43"]


def test_copies_are_marked_and_the_first_is_named(chromium, tmp_path):
    rows = [invented_article(0, i) for i in range(4)]
    rows[3] |= {key: rows[1][key] for key in ("title", "standfirst", "text")}
    stories = find_stories(rows, progress=False)
    stories.labels = np.zeros(4, dtype=np.int64)
    stories.to_html(tmp_path / "a.html")
    with WatchedPage(chromium) as page:
        tab = page.open(tmp_path / "a.html")
        assert tab.locator(".copy").all_inner_texts() == [
            "the same words as Tasman Beacon · 14 Mar 2024, 11:30 +00:00"
        ]
        assert "1 copy" in tab.locator(".story .facts").first.inner_text()
        assert tab.locator(".first").inner_text() == (
            "First: Harbour Courier, 14 Mar 2024, 06:30 +00:00, 5 h before the next"
        )


def test_everything_that_is_chosen_is_printed(chromium, large):
    _, file = large
    with WatchedPage(chromium) as page:
        tab = page.open(file)
        tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        assert tab.locator("#stories > .story").count() == 121
        assert tab.locator("details:not([open]):not(.why)").count() == 0
        tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert tab.locator("#stories details[open]").count() == 0
        tab.emulate_media(media="print")
        assert tab.locator("#tools").is_hidden()
        assert tab.locator(".permalink").first.is_hidden()


def test_300_hostile_texts_stay_texts(chromium, tmp_path):
    """Every text stands once in each field of an article, in a story and alone."""
    texts = hostile_texts()
    stories = find_stories(hostile_rows(), languages="together", progress=False)
    n = len(stories.labels)
    # Half of them in stories of three, the others alone.
    stories.labels = np.where(np.arange(n) < n // 2, np.arange(n) // 3, np.arange(n))
    stories.labels = np.unique(stories.labels, return_inverse=True)[1].astype(np.int64)
    file = tmp_path / "hostile.html"
    stories.to_html(file, title=texts[1])
    for width in (1080, NARROW):
        with WatchedPage(chromium, width) as page:
            tab = page.open(file)
            tab.evaluate(
                "for (const details of document.querySelectorAll('details')) details.open = true"
            )
            settled(tab)
            tab.locator("#alone-section .more").click()
            assert tab.locator("#alone .entry").count() == n - n // 2
            assert page.fits()
            assert tab.evaluate("window.broken === undefined")
            assert tab.locator("iframe, img, base, link, object, embed, style ~ style").count() == 0
            assert tab.locator("script").count() == 2
            for story in texts[:40]:
                tab.fill("#query", story[:300])
            settled(tab)
            tab.fill("#query", "")
            settled(tab)
            assert tab.evaluate("window.broken === undefined")
            # An address made by somebody else.
            for key in ("q", "outlet", "from", "story", "article"):
                tab = page.open(file, f"#{key}=" + json.dumps(texts[1])[1:-1])
                assert tab.evaluate("window.broken === undefined")


def test_no_dates_one_story_and_a_title_without_end(chromium, tmp_path):
    fields = {"date": "", "outlet": "", "url": "", "title": "Flood " * 2000}
    stories = invented_stories([4], **fields)
    stories.to_html(tmp_path / "a.html")
    with WatchedPage(chromium, NARROW) as page:
        tab = page.open(tmp_path / "a.html")
        assert tab.locator("#stories > .story").count() == 1
        assert tab.locator(".undated").count() == 4
        assert tab.locator(".dots").count() == 0
        assert tab.locator("#from").is_hidden()
        assert tab.locator("#outlet").is_hidden()
        assert page.fits()
        assert len(tab.locator(".entry .title").first.inner_text()) <= 300


def test_a_story_of_30000(chromium, tmp_path):
    rows = [{"id": str(i), "text": f"flood town word{i % 5000}"} for i in range(30_000)]
    stories = find_stories(rows, progress=False)
    stories.labels = np.zeros(30_000, dtype=np.int64)
    stories.to_html(tmp_path / "a.html", progress=False)
    assert (tmp_path / "a.html").stat().st_size < 2_000_000
    with WatchedPage(chromium) as page:
        tab = page.open(tmp_path / "a.html")
        tab.locator(".folded > summary").click()
        tab.locator(".folded .entry").nth(99).wait_for(state="attached")
        assert tab.locator(".folded .entry").count() == 100
        tab.fill("#query", "word4999")
        settled(tab)
        assert "1 of 1 story" in tab.locator("#status").inner_text()
