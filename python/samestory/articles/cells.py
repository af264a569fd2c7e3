"""What a cell of a table holds: a string, or what APIs and dumps put in its place."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from samestory.articles.decode import decode

# Deeper than any article; a RecursionError is as far again.
_MAX_DEPTH = 24
_MAX_LIST_CHARACTERS = 10_000
_TEXT_KEY_NAMES = """
    rendered value main text #text $t _ plain plainText html content body summary headline title
    paragraphs sections blocks children items"""
_TEXT_KEYS = tuple(_TEXT_KEY_NAMES.split())
_STRUCTURE = frozenset(("summary", "headline", "paragraphs", "sections", "blocks", "children"))
_NAME_KEYS = ("name", "title", "fullname", "full_name", "display_name", "rendered", "text", "value")
_DATE_KEYS = ("$date", "$numberLong", "value", "iso", "date", "datetime", "timestamp", "@value")


class NotProseError(ValueError):
    """A cell that is no text; the message says what it is."""


def shown(value: object) -> str:
    """Return the beginning of a value as text, whatever it is."""
    try:
        return f"{value!s:.40}"
    except ValueError:  # an integer of more digits than Python converts
        return "of thousands of digits"


# -- titles and texts ------------------------------------------------------------------------


def prose(value: Any) -> str:
    """Read a title or a text that is no string.

    Raises
    ------
    NotProseError
        If there is no text in it.

    Examples
    --------
    >>> prose({"rendered": "Rain"}), prose([{"type": "p", "text": "It rains."}])
    ('Rain', 'It rains.')
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return decode(bytes(value))
    if isinstance(value, Mapping | list | tuple) or type(value).__name__ == "ndarray":
        return _structured(value)
    if hasattr(value, "__int__") or type(value).__module__ == "numpy":
        raise NotProseError(f"a number ({shown(value)})")
    raise NotProseError(f"of type {type(value).__name__}")


def _structured(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = _parts(value, 0)
        if not parts and not any(name in value for name in _TEXT_KEYS):
            raise NotProseError(f"of type {type(value).__name__}")
        return "\n\n".join(parts)
    if all(isinstance(part, str) for part in value):
        return "\n".join(value)
    parts = _parts(list(value), 0)
    if not parts:
        raise NotProseError("a list of other things than strings")
    return "\n\n".join(parts)


def _parts(value: Any, depth: int) -> list[str]:
    """Collect the texts of blocks in blocks, in order."""
    if depth > _MAX_DEPTH:
        raise NotProseError("nested too deeply")
    if isinstance(value, str):
        return [value] if value and not value.isspace() else []
    if isinstance(value, list | tuple):
        return [part for one in value for part in _parts(one, depth + 1)]
    if not isinstance(value, Mapping):
        return []
    if not _STRUCTURE.isdisjoint(value):
        inside = [value[name] for name in value if name in _STRUCTURE or name == "text"]
    else:
        inside = [value[name] for name in _TEXT_KEYS if value.get(name)][:1]
    return [part for one in inside for part in _parts(one, depth + 1)]


# -- names -----------------------------------------------------------------------------------


def label(value: Any) -> str:
    """Read an id, an outlet and the like: anything that can be printed."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return "/".join(map(label, value))
    if isinstance(value, Mapping):
        return label(value["$oid"]) if "$oid" in value else names(value)
    if isinstance(value, list):
        return names(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    try:
        return str(value)
    except ValueError:  # an integer of more digits than Python converts
        return hex(value)


def names(value: Any, depth: int = 0) -> str:
    """Read names given as a string, a list, an object with a name, or the text of a list.

    Examples
    --------
    >>> names(["A. Roe", {"name": "B. Poe"}]), names("['A. Roe', 'B. Poe']")
    ('A. Roe, B. Poe', 'A. Roe, B. Poe')
    """
    if isinstance(value, Mapping):
        value = next((value[name] for name in _NAME_KEYS if value.get(name)), None) or _full(value)
    if isinstance(value, str):
        inside = _list_in(value)
        if inside is None:
            return value.strip()
        value = inside
    if isinstance(value, list | tuple) and depth < _MAX_DEPTH:
        parts = [names(one, depth + 1) for one in value]
        return ", ".join(dict.fromkeys(filter(None, parts)))
    return ""


def _full(value: Mapping[Any, Any]) -> str:
    parts = (value.get(name) for name in ("firstname", "first_name", "lastname", "last_name"))
    return " ".join(part for part in parts if isinstance(part, str))


def _list_in(text: str) -> list[Any] | None:
    """Return the list that a cell holds as text, as in pandas' CSV of a column of lists."""
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > _MAX_LIST_CHARACTERS:
        return None
    for parse in (json.loads, ast.literal_eval):
        try:
            value = parse(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, list) else None
    return None


# -- dates -----------------------------------------------------------------------------------


def date_cell(value: Any, depth: int = 0) -> Any:
    """Return what is to be read as a date of a cell that is an object or a list.

    Examples
    --------
    >>> date_cell({"$date": "2024-03-14T06:30:00Z"}), date_cell([2024, 3, 14, 6, 30, 0, 3, 74, 0])
    ('2024-03-14T06:30:00Z', '2024-03-14T06:30:00')
    """
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, Mapping):
        inside = next((value[name] for name in _DATE_KEYS if value.get(name) is not None), None)
        if isinstance(inside, str) and inside.lstrip("-").isdecimal():
            return int(inside) if len(inside) < 20 else inside
        return date_cell(inside, depth + 1)
    if isinstance(value, list | tuple):
        if len(value) >= 6 and all(isinstance(part, int) for part in value[:6]):
            return "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}".format(*value[:6])
        return date_cell(value[0], depth + 1) if len(value) == 1 else None
    return value
