"""Tables in memory: DataFrames, Arrow tables, lists of dicts and of texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from samestory.articles.batch import Batch, Origin, make_batch
from samestory.articles.datecolumn import DateColumn, from_numpy
from samestory.articles.fields import FIELDS, match_columns
from samestory.articles.model import Article
from samestory.articles.skipped import Skipped

_FRAMES = {
    ("pandas", "DataFrame"),
    ("pandas", "Series"),
    ("polars", "DataFrame"),
    ("polars", "LazyFrame"),
    ("polars", "Series"),
    ("pyarrow", "Table"),
    ("pyarrow", "RecordBatch"),
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


def read_frame(source: Any, columns: Mapping[str, str] | None) -> Batch:
    """Read a frame of pandas or polars or an Arrow table: one article a row, in order."""
    library, name = _kind(source) or ("", "")
    if name == "LazyFrame":
        source, name = source.collect(), "DataFrame"
    label = f"{library}.{name}"
    if library == "pandas":
        return _read_pandas(source, label, columns, is_series=name == "Series")
    if library == "polars":
        if name == "Series":
            return make_batch(label, Origin.MEMORY, ["text"], [source.to_list()], columns)
        data = [source[:, i].to_list() for i in range(source.width)]
        return make_batch(label, Origin.MEMORY, source.columns, data, columns)
    data = [column.to_pylist() for column in source.columns]
    return make_batch(label, Origin.MEMORY, source.schema.names, data, columns)


def _read_pandas(
    source: Any, label: str, columns: Mapping[str, str] | None, *, is_series: bool
) -> Batch:
    if is_series:
        names, series = ["text"], [source]
    else:
        names = [str(name) for name in source.columns]
        series = [source.iloc[:, i] for i in range(source.shape[1])]
    chosen = match_columns(names, columns, label)
    dates = _pandas_dates(series[chosen["date"]]) if "date" in chosen else None
    used = set(chosen.values())
    data = [one.tolist() if i in used else one.array for i, one in enumerate(series)]
    return make_batch(
        label,
        Origin.MEMORY,
        names,
        data,
        columns,
        dates=dates,
        index_labels=_index_labels(source.index),
        index=source.index,
    )


def _pandas_dates(series: Any) -> DateColumn | None:
    """Read a column of datetimes at once; None for a column of anything else."""
    if series.dtype.kind != "M":
        return None
    if getattr(series.dtype, "tz", None) is None:
        return from_numpy(series.to_numpy("datetime64[us]"), None)
    utc = series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy("datetime64[us]")
    return from_numpy(utc, series.dt.tz_localize(None).to_numpy("datetime64[us]"))


def _index_labels(index: Any) -> Sequence[Any] | None:
    """Return the labels of an index that names its rows: unique, and not just 0, 1, 2 ..."""
    if not index.is_unique or (index.nlevels == 1 and index.hasnans):
        return None
    labels: list[Any] = index.tolist()
    is_default = index.dtype.kind in "iu" and labels == list(range(len(labels)))
    return None if is_default else labels


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


def _columns_of_alike(records: list[Mapping[Any, Any]]) -> tuple[list[str], list[list[Any]]] | None:
    """The columns of dicts that all have the same keys, or None: most tables are such."""
    if set(map(type, records)) != {dict} or len(set(map(len, records))) != 1:
        return None
    keys = list(records[0])
    names = [str(key) for key in keys]
    if len(set(names)) < len(names):
        return None
    try:
        return names, [list(map(itemgetter(key), records)) for key in keys]
    except KeyError:
        return None


def gather(records: Iterable[Mapping[Any, Any]]) -> tuple[list[str], list[list[Any]]]:
    """Turn records into columns: every key is one, None where a record lacks it."""
    records = list(records)
    alike = _columns_of_alike(records)
    if alike is not None:
        return alike
    columns: dict[str, list[Any]] = {}
    length = 0
    for record in records:
        for key, value in record.items():
            column = columns.get(key)
            if column is None:
                column = columns.setdefault(str(key), [])
            if len(column) <= length:  # 1 and "1" are one name: the first wins
                column.extend([None] * (length - len(column)))
                column.append(value)
        length += 1
    for column in columns.values():
        column.extend([None] * (length - len(column)))
    return list(columns), list(columns.values())


def read_records(
    records: Sequence[Any],
    label: str,
    origin: Origin,
    columns: Mapping[str, str] | None,
) -> Batch:
    """Read dicts or Article objects, one article each; anything else is an empty row."""
    wrong: list[Skipped] = []
    usable: list[Mapping[Any, Any]] = []
    for row, record in enumerate(records):
        if isinstance(record, Article):
            record = _as_dict(record)
        elif not isinstance(record, dict | Mapping):
            wrong.append(Skipped(label, row, f"not a dict but {type(record).__name__}"))
            record = {}
        usable.append(record)
    names, data = gather(usable)
    if not names:
        names, data = ["text"], [[None] * len(usable)]
    batch = make_batch(label, origin, names, data, columns)
    batch.skipped[:0] = wrong
    return batch
