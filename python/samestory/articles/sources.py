"""What a source is: files, a frame, a list of texts or of articles; and the batches it gives."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from pathlib import Path
from typing import Any

from samestory.articles.batch import Batch, Origin
from samestory.articles.files import find_all, find_files
from samestory.articles.model import Article
from samestory.articles.readers.anyfile import read_or_skip
from samestory.articles.readers.inputfile import ReadOptions, file_on_disk
from samestory.articles.readers.kinds import PACKED, READ
from samestory.articles.skipped import Skipped
from samestory.articles.tables import is_frame, read_frame, read_records, read_texts

Hook = Callable[[str, int, int], None]
_SHOWN = 5


def batches_from(
    source: Any, options: ReadOptions, hook: Hook | None = None
) -> Iterator[Batch | Skipped]:
    """Read a source.

    Parameters
    ----------
    source : object
        See `samestory.read_articles`.
    options : ReadOptions
    hook : callable, optional
        Told of progress.

    Yields
    ------
    Batch or Skipped
        In order.
    """
    if isinstance(source, str | os.PathLike):
        path = os.fspath(source)
        if isinstance(path, bytes):
            path = os.fsdecode(path)
        files = find_files(path, options.limits)
        return _read_files(*files, options, hook, named=path)
    if is_frame(source):
        return iter([read_frame(source, options.columns, options.limits)])
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
    if options.rows_at_once:
        return _read_stream(source, options, hook)
    return _read_list(list(source), options, hook)


# -- lists ---------------------------------------------------------------------------------


def _read_list(
    items: list[Any], options: ReadOptions, hook: Hook | None
) -> Iterator[Batch | Skipped]:
    kinds = {"dict"} if set(map(type, items)) == {dict} else set(map(_kind, items)) - {"nothing"}
    if kinds == {"path"} and None not in items:
        files = find_all(map(Path, items), options.limits)
        return _read_files(*files, options, hook, named=f"{len(items)} paths")
    if "path" in kinds:
        raise TypeError(f"a list of Path holds paths alone, not also {_others(kinds, 'path')}")
    if kinds <= {"str"}:
        _warn_of_paths(items)
        return iter([read_texts(items, "list of str")])
    if "str" in kinds and "dict" in kinds:
        raise TypeError("a list holds texts (str) or articles (dict), not both")
    if "dict" not in kinds:
        raise TypeError(
            f"a list of articles holds str, dict or Path, not {_others(kinds, 'nothing')}"
        )
    return iter(
        [read_records(items, "list of dict", Origin.MEMORY, options.columns, options.limits)]
    )


def _read_stream(
    items: Iterable[Any], options: ReadOptions, hook: Hook | None
) -> Iterator[Batch | Skipped]:
    """Read an iterable so many rows at a time."""
    rest = iter(items)
    start = 0
    while some := list(islice(rest, options.rows_at_once)):
        if any(_kind(item) == "path" for item in some):
            yield from _read_list([*some, *rest], options, hook)
            return
        for found in _read_list(some, options, hook):
            if isinstance(found, Batch):
                found.shift(start)
            yield found
        start += len(some)


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
            stacklevel=6,
        )


# -- files ---------------------------------------------------------------------------------


def _read_files(
    files: list[Path],
    skipped: list[Skipped],
    options: ReadOptions,
    hook: Hook | None,
    named: str,
) -> Iterator[Batch | Skipped]:
    """Read files one after the other; ValueError if none gives an article."""
    notes: list[Skipped] = []
    usable = False
    for found in chain(skipped, _each_file(files, options, hook, named)):
        if isinstance(found, Batch) and len(found):
            usable = True
        elif isinstance(found, Skipped) and not usable:
            notes.append(found)
            continue
        yield from notes
        notes = []
        yield found
    if not usable:
        raise ValueError(_nothing_found(named, files, notes))


def _each_file(
    files: list[Path], options: ReadOptions, hook: Hook | None, named: str
) -> Iterator[Batch | Skipped]:
    sizes = [_size(path) for path in files] if hook is not None else [0] * len(files)
    before, total = 0, sum(sizes)
    for path, size in zip(files, sizes, strict=True):
        on_read = _telling(hook, before, size, total)
        is_named = len(files) == 1 and path == Path(named).expanduser()
        file = file_on_disk(path, options.limits, is_named=is_named, on_read=on_read)
        yield from read_or_skip(file, options)
        before += size


def _telling(
    hook: Hook | None, before: int, size: int, total: int
) -> Callable[[int], object] | None:
    """Tell a hook that a file begins, and return what tells it how far its bytes are read."""
    if hook is None:
        return None
    hook("reading", before, total)
    return lambda n: hook("reading", before + min(n, size), total)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _nothing_found(named: str, files: list[Path], notes: list[Skipped]) -> str:
    if not files and not notes:
        return f"no article in {named!r}: the folder is empty"
    reasons = "; ".join(f"{Path(note.input).name}: {note.reason}" for note in notes[:_SHOWN])
    more = f"; and {len(notes) - _SHOWN:,} more" if len(notes) > _SHOWN else ""
    return (
        f"no article in {named!r}: {len(files):,} file{'' if len(files) == 1 else 's'}, "
        f"none usable ({reasons}{more}). Read are {READ}, and these with {PACKED}."
    )
