"""Spreadsheets: Excel and OpenDocument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from samestory._extras import require
from samestory.articles.batch import Batch
from samestory.articles.fields import NoTextColumnError, match_columns
from samestory.articles.readers.delimited import distinct_names
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.rows import Note, Row, batches_of
from samestory.articles.skipped import Skipped

_HEADER_WITHIN = 30
# Day 0 of Excel's calendar, in which 1900 was a leap year.
_DAY_ZERO = datetime(1899, 12, 30)
_FIRST_SERIAL, _LAST_SERIAL = 10_000, 110_000  # 1927 to 2201


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every sheet that has titles or texts."""
    reasons: list[Skipped] = []
    usable = False
    with file.on_disk() as path:
        for name, rows in _sheets(path):
            try:
                for found in batches_of(file, _rows(rows, options), options):
                    usable = True
                    yield found
            except UnreadableError as error:
                reasons.append(Skipped(f"{file.label}#{name}", None, str(error)))
    if not usable:
        raise UnreadableError(reasons[0].reason if reasons else "a workbook without sheets")
    yield from reasons


def _sheets(path: Path) -> Iterator[tuple[str, Sequence[Sequence[Any]]]]:
    """Yield the name and the rows of each sheet."""
    try:
        calamine = require("python_calamine", "excel", "reading a spreadsheet")
    except ImportError:
        yield from _sheets_by_openpyxl(path)
        return
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            yield name, book.get_sheet_by_name(name).to_python(skip_empty_area=True)
    except Exception as error:  # the library's errors have no common base
        raise UnreadableError(f"damaged spreadsheet: {str(error)[:200]}") from error


def _sheets_by_openpyxl(path: Path) -> Iterator[tuple[str, Sequence[Sequence[Any]]]]:
    openpyxl = require("openpyxl", "excel", "reading a spreadsheet")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # the library's errors have no common base
        raise UnreadableError(f"damaged spreadsheet: {str(error)[:200]}") from error


def _rows(rows: Sequence[Sequence[Any]], options: ReadOptions) -> Iterator[Row]:
    place = next((i for i, row in enumerate(rows[:_HEADER_WITHIN]) if _are_names(row)), None)
    if place is None:
        place = next((i for i, row in enumerate(rows) if any(map(_is_filled, row))), None)
    if place is None:
        raise UnreadableError("an empty sheet")
    names = distinct_names([str(cell or "").strip() for cell in rows[place]])
    dates = _date_column(names, rows[place + 1 :], options)
    if place:
        yield Note(f"{place:,} row{'' if place == 1 else 's'} above the names", whole_file=True)
    for row in rows[place + 1 :]:
        if any(map(_is_filled, row)):
            cells = [None if cell == "" else _cell(cell) for cell in row]
            if dates is not None and dates < len(cells):
                cells[dates] = _date(cells[dates])
            yield dict(zip(names, cells, strict=False))


def _are_names(row: Sequence[Any]) -> bool:
    try:
        match_columns([str(cell) for cell in row if isinstance(cell, str)], None, "")
    except NoTextColumnError:
        return False
    return True


def _is_filled(cell: Any) -> bool:
    return cell is not None and cell != ""


def _cell(cell: Any) -> Any:
    """A whole number is stored as a float."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def _date_column(
    names: Sequence[str], rows: Sequence[Sequence[Any]], options: ReadOptions
) -> int | None:
    columns = [[row[i] if i < len(row) else None for row in rows[:50]] for i in range(len(names))]
    try:
        return match_columns(names, options.columns, "", columns).get("date")
    except ValueError:
        return None


def _date(cell: Any) -> Any:
    """Read a date that lost its format: the number of days since 1900."""
    if isinstance(cell, int | float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        moment = _DAY_ZERO + timedelta(seconds=round(cell * 86_400))
        return moment.date() if moment.time() == datetime.min.time() else moment
    return cell
