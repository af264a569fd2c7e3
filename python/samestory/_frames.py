"""Columns as a table of the library that a user works with: pandas, polars or Arrow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from samestory._extras import require

FRAMES = ("pandas", "polars", "arrow")


def to_table(columns: Mapping[str, Any], frame: str, purpose: str, index: Any = None) -> Any:
    """Make a table of columns.

    Parameters
    ----------
    columns : mapping of str to list or ndarray
        By name. Dates are datetime64 in UTC; lists are text, or what the input held.
    frame : {"pandas", "polars", "arrow"}
    purpose : str
        What needs the library, for the message where it is missing.
    index : pandas.Index, optional
        For pandas.

    Returns
    -------
    pandas.DataFrame, polars.DataFrame or pyarrow.Table
    """
    if frame not in FRAMES:
        raise ValueError(f'frame={frame!r}: it has to be "pandas", "polars" or "arrow"')
    if frame == "pandas":
        pandas = require("pandas", "pandas", purpose)
        data = {name: _pandas_column(column, pandas) for name, column in columns.items()}
        return pandas.DataFrame(data, index=index)
    if frame == "polars":
        polars = require("polars", "polars", purpose)
        return polars.DataFrame([_polars_column(*item, polars) for item in columns.items()])
    arrow = require("pyarrow", "arrow", purpose)
    return arrow.table({name: _arrow_column(column, arrow) for name, column in columns.items()})


def _is_dates(column: Any) -> bool:
    return isinstance(column, np.ndarray) and column.dtype.kind == "M"


def _is_text(column: Any) -> bool:
    return not isinstance(column, np.ndarray) and all(isinstance(cell, str) for cell in column)


def _pandas_column(column: Any, pandas: Any) -> Any:
    return pandas.DatetimeIndex(column).tz_localize("UTC") if _is_dates(column) else column


def _polars_column(name: str, column: Any, polars: Any) -> Any:
    if _is_dates(column):
        series = polars.Series(name, column.astype("datetime64[us]"))
        return series.dt.replace_time_zone("UTC")
    if isinstance(column, np.ndarray) and column.dtype != object:
        return polars.Series(name, column)
    if _is_text(column):
        return polars.Series(name, [whole_text(cell) for cell in column], dtype=polars.String)
    try:
        return polars.Series(name, list(column))
    except (TypeError, ValueError, polars.exceptions.PolarsError):
        return polars.Series(name, [written(cell) for cell in column], dtype=polars.String)


def _arrow_column(column: Any, arrow: Any) -> Any:
    if _is_dates(column):
        return arrow.array(column.astype("datetime64[us]"), arrow.timestamp("us", tz="UTC"))
    if isinstance(column, np.ndarray) and column.dtype != object:
        return arrow.array(column)
    if _is_text(column):
        return arrow.array([whole_text(cell) for cell in column], arrow.string())
    try:
        return arrow.array(list(column))
    except (TypeError, ValueError, arrow.ArrowException):
        return arrow.array([written(cell) for cell in column], arrow.string())


def whole_text(text: str) -> str:
    """Replace halves of surrogate pairs, which fit into no file and no other library.

    Examples
    --------
    >>> whole_text("rain" + chr(0xD800))
    'rain?'
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def written(cell: Any) -> str | None:
    """Write what has no type of its own in a column: JSON, or else what `str` gives."""
    if cell is None or isinstance(cell, str):
        return None if cell is None else whole_text(cell)
    try:
        return whole_text(json.dumps(cell, ensure_ascii=False))
    except (TypeError, ValueError):
        return whole_text(str(cell))
