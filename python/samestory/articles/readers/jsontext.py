"""Parsing JSON that is nearly JSON: several objects in a row, commas too many, long integers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from samestory.articles.readers.rows import Problem

_BETWEEN = re.compile(r"[\s,\ufeff\x1e]*")
# json counts its own depth; this is far above what any article has.
_TOO_DEEP = "not JSON that can be read: nested too deeply"


def _long_int(digits: str) -> int | str:
    """Read an integer; one of thousands of digits, which Python refuses, stays its digits."""
    return int(digits) if len(digits) < 4000 else digits


_LENIENT = json.JSONDecoder(strict=False, parse_int=_long_int)


def parse(text: str) -> Any:
    """Parse one JSON value, or return the Problem with it.

    Examples
    --------
    >>> parse('{"title": "Rain"}'), parse("{nope}").reason[:9]
    ({'title': 'Rain'}, 'not JSON:')
    """
    try:
        return json.loads(text)
    except RecursionError:
        return Problem(_TOO_DEEP)
    except ValueError as error:
        return _parse_again(text, error)


def _parse_again(text: str, error: ValueError) -> Any:
    try:
        return _LENIENT.decode(text)
    except RecursionError:
        return Problem(_TOO_DEEP)
    except ValueError:
        return Problem(f"not JSON: {error}")


def parse_several(text: str) -> list[Any] | Problem:
    """Parse values that stand one after the other, with or without commas between them.

    Examples
    --------
    >>> parse_several('{"title": "Rain"} {"title": "Sun"},')
    [{'title': 'Rain'}, {'title': 'Sun'}]
    """
    values = list(_values(text))
    return next((value for value in values if isinstance(value, Problem)), None) or values


def _values(text: str) -> Iterator[Any]:
    """Yield the values one after the other; the last is a Problem if something is wrong."""
    start = _BETWEEN.match(text).end()  # type: ignore[union-attr]
    while start < len(text):
        try:
            value, end = _LENIENT.raw_decode(text, start)
        except RecursionError:
            yield Problem(_TOO_DEEP)
            return
        except ValueError as error:
            yield Problem(f"not JSON: {error}")
            return
        yield value
        if end < len(text) and not isinstance(value, dict | list):
            yield Problem("not JSON: more behind a value that is no object")
            return
        start = _BETWEEN.match(text, end).end()  # type: ignore[union-attr]


def json_name(value: Any) -> str:
    """Return what a value that is no object is called."""
    names = {list: "an array", str: "a string", bool: "a boolean", type(None): "null"}
    return names.get(type(value), "a number")


def object_or_problem(value: Any) -> Any:
    """Return an object as it is, and a Problem for anything else."""
    if isinstance(value, dict | Problem):
        return value
    return Problem(f"not a JSON object but {json_name(value)}")
