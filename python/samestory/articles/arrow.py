"""Columns of Arrow and polars as lists of Python objects."""

from __future__ import annotations

from typing import Any

import numpy as np

from samestory.articles.datecolumn import DateColumn
from samestory.articles.moments import from_moments


def check_arrow(data: Any) -> None:
    """Refuse a pyarrow array, or a table of any of them, whose buffers do not fit together.

    pyarrow itself trusts them, and reads outside of its memory where they lie. Bytes that are no
    UTF-8 are another matter: they cost one row its text.
    """
    for column in getattr(data, "columns", [data]):
        try:
            column.validate(full=True)
        except (ValueError, IndexError) as error:
            if "UTF8" not in str(error) or column.type.num_fields:
                raise ValueError(f"the Arrow data is broken: {error}") from error


def pylist(column: Any) -> list[Any]:
    """Return an Arrow array as a list; a moment that Python's calendar lacks is its text."""
    try:
        values: list[Any] = column.to_pylist()
    except (OverflowError, ValueError, OSError):
        import pyarrow

        if pyarrow.types.is_temporal(column.type):
            return list(column.cast(pyarrow.int64()).cast(pyarrow.string()).to_pylist())
        return [_scalar(one) for one in column]
    return values


def _scalar(value: Any) -> Any:
    try:
        return value.as_py()
    except UnicodeDecodeError:
        return value.as_buffer().to_pybytes().decode("utf-8", "replace")
    except (OverflowError, ValueError, OSError):
        return str(value)


def arrow_dates(column: Any) -> tuple[DateColumn, list[int]] | None:
    """Read a column of timestamps at once, also those that Python's calendar lacks.

    Returns
    -------
    tuple of DateColumn and list of int, or None
        The dates and the rows whose date is out of range; None for a column of anything else.
    """
    import pyarrow

    kind = column.type
    if not (pyarrow.types.is_timestamp(kind) or pyarrow.types.is_date(kind)):
        return None
    unit = getattr(kind, "unit", None) or ("D" if kind.bit_width == 32 else "ms")
    if hasattr(column, "combine_chunks"):
        column = column.combine_chunks()
    whole = pyarrow.int32() if kind.bit_width == 32 else pyarrow.int64()
    cells = column.cast(whole).to_numpy(zero_copy_only=False)
    known = np.array(column.is_valid())
    return from_moments(cells, known, unit, getattr(kind, "tz", None))


def polars_dates(series: Any) -> tuple[DateColumn, list[int]] | None:
    """Read a polars column of dates or datetimes at once, as `arrow_dates` does."""
    name = (
        type(series.dtype).__name__ if not isinstance(series.dtype, type) else series.dtype.__name__
    )
    if name not in ("Date", "Datetime"):
        return None
    unit = getattr(series.dtype, "time_unit", None) or "D"
    known = series.is_not_null().to_numpy()
    cells = series.to_physical().fill_null(0).to_numpy()
    return from_moments(cells, known, unit, getattr(series.dtype, "time_zone", None))
