"""Reading articles from wherever they are."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from samestory.articles.batch import Batch, Origin, make_batch
from samestory.articles.clean import clean_batches
from samestory.articles.datecolumn import DateColumn
from samestory.articles.decode import NotTextError, decode
from samestory.articles.fields import FIELDS, TEXT_FIELDS
from samestory.articles.files import (
    HTML_SUFFIXES,
    SUFFIXES,
    TEXT_SUFFIXES,
    UnreadableError,
    find_all,
    find_files,
    read_bytes,
    suffix_of,
)
from samestory.articles.filetables import read_table
from samestory.articles.htmlpages import html_text, read_html
from samestory.articles.ids import make_unique
from samestory.articles.model import Article, Articles
from samestory.articles.raw import pack
from samestory.articles.removed import RemovedParts
from samestory.articles.skipped import Skipped, SkippedRows
from samestory.articles.tables import is_frame, read_frame, read_records, read_texts

_WAYS_OF_CLEANING = ("auto", "always", "never")


def read_articles(
    source: Any, *, columns: Mapping[str, str] | None = None, clean: str = "auto"
) -> Articles:
    """Read news articles.

    Parameters
    ----------
    source : str, Path, list, DataFrame, Arrow table or iterable of dict
        A str or Path is a path: a file, a folder (read with its subfolders, in sorted order) or a
        pattern such as ``"pages/*.txt"``. A list of Path is a list of files. A list of str is a
        list of texts. A pandas or polars DataFrame, an Arrow table or an iterable of dict gives
        one article a row, always and in order. Files may be .txt, .html, .jsonl, .ndjson, .json,
        .csv and .tsv, and any of these with .gz.
    columns : mapping of str to str, optional
        Which column of the input is which field, as in ``{"text": "my_column"}``. Fields not
        named here are found by their usual names: a title may be called headline, a date
        published, and so on.
    clean : {"auto", "always", "never"}
        Whether headline, byline, date line, captions and the site's own lines are taken out of
        the text. "auto" does it for files and not for what is in memory: a page (.txt, .html) is
        taken apart; of the texts in a table only captions and the site's lines are removed.

    Returns
    -------
    Articles
        What could not be read is in ``skipped``, with the reason. A date without a time zone is
        read as UTC, and `date_zone_known` says so.

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
    if clean not in _WAYS_OF_CLEANING:
        raise ValueError(f"clean must be one of {', '.join(_WAYS_OF_CLEANING)}, not {clean!r}")
    if isinstance(source, Articles):
        return source
    batches, skipped = _read(source, columns)
    clean_batches(batches, clean)
    return _assemble(batches, skipped)


# -- what the source is --------------------------------------------------------------------


def _read(source: Any, columns: Mapping[str, str] | None) -> tuple[list[Batch], list[Skipped]]:
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        return _read_files(*find_files(path), columns, named=path)
    if is_frame(source):
        return [read_frame(source, columns)], []
    if isinstance(source, Mapping):
        raise TypeError(
            "a dict is one article or a dict of columns; pass a list, [article], or a DataFrame"
        )
    if isinstance(source, Article):
        raise TypeError("pass a list of articles, [article]")
    if isinstance(source, bytes | bytearray) or not isinstance(source, Iterable):
        raise TypeError(
            "read_articles takes a path, a list of Path, str or dict, a DataFrame or an Arrow "
            f"table, not {type(source).__name__}"
        )
    return _read_list(list(source), columns)


def _read_list(
    items: list[Any], columns: Mapping[str, str] | None
) -> tuple[list[Batch], list[Skipped]]:
    kinds = {_kind(item) for item in items} - {"nothing"}
    if kinds == {"path"} and None not in items:
        return _read_files(*find_all(map(Path, items)), columns, named=f"{len(items)} paths")
    if "path" in kinds:
        raise TypeError(f"a list of Path holds paths alone, not also {_others(kinds, 'path')}")
    if kinds <= {"str"}:
        _warn_of_paths(items)
        return [read_texts(items, "list of str")], []
    if "str" in kinds and "dict" in kinds:
        raise TypeError("a list holds texts (str) or articles (dict), not both")
    if "dict" not in kinds:
        raise TypeError(
            f"a list of articles holds str, dict or Path, not {_others(kinds, 'nothing')}"
        )
    return [read_records(items, "list of dict", Origin.MEMORY, columns)], []


def _kind(item: Any) -> str:
    if isinstance(item, dict):
        return "dict"
    if isinstance(item, str):
        return "str"
    if isinstance(item, os.PathLike):
        return "path"
    if isinstance(item, Mapping | Article):
        return "dict"
    return "nothing" if item is None or item != item else type(item).__name__


def _others(kinds: set[str], known: str) -> str:
    return ", ".join(sorted(kinds - {known}))


def _warn_of_paths(items: list[Any]) -> None:
    """Warn when a list of texts is a list of file names."""
    first = items[0] if items else None
    if not isinstance(first, str) or not 0 < len(first) < 1000 or "\x00" in first:
        return
    if "\n" not in first and os.path.isfile(first):
        warnings.warn(
            f"a list of str is read as texts; {first!r} is also a file: for files pass Path "
            "objects",
            stacklevel=5,
        )


# -- files ---------------------------------------------------------------------------------


def _read_files(
    files: list[Path],
    skipped: list[Skipped],
    columns: Mapping[str, str] | None,
    named: str,
) -> tuple[list[Batch], list[Skipped]]:
    batches: list[Batch] = []
    notes = list(skipped)
    for path in files:
        try:
            batches.append(_read_file(path, columns, is_named=path == Path(named).expanduser()))
        except (UnreadableError, NotTextError) as error:
            notes.append(Skipped(str(path), None, str(error)))
    if not batches:
        raise ValueError(_nothing_found(named, files, notes))
    return batches, notes


def _nothing_found(named: str, files: list[Path], notes: list[Skipped]) -> str:
    if not files and not notes:
        return f"no article in {named!r}: the folder is empty"
    reasons = "; ".join(f"{Path(note.input).name}: {note.reason}" for note in notes[:5])
    more = f"; and {len(notes) - 5:,} more" if len(notes) > 5 else ""
    return (
        f"no article in {named!r}: {len(files):,} file{'' if len(files) == 1 else 's'}, "
        f"none usable ({reasons}{more}). Read are {', '.join(SUFFIXES)}, and these with .gz."
    )


def _read_file(path: Path, columns: Mapping[str, str] | None, *, is_named: bool) -> Batch:
    suffix = suffix_of(path)
    if suffix not in SUFFIXES and not is_named:
        raise UnreadableError(f"unknown kind of file: {suffix or 'no suffix'}")
    data = read_bytes(path)
    if suffix in HTML_SUFFIXES:
        return _page(path, read_html(data, path.name), html_text(data))
    if suffix in TEXT_SUFFIXES or suffix not in SUFFIXES:
        return _page(path, {"text": decode(data)}, "")
    batch = read_table(path, data, columns)
    batch.texts["path"] = [str(path)] * len(batch)
    return batch


def _page(path: Path, fields: dict[str, str], markup: str) -> Batch:
    names = [name for name in FIELDS if fields.get(name)]
    if not any(map(has_words, (fields.get("title", ""), fields.get("text", "")))):
        raise UnreadableError("no words")
    batch = make_batch(
        str(path), Origin.PAGE, [*names, "text"], [[fields[n]] for n in names] + [[""]], None
    )
    batch.texts["path"] = [str(path)]
    if markup:
        batch.raw[0] = pack(markup)
    return batch


# -- all together --------------------------------------------------------------------------


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


def _note_wordless(batch: Batch) -> None:
    """List the rows that stay, so that labels fit the input, but have nothing to compare."""
    texts = batch.texts
    columns = (texts["title"], texts["standfirst"], texts["text"])
    known = {note.row for note in batch.skipped}
    for row, parts in enumerate(zip(*columns, strict=True)):
        if not any(map(has_words, parts)) and row not in known:
            batch.skipped.append(Skipped(batch.input, row, "no words"))


def _warn_of_dates(batches: list[Batch]) -> None:
    unread = [(batch.input, *one) for batch in batches for one in batch.unread_dates]
    if unread:
        source, row, value = unread[0]
        warnings.warn(
            f"{len(unread):,} date{'' if len(unread) == 1 else 's'} could not be read and count "
            f"as unknown; the first is {value!r} in row {row} of {source}",
            stacklevel=4,
        )


def _assemble(batches: list[Batch], skipped: list[Skipped]) -> Articles:
    for batch in batches:
        _note_wordless(batch)
    _warn_of_dates(batches)
    if len(batches) == 1:
        texts, extra = batches[0].texts, batches[0].extra
    else:
        texts = {
            name: [cell for batch in batches for cell in batch.texts[name]] for name in TEXT_FIELDS
        }
        extra = _join_extra(batches)
    texts["id"] = make_unique(texts["id"])
    notes = [*skipped, *(note for batch in batches for note in batch.skipped)]
    starts = _starts(batches)
    return Articles(
        texts,
        DateColumn.concatenate([batch.dates for batch in batches]),
        extra,
        SkippedRows(notes),
        batches[0].index if len(batches) == 1 else None,
        RemovedParts(
            texts["id"],
            [
                (start + row, what, why)
                for start, batch in zip(starts, batches, strict=True)
                for row, what, why in batch.removed
            ],
        ),
        {
            start + row: packed
            for start, batch in zip(starts, batches, strict=True)
            for row, packed in batch.raw.items()
        },
    )


def _starts(batches: list[Batch]) -> list[int]:
    """Return the row of each batch's first article among all."""
    return [0, *accumulate(map(len, batches))][:-1]


def _join_extra(batches: list[Batch]) -> dict[str, list[Any]]:
    names = dict.fromkeys(name for batch in batches for name in batch.extra)
    return {
        name: [cell for batch in batches for cell in batch.extra.get(name, [None] * len(batch))]
        for name in names
    }
