"""Articles of before and new ones in one table, and those of them that are not too old."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.articles import Articles
from samestory.articles.datecolumn import DateColumn
from samestory.articles.removed import RemovedParts
from samestory.articles.skipped import Skipped, SkippedRows

if TYPE_CHECKING:
    from numpy.typing import NDArray


# Why an article is passed over.
IS_KNOWN = "an article of this id is there"


def without_known(new: Articles, known: Articles) -> Articles:
    """Leave out the articles whose id is known, and say so in `Articles.skipped`."""
    ids = set(known.ids)
    is_known = np.fromiter((name in ids for name in new.ids), bool, len(new))
    if not is_known.any():
        return new
    notes = [Skipped("the update", row, IS_KNOWN) for row in np.flatnonzero(is_known).tolist()]
    rest = new[np.flatnonzero(~is_known)]
    rest._skipped = SkippedRows([*new.skipped, *notes])
    return rest


def joined_articles(first: Articles, second: Articles) -> Articles:
    """Put one table below the other; what was skipped is that of the second.

    Parameters
    ----------
    first, second : Articles
        No id is in both.
    """
    n = len(first)
    texts = {name: first._texts[name] + second._texts[name] for name in first._texts}
    names = dict.fromkeys([*first._extra, *second._extra])
    removed = [
        (start + row, what, why)
        for start, part in ((0, first.removed), (n, second.removed))
        for row, what, why in zip(part._rows.tolist(), part._what, part._why, strict=True)
    ]
    return Articles(
        texts,
        DateColumn.concatenate([first._dates, second._dates]),
        {name: _joined_column(name, first, second) for name in names},
        second.skipped,
        removed=RemovedParts(texts["id"], removed),
        raw=first._raw | {n + row: packed for row, packed in second._raw.items()},
        used=first._used if second._used is None else second._used,
    )


def _joined_column(name: str, first: Articles, second: Articles) -> Any:
    """One column of both; None where one of them has it not."""
    parts = [part._extra.get(name) for part in (first, second)]
    one, two = parts
    if isinstance(one, np.ndarray) and isinstance(two, np.ndarray) and one.dtype == two.dtype:
        return np.concatenate([one, two])
    if one is None and not len(first):
        return two
    if two is None and not len(second):
        return one
    sizes = len(first), len(second)
    cells = [
        [None] * n if part is None else list(part) for part, n in zip(parts, sizes, strict=True)
    ]
    return cells[0] + cells[1]


def kept_rows(
    dates: NDArray[np.datetime64], arrived: NDArray[np.datetime64], age: np.timedelta64 | None
) -> NDArray[np.int64]:
    """Return the rows of articles that are not older than an age.

    Age is counted from the newest date that is not of the future: one wrong year would else make
    everything else old. Undated articles are as old as their arrival; where nothing has a date,
    nothing is old.
    """
    everything = np.arange(len(dates))
    known = dates[~np.isnat(dates)]
    if age is None or not len(known):
        return everything
    now = np.datetime64("now", "us")
    newest = known[known <= now].max() if (known <= now).any() else known.min()
    since = np.where(np.isnat(dates), arrived, dates)
    return np.asarray(everything[~(since < newest - age)])
