"""Reading articles from wherever they are."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from samestory._progress import Progress, ProgressHook
from samestory.articles.assemble import assemble, note_wordless, warn_of_dates
from samestory.articles.batch import Batch
from samestory.articles.clean import clean_batches
from samestory.articles.fields import check_fields
from samestory.articles.joinpages import pages_joined
from samestory.articles.limits import DEFAULT_LIMITS, ReadingLimits
from samestory.articles.markup import read_markup
from samestory.articles.model import Article, Articles
from samestory.articles.outlet_names import name_outlets
from samestory.articles.readers.inputfile import ReadOptions
from samestory.articles.skipped import Skipped
from samestory.articles.sources import batches_from

_WAYS_OF_CLEANING = ("auto", "always", "never")
# So many rows of a stream are in memory at a time, and cleaned together.
_ROWS_AT_ONCE = 1000


def read_articles(
    source: Any,
    *,
    columns: Mapping[str, str] | None = None,
    clean: str = "auto",
    limits: ReadingLimits | None = None,
    progress: bool | ProgressHook | None = False,
) -> Articles:
    """Read news articles.

    Parameters
    ----------
    source : str, Path, list, DataFrame, Arrow table or iterable of dict
        A str or Path is a path: a file, a folder (read with its subfolders, in sorted order) or a
        pattern such as ``"pages/*.txt"``. A list of Path is a list of files. A list of str is a
        list of texts. A pandas or polars DataFrame, an Arrow table or an iterable of dict gives
        one article a row, always and in order. The guide's page on reading lists the kinds of
        files.
    columns : mapping of str to str, optional
        Which column of the input is which field, as in ``{"text": "my_column"}``. Fields not
        named here are found by their usual names: a title may be called headline, a date
        published, and so on.
    clean : {"auto", "always", "never"}
        Whether headline, byline, date line, captions and the site's own lines are taken out of
        the text. "auto" takes a page (.txt, .html) apart and removes captions and the site's lines
        from the texts of a table in a file; from what is in memory it removes markup. Lines that
        recur in articles which share nothing else go from all of them.
    limits : ReadingLimits, optional
        How much is too much.
    progress : bool, callable or None
        ``None``: a bar appears after one second of work. ``True``: at once. ``False``: never.
        A callable is called as ``progress(stage, done, total)`` instead.

    Returns
    -------
    Articles
        What could not be read is in ``skipped``, what was taken out of the texts in ``removed``,
        each with the reason. A date without a time zone is read as UTC, and `date_zone_known`
        says so.

    Raises
    ------
    FileNotFoundError
        If the path does not exist.
    ValueError
        If no file gives an article, or no column holds titles or texts.

    Examples
    --------
    >>> articles = read_articles([{"headline": "Rain", "body": "It rains."}, {"body": "..."}])
    >>> len(articles), articles[0].title
    (2, 'Rain')
    >>> articles.skipped
    input         row  reason
    list of dict    1  no words
    """
    _check_clean(clean)
    check_fields(columns)
    if isinstance(source, Articles):
        return source
    options = ReadOptions(columns, DEFAULT_LIMITS if limits is None else limits)
    batches: list[Batch] = []
    skipped: list[Skipped] = []
    with Progress(progress) as shown:
        for found in pages_joined(batches_from(source, options, shown.hook)):
            if isinstance(found, Batch):
                batches.append(found)
            else:
                skipped.append(found)
        _clean(batches, clean, shown.hook)
    return assemble(batches, skipped)


def iter_articles(
    source: Any,
    *,
    columns: Mapping[str, str] | None = None,
    clean: str = "auto",
    limits: ReadingLimits | None = None,
    on_skipped: Callable[[Skipped], object] | None = None,
) -> Iterator[Article]:
    """Read news articles one after the other, however many there are.

    A thousand are in memory at a time. Lines that recur over a corpus are sought among these
    alone, and ids that repeat stay as they are; everything else is as with `read_articles`.

    Parameters
    ----------
    source, columns, clean, limits
        As with `read_articles`.
    on_skipped : callable, optional
        Called with a `Skipped` for every input and row that gives no usable article. Without it a
        warning at the end says how many there were.

    Yields
    ------
    Article
        In the order of the input.

    Examples
    --------
    >>> rows = ({"title": f"Day {day}"} for day in range(1, 4))
    >>> [article.title for article in iter_articles(rows)]
    ['Day 1', 'Day 2', 'Day 3']
    """
    _check_clean(clean)
    check_fields(columns)
    options = ReadOptions(
        columns, DEFAULT_LIMITS if limits is None else limits, rows_at_once=_ROWS_AT_ONCE
    )
    if isinstance(source, Articles):
        return iter(source)
    return _stream(batches_from(source, options), clean, on_skipped)


def _check_clean(clean: str) -> None:
    if clean not in _WAYS_OF_CLEANING:
        raise ValueError(f"clean must be one of {', '.join(_WAYS_OF_CLEANING)}, not {clean!r}")


def _clean(batches: list[Batch], mode: str, hook: ProgressHook | None = None) -> None:
    if mode != "never":
        for batch in batches:
            read_markup(batch)
    clean_batches(batches, mode, hook)
    name_outlets(batches)


def _stream(
    found: Iterable[Batch | Skipped], clean: str, on_skipped: Callable[[Skipped], object] | None
) -> Iterator[Article]:
    first: Skipped | None = None
    count = 0
    for batches, skipped in _stretches(found):
        _clean(batches, clean)
        for batch in batches:
            note_wordless(batch)
            skipped.extend(batch.skipped)
        warn_of_dates(batches)
        for note in skipped:
            first = first or note
            count += 1
            if on_skipped is not None:
                on_skipped(note)
        for batch in batches:
            yield from assemble_one(batch)
    if first is not None and on_skipped is None:
        more = f" and {count - 1:,} more" if count > 1 else ""
        warnings.warn(f"skipped: {first.input}: {first.reason}{more}", stacklevel=2)


def assemble_one(batch: Batch) -> Articles:
    """Return the articles of one batch."""
    batch.skipped, batch.unread_dates = [], []
    return assemble([batch], [])


def _stretches(
    found: Iterable[Batch | Skipped],
) -> Iterator[tuple[list[Batch], list[Skipped]]]:
    """Collect batches until there are enough rows to be cleaned together."""
    batches: list[Batch] = []
    skipped: list[Skipped] = []
    rows = 0
    for one in found:
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            batches.append(one)
            rows += len(one)
        if rows >= _ROWS_AT_ONCE or len(skipped) >= _ROWS_AT_ONCE:
            yield batches, skipped
            batches, skipped, rows = [], [], 0
    if batches or skipped:
        yield batches, skipped
