"""Cleaning batches of rows: which rows, and what of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from samestory.articles.batch import Batch, Origin
from samestory.articles.boilerplate import body_end
from samestory.articles.captions import has_tags
from samestory.articles.pages import Page, page_lines, row_lines, split_page
from samestory.articles.repeated import RepeatedLines

_Row = tuple[Batch, int]


def clean_batches(batches: Sequence[Batch], mode: str) -> None:
    """Clean the texts of batches in place.

    Parameters
    ----------
    batches : sequence of Batch
        All rows of one reading, so that lines which many pages share can be told.
    mode : {"auto", "always", "never"}
        See `read_articles`.
    """
    if mode == "never":
        return
    groups: dict[str, list[_Row]] = defaultdict(list)
    for batch in batches:
        if mode == "always" or batch.origin is not Origin.MEMORY:
            for row, outlet in enumerate(batch.texts["outlet"]):
                if batch.texts["text"][row]:
                    groups[outlet].append((batch, row))
    for rows in groups.values():
        _clean_group(rows, mode)


def _clean_group(rows: Sequence[_Row], mode: str) -> None:
    heads = [_has_head(batch, row, mode) for batch, row in rows]
    pages = [
        page_lines(batch.texts["text"][row]) if head else row_lines(batch.texts["text"][row])
        for (batch, row), head in zip(rows, heads, strict=True)
    ]
    repeated = RepeatedLines(pages)
    for (batch, row), head, lines in zip(rows, heads, pages, strict=True):
        if head:
            page = split_page(lines, is_opening=repeated.opens, is_closing=repeated.closes)
            _fill(batch, row, page)
            batch.texts["text"][row] = page.text
        elif (end := body_end(lines, repeated.closes)) < len(lines) or _is_tagged(batch, row):
            batch.texts["text"][row] = "\n".join(lines[:end]).rstrip()


def _is_tagged(batch: Batch, row: int) -> bool:
    return has_tags(batch.texts["text"][row])


def _has_head(batch: Batch, row: int, mode: str) -> bool:
    """Whether the text begins with a headline: a page's does, unless its title is known."""
    if batch.origin is not Origin.PAGE and mode != "always":
        return False
    title = batch.texts["title"][row].strip()
    first = batch.texts["text"][row].lstrip().partition("\n")[0].strip()
    return title in ("", first)


def _fill(batch: Batch, row: int, page: Page) -> None:
    """Set what the page says and the row did not know."""
    for name in ("title", "standfirst", "author"):
        if not batch.texts[name][row]:
            batch.texts[name][row] = getattr(page, name)
    if page.date is not None and batch.dates.precision[row] == 0:
        batch.dates.put(row, page.date)
