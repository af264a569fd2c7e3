"""Articles as parts of a container, and back."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.articles import Articles
from samestory.articles.datecolumn import NAT, DateColumn
from samestory.articles.dates import PRECISIONS
from samestory.articles.fields import DATE_DETAILS, FIELDS, TEXT_FIELDS
from samestory.articles.removed import RemovedParts
from samestory.articles.skipped import Skipped, SkippedRows
from samestory.articles.used import UsedColumns
from samestory.keeping.container import Texts
from samestory.keeping.values import decode, encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.keeping.container import Parts

_PLAIN_KINDS = "biufmM"
_PANDAS_DTYPE = re.compile(
    r"category|string|str|boolean|U?Int(8|16|32|64)|Float(32|64)|datetime64\[[mun]?s, [\w/+:-]+\]"
)
_FIRST, _LAST = np.datetime64("0002-01-01", "us"), np.datetime64("9998-12-31T23:59:59", "us")


def articles_parts(articles: Articles) -> dict[str, Any]:
    """Return what articles are made of, by name.

    Parameters
    ----------
    articles : Articles
    """
    texts, dates = articles._texts, articles._dates
    rows = sorted(articles._raw)
    removed = articles.removed
    parts: dict[str, Any] = {f"text/{name}": Texts(texts[name]) for name in TEXT_FIELDS}
    parts |= {
        "date/utc": dates.utc,
        "date/offset": dates.offset,
        "date/precision": dates.precision,
        "date/zone_known": dates.zone_known,
        "removed/rows": removed._rows,
        "removed/what": Texts(removed._what),
        "removed/why": Texts(removed._why),
        "raw/rows": np.array(rows, np.int64),
        "raw/ends": np.cumsum([0, *(len(articles._raw[row]) for row in rows)], dtype=np.int64),
        "raw/packed": b"".join(articles._raw[row] for row in rows),
        "skipped": [[note.input, note.row, note.reason] for note in articles.skipped],
        "used": None if articles._used is None else [list(one) for one in articles._used.inputs],
    }
    names = list(articles._extra)
    kinds = []
    for number, name in enumerate(names):
        kind, parts[f"extra/{number}"] = _column(articles._extra[name], f"column {name!r}")
        kinds.append(kind)
    parts["extra"] = {"names": names, "kinds": kinds}
    return parts | _index_parts(articles.index)


def _column(column: Any, what: str) -> tuple[Any, Any]:
    """A column of any cells: its kind, and what it is stored as."""
    plain = _plain_array(column)
    if plain is not None:
        return "array", plain
    cells = list(column)
    if isinstance(column, list) and set(map(type, cells)) == {str}:
        return "texts", Texts(cells)
    try:
        return _kind_of(column), json.dumps([encode(cell) for cell in cells]).encode("ascii")
    except (TypeError, RecursionError) as error:
        raise TypeError(
            f"{what} cannot be saved: it holds {error}. Leave it out or make it a column of "
            "numbers, dates or str"
        ) from None


def _plain_array(column: Any) -> NDArray[Any] | None:
    """The column as an array of numbers or moments, if that is all that it is."""
    kind = getattr(getattr(column, "dtype", None), "kind", "O")
    if kind not in _PLAIN_KINDS or not _is_of_numpy(column.dtype):
        return None
    array = np.asarray(column)
    return array if array.ndim == 1 and array.dtype.kind in _PLAIN_KINDS else None


def _is_of_numpy(dtype: Any) -> bool:
    return isinstance(dtype, np.dtype) or type(dtype).__name__ == "NumpyEADtype"


def _kind_of(column: Any) -> Any:
    """A list, an array of objects, or the dtype of pandas."""
    dtype = getattr(column, "dtype", None)
    if dtype is None:
        return "list"
    if _is_of_numpy(dtype):
        return "objects"
    if str(dtype) == "category":
        return ["category", encode(list(dtype.categories)), bool(dtype.ordered)]
    return [str(dtype)] if _PANDAS_DTYPE.fullmatch(str(dtype)) else "list"


def _index_parts(index: Any) -> dict[str, Any]:
    if index is None:
        return {}
    kind, cells = _column(index, "the index")
    about = {"kind": kind, "names": encode(list(index.names)), "levels": index.nlevels}
    return {"index": about, "index/cells": cells}


def articles_of(parts: Parts) -> Articles:
    """Make articles of what `articles_parts` returned; every part is checked."""
    ids = parts.texts("text/id")
    n = len(ids)
    texts = {name: parts.texts(f"text/{name}", n) for name in TEXT_FIELDS}
    parts.check("text/id", len(set(ids)) == n, "holds an id twice")
    used = parts.json("used", (list, type(None)))
    return Articles(
        texts,
        _dates(parts, n),
        _extra(parts, n),
        _skipped(parts),
        _index(parts, n),
        removed=_removed(parts, ids),
        raw=_raw(parts, n),
        used=None if used is None else _used(parts, used),
    )


def _dates(parts: Parts, n: int) -> DateColumn:
    utc = parts.array("date/utc", "M8[us]", (n,))
    known = utc.astype(np.int64) != NAT
    in_range = (utc[known] >= _FIRST) & (utc[known] <= _LAST)
    parts.check("date/utc", bool(in_range.all()), "has dates out of range")
    offset = parts.array("date/offset", "i2", (n,))
    parts.check("date/offset", bool(np.all(np.abs(offset.astype(int)) < 1440)), "is out of range")
    precision = parts.array("date/precision", "u1", (n,))
    parts.check("date/precision", bool(np.all(precision < len(PRECISIONS))), "is out of range")
    return DateColumn(utc, offset, precision, parts.array("date/zone_known", "?", (n,)))


def _extra(parts: Parts, n: int) -> dict[str, Any]:
    about = parts.json("extra")
    names, kinds = about.get("names"), about.get("kinds")
    taken = {*FIELDS, *DATE_DETAILS}
    is_right = (
        _are(names, str)
        and isinstance(kinds, list)
        and len(names) == len(kinds) == len(set(names))
        and not taken.intersection(names)
    )
    parts.check("extra", is_right, "names no columns")
    return {
        name: _cells(parts, f"extra/{number}", kind, n)
        for number, (name, kind) in enumerate(zip(names, kinds, strict=True))
    }


def _cells(parts: Parts, name: str, kind: Any, n: int) -> Any:
    if kind == "array":
        array = parts.any_array(name, n)
        parts.check(name, array.ndim == 1, "is no column")
        return array
    if kind == "texts":
        return list(parts.texts(name, n))
    try:
        cells = decode(json.loads(parts.data(name)))
    except (ValueError, RecursionError):
        cells = None
    parts.check(name, isinstance(cells, list) and len(cells) == n, f"holds no {n:,} cells")
    if kind == "list":
        return cells
    if kind == "objects":
        column = np.empty(n, dtype=object)
        column[:] = cells
        return column
    parts.check(name, isinstance(kind, list) and bool(kind), f"is of an unknown kind, {kind!r}")
    try:
        return _pandas_column(cells, *kind)
    except (TypeError, ValueError, ArithmeticError, LookupError):
        raise parts.damaged(name, f"holds no column of {kind[0]!r}") from None


def _pandas_column(cells: Any, dtype: str, categories: Any = (), ordered: Any = False) -> Any:
    """The column as pandas had it; a list where it is not at hand."""
    if not _PANDAS_DTYPE.fullmatch(dtype):
        raise TypeError(f"no dtype {dtype!r} is kept")
    try:
        import pandas
    except ImportError:
        return cells
    if dtype == "category":
        return pandas.Categorical(cells, categories=decode(categories), ordered=bool(ordered))
    return pandas.array(cells, dtype=dtype)


def _index(parts: Parts, n: int) -> Any:
    """The index, where pandas is at hand."""
    if "index" not in parts:
        return None
    about = parts.json("index")
    cells = _cells(parts, "index/cells", about.get("kind"), n)
    try:
        import pandas
    except ImportError:
        return None
    try:
        names = decode(about.get("names"))
        if about.get("levels") == 1:
            return pandas.Index(cells, name=names[0])
        return pandas.MultiIndex.from_tuples(cells, names=names)
    except (TypeError, ValueError, IndexError, OverflowError):
        raise parts.damaged("index", "makes no index") from None


def _removed(parts: Parts, ids: list[str]) -> RemovedParts:
    rows = parts.array("removed/rows", "i8")
    _check_rows(parts, "removed/rows", rows, len(ids))
    what, why = (parts.texts(f"removed/{name}", len(rows)) for name in ("what", "why"))
    return RemovedParts(ids, zip(rows.tolist(), what, why, strict=True))


def _raw(parts: Parts, n: int) -> dict[int, bytes]:
    rows = parts.array("raw/rows", "i8")
    _check_rows(parts, "raw/rows", rows, n)
    packed = parts.data("raw/packed")
    ends = parts.array("raw/ends", "i8", (len(rows) + 1,))
    fits = ends[0] == 0 and ends[-1] == len(packed) and bool(np.all(np.diff(ends) > 0))
    parts.check("raw/ends", fits, "does not fit the texts")
    bounds = ends.tolist()
    return {
        row: packed[start:end]
        for row, start, end in zip(rows.tolist(), bounds, bounds[1:], strict=False)
    }


def _check_rows(parts: Parts, name: str, rows: Any, n: int) -> None:
    parts.check(name, not len(rows) or 0 <= rows.min() <= rows.max() < n, "names other rows")


def _skipped(parts: Parts) -> SkippedRows:
    notes = parts.json("skipped", list)
    is_right = all(
        isinstance(note, list)
        and len(note) == 3
        and isinstance(note[0], str)
        and (note[1] is None or type(note[1]) is int)
        and isinstance(note[2], str)
        for note in notes
    )
    parts.check("skipped", is_right, "is no list of notes")
    return SkippedRows(Skipped(*note) for note in notes)


def _used(parts: Parts, inputs: list[Any]) -> UsedColumns:
    is_right = all(
        isinstance(one, list)
        and len(one) == 3
        and isinstance(one[0], str)
        and isinstance(one[1], dict)
        and _are(list(one[1].values()), str)
        and _are(one[2], str)
        for one in inputs
    )
    parts.check("used", is_right, "is no list of inputs")
    return UsedColumns(tuple((name, used, tuple(unused)) for name, used, unused in inputs))


def _are(values: Any, kind: type) -> bool:
    return isinstance(values, list) and all(isinstance(value, kind) for value in values)
