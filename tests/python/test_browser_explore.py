"""The explorer opened in a browser and used: the front end in Chromium, the answers from Python."""

import numpy as np
import pytest
from browser_page import NARROW, WatchedPage, hostile_rows, hostile_texts
from invented_stories import invented_stories

import samestory as ss
from samestory.data import sample_pages_path
from samestory.stories import find_stories


@pytest.fixture(scope="module")
def demo():
    return find_stories(ss.read_articles(sample_pages_path()), progress=False)


def titles(tab):
    return tab.locator(".item .title").all_inner_texts()


def slide(tab, granularity):
    tab.locator("input[type=range]").evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }",
        granularity,
    )
    facts = f"granularity {granularity:.3f}"
    tab.wait_for_function("facts => document.body.innerText.includes(facts)", arg=facts)


def test_the_slider_cuts_again(chromium, demo):
    with WatchedPage(chromium) as page:
        explorer = demo.explore()
        tab = page.show(explorer)
        assert titles(tab) == [story.title for story in demo]
        assert tab.locator(".found").is_hidden()
        slide(tab, 0)
        assert titles(tab) == [demo.at(0.0)[0].title]
        slide(tab, 0.9)
        assert titles(tab) == [story.title for story in demo.at(0.9)][:50]
        assert explorer.granularity == 0.9
        assert explorer.stories.granularity == 0.9
        tab.locator(".found").click()
        tab.wait_for_function("n => document.querySelectorAll('.item').length === n", arg=len(demo))
        assert explorer.granularity == demo.granularity


def test_the_open_story_follows_the_slider(chromium, demo):
    with WatchedPage(chromium) as page:
        tab = page.show(demo.explore())
        tab.locator(".item").nth(2).click()
        tab.locator(".story-pane .entry").first.wait_for()
        assert tab.locator(".story-pane h3").inner_text() == demo[2].title
        assert tab.locator(".story-pane .entry").count() == len(demo[2])
        row = int(tab.locator(".story-pane .entry").first.get_attribute("data-row"))
        slide(tab, 0)
        tab.wait_for_function(
            "n => document.querySelectorAll('.story-pane .entry').length === n",
            arg=len(demo.labels),
        )
        slide(tab, 1)
        tab.wait_for_function("document.querySelectorAll('.story-pane .entry').length === 1")
        entry = tab.locator(".story-pane .entry")
        assert entry.get_attribute("data-row") == str(row)
        assert entry.locator(".why").count() == 0


def test_two_articles_are_explained_side_by_side(chromium, demo):
    with WatchedPage(chromium) as page:
        tab = page.show(demo.explore())
        tab.locator(".item").first.click()
        tab.locator(".compare").nth(0).click()
        assert tab.locator(".compare").nth(0).get_attribute("aria-pressed") == "true"
        assert "compare it with" in tab.locator(".status").inner_text()
        # The other one is of another story.
        tab.locator(".item").nth(1).click()
        tab.wait_for_function(
            "title => document.querySelector('.story-pane h3').innerText === title",
            arg=demo[1].title,
        )
        tab.locator(".compare").nth(1).click()
        tab.locator(".explanation").wait_for()
        assert "two stories" in tab.locator(".explanation").inner_text()
        tab.locator(".why").first.click()
        tab.wait_for_function(
            "document.querySelector('.explanation').innerText.includes('one story')"
        )
        marked = [mark.lower() for mark in tab.locator(".side mark").all_inner_texts()]
        terms = tab.locator(".explanation th").all_inner_texts()
        assert terms[0].split(", ")[0][:5] in {mark[:5] for mark in marked}
        tab.locator(".close").click()
        assert tab.locator(".pair").is_hidden()


def test_search_outlet_and_dates_choose(chromium):
    stories = invented_stories([4, 3, 3, 1])
    with WatchedPage(chromium) as page:
        tab = page.show(stories.explore())

        def wait(expected):
            tab.wait_for_function(
                "text => document.querySelector('.status').innerText === text", arg=expected
            )

        tab.fill("input[type=search]", f'"title 5 {stories[1].title.split()[2]}')
        wait("1 story found")
        assert titles(tab) == [stories[1].title]
        tab.locator(".item").click()
        tab.locator(".entry.other").first.wait_for()
        assert tab.locator(".entry:not(.other)").count() == 1
        tab.fill("input[type=search]", "nowhere at all")
        wait("Nothing fits: try fewer words, another outlet or a longer time.")
        tab.fill("input[type=search]", "")
        wait("")
        tab.select_option("select >> nth=0", "Harbour Courier")
        # Articles 0, 3, 6 and 9.
        wait("3 stories found")
        tab.fill("input[type=date] >> nth=0", "2024-03-15")
        wait("2 stories found")
        assert titles(tab) == [stories[1].title, stories[2].title]
        tab.fill("input[type=date] >> nth=1", "2024-03-15")
        wait("1 story found")


def test_python_moves_the_slider(chromium, demo):
    with WatchedPage(chromium) as page:
        tab = page.show(demo.explore())
        tab.evaluate("model.set('granularity', 0)")
        tab.wait_for_function("document.querySelectorAll('.item').length === 1")
        assert tab.locator("output").inner_text() == "0.000"
        tab.evaluate("cleanUp()")


@pytest.mark.parametrize(
    ("width", "background", "scheme"),
    [(1080, "#fff", "light"), (1080, "#111", "dark"), (NARROW, "#fff", "light")],
)
def test_it_fits_and_takes_the_colours_of_the_notebook(chromium, demo, width, background, scheme):
    with WatchedPage(chromium, width) as page:
        tab = page.show(demo.explore(), background)
        tab.locator(".item").first.click()
        tab.locator(".why").first.click()
        tab.locator(".explanation").wait_for()
        assert page.fits()
        assert tab.locator(".samestory-explore").get_attribute("data-scheme") == scheme


def test_300_hostile_texts_stay_texts(chromium):
    texts = hostile_texts()
    rows = hostile_rows("flood ")
    stories = find_stories(rows, languages="together", progress=False)
    stories.labels = np.zeros(len(rows), dtype=np.int64)
    with WatchedPage(chromium, NARROW) as page:
        tab = page.show(stories.explore())
        tab.locator(".item").click()
        tab.locator(".story-pane .entry").first.wait_for()
        while tab.locator(".story-pane .more").is_visible():
            n = tab.locator(".story-pane .entry").count()
            tab.locator(".story-pane .more").click()
            tab.wait_for_function(
                "n => document.querySelectorAll('.story-pane .entry').length > n", arg=n
            )
        assert tab.locator(".story-pane .entry").count() == 300
        assert page.fits()
        for i in range(0, 60, 3):
            tab.locator(".compare").nth(i).click()
            tab.locator(".compare").nth(i + 1).click()
        tab.locator(".explanation").wait_for()
        assert page.fits()
        for text in texts[:30]:
            tab.fill("input[type=search]", text[:200])
        tab.wait_for_timeout(400)
        assert tab.evaluate("window.broken === undefined")
        inside = tab.locator(".samestory-explore")
        assert (
            inside.locator("script, style, img, iframe, svg script, base, link, meta").count() == 0
        )
