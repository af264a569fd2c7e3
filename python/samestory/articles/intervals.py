"""From when to when a date may mean: a day alone may be any time of that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles.model import Articles

# How long a date of each precision may mean, in microseconds: what it tells apart.
_LENGTHS = {
    "year": 366 * 86_400_000_000,
    "month": 31 * 86_400_000_000,
    "day": 86_400_000_000,
    "hour": 3_600_000_000,
    "minute": 60_000_000,
}
_SECOND = 1_000_000
HOUR = 3_600_000_000


def date_intervals(articles: Articles) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return from when to when, in microseconds, each date may mean; an empty span without one.

    Examples
    --------
    >>> from samestory.articles import read_articles
    >>> begins, ends = date_intervals(read_articles([{"text": "a", "date": "2024-03-14"}]))
    >>> ((ends - begins) / HOUR).tolist()
    [24.0]
    """
    dates = articles.dates
    begins = dates.astype("datetime64[us]").astype(np.int64)
    precisions = articles.column("date_precision")
    lengths = np.array([_LENGTHS.get(name, _SECOND) for name in precisions], dtype=np.int64)
    known = ~np.isnat(dates)
    never = np.iinfo(np.int64).max
    return np.where(known, begins, never), np.where(known, begins + lengths, never)
