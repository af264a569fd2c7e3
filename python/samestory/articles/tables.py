"""Tables in memory: DataFrames, Arrow tables, lists of dicts and of texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from samestory.articles.arrow import arrow_dates, check_arrow, polars_dates, pylist
from samestory.articles.batch import Batch, Origin, make_batch
from samestory.articles.datecolumn import DateColumn, from_numpy
from samestory.articles.fields import FIELDS, lift, match_columns
from samestory.articles.limits import DEFAULT_LIMITS, ReadingLimits
from samestory.articles.model import Article
from samestory.articles.moments import in_calendar
from samestory.articles.readers.rows import Columns
from samestory.articles.skipped import Skipped

_Dates = tuple[DateColumn, list[int]] | None

_FRAMES = {
    ("pandas", "DataFrame"),
    ("pandas", "Series"),
    ("polars", "DataFrame"),
    ("polars", "LazyFrame"),
    ("polars", "Series"),
    ("pyarrow", "Table"),
    ("pyarrow", "RecordBatch"),
    ("pyarrow", "RecordBatchReader"),
    ("pyarrow", "Array"),
    ("pyarrow", "ChunkedArray"),
}


def _kind(source: object) -> tuple[str, str] | None:
    """Recognize a frame, a subclass included, by names: nothing is imported for it."""
    for base in type(source).__mro__:
        kind = (base.__module__.partition(".")[0], base.__name__)
        if kind in _FRAMES:
            return kind
    return None


def is_frame(source: object) -> bool:
    """Whether it is a DataFrame, a Series or an Arrow table."""
    return _kind(source) is not None


def read_frame(
    source: Any, columns: Mapping[str, str] | None, limits: ReadingLimits = DEFAULT_LIMITS
) -> Batch:
    """Read a frame of pandas or polars or an Arrow table: one article a row, in order."""
    library, name = _kind(source) or ("", "")
    label = f"{library}.{name}"
    if library == "pandas":
        return _read_pandas(source, label, columns, limits, is_series=name == "Series")
    if library == "polars":
        if name == "LazyFrame":
            source = source.collect()
        if name == "Series":
            return _read_columns("polars.Series", ["text"], [source], columns, limits, _of_polars)
        series = [source[:, i] for i in range(_checked(source.width, "polars.DataFrame", limits))]
        return _read_columns(
            "polars.DataFrame", source.columns, series, columns, limits, _of_polars
        )
    if name == "RecordBatchReader":
        source = source.read_all()
    check_arrow(source)
    if name in ("Array", "ChunkedArray"):
        source = _as_table(source)
    names = source.schema.names
    _checked(len(names), label, limits)
    return _read_columns(label, names, source.columns, columns, limits, _of_arrow)


def _checked(width: int, label: str, limits: ReadingLimits) -> int:
    if width > limits.columns:
        raise ValueError(f"{label} has {width:,} columns: {limits.beyond('columns')}")
    return width


def _as_table(array: Any) -> Any:
    """Make a table of an array: of its fields if it holds structs, else of texts."""
    import pyarrow

    if not pyarrow.types.is_struct(array.type):
        return pyarrow.table({"text": array})
    chunks = array.chunks if hasattr(array, "chunks") else [array]
    batches = [pyarrow.RecordBatch.from_struct_array(chunk) for chunk in chunks]
    return pyarrow.Table.from_batches(batches, schema=pyarrow.schema(list(array.type)))


def _of_polars(series: Any) -> tuple[list[Any], _Dates]:
    dates = polars_dates(series)
    return (series.to_list() if dates is None else [], dates)


def _of_arrow(column: Any) -> tuple[list[Any], _Dates]:
    dates = arrow_dates(column)
    return (pylist(column) if dates is None else [], dates)


def _read_columns(
    label: str,
    names: Sequence[str],
    series: Sequence[Any],
    columns: Mapping[str, str] | None,
    limits: ReadingLimits,
    convert: Callable[[Any], tuple[list[Any], _Dates]],
) -> Batch:
    """Read columns that know their types; those of dates are read as arrays."""
    converted = [convert(one) for one in series]
    data = [
        values if dates is None else _moments(dates[0], series[i])
        for i, (values, dates) in enumerate(converted)
    ]
    chosen = match_columns(names, columns, label, data)
    found = converted[chosen["date"]][1] if "date" in chosen else None
    batch = make_batch(
        label, Origin.MEMORY, names, data, columns, dates=found[0] if found else None
    )
    if found:
        batch.unread_dates = [(row, "a date out of the years 1 to 9999") for row in found[1]]
    return batch


def _moments(dates: DateColumn, series: Any) -> list[Any]:
    """Return dates as Python objects, for a column that is no field."""
    del series
    return [dates.datetime(i) for i in range(len(dates))]


# -- pandas ----------------------------------------------------------------------------------


def _read_pandas(
    source: Any,
    label: str,
    columns: Mapping[str, str] | None,
    limits: ReadingLimits,
    *,
    is_series: bool,
) -> Batch:
    if is_series:
        names, series = ["text"], [source]
    else:
        _checked(source.shape[1], label, limits)
        names = [_name(name) for name in source.columns]
        series = [source.iloc[:, i] for i in range(source.shape[1])]
    samples = [_cells(one.iloc[:20]) for one in series]
    chosen = match_columns(names, columns, label, samples)
    found = _pandas_dates(series[chosen["date"]]) if "date" in chosen else None
    used = set(chosen.values())
    data = [_cells(one) if i in used else _kept(one) for i, one in enumerate(series)]
    batch = make_batch(
        label,
        Origin.MEMORY,
        names,
        data,
        columns,
        dates=found[0] if found else None,
        index_labels=_index_labels(source.index),
        index=source.index,
    )
    if found:
        batch.unread_dates = [(row, "a date out of the years 1 to 9999") for row in found[1]]
    return batch


def _cells(series: Any) -> list[Any]:
    """Return the cells of a column, which Arrow may hold: then also those that Python lacks."""
    if getattr(series.dtype, "pyarrow_dtype", None) is not None:
        return pylist(series.array.__arrow_array__())
    cells: list[Any] = series.tolist()
    return cells


def _kept(series: Any) -> Any:
    """Return a column as it came, unless Arrow holds moments in it that Python cannot give."""
    if getattr(series.dtype, "pyarrow_dtype", None) is not None and series.dtype.kind == "M":
        try:
            series.tolist()
        except (OverflowError, ValueError, OSError):
            return _cells(series)
    return series.array


def _name(name: Any) -> str:
    return ".".join(map(str, name)).strip(".") if isinstance(name, tuple) else str(name)


def _pandas_dates(series: Any) -> _Dates:
    """Read a column of datetimes at once; None for a column of anything else."""
    if getattr(series.dtype, "pyarrow_dtype", None) is not None:
        return arrow_dates(series.array.__arrow_array__())
    if series.dtype.kind != "M":
        return None
    if getattr(series.dtype, "tz", None) is None:
        utc, out = in_calendar(series.to_numpy())
        return from_numpy(utc, None), out
    utc, out = in_calendar(series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy())
    local = series.dt.tz_localize(None).to_numpy()
    return from_numpy(utc, local), out


def _index_labels(index: Any) -> Sequence[Any] | None:
    """Return the labels of an index that names its rows: unique, and not just 0, 1, 2 ..."""
    if not index.is_unique or (index.nlevels == 1 and index.hasnans):
        return None
    labels: list[Any] = index.tolist()
    is_default = index.dtype.kind in "iu" and labels == list(range(len(labels)))
    return None if is_default else labels


# -- lists -----------------------------------------------------------------------------------


def read_texts(texts: Sequence[Any], label: str) -> Batch:
    """Read texts: one article each."""
    return make_batch(label, Origin.MEMORY, ["text"], [texts], None)


def _as_dict(article: Article) -> dict[str, Any]:
    date = article.date
    shift = date.utcoffset() if date is not None else None
    details = {
        "date_offset": 0 if shift is None else round(shift.total_seconds() / 60),
        "date_precision": article.date_precision,
        "date_zone_known": article.date_zone_known,
    }
    return {name: getattr(article, name) for name in FIELDS} | details | dict(article.extra)


def as_records(
    records: Iterable[Any], label: str, wrong: list[Skipped]
) -> Iterator[Mapping[Any, Any]]:
    """Yield a dict for each row; anything else is noted as wrong and an empty one."""
    for row, record in enumerate(records):
        if isinstance(record, dict):
            yield lift(record)
        elif isinstance(record, Article):
            yield _as_dict(record)
        elif isinstance(record, Mapping):
            yield lift(record)
        else:
            wrong.append(Skipped(label, row, f"not a dict but {type(record).__name__}"))
            yield {}


def read_records(
    records: Iterable[Any],
    label: str,
    origin: Origin,
    columns: Mapping[str, str] | None,
    limits: ReadingLimits = DEFAULT_LIMITS,
) -> Batch:
    """Read dicts or Article objects, one article each; anything else is an empty row."""
    wrong: list[Skipped] = []
    table = Columns()
    rest = as_records(records, label, wrong)
    while table.add_some(rest):
        if table.length > limits.rows:
            raise ValueError(f"{label} has more than {limits.rows:,} rows: {limits.beyond('rows')}")
        _checked(len(table), label, limits)
    names, data = table.finish()
    if not names:
        names, data = ["text"], [[None] * table.length]
    _checked(len(names), label, limits)
    batch = make_batch(label, origin, names, data, columns)
    batch.skipped[:0] = wrong
    return batch
