"""Who tells stories first, and who follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.model import Stories

# How long a date of each precision may mean, in microseconds: what it tells apart.
_LENGTHS = {
    "year": 366 * 86_400_000_000,
    "month": 31 * 86_400_000_000,
    "day": 86_400_000_000,
    "hour": 3_600_000_000,
    "minute": 60_000_000,
}
_SECOND, _HOUR = 1_000_000, 3_600_000_000


def outlet_columns(stories: Stories) -> dict[str, Any]:
    """Return the columns of `Stories.outlets`, the outlet of most articles first.

    Parameters
    ----------
    stories : Stories
    """
    names = stories.articles.column("outlet")
    n_articles = Counter(name for name in names if name)
    n_stories: Counter[str] = Counter()
    first: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    behind: dict[str, list[float]] = {}
    begins, ends = _intervals(stories)
    rows, starts = stories.rows_by_story
    for begin, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        told = _earliest_of_each(rows[begin:end], names, begins)
        n_stories.update(told.keys())
        dated = {name: row for name, row in told.items() if ends[row] > begins[row]}
        if len(dated) < 2:
            continue
        earliest_end = min(ends[row] for row in dated.values())
        earliest = min(begins[row] for row in dated.values())
        for name, row in dated.items():
            if begins[row] < earliest_end:
                first[name] += 1
            else:
                followed[name] += 1
                behind.setdefault(name, []).append((begins[row] - earliest) / _HOUR)
    order = sorted(n_articles, key=lambda name: (-n_articles[name], name))
    return {
        "outlet": order,
        "articles": np.array([n_articles[name] for name in order], np.int64),
        "stories": np.array([n_stories[name] for name in order], np.int64),
        "first": np.array([first[name] for name in order], np.int64),
        "followed": np.array([followed[name] for name in order], np.int64),
        "median_hours_behind": np.array(
            [float(np.median(behind[name])) if name in behind else np.nan for name in order]
        ),
    }


def _intervals(stories: Stories) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return from when to when, in microseconds, each date may mean; an empty span without one."""
    dates = stories.articles.dates
    begins = dates.astype("datetime64[us]").astype(np.int64)
    precisions = stories.articles.column("date_precision")
    lengths = np.array([_LENGTHS.get(name, _SECOND) for name in precisions], dtype=np.int64)
    known = ~np.isnat(dates)
    never = np.iinfo(np.int64).max
    return np.where(known, begins, never), np.where(known, begins + lengths, never)


def _earliest_of_each(
    rows: NDArray[np.int64], names: list[str], begins: NDArray[np.int64]
) -> dict[str, int]:
    """Return the earliest row of each outlet; one without a date where it has no other."""
    earliest: dict[str, int] = {}
    for row in rows.tolist():
        name = names[row]
        if name and (name not in earliest or begins[row] < begins[earliest[name]]):
            earliest[name] = row
    return earliest
