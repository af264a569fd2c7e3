"""Cells of tables as what JSON can say, and back: the kinds that tables hold, and no others."""

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Callable
from typing import Any

import numpy as np

# JSON has these itself; what is anything else is {"is": its kind, "of": what it is made of}.
_OWN = (str, bool, float)
_MOST_JSON = 2**63
_MOST_NESTED = 100


def encode(value: Any, depth: int = 0) -> Any:
    """Return a value as JSON can write it.

    Raises
    ------
    TypeError
        If it is of a kind that is not kept.

    Examples
    --------
    >>> encode([1, datetime.date(2024, 5, 1)])
    [1, {'is': 'date', 'of': '2024-05-01'}]
    >>> decode(encode({1: (2, None)}))
    {1: (2, None)}
    """
    kind = type(value)
    if value is None or kind in _OWN:
        return value
    if kind is int:
        return value if -_MOST_JSON <= value < _MOST_JSON else {"is": "int", "of": hex(value)}
    if depth > _MOST_NESTED:
        raise TypeError("a value that is nested more than 100 deep")
    if kind is list:
        return [encode(part, depth + 1) for part in value]
    if isinstance(value, dict):
        pairs = [[encode(k, depth + 1), encode(v, depth + 1)] for k, v in value.items()]
        return {"is": "dict", "of": pairs}
    if isinstance(value, (tuple, set, frozenset)):
        name = "tuple" if isinstance(value, tuple) else "set"
        parts = value if name == "tuple" else sorted(value, key=repr)
        return {"is": name, "of": [encode(part, depth + 1) for part in parts]}
    return _encoded_scalar(value, depth)


def _encoded_scalar(value: Any, depth: int) -> Any:
    if type(value).__module__.partition(".")[0] == "pandas":
        return _encoded_pandas(value)
    if isinstance(value, np.ndarray):
        return {"is": "array", "of": [value.dtype.str, encode(value.tolist(), depth + 1)]}
    if isinstance(value, np.generic):
        if isinstance(value, (np.datetime64, np.timedelta64)):
            return {"is": "numpy", "of": [value.dtype.str, int(value.astype(np.int64))]}
        return {"is": "numpy", "of": [value.dtype.str, encode(value.item(), depth + 1)]}
    for name, (kind, write, _) in _SCALARS.items():
        if isinstance(value, kind):
            return {"is": name, "of": write(value)}
    raise TypeError(f"a value of type {type(value).__name__}")


def _encoded_pandas(value: Any) -> Any:
    name = type(value).__name__
    if name == "Timestamp":
        zone = None if value.tz is None else str(value.tz)
        return {"is": "timestamp", "of": [value.unit, int(value.to_numpy().astype(np.int64)), zone]}
    if name == "Timedelta":
        return {"is": "duration", "of": [value.days, value.seconds, value.microseconds]}
    if name in ("NaTType", "NAType"):
        return {"is": "missing", "of": name}
    raise TypeError(f"a value of type pandas.{name}")


def decode(value: Any) -> Any:
    """Return what `encode` was given; ValueError where it can not have written that."""
    try:
        return _decoded(value)
    except (KeyError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        raise ValueError(f"no value: {error}") from None


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return [_decoded(part) for part in value]
    if not isinstance(value, dict):
        return value
    return _READERS[value["is"]](value["of"])


def _timestamp(parts: list[Any]) -> Any:
    unit, number, zone = parts
    if unit not in ("s", "ms", "us", "ns"):
        raise TypeError(f"there is no unit {unit!r} of time")
    moment = np.datetime64(number, unit)
    try:
        import pandas
    except ImportError:
        return moment.astype("datetime64[us]").item()
    stamp = pandas.Timestamp(moment)
    return stamp if zone is None else stamp.tz_localize("UTC").tz_convert(zone)


def _missing(name: str) -> Any:
    try:
        import pandas
    except ImportError:
        return None
    return {"NaTType": pandas.NaT, "NAType": pandas.NA}[name]


def _number(parts: list[Any]) -> Any:
    dtype = _dtype(parts[0])
    value = _decoded(parts[1])
    return np.array(value).astype(dtype)[()] if dtype.kind in "mM" else dtype.type(value)


def _array(parts: list[Any]) -> Any:
    dtype = np.dtype(object) if parts[0] == "|O" else _dtype(parts[0])
    return np.array(_decoded(parts[1]), dtype=dtype)


def _dtype(name: str) -> np.dtype[Any]:
    dtype = np.dtype(name)
    if dtype.kind not in "biufcmMUS":
        raise TypeError(f"there is no number of dtype {name!r}")
    return dtype


_SCALARS: dict[str, tuple[Any, Callable[[Any], Any], Callable[[Any], Any]]] = {
    "bytes": ((bytes, bytearray), lambda v: v.hex(), bytes.fromhex),
    "moment": (datetime.datetime, datetime.datetime.isoformat, datetime.datetime.fromisoformat),
    "date": (datetime.date, datetime.date.isoformat, datetime.date.fromisoformat),
    "time": (datetime.time, datetime.time.isoformat, datetime.time.fromisoformat),
    "duration": (
        datetime.timedelta,
        lambda v: [v.days, v.seconds, v.microseconds],
        lambda of: datetime.timedelta(*of),
    ),
    "decimal": (decimal.Decimal, str, decimal.Decimal),
    "uuid": (uuid.UUID, str, uuid.UUID),
    "complex": (complex, lambda v: [v.real, v.imag], lambda of: complex(*of)),
    # Subclasses, such as those of enum and of yaml and json libraries, come back as what they are.
    "str": (str, str, str),
    "int": (int, lambda v: hex(int(v)), lambda of: int(of, 16)),
    "float": (float, float, float),
}
_READERS: dict[str, Callable[[Any], Any]] = {
    **{name: read for name, (_, _, read) in _SCALARS.items()},
    "dict": lambda of: {_decoded(key): _decoded(part) for key, part in of},
    "tuple": lambda of: tuple(map(_decoded, of)),
    "set": lambda of: set(map(_decoded, of)),
    "numpy": _number,
    "array": _array,
    "timestamp": _timestamp,
    "missing": _missing,
}
