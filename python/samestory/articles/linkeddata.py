"""JSON-LD: what a page says of its article in scripts, however it is wrapped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from samestory.articles.entities import unescape
from samestory.articles.htmltree import Node, names

_BEFORE = re.compile(r"(?:<!--|-->|//|/\*|\*/|<!\[CDATA\[|\]\]>|;|\s)++")
_BETWEEN = re.compile(r"(?:<!--|-->|//|/\*|\*/|\]\]>|[;,\s])++")
_TRAILING_COMMA = re.compile(r"(?<![,\s])[,\s]++(?=[}\]])")  # from where the run of marks begins
_INNER = ("@graph", "mainEntity", "mainEntityOfPage", "about", "item")
_REFERRING = ("author", "creator", "publisher")
_MAX_ITEMS = 200
# Types that say little of what the page is: asked when no article is there.
_OTHER_TYPES = names("webpage itempage videoobject audioobject podcastepisode creativework")
_POSTS = ("article", "posting", "report", "review", "recipe", "statement")


def linked_items(root: Node) -> list[Mapping[str, Any]]:
    """Return the objects in the page's JSON-LD scripts that may be its article, articles first."""
    items: list[Mapping[str, Any]] = []
    for script in root.find_all("script"):
        if "ld+json" in script.get("type").lower():
            for value in _values(script.raw_text()):
                items.extend(_inside(value, 0))
    named = {item["@id"]: item for item in items if "name" in item and _is_id(item.get("@id"))}
    ranked = [(rank, item) for item in items[:_MAX_ITEMS] if (rank := _rank(item)) > 0]
    return [_resolved(item, named) for _, item in sorted(ranked, key=lambda pair: -pair[0])]


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _resolved(item: Mapping[str, Any], named: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put in the people and organizations that an item only refers to by their ``@id``."""
    people = {kind: _refer(item[kind], named) for kind in _REFERRING if kind in item}
    return {**item, **people}


def _refer(value: Any, named: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_refer(one, named) for one in value[:_MAX_ITEMS] if not isinstance(one, list)]
    if isinstance(value, Mapping) and "name" not in value and _is_id(value.get("@id")):
        return named.get(value["@id"], value)
    return value


def _values(text: str) -> Iterator[Any]:
    """Read the JSON values of a script, one behind the other."""
    match = _BEFORE.match(text)
    text = text[match.end() :] if match else text
    if '"' not in text:
        text = unescape(text)
    decoder = json.JSONDecoder(strict=False)
    position, is_mended = 0, False
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except RecursionError:
            return
        except ValueError:
            if is_mended:
                return
            text, position, is_mended = _TRAILING_COMMA.sub("", text[position:]), 0, True
            continue
        yield value
        match = _BETWEEN.match(text, position)
        position = match.end() if match else position


def _inside(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > 6:
        return
    if isinstance(value, list):
        for one in value[:_MAX_ITEMS]:
            yield from _inside(one, depth + 1)
    elif isinstance(value, Mapping):
        yield value
        for name in _INNER:
            if isinstance(value.get(name), Mapping | list):
                yield from _inside(value[name], depth + 1)


def _rank(item: Mapping[str, Any]) -> int:
    kinds = item.get("@type")
    names = [re.split(r"[/#:]", str(kind))[-1].lower() for kind in _listed(kinds)]
    if any(name.endswith(_POSTS) for name in names):
        return 2
    return int(any(name in _OTHER_TYPES for name in names))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _whole_name(person: Mapping[str, Any]) -> str:
    parts = (person.get(name) for name in ("givenName", "familyName"))
    return " ".join(part.strip() for part in parts if isinstance(part, str))


def linked_text(value: Any) -> str:
    """Return the string that a value of JSON-LD stands for: a name, a list of them, a @value."""
    if isinstance(value, Mapping):
        names = (value.get(name) for name in ("name", "@value", "headline"))
        return next(filter(None, map(linked_text, names)), "") or _whole_name(value)
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(linked_text, value))))
    return value.strip() if isinstance(value, str) else ""
