"""From batches to a table of articles."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from samestory.articles.batch import Batch
from samestory.articles.datecolumn import DateColumn
from samestory.articles.fields import TEXT_FIELDS, has_words
from samestory.articles.ids import make_unique
from samestory.articles.model import Articles
from samestory.articles.removed import RemovedParts
from samestory.articles.skipped import Skipped, SkippedRows
from samestory.articles.used import UsedColumns, columns_used


def assemble(batches: list[Batch], skipped: Sequence[Skipped]) -> Articles:
    """Join batches to one table.

    Parameters
    ----------
    batches : list of Batch
        At least one, in order.
    skipped : sequence of Skipped
        What gave no batch.
    """
    for batch in batches:
        note_wordless(batch)
    warn_of_dates(batches)
    if len(batches) == 1:
        texts, extra = batches[0].texts, batches[0].extra
    else:
        texts = {
            name: [cell for batch in batches for cell in batch.texts[name]] for name in TEXT_FIELDS
        }
        extra = _join_extra(batches)
    texts["id"] = make_unique(texts["id"])
    starts = [0, *accumulate(map(len, batches))][:-1]
    removed = [
        (start + row, what, why)
        for start, batch in zip(starts, batches, strict=True)
        for row, what, why in batch.removed
    ]
    raw = {
        start + row: packed
        for start, batch in zip(starts, batches, strict=True)
        for row, packed in batch.raw.items()
    }
    return Articles(
        texts,
        DateColumn.concatenate([batch.dates for batch in batches]),
        extra,
        SkippedRows([*skipped, *(note for batch in batches for note in batch.skipped)]),
        batches[0].index if len(batches) == 1 else None,
        removed=RemovedParts(texts["id"], removed),
        raw=raw,
        used=UsedColumns(columns_used(batches)),
    )


def note_wordless(batch: Batch) -> None:
    """List the rows that stay, so that labels fit the input, but have nothing to compare."""
    texts = batch.texts
    columns = (texts["title"], texts["standfirst"], texts["text"])
    known = {(note.input, note.row) for note in batch.skipped}
    for row, parts in enumerate(zip(*columns, strict=True)):
        if has_words(parts[0]) or any(map(has_words, parts[1:])):
            continue
        source = batch.source(row), batch.source_row(row)
        if source not in known:
            batch.skipped.append(Skipped(*source, "no words"))


def warn_of_dates(batches: Sequence[Batch], *, stacklevel: int = 4) -> None:
    """Say how many dates could not be read, and where the first is."""
    unread = [(batch, *one) for batch in batches for one in batch.unread_dates]
    if unread:
        batch, row, value = unread[0]
        warnings.warn(
            f"{len(unread):,} date{'' if len(unread) == 1 else 's'} could not be read and count "
            f"as unknown; the first is {value!r} in row {batch.source_row(row)} of "
            f"{batch.source(row)}",
            stacklevel=stacklevel,
        )


def _join_extra(batches: list[Batch]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for batch in batches for name in batch.extra)
    return {
        name: [cell for batch in batches for cell in batch.extra.get(name, [None] * len(batch))]
        for name in names
    }
