"""Rows on their way from an input to Articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from samestory.articles.cells import NotProseError, date_cell, label, names, prose, shown
from samestory.articles.characters import classes_of_all
from samestory.articles.datecolumn import DateColumn, read_dates
from samestory.articles.dates import is_missing
from samestory.articles.decode import NotTextError, well_formed, well_formed_all
from samestory.articles.fields import DATE_DETAILS, FIELDS, TEXT_FIELDS, match_columns
from samestory.articles.ids import content_id
from samestory.articles.missing import is_marker, without_markers
from samestory.articles.parts import join_parts
from samestory.articles.raw import pack
from samestory.articles.skipped import Skipped
from samestory.articles.unicode import unify, unify_all


class Origin(Enum):
    """Where rows come from: it decides what clean="auto" does to them."""

    MEMORY = "memory"
    TABLE = "a table in a file"
    PAGE = "a page in a file"


@dataclass(slots=True)
class Batch:
    """Rows of one input, with their fields named and their cells made into strings and dates."""

    input: str
    origin: Origin
    texts: dict[str, list[str]]
    dates: DateColumn
    extra: dict[str, Any] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)
    unread_dates: list[tuple[int, str]] = field(default_factory=list)
    index: Any = None
    removed: list[tuple[int, str, str]] = field(default_factory=list)
    raw: dict[int, bytes] = field(default_factory=dict)
    used: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    source_rows: Sequence[int] | None = None

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.texts["id"])

    def source(self, row: int) -> str:
        """Return what the input of a row is called: of pages, each is one."""
        return self.texts["path"][row] if self.origin is Origin.PAGE else self.input

    def source_row(self, row: int) -> int:
        """Return which row of the input a row is."""
        return row if self.source_rows is None else self.source_rows[row]

    def shift(self, start: int) -> None:
        """Count the rows of the input from another one than 0."""
        rows = self.source_rows or range(len(self))
        self.source_rows = [start + row for row in rows]
        self.skipped = [
            note if note.row is None else Skipped(note.input, start + note.row, note.reason)
            for note in self.skipped
        ]

    def note_removed(self, row: int, what: str, why: str) -> None:
        """Note a passage that was taken out of the article in a row, for `Articles.removed`."""
        if what and not what.isspace():
            self.removed.append((row, what, why))

    def set_text(self, row: int, text: str) -> None:
        """Change the text of a row; the first one stays what `Article.raw` gives."""
        before = self.texts["text"][row]
        if text != before:
            if row not in self.raw:
                self.raw[row] = pack(before)
            self.texts["text"][row] = text


def _read_prose(values: Sequence[Any], name: str, source: str, skipped: list[Skipped]) -> list[str]:
    if set(map(type, values)) != {str}:
        values = _as_strings(values, name, source, skipped)
    classes = classes_of_all(values)
    return unify_all(without_markers(well_formed_all(values, classes)), classes)


def _as_strings(values: Sequence[Any], name: str, source: str, skipped: list[Skipped]) -> list[str]:
    """Return cells of prose as strings; those that are none are noted and left empty."""
    cells = []
    for row, value in enumerate(values):
        if type(value) is not str:
            try:
                value = _as_prose(value)
            except NotTextError as error:
                skipped.append(Skipped(source, row, f"{name} is {error}; left empty"))
                value = ""
            except NotProseError as error:
                reason = f"{name} is {error}, not a string; left empty"
                skipped.append(Skipped(source, row, reason))
                value = ""
        cells.append(value)
    return cells


def _as_prose(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    return "" if is_missing(value) else prose(value)


def _read_labels(values: Sequence[Any], name: str) -> list[str]:
    if set(map(type, values)) != {str}:
        values = [value if type(value) is str else _as_label(value) for value in values]
    distinct = dict.fromkeys(values, "")
    cells = without_markers(list(map(str.strip, well_formed_all(list(distinct)))))
    if name in ("author", "outlet"):
        cells = [names(cell) if cell[:1] == "[" else cell for cell in unify_all(cells)]
    if len(distinct) == len(values):
        return cells
    distinct.update(zip(distinct, cells, strict=True))
    return [distinct[value] for value in values]


def _as_label(value: Any) -> str:
    return "" if is_missing(value) else label(value)


def make_batch(
    source: str,
    origin: Origin,
    names: Sequence[object],
    columns: Sequence[Sequence[Any]],
    user_columns: Mapping[str, str] | None,
    *,
    dates: DateColumn | None = None,
    index_labels: Sequence[Any] | None = None,
    index: Any = None,
    rows: Sequence[int] | None = None,
) -> Batch:
    """Make a batch of the columns of a table.

    Parameters
    ----------
    source : str
        What the input is called where something is skipped.
    origin : Origin
        Where it comes from.
    names, columns : sequence
        The columns, of one length, and their names, which may repeat.
    user_columns : mapping or None
        Field to column name, as the user gave it.
    dates : DateColumn, optional
        The column of dates if it has been read.
    index_labels : sequence, optional
        Labels of the rows that serve as ids where there is no column of ids.
    index : pandas.Index, optional
        Kept for the way back.
    rows : sequence of int, optional
        Which rows of the input these are, where some were skipped.

    Returns
    -------
    Batch
    """
    names, columns = join_parts(list(map(well_formed, map(str, names))), columns)
    chosen = match_columns(names, user_columns, source, columns)
    length = len(columns[0]) if columns else 0
    skipped: list[Skipped] = []
    texts: dict[str, list[str]] = {}
    for name in TEXT_FIELDS:
        if name not in chosen:
            texts[name] = [""] * length
        elif name in ("title", "standfirst", "text"):
            texts[name] = _read_prose(columns[chosen[name]], name, source, skipped)
        else:
            texts[name] = _read_labels(columns[chosen[name]], name)
    batch = Batch(source, origin, texts, DateColumn.empty(length), skipped=skipped, index=index)
    if rows is not None and len(rows) and rows[-1] != length - 1:
        batch.source_rows = rows
        batch.skipped = [Skipped(note.input, rows[note.row or 0], note.reason) for note in skipped]
    raw_dates: Sequence[Any] = [""] * length
    if "date" in chosen:
        raw_dates = _date_cells(columns[chosen["date"]])
        if dates is None:
            dates, failed = read_dates(raw_dates)
            batch.unread_dates = [(row, shown(raw_dates[row])) for row in failed]
        else:
            raw_dates = dates.utc.astype(str).tolist()
        batch.dates = dates
    _fill_ids(batch, raw_dates, index_labels)
    used = set(chosen.values())
    batch.used = {field: names[chosen[field]] for field in FIELDS if field in chosen}
    batch.unused = [name for i, name in enumerate(names) if i not in used]
    _keep_extra(
        batch,
        [(n, c) for i, (n, c) in enumerate(zip(names, columns, strict=True)) if i not in used],
    )
    return batch


def page_batch(path: str, fields: Mapping[str, str]) -> Batch:
    """Make a batch of one page.

    Parameters
    ----------
    path : str
        Where it lies.
    fields : mapping of str to str
        What it says; a date as it is written.
    """
    texts = {name: [""] for name in TEXT_FIELDS}
    texts |= {name: [unify(well_formed(fields[name]))] for name in TEXT_FIELDS if name in fields}
    texts["path"] = [path]
    date = fields.get("date", "")
    dates, failed = read_dates([date]) if date else (DateColumn.empty(1), [])
    batch = Batch(path, Origin.PAGE, texts, dates)
    batch.unread_dates = [(row, date) for row in failed]
    _fill_ids(batch, [date], None)
    return batch


def _date_cells(values: Sequence[Any]) -> Sequence[Any]:
    """Return the cells of a column of dates, empty where they say that there is none."""
    kinds = set(map(type, values))
    if not kinds.isdisjoint((dict, list, tuple)) or any(issubclass(k, tuple) for k in kinds):
        values = [date_cell(value) for value in values]
    if str in kinds or any(issubclass(kind, str) for kind in kinds):
        return [None if isinstance(value, str) and is_marker(value) else value for value in values]
    return values


def _fill_ids(batch: Batch, raw_dates: Sequence[Any], index_labels: Sequence[Any] | None) -> None:
    """Give ids to the rows that have none: the index, else the URL, else a hash."""
    ids, urls = batch.texts["id"], batch.texts["url"]
    texts = batch.texts
    for i, name in enumerate(ids):
        if name:
            continue
        if index_labels is not None:
            ids[i] = well_formed(label(index_labels[i]))
        ids[i] = ids[i] or urls[i]
        if not ids[i]:
            date = "" if is_missing(raw_dates[i]) else label(raw_dates[i])
            ids[i] = content_id((texts["outlet"][i], texts["title"][i], texts["text"][i], date))


def _keep_extra(batch: Batch, columns: Sequence[tuple[str, Any]]) -> None:
    """Keep what is no field under its own name; a repeated or reserved name gets a number."""
    details = {name: column for name, column in columns if name in DATE_DETAILS}
    restored = _restore_details(batch.dates, details)
    for name, column in columns:
        if restored and name in DATE_DETAILS:
            continue
        number, free = 1, name
        while free in batch.extra or free in FIELDS or free in DATE_DETAILS:
            number += 1
            free = f"{name}_{number}"
        batch.extra[free] = column


def _restore_details(dates: DateColumn, details: Mapping[str, Sequence[Any]]) -> bool:
    """Take back what `Articles.to_frame` wrote beside the dates, if that is what it is."""
    from samestory.articles.datecolumn import restore

    return len(details) == len(DATE_DETAILS) and restore(
        dates, details["date_offset"], details["date_precision"], details["date_zone_known"]
    )
