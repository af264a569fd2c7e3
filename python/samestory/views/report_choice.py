"""What goes on the page of the report, and what is left out to keep it small."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.views.overview import overview
from samestory.views.wording import count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories import Stories

# Bytes of what articles say of themselves, before the page's data are compressed to about a half:
# the page stays below 15 MB.
MOST_BYTES = 24_000_000
SUMMARY_LENGTH = 240
# Of an article's place among the data: its date, its outlet, its strongest link.
_BYTES_AN_ARTICLE = 60


@dataclass(frozen=True)
class Choice:
    """The articles of the page.

    Attributes
    ----------
    rows : ndarray of int64
        Input rows: story by story, each story's articles by their moment, those without a date
        last; then the articles alone.
    starts : ndarray of int64, shape (n_stories + 1,)
        Where in `rows` each story starts; the articles alone start at the last.
    summed_up : ndarray of bool, shape (len(rows),)
        Whether an article's standfirst is on the page.
    left_out : list of str
        What is not on the page, and why.
    """

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    summed_up: NDArray[np.bool_]
    left_out: list[str]

    @property
    def n_stories(self) -> int:
        """How many stories of two articles or more are on the page."""
        return len(self.starts) - 1


def choose(
    stories: Stories, *, top: int | None, alone: bool, most_bytes: int = MOST_BYTES
) -> Choice:
    """Choose what goes on the page.

    Parameters
    ----------
    stories : Stories
    top : int or None
        How many stories at most, the largest first.
    alone : bool
        Whether the articles alone are wanted.
    most_bytes : int
        How many bytes the articles may take.
    """
    facts = overview(stories)
    left_out = []
    n = facts.n_stories
    if top is not None and top < n:
        left_out.append(f"{count(n - top, 'smaller story', 'smaller stories')} (top={top})")
        n = top
    rows, starts = _told(stories, n)
    if alone:
        rows = np.concatenate([rows, facts.alone])
    elif len(facts.alone):
        left_out.append(f"{count(len(facts.alone), 'article')} alone (alone=False)")
    size = _sizes(stories.articles, rows)
    kept = int(np.searchsorted(np.cumsum(size), most_bytes, side="right"))
    rows, starts = _cut(rows, starts, kept, left_out)
    return Choice(rows, starts, *_summaries(stories.articles, rows, size, most_bytes, left_out))


def _told(stories: Stories, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of the first stories, each by moment, and where each starts."""
    dates = stories.articles.dates
    labels = np.asarray(stories.labels)
    chosen = np.flatnonzero((labels >= 0) & (labels < n))
    moment = dates[chosen].astype("datetime64[us]").astype(np.int64)
    never = np.isnat(dates[chosen])
    order = np.lexsort((np.where(never, 0, moment), never, labels[chosen]))
    rows = chosen[order]
    return rows, np.searchsorted(labels[rows], np.arange(n + 1)).astype(np.int64)


def _sizes(articles: Any, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Bytes that each article takes without its standfirst."""
    title, url, id = (articles.column(name) for name in ("title", "url", "id"))
    texts = (f"{title[row]}{url[row]}{id[row]}" for row in rows.tolist())
    sizes = np.fromiter(
        (len(text.encode("utf-8", "replace")) for text in texts), np.int64, len(rows)
    )
    return sizes + _BYTES_AN_ARTICLE


def _cut(
    rows: NDArray[np.int64], starts: NDArray[np.int64], kept: int, left_out: list[str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Leave out the articles alone that are too many, then whole stories, never the largest."""
    n_alone, n_alone_kept = len(rows) - int(starts[-1]), max(kept - int(starts[-1]), 0)
    if n_alone_kept < n_alone:
        left_out.append(f"{count(n_alone - n_alone_kept, 'article')} alone, for the page's size")
    n_stories = len(starts) - 1
    n_kept = min(max(int(np.searchsorted(starts, kept, side="right")) - 1, 1), n_stories)
    if n_kept < n_stories:
        number = count(n_stories - n_kept, "smaller story", "smaller stories")
        left_out.append(f"{number}, for the page's size")
    return rows[: int(starts[n_kept]) + n_alone_kept], starts[: n_kept + 1]


def _summaries(
    articles: Any,
    rows: NDArray[np.int64],
    size: NDArray[np.int64],
    most_bytes: int,
    left_out: list[str],
) -> tuple[NDArray[np.bool_], list[str]]:
    """Which articles' standfirsts are on the page: those of the largest stories first."""
    standfirsts, texts = articles.column("standfirst"), articles.column("text")
    length = np.array(
        [
            len((standfirsts[row] or texts[row])[:SUMMARY_LENGTH].encode("utf-8", "replace"))
            for row in rows.tolist()
        ],
        dtype=np.int64,
    )
    room = most_bytes - int(size[: len(rows)].sum())
    summed_up = np.cumsum(length) <= room
    missing = int(np.count_nonzero(length[~summed_up]))
    if missing:
        number = count(missing, "article")
        left_out.append(f"the first words of {number} of smaller stories, for the page's size")
    return summed_up, left_out
