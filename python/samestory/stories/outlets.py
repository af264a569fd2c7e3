"""Who tells stories first, and who follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.articles.intervals import HOUR, date_intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.described import DescribedGrouping


def outlet_columns(stories: DescribedGrouping) -> dict[str, Any]:
    """Return the columns of `Stories.outlets`, the outlet of most articles first.

    Parameters
    ----------
    stories : DescribedGrouping
    """
    names = stories.articles.column("outlet")
    n_articles = Counter(name for name in names if name)
    n_stories: Counter[str] = Counter()
    first: Counter[str] = Counter()
    followed: Counter[str] = Counter()
    behind: dict[str, list[float]] = {}
    copies = Counter(names[row] for row in np.flatnonzero(stories.copied.source >= 0).tolist())
    begins, ends = date_intervals(stories.articles)
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
                behind.setdefault(name, []).append((begins[row] - earliest) / HOUR)
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
        "copies": np.array([copies[name] for name in order], np.int64),
    }


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
