"""The fields of an article, and the names that other people give to them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from samestory.articles.aliases import ALIASES, WEAK, WRAPPERS
from samestory.articles.missing import is_marker

TEXT_FIELDS = (
    "id",
    "title",
    "standfirst",
    "author",
    "text",
    "outlet",
    "language",
    "url",
    "path",
)
FIELDS = (*TEXT_FIELDS[:5], "date", *TEXT_FIELDS[5:])
DATE_DETAILS = ("date_offset", "date_precision", "date_zone_known")

_MAX_LIFTS = 3
_PLAIN = frozenset((str, int, float, bool, type(None)))  # cells of most records
_LOOKED_AT = 20
_PROSE_SPACES = 3


class NoTextColumnError(ValueError):
    """A table has no column of titles or texts."""


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return text[:1].isalnum() or any(map(str.isalnum, text))


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """Return what names are compared by: letters and digits, without case and accents.

    Examples
    --------
    >>> key_of("Titel / Überschrift"), key_of("\u200bpub-Date")
    ('titeluberschrift', 'pubdate')
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in plain if c.isalnum() or c == "_").replace("_", "")


def _inner_key(name: str) -> str:
    """Return the key of a name without the wrapper it stands in, as in ``_source.title``."""
    outer, dot, inner = name.partition(".")
    while dot and outer in WRAPPERS:
        name = inner
        outer, dot, inner = name.partition(".")
    return key_of(name)


def lift(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Bring up what lies in a wrapper of a record, such as Elasticsearch's ``_source``.

    Examples
    --------
    >>> lift({"_id": 1, "_source": {"title": "Rain"}})
    {'_id': 1, '_source.title': 'Rain'}
    """
    if _PLAIN.issuperset(map(type, record.values())):
        return record
    for _ in range(_MAX_LIFTS):
        inside = [
            name
            for name, value in record.items()
            if isinstance(value, Mapping)
            and isinstance(name, str)
            and name.rpartition(".")[2] in WRAPPERS
            and not _is_cell(value)
        ]
        if not inside:
            break
        lifted: dict[Any, Any] = {}
        for name, value in record.items():
            if name in inside:
                lifted.update((f"{name}.{part}", cell) for part, cell in value.items())
            else:
                lifted[name] = value
        record = lifted
    return record


def _is_cell(value: Mapping[Any, Any]) -> bool:
    """Whether an object is one value and not a record, as ``{"rendered": "Rain"}`` is."""
    return any(name in value for name in ("rendered", "$date", "$oid", "main", "value"))


def has_text_column(names: Iterable[object]) -> bool:
    """Whether one of the names is that of a title or a text, and no other field's as well."""
    return any(
        key in _SURE_TEXT_NAMES
        for name in names
        for key in (key_of(str(name)), _inner_key(str(name)))
    )


_SURE_TEXT_NAMES = frozenset(
    alias
    for field in ("title", "text")
    for alias in ALIASES[field]
    if alias not in WEAK.get(field, ())
)


def check_fields(columns: Mapping[str, str] | None) -> None:
    """Check that what columns are to be are fields of an article."""
    for field in columns or {}:
        if field not in FIELDS:
            raise ValueError(
                f"columns maps a field to a column of the input; {field!r} is no field. "
                f"Fields: {', '.join(FIELDS)}."
            )


def _given(columns: Mapping[str, str], names: Sequence[str], where: str) -> dict[str, int]:
    """Positions of the columns that the user named."""
    chosen: dict[str, int] = {}
    check_fields(columns)
    for field, name in columns.items():
        if str(name) not in names:
            raise ValueError(
                f"columns={{{field!r}: {name!r}}}: {where} has no column {name!r}. "
                f"Its columns: {', '.join(map(repr, names)) or 'none'}."
            )
        chosen[field] = names.index(str(name))
    return chosen


def match_columns(
    headers: Iterable[object],
    columns: Mapping[str, str] | None,
    where: str,
    data: Sequence[Sequence[Any]] | None = None,
) -> dict[str, int]:
    """Find the column of each field.

    A column that the user named comes first, then the field's own name, then its aliases; of
    columns with one name the first is taken. A name that means several things is decided by what
    the column holds.

    Parameters
    ----------
    headers : iterable
        The column names of the input.
    columns : mapping of str to str, or None
        Field to column name, as the user gave it.
    where : str
        What the input is called in an error.
    data : sequence of sequence, optional
        The columns.

    Returns
    -------
    dict
        Field to the position of its column; fields that the input does not have are absent.
    """
    names = [str(header) for header in headers]
    chosen = _given(columns or {}, names, where)
    taken = set(chosen.values())
    positions: dict[str, list[int]] = {}
    for keys in (map(key_of, names), map(_inner_key, names)):
        for i, key in enumerate(keys):
            if i not in taken and i not in positions.setdefault(key, []):
                positions[key].append(i)
    for field in FIELDS:
        if field not in chosen:
            found = _find(field, positions, taken, data)
            if found is not None:
                chosen[field] = found
                taken.add(found)
    if "title" not in chosen and "text" not in chosen and "standfirst" not in chosen:
        shown = ", ".join(map(repr, names[:_LOOKED_AT])) or "none"
        more = f" and {len(names) - _LOOKED_AT:,} more" if len(names) > _LOOKED_AT else ""
        raise NoTextColumnError(
            f"{where} has no column of titles or texts; its columns: {shown}{more}. Name one, for "
            f'instance columns={{"text": {(names or ["body"])[0]!r}}}.'
        )
    return chosen


def _find(
    field: str,
    positions: Mapping[str, Sequence[int]],
    taken: set[int],
    data: Sequence[Sequence[Any]] | None,
) -> int | None:
    weak = WEAK.get(field, frozenset())
    for alias in (field, *ALIASES[field]):
        for position in positions.get(alias, ()):
            if position in taken:
                continue
            if data is None or alias not in weak or _fits(field, data[position]):
                return position
    return None


def _fits(field: str, column: Sequence[Any]) -> bool:
    """Whether a column holds what a field of a doubtful name would hold."""
    cells = [cell for cell in column[:_LOOKED_AT] if not (cell is None or cell != cell)]
    texts = [cell for cell in cells if isinstance(cell, str) and not is_marker(cell)]
    if field == "text":
        return any(text.count(" ") >= _PROSE_SPACES for text in texts) or (
            not texts and bool(cells) and all(isinstance(cell, Mapping | list) for cell in cells)
        )
    if field == "date":
        return len(texts) < len(cells) or any(any(map(str.isdecimal, text)) for text in texts)
    if field == "url":
        return any(text.startswith(("http:", "https:", "www.")) for text in texts)
    if field == "outlet":
        return not any("://" in text for text in texts)
    return True
