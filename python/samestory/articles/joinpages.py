"""Pages put together: a batch is large beside what is in a page, and thousands of them are slow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from samestory.articles.batch import Batch, Origin
from samestory.articles.datecolumn import DateColumn
from samestory.articles.fields import TEXT_FIELDS
from samestory.articles.skipped import Skipped

_AT_ONCE = 1000


def pages_joined(found: Iterable[Batch | Skipped]) -> Iterator[Batch | Skipped]:
    """Yield what was found, with pages that follow each other as one batch."""
    pages: list[Batch] = []
    for one in found:
        is_page = isinstance(one, Batch) and _is_page(one)
        if pages and not (is_page and len(pages) < _AT_ONCE):
            yield _joined(pages)
            pages = []
        if isinstance(one, Batch) and is_page:
            pages.append(one)
        else:
            yield one
    if pages:
        yield _joined(pages)


def _is_page(batch: Batch) -> bool:
    """Whether a batch has one page and nothing of a table."""
    is_of_table = batch.used or batch.unused or batch.extra or batch.source_rows is not None
    return batch.origin is Origin.PAGE and len(batch) == 1 and not is_of_table


def _joined(pages: Sequence[Batch]) -> Batch:
    if len(pages) == 1:
        return pages[0]
    texts = {name: [page.texts[name][0] for page in pages] for name in TEXT_FIELDS}
    dates = DateColumn.concatenate([page.dates for page in pages])
    batch = Batch(pages[0].input, Origin.PAGE, texts, dates, source_rows=[0] * len(pages))
    for row, page in enumerate(pages):
        batch.skipped += page.skipped
        batch.unread_dates += ((row, value) for _, value in page.unread_dates)
        batch.removed += ((row, what, why) for _, what, why in page.removed)
        batch.raw.update((row, packed) for packed in page.raw.values())
    return batch
