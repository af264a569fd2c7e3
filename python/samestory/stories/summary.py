"""The stories as a table with a row a story, and the articles with their story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory.articles.fields import DATE_DETAILS, FIELDS
from samestory.stories.earliest import earliest_rows, story_places
from samestory.stories.sureness import story_margins, sureness

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.described import DescribedGrouping

SUMMARY_COLUMNS = (
    "story",
    "id",
    "title",
    "articles",
    "outlets",
    "first_outlet",
    "first_date",
    "last_date",
    "keywords",
    "sure",
)
_N_KEYWORDS = 5


def summary_columns(stories: DescribedGrouping) -> dict[str, Any]:
    """Return the columns of `Stories.summary`, each with an entry a story.

    Parameters
    ----------
    stories : DescribedGrouping
    """
    rows, starts = stories.rows_by_story
    dates, outlets = stories.articles.dates, stories.articles.column("outlet")
    earliest = earliest_rows(stories)
    is_dated = ~np.isnat(dates[earliest])
    return {
        "story": np.arange(len(stories)),
        "id": stories.ids,
        "title": story_titles(stories),
        "articles": stories.sizes,
        "outlets": _n_outlets(outlets, rows, starts),
        "first_outlet": [
            outlets[row] if known else ""
            for row, known in zip(earliest.tolist(), is_dated.tolist(), strict=True)
        ],
        "first_date": dates[earliest],
        "last_date": _latest(dates[rows], starts),
        "keywords": [", ".join(words[:_N_KEYWORDS]) for words in stories.keywords],
        "sure": sureness(story_margins(stories)),
    }


def titles_of(stories: DescribedGrouping, labels: NDArray[np.int64]) -> list[str]:
    """Return the titles of some stories, as `story_titles` does of all."""
    rows, starts = stories.rows_by_story
    chosen = [rows[starts[label] : starts[label + 1]] for label in labels.tolist()]
    bounds = np.cumsum([0, *map(len, chosen)])
    members = np.concatenate([np.empty(0, np.int64), *chosen])
    evidence = stories.evidence
    texts = evidence.text_of_row[members]
    places = _core.group_centres(evidence.smoothed_rows, texts, bounds, resolve_n_jobs(-1))
    return _titles(stories, members[bounds[:-1] + places].tolist())


def story_titles(stories: DescribedGrouping) -> list[str]:
    """Return the title of the article nearest each story's centre; its first words without one."""
    return _titles(stories, stories.profiles.centres.tolist())


def _titles(stories: DescribedGrouping, rows: list[int]) -> list[str]:
    titles, texts = stories.articles.column("title"), stories.articles.column("text")
    return [titles[row] or first_words(texts[row]) for row in rows]


def first_words(text: str, length: int = 80) -> str:
    """Return the beginning of a text, cut at a space."""
    line = " ".join(text[: 4 * length].split())
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + "…"


def _n_outlets(outlets: list[str], rows: NDArray[np.int64], starts: NDArray[np.int64]) -> Any:
    numbers: dict[str, int] = {"": 0}
    of_row = np.array([numbers.setdefault(name, len(numbers)) for name in outlets], np.int64)
    story = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    named = of_row[rows] > 0
    pairs = np.unique(story[named] * len(numbers) + of_row[rows[named]])
    return np.bincount(pairs // len(numbers), minlength=len(starts) - 1)


def _latest(dates: NDArray[np.datetime64], starts: NDArray[np.int64]) -> NDArray[np.datetime64]:
    if len(starts) < 2:
        return dates
    # fmax passes over NaT where there is a date.
    return np.asarray(np.fmax.reduceat(dates, starts[:-1]))


def article_columns(stories: DescribedGrouping) -> dict[str, Any]:
    """Return the columns of the articles and of their stories, as `Stories.to_frame` has them.

    Parameters
    ----------
    stories : DescribedGrouping
    """
    articles = stories.articles
    own = {name: articles.column(name) for name in (*FIELDS, *DATE_DETAILS)}
    extra = {name: articles.column(name) for name in articles.columns if name not in own}
    return own | extra | story_columns(stories)


def story_columns(stories: DescribedGrouping) -> dict[str, Any]:
    """Return what `Stories.to_frame` adds to the articles.

    Parameters
    ----------
    stories : DescribedGrouping
    """
    labels, titles, ids = stories.labels, story_titles(stories), stories.ids
    of_row = labels.tolist()
    return {
        "story": labels,
        "story_id": [ids[label] if label >= 0 else "" for label in of_row],
        "story_title": [titles[label] if label >= 0 else "" for label in of_row],
        "story_size": np.where(labels >= 0, np.append(stories.sizes, 0)[labels], 0),
        "story_place": story_places(stories),
    }
