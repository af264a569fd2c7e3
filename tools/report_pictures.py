"""Take the pictures of the report and of explore() that README and the guide show.

Needs the package with its extra "test", Pillow, and Chromium (apt install chromium).
"""

import io
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
sys.path.insert(0, str(ROOT / "tests" / "python"))

from browser_page import NARROW, WatchedPage, chromium_path  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

import samestory as ss  # noqa: E402
from samestory.data import sample_pages_path  # noqa: E402

WIDE = 1080
VIEWS = {"light": (WIDE, "light"), "dark": (WIDE, "dark"), "narrow": (NARROW, "light")}


def sample_articles() -> Iterator[dict]:
    """Yield the sample pages; the outlet of each is in the name of its file."""
    for article in ss.read_articles(sample_pages_path()):
        outlet = re.match(r"[a-z-]+?(?=-\d)", Path(article.path).name)
        fields = ("id", "title", "standfirst", "author", "text", "path")
        row = {name: value for name, value in asdict(article).items() if name in fields}
        yield {**row, "date": article.date, "outlet": outlet[0].replace("-", " ").title()}


def take(tab, name: str, height: int) -> None:
    """Write docs/images/NAME.png: the upper part of the page."""
    width = tab.viewport_size["width"]
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    picture = Image.open(io.BytesIO(tab.screenshot(clip=clip, full_page=True)))
    # The page has few colours: a palette is a third of the size.
    picture.convert("RGB").quantize(128).save(IMAGES / f"{name}.png", optimize=True)


def picture_report(browser: Browser, page: Path) -> None:
    """Take the report with an article's reason open."""
    for name, (width, scheme) in VIEWS.items():
        with WatchedPage(browser, width, scheme, scale=1.5) as watched:
            tab = watched.open(page)
            tab.locator(".why summary").first.click()
            tab.locator(".why .term").first.wait_for()
            take(tab, f"report-{name}", 1000 if width == WIDE else 1300)


def picture_explorer(browser: Browser, stories: ss.Stories) -> None:
    """Take the explorer with a story and a pair open."""
    for name, (width, scheme) in VIEWS.items():
        with WatchedPage(browser, width, scheme, scale=1.5) as watched:
            tab = watched.show(stories.explore(), "#111" if scheme == "dark" else "#fff")
            tab.locator(".item").first.click()
            tab.locator(".why").first.click()
            tab.locator(".explanation").wait_for()
            take(tab, f"explore-{name}", 1180 if width == WIDE else 1500)


def main() -> None:
    """Write docs/images/report-*.png and explore-*.png."""
    stories = ss.find_stories(ss.read_articles(list(sample_articles())), progress=False)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = Path(folder, "stories.html")
        stories.to_html(page, progress=False)
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--hide-scrollbars"]
        )
        picture_report(browser, page)
        picture_explorer(browser, stories)
        browser.close()


if __name__ == "__main__":
    main()
