"""CSV and its kin: cells between commas, semicolons, tabs or bars."""

from __future__ import annotations

import csv
import re
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from samestory.articles.batch import Batch
from samestory.articles.fields import NoTextColumnError, match_columns
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.lines import text_lines
from samestory.articles.readers.rows import Note, Row, batches_of
from samestory.articles.skipped import Skipped

_MAX_FIELD = 2**31 - 1  # what fits a C long everywhere
_LIMIT = threading.Lock()
_DELIMITERS = ",\t;|"
_LOOKED_AT = 30  # lines in which the header is sought
_MAX_LINES_IN_CELL = 20_000
# What the tables that samestory writes have. It puts an apostrophe before cells that a spreadsheet
# would take for formulas; in other files an apostrophe may open a quotation.
_OF_SAMESTORY = ({"story_id", "story_place"}, {"first_outlet", "sure"})
_MADE_SAFE = re.compile(r"'+[=+\-@\t\r]")
_SEP = re.compile(r"sep=(.)\s*", re.IGNORECASE)


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read a table of cells between delimiters."""
    yield from batches_of(file, _rows(file, options), options)


def _rows(file: InputFile, options: ReadOptions) -> Iterator[Row]:
    lines = _Lines(_parted_at_returns(text_lines(file)))
    style = _Style.of(lines, tab_by_default=file.suffix in (".tsv", ".tab"))
    try:
        above, header = _header(lines, style, options)
    except csv.Error as error:
        raise UnreadableError(f"not CSV: {error}") from error
    if len(header) > options.limits.columns:
        limits = options.limits
        raise UnreadableError(f"{len(header):,} columns: {limits.beyond('columns')}")
    if above:
        yield Note(f"{above:,} line{'' if above == 1 else 's'} above the names", whole_file=True)
    names = distinct_names(header)
    is_made_safe = any(marks <= set(names) for marks in _OF_SAMESTORY)
    empty = True
    for cells, note in _records(lines, style, len(header)):
        if note:
            yield Note(note)
        if is_made_safe:
            cells = [cell[1:] if _MADE_SAFE.match(cell) else cell for cell in cells]
        yield dict(zip(names, cells, strict=True))
        empty = False
    if empty:
        raise UnreadableError("a table without rows")


def _parted_at_returns(lines: Iterator[str]) -> Iterator[str]:
    """Part lines where old spreadsheets do: what stands in quotes is put together again."""
    for line in lines:
        whole = line.removesuffix("\r")
        if "\r" in whole:
            yield from whole.split("\r")
        else:
            yield whole


class _Lines:
    """Lines that can be looked at before they are taken, and put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ahead: deque[str] = deque()
        self.taken: list[str] = []

    def look(self, n: int) -> list[str]:
        self._ahead.extend(islice(self._lines, max(0, n - len(self._ahead))))
        return list(islice(self._ahead, n))

    def put_back(self, lines: Sequence[str]) -> None:
        self._ahead.extendleft(reversed(lines))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._ahead.popleft() if self._ahead else next(self._lines)
        self.taken.append(line)
        if len(self.taken) > _MAX_LINES_IN_CELL:
            raise csv.Error(f"a cell of more than {_MAX_LINES_IN_CELL:,} lines")
        return f"{line}\n"


class _Style:
    """How the cells are parted and quoted."""

    def __init__(self, delimiter: str, escape: str | None) -> None:
        self.delimiter, self.escape = delimiter, escape

    @classmethod
    def of(cls, lines: _Lines, *, tab_by_default: bool) -> _Style:
        while (first := lines.look(1)) and not first[0].strip():
            next(lines)
        if first and (named := _SEP.fullmatch(first[0].strip().strip('"'))):
            next(lines)
            delimiter = named[1]
        else:
            delimiter = _delimiter(lines.look(_LOOKED_AT)) or ("\t" if tab_by_default else ",")
        sample = "\n".join(lines.look(200))
        return cls(delimiter, "\\" if _escapes(sample, delimiter) else None)

    def parse(self, lines: Any, *, strict: bool) -> list[str]:
        """Read one record, of whatever size: the csv module's limit is for all its readers."""
        reader = csv.reader(lines, delimiter=self.delimiter, escapechar=self.escape, strict=strict)
        with _LIMIT:
            before = csv.field_size_limit(_MAX_FIELD)
            try:
                return next(reader, [])
            finally:
                csv.field_size_limit(before)

    def unquoted(self, line: str) -> list[str]:
        """Take a line for what it is, its quotes for characters."""
        return [cell.removeprefix('"') for cell in line.split(self.delimiter)]


def _delimiter(lines: Sequence[str]) -> str:
    """Return the mark that parts the line with the most parts; "" where no line has any."""
    counts = {
        mark: max(("".join(line.split('"')[::2]).count(mark) for line in lines), default=0)
        for mark in _DELIMITERS
    }
    first = "".join(lines[0].split('"')[::2]) if lines else ""
    best = max(_DELIMITERS, key=first.count)
    if not first.count(best):
        best = max(counts, key=counts.__getitem__)
    return best if counts[best] else ""


def _escapes(sample: str, delimiter: str) -> bool:
    r"""Whether a quote inside a cell is written \" and not "" (a path may end with \)."""
    inside = re.findall(rf'\\"(?!["{re.escape(delimiter)}\r\n]|$)', sample)
    return len(inside) > 0 and len(inside) >= len(re.findall(r'(?<=[^\\,;|\t])""(?=\w)', sample))


def _header(lines: _Lines, style: _Style, options: ReadOptions) -> tuple[int, list[str]]:
    """Find the line of names; return how many are above it, and the names."""
    looked = lines.look(_LOOKED_AT)
    rows = [style.parse([line], strict=False) for line in looked]
    widths = [len([cell for cell in row if cell.strip()]) for row in rows]
    wanted = set((options.columns or {}).values())
    place = next((i for i, row in enumerate(rows) if _are_names(row, wanted)), None)
    if place is None:
        place = next((i for i, width in enumerate(widths) if width), 0)
    for _ in range(place):
        next(lines)
    lines.taken.clear()
    header = style.parse(lines, strict=False)
    lines.taken.clear()
    above = sum(1 for row in rows[:place] if row)
    return above, [name.strip(" \t\ufeff\u200b\u200e\u2060'") for name in header]


def _are_names(row: Sequence[str], wanted: set[str]) -> bool:
    if len(row) > 1000:
        return True
    if wanted and wanted <= set(map(str.strip, row)):
        return True
    try:
        match_columns(row, None, "")
    except NoTextColumnError:
        return False
    return all(len(cell) < 200 for cell in row)


def distinct_names(header: Sequence[str]) -> list[str]:
    """Give numbers to names that repeat."""
    names: dict[str, None] = {}
    numbers: dict[str, int] = {}
    for name in header:
        free = name
        while free in names:
            numbers[name] = numbers.get(name, 1) + 1
            free = f"{name}_{numbers[name]}"
        names[free] = None
    return list(names)


def _records(lines: _Lines, style: _Style, width: int) -> Iterator[tuple[list[str], str]]:
    """Yield the cells of each row, and what had to be done to them."""
    while lines.look(1):
        lines.taken.clear()
        cells, note = _record(lines, style, width)
        if not cells:
            continue
        if len(cells) != width:
            what = "the rest is left out" if len(cells) > width else "the rest empty"
            note = note or f"{len(cells)} cells under {width} names; {what}"
            cells = (cells + [""] * width)[:width]
        yield cells, note


def _record(lines: _Lines, style: _Style, width: int) -> tuple[list[str], str]:
    try:
        cells = style.parse(lines, strict=True)
    except csv.Error as error:
        cells, wrong = [], str(error)
    else:
        wrong = ""
    if len(cells) == 1 < width and style.delimiter in cells[0]:  # the whole row in quotes
        inside = style.parse([cells[0]], strict=False)
        cells = inside if len(inside) == width else cells
    if not wrong and (len(cells) == width or len(lines.taken) < 2):
        return cells, ""
    taken = list(lines.taken)
    alone = style.unquoted(taken[0])
    if len(alone) == width and len(taken) > 1:  # a quote that nothing closes
        lines.put_back(taken[1:])
        return alone, "a quote that is not closed; read to the end of its line"
    if not wrong:
        return cells, ""
    lines.put_back(taken)
    lines.taken.clear()
    try:
        return style.parse(lines, strict=False), ""
    except csv.Error as error:
        raise UnreadableError(f"not CSV: {error}") from error
