"""Data that ships with samestory: sample pages, the stories they tell, and invented news."""

import csv
from pathlib import Path

from samestory.data.invented import invented_articles

__all__ = ["invented_articles", "sample_pages_path", "sample_stories"]

_FOLDER = Path(__file__).resolve().parent


def sample_pages_path() -> Path:
    """
    Return the folder of the bundled sample pages.

    The pages were written for samestory. Their events, people and outlets are invented; their
    shape is that of scraped news pages: captions in literal tags and repeated, bylines, date
    lines with time zones, curly quotes, boilerplate shared by all pages of one outlet.

    Returns
    -------
    pathlib.Path
        Folder with one UTF-8 text file a page, named ``<outlet>-<number>-<slug>.txt``.

    See Also
    --------
    sample_stories : The story that each of the pages tells.

    Examples
    --------
    >>> from samestory.data import sample_pages_path
    >>> pages = sorted(sample_pages_path().glob("*.txt"))
    >>> len(pages)
    46
    >>> pages[0].name
    'daily-lantern-01-ferry-greek-island.txt'
    """
    return _FOLDER / "sample_pages"


def sample_stories() -> dict[str, str]:
    """
    Return the gold story of every bundled sample page.

    Pages share a story if they report one event or its direct aftermath. A page that stands
    alone has a story of its own, whose name starts with ``single-``.

    Returns
    -------
    dict of str to str
        File name to story slug, in order of file name.

    See Also
    --------
    sample_pages_path : The folder that holds the files.

    Examples
    --------
    >>> from samestory.data import sample_stories
    >>> stories = sample_stories()
    >>> stories["daily-lantern-01-ferry-greek-island.txt"]
    'ferry-thyrea'
    >>> len(stories), len(set(stories.values()))
    (46, 19)
    """
    with (_FOLDER / "sample_stories.csv").open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["story"] for row in csv.DictReader(file)}
