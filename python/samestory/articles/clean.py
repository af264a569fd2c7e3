"""Cleaning batches of rows: which rows, and what of them."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from samestory.articles.batch import Batch, Origin
from samestory.articles.boilerplate import body_end
from samestory.articles.bylines import is_explicit_byline
from samestory.articles.captions import has_tags
from samestory.articles.dates import find_date
from samestory.articles.gone import lines_gone
from samestory.articles.pages import Page, page_lines, row_lines, split_lines, split_page
from samestory.articles.recurring_lines import take_recurring_lines
from samestory.articles.repeated import RepeatedLines

_Row = tuple[Batch, int]
HEAD = "the page's own line at the head"
CLOSING = "the site's line at the end"
CAPTION = "caption or markup"


def clean_batches(
    batches: Sequence[Batch], mode: str, hook: Callable[[str, int, int], None] | None = None
) -> None:
    """Clean the texts of batches in place.

    Parameters
    ----------
    batches : sequence of Batch
        All rows of one reading, so that lines which many pages share can be told.
    mode : {"auto", "always", "never"}
        See `read_articles`.
    hook : callable, optional
        Told of progress.
    """
    if mode == "never":
        return
    with _collector_at_rest():
        _clean(batches, mode, hook)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Look for no cycles: lines make none, but so many that each look takes long."""
    is_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_on:
            gc.enable()


def _clean(
    batches: Sequence[Batch], mode: str, hook: Callable[[str, int, int], None] | None
) -> None:
    cleaned = [b for b in batches if mode == "always" or b.origin is not Origin.MEMORY]
    groups = list(_by_outlet(cleaned).values())
    done, total = 0, sum(map(len, groups))
    for rows in groups:
        if hook is not None:
            hook("cleaning", done, total)
        _clean_group(rows, mode)
        done += len(rows)
    take_recurring_lines([row for rows in _by_outlet(batches).values() for row in rows], hook)


def _by_outlet(batches: Sequence[Batch]) -> dict[str, list[_Row]]:
    """Return the rows with a text, wherever they come from."""
    groups: dict[str, list[_Row]] = defaultdict(list)
    for batch in batches:
        for row, (outlet, text) in enumerate(
            zip(batch.texts["outlet"], batch.texts["text"], strict=True)
        ):
            if text:
                groups[outlet].append((batch, row))
    return groups


def _clean_group(rows: Sequence[_Row], mode: str) -> None:
    heads = [_has_head(batch, row, mode) for batch, row in rows]
    pages = [
        page_lines(batch.texts["text"][row]) if head else row_lines(batch.texts["text"][row])
        for (batch, row), head in zip(rows, heads, strict=True)
    ]
    for (batch, row), lines in zip(rows, pages, strict=True):
        _note_captions(batch, row, lines)
    repeated = RepeatedLines(pages)
    for (batch, row), head, lines in zip(rows, heads, pages, strict=True):
        if head:
            page = split_page(lines, is_opening=repeated.opens, is_closing=repeated.closes)
            _fill(batch, row, page)
            _note_gone(batch, row, lines, page)
            batch.set_text(row, page.text)
        elif (end := body_end(lines, repeated.closes)) < len(lines) or _is_tagged(batch, row):
            _note(batch, row, lines[end:], CLOSING)
            batch.set_text(row, "\n".join(lines[:end]).rstrip())


def _note_captions(batch: Batch, row: int, lines: Sequence[str]) -> None:
    before = batch.texts["text"][row]
    if has_tags(before):
        _note(batch, row, lines_gone(split_lines(before), lines), CAPTION)


def _note_gone(batch: Batch, row: int, lines: Sequence[str], page: Page) -> None:
    """Note what neither the body nor a field has of a page."""
    used = [*page.body, page.title, *page.standfirst.split("\n"), batch.texts["title"][row]]
    gone = [line for line in lines_gone(lines, used) if not _is_told(line, page)]
    if not gone:
        return
    end = body_end(lines, lambda _: False)
    closing = set(map(str.strip, lines[end:]))
    _note(batch, row, [line for line in gone if line not in closing], HEAD)
    _note(batch, row, [line for line in gone if line in closing], CLOSING)


def _is_told(line: str, page: Page) -> bool:
    """Whether a line of the head went into the author or the date."""
    has_author = bool(page.author) and (page.author in line or is_explicit_byline(line))
    return has_author or (page.date is not None and len(line) < 250 and find_date(line) is not None)


def _note(batch: Batch, row: int, lines: Sequence[str], why: str) -> None:
    for line in lines:
        batch.note_removed(row, line, why)


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
