"""Tables in files: CSV, JSON lines, JSON."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from samestory.articles.batch import Batch, Origin, make_batch
from samestory.articles.decode import decode
from samestory.articles.files import CSV_SUFFIXES, JSON_SUFFIXES, UnreadableError, suffix_of
from samestory.articles.skipped import Skipped
from samestory.articles.tables import gather

_MAX_FIELD = 2**31 - 1  # what fits a C long everywhere
_LIMIT = threading.Lock()


def read_table(path: Path, data: bytes, columns: Mapping[str, str] | None) -> Batch:
    """Read a file of articles; UnreadableError says why there is none."""
    suffix = suffix_of(path)
    text = decode(data)
    if suffix in CSV_SUFFIXES:
        return _read_csv(str(path), text, columns)
    if suffix in JSON_SUFFIXES:
        return _read_json(str(path), text, columns)
    return _read_lines(str(path), text, columns)


def _batch(
    source: str,
    names: list[str],
    data: list[list[Any]],
    columns: Mapping[str, str] | None,
    skipped: list[Skipped],
) -> Batch:
    try:
        batch = make_batch(source, Origin.TABLE, names, data, columns)
    except ValueError as error:
        if columns:
            raise
        raise UnreadableError(str(error).removeprefix(source).strip()) from error
    batch.skipped[:0] = skipped
    return batch


# -- JSON ----------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[str]:
    """Part at line feeds alone: JSON may hold U+2028, which str.splitlines() parts at."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield text[start:end]
        start = end + 1


def _parse_line(line: str) -> Mapping[str, Any] | str:
    """Return the object of a line, or what is wrong with it."""
    try:
        record = json.loads(line)
    except RecursionError:
        return "not JSON that can be read: nested too deeply"
    except ValueError as error:
        return f"not JSON: {error}"
    if not isinstance(record, Mapping):
        return f"not a JSON object but {_json_name(record)}"
    return record


def _json_name(value: Any) -> str:
    names = {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def _read_lines(source: str, text: str, columns: Mapping[str, str] | None) -> Batch:
    records: list[Mapping[str, Any]] = []
    skipped: list[Skipped] = []
    row = -1
    for number, line in enumerate(_lines(text), 1):
        if not line or line.isspace():
            continue
        row += 1
        parsed = _parse_line(line)
        if isinstance(parsed, str):
            skipped.append(Skipped(source, row, f"line {number}: {parsed}"))
        else:
            records.append(parsed)
    return _read_objects(source, records, columns, skipped)


def _read_objects(
    source: str,
    records: list[Mapping[str, Any]],
    columns: Mapping[str, str] | None,
    skipped: list[Skipped],
) -> Batch:
    if not records:
        first = f": {skipped[0].reason}" if skipped else ""
        raise UnreadableError(f"no JSON object in it{first}")
    names, data = gather(records)
    return _batch(source, names, data, columns, skipped)


def _read_json(source: str, text: str, columns: Mapping[str, str] | None) -> Batch:
    """Read an array of objects, one object, or an object that holds such an array."""
    try:
        value = json.loads(text)
    except RecursionError as error:
        raise UnreadableError("not JSON that can be read: nested too deeply") from error
    except ValueError as error:
        if "\n" in text.strip():  # JSON lines are often called .json
            return _read_lines(source, text, columns)
        raise UnreadableError(f"not JSON: {error}") from error
    if isinstance(value, Mapping):
        arrays = [v for v in value.values() if isinstance(v, list) and _all_objects(v)]
        value = arrays[0] if len(arrays) == 1 and not _is_article(value) else [value]
    if not isinstance(value, list):
        raise UnreadableError(f"not a JSON array of objects but {_json_name(value)}")
    skipped = [
        Skipped(source, row, f"not a JSON object but {_json_name(one)}")
        for row, one in enumerate(value)
        if not isinstance(one, Mapping)
    ]
    records = [one for one in value if isinstance(one, Mapping)]
    return _read_objects(source, records, columns, skipped)


def _all_objects(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, Mapping) for value in values)


def _is_article(value: Mapping[str, Any]) -> bool:
    return any(isinstance(value.get(name), str) for name in ("title", "headline", "text", "body"))


# -- CSV -----------------------------------------------------------------------------------


@contextmanager
def _any_field_size() -> Iterator[None]:
    """Lift the csv module's limit, which is global, for as long as one file takes."""
    with _LIMIT:
        before = csv.field_size_limit(_MAX_FIELD)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """Return the mark that parts the names in the header."""
    end = text.find("\n")
    header = text[: end if end >= 0 else len(text)]
    unquoted = "".join(header.split('"')[::2])
    return max(",\t;|", key=unquoted.count)


def _read_csv(source: str, text: str, columns: Mapping[str, str] | None) -> Batch:
    skipped: list[Skipped] = []
    with _any_field_size():
        reader = csv.reader(
            io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=_delimiter(text.lstrip("\r\n"))
        )
        try:
            header = [name.strip() for name in next(reader)]
            data: list[list[Any]] = [[] for _ in header]
            row = 0
            for cells in reader:
                if not cells:
                    continue
                if len(cells) != len(header):
                    what = "the rest is left out" if len(cells) > len(header) else "the rest empty"
                    reason = f"{len(cells)} cells under {len(header)} names; {what}"
                    skipped.append(Skipped(source, row, reason))
                    cells = (cells + [""] * len(header))[: len(header)]
                for column, cell in zip(data, cells, strict=True):
                    column.append(cell)
                row += 1
        except csv.Error as error:
            raise UnreadableError(f"not CSV: {error} in line {reader.line_num}") from error
    if row == 0:
        raise UnreadableError("a table without rows")
    return _batch(source, header, data, columns, skipped)
