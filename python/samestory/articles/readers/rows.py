"""Rows of a table on their way to batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter
from typing import Any

from samestory.articles.batch import Batch, Origin, make_batch, page_batch
from samestory.articles.fields import NoTextColumnError, has_words, lift
from samestory.articles.raw import pack
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.skipped import Skipped

_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that is no article, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told of the row that follows, or of the whole file if none does."""

    reason: str
    whole_file: bool = False


Row = Mapping[Any, Any] | Problem | Note


class Columns:
    """Grows columns from records: every key is one, None where a record lacks it."""

    __slots__ = ("_columns", "_waiting", "length")

    def __init__(self) -> None:
        self._columns: dict[str, list[Any]] = {}
        self._waiting: list[Mapping[Any, Any]] = []
        self.length = 0

    def add(self, record: Mapping[Any, Any]) -> None:
        """Take in one record."""
        self._waiting.append(record)
        self.length += 1
        if len(self._waiting) == _AT_ONCE:
            self._flush()

    def add_some(self, records: Iterator[Mapping[Any, Any]]) -> bool:
        """Take in the next records, a thousand at most; False where there are none."""
        some = list(islice(records, _AT_ONCE))
        self._waiting += some
        self.length += len(some)
        self._flush()
        return len(some) > 0

    def finish(self) -> tuple[list[str], list[list[Any]]]:
        """Return the names and the columns."""
        self._flush()
        return list(self._columns), list(self._columns.values())

    def __len__(self) -> int:
        """Return the number of columns so far."""
        return len(self._columns)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and not self._add_alike(waiting):
            length = self.length - len(waiting)
            for record in waiting:
                self._add_one(record, length)
                length += 1
        for column in self._columns.values():
            column.extend([None] * (self.length - len(column)))

    def _add_alike(self, records: list[Mapping[Any, Any]]) -> bool:
        """Take in records of the same keys, column by column."""
        keys = list(records[0])
        if any(len(record) != len(keys) for record in records):
            return False
        names = [str(key) for key in keys]
        if len(set(names)) < len(names) or (self._columns and names != list(self._columns)):
            return False
        try:
            added = [list(map(itemgetter(key), records)) for key in keys]
        except KeyError:
            return False
        for name, values in zip(names, added, strict=True):
            self._columns.setdefault(name, [None] * (self.length - len(records))).extend(values)
        return True

    def _add_one(self, record: Mapping[Any, Any], length: int) -> None:
        for key, value in record.items():
            column = self._columns.get(key)
            if column is None:
                column = self._columns.setdefault(str(key), [])
            if len(column) <= length:  # 1 and "1" are one name: the first wins
                column.extend([None] * (length - len(column)))
                column.append(value)


@dataclass(slots=True)
class _Stretch:
    """The rows of the next batch."""

    columns: Columns = field(default_factory=Columns)
    rows: list[int] = field(default_factory=list)
    notes: list[Skipped] = field(default_factory=list)


def batches_of(
    file: InputFile, rows: Iterable[Row], options: ReadOptions, *, origin: Origin = Origin.TABLE
) -> Iterator[Batch | Skipped]:
    """Make batches of the rows of a file.

    Parameters
    ----------
    file : InputFile
        Where they come from.
    rows : iterable of mapping, Problem or Note
        In order. A `Problem` is a row, too; a `Note` is not.
    options : ReadOptions
    origin : Origin
        What kind of rows they are.

    Yields
    ------
    Batch or Skipped
        One batch, or one for so many rows as `options` say.

    Raises
    ------
    UnreadableError
        If there is no article, or more than the limits allow.
    """
    stretch = _Stretch()
    number, usable = 0, False
    first_problem = ""
    for row in _limited(file, rows, options):
        if isinstance(row, Note):
            stretch.notes.append(
                Skipped(file.label, None if row.whole_file else number, row.reason)
            )
            continue
        if isinstance(row, Problem):
            first_problem = first_problem or row.reason
            stretch.notes.append(Skipped(file.label, number, row.reason))
        else:
            stretch.columns.add(lift(row))
            stretch.rows.append(number)
            _check_width(stretch.columns, options)
        number += 1
        if options.rows_at_once and len(stretch.rows) >= options.rows_at_once:
            usable = True
            yield from _batch(file, stretch, options, origin)
            stretch = _Stretch()
    if stretch.rows:
        yield from _batch(file, stretch, options, origin)
    elif usable:
        yield from stretch.notes
    else:
        raise UnreadableError(f"no row that is an article{first_problem and f': {first_problem}'}")


def _limited(file: InputFile, rows: Iterable[Row], options: ReadOptions) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number >= options.limits.rows:
            limit = options.limits
            raise UnreadableError(f"more than {limit.rows:,} rows: {limit.beyond('rows')}")
        yield row


def _check_width(columns: Columns, options: ReadOptions) -> None:
    if len(columns) > options.limits.columns:
        raise UnreadableError(
            f"more than {options.limits.columns:,} columns: {options.limits.beyond('columns')}"
        )


def _batch(
    file: InputFile, stretch: _Stretch, options: ReadOptions, origin: Origin
) -> Iterator[Batch | Skipped]:
    names, data = stretch.columns.finish()
    _check_width(stretch.columns, options)
    try:
        batch = make_batch(file.label, origin, names, data, options.columns, rows=stretch.rows)
    except NoTextColumnError as error:
        raise UnreadableError(str(error).removeprefix(file.label).strip()) from error
    except ValueError as error:
        if file.is_named:
            raise
        raise UnreadableError(str(error)) from error
    batch.skipped[:0] = stretch.notes
    batch.texts["path"] = [file.label] * len(batch)
    yield batch


def page(file: InputFile, fields: Mapping[str, str], markup: str = "") -> Batch:
    """Make the batch of one page.

    Parameters
    ----------
    file : InputFile
        The page.
    fields : mapping of str to str
        What it says, field by field.
    markup : str
        The page as it came, where that is not its text.
    """
    if not has_words(fields.get("title", "")) and not has_words(fields.get("text", "")):
        raise UnreadableError("no words")
    batch = page_batch(file.label, fields)
    if markup:
        batch.raw[0] = pack(markup)
    return batch
