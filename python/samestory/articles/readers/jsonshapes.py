"""Where the articles are in a JSON document: the answers of news APIs, dumps of databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samestory.articles.fields import has_text_column, lift

_MAX_DEPTH = 5
_SAMPLE = 50
_LISTS = ("items", "entries", "articles", "results")
_TEXTS = ("text", "body", "content", "maintext", "articleBody", "content_text", "content_html")


def records_in(value: Any) -> list[Any]:
    """Return the articles of a JSON value, and whatever else stands in their list.

    Parameters
    ----------
    value : object
        What `json.loads` returned.

    Returns
    -------
    list
        The elements of an array; the object itself if it is an article; else the articles that
        it holds, such as those of ``{"response": {"results": [...]}}``.

    Examples
    --------
    >>> records_in({"status": "ok", "articles": [{"title": "Rain"}, {"title": "Sun"}]})
    [{'title': 'Rain'}, {'title': 'Sun'}]
    >>> records_in({"title": {"0": "Rain", "1": "Sun"}})
    [{'title': 'Rain'}, {'title': 'Sun'}]
    """
    if isinstance(value, list):
        return list(_each(value))
    if not isinstance(value, Mapping):
        return [value]
    table = _table(value)
    if table is not None:
        return table
    if is_article(value) and not holds_articles(value):
        return [value]
    if "jsonfeed.org/" in str(value.get("version", "")):
        return _feed_entries(value)
    found = _lists_of_articles(value)
    if found:
        return list(_each(_longest(found)))
    return _only_list(value) or [value]


def _feed_entries(feed: Mapping[str, Any]) -> list[Any]:
    """Return the entries of a JSON Feed, whose title is their outlet if they name none."""
    entries = feed.get("items")
    named = {"outlet": feed.get("title")}
    return [
        {**named, **one} if isinstance(one, Mapping) else one
        for one in (entries if isinstance(entries, list) else [])
    ]


def is_article(value: Any) -> bool:
    """Whether it is an object with a title or a text."""
    return isinstance(value, Mapping) and has_text_column(lift(value))


def holds_articles(value: Any) -> bool:
    """Whether it is a list of articles, or a feed: a title of its own above such a list."""
    if isinstance(value, Mapping):
        inside = [value.get(name) for name in _LISTS]
        has_text = any(value.get(name) for name in _TEXTS)
        return not has_text and any(isinstance(one, list) and _are_articles(one) for one in inside)
    return isinstance(value, list) and _are_articles(value)


def _longest(lists: list[list[Any]]) -> list[Any]:
    return max(lists, key=lambda one: len(one))


def _each(values: Iterable[Any]) -> Iterator[Any]:
    """Go through a list, and through the answers in it that hold lists themselves."""
    for value in values:
        if isinstance(value, Mapping) and not is_article(value):
            found = _lists_of_articles(value)
            if found:
                yield from _longest(found)
                continue
        yield value


def _lists_of_articles(value: Mapping[str, Any]) -> list[list[Any]]:
    """Return the lists of articles that lie least deep, one after the other."""
    level: list[Any] = [value]
    for _ in range(_MAX_DEPTH):
        inside = [one for outer in level for one in outer.values()]
        found = [one for one in inside if isinstance(one, list) and _are_articles(one)]
        if found:
            return found
        keyed = [list(one.values()) for one in inside if isinstance(one, Mapping) and _keyed(one)]
        if keyed:
            return keyed
        level = [one for one in inside if isinstance(one, Mapping)]
    return [list(value.values())] if _keyed(value) else []


def _are_articles(values: list[Any]) -> bool:
    objects = [value for value in values[:_SAMPLE] if isinstance(value, Mapping)]
    return bool(objects) and 2 * sum(map(is_article, objects)) >= len(objects)


def _keyed(value: Mapping[str, Any]) -> bool:
    """Whether each of its values is an article, as in ``{"row1": {...}, "row2": {...}}``."""
    return (
        bool(value) and all(isinstance(one, Mapping) for one in value.values())
        and all(map(is_article, list(value.values())[:_SAMPLE]))
    )  # fmt: skip


def _only_list(value: Mapping[str, Any]) -> list[Any] | None:
    lists = [
        one
        for one in value.values()
        if isinstance(one, list) and one and all(isinstance(part, Mapping) for part in one)
    ]
    return lists[0] if len(lists) == 1 else None


def _table(value: Mapping[str, Any]) -> list[Any] | None:
    """Read what pandas writes with orient="split", "table", "columns" and "index"."""
    data, columns = value.get("data"), value.get("columns")
    if isinstance(columns, list) and isinstance(data, list) and _are_rows(data, len(columns)):
        return [dict(zip(map(str, columns), row, strict=True)) for row in data]
    if "schema" in value and isinstance(data, list) and _are_articles(data):
        return data
    if _is_by_column(value):
        labels = dict.fromkeys(label for column in value.values() for label in column)
        return [{name: cells.get(label) for name, cells in value.items()} for label in labels]
    return list(value.values()) if _keyed(value) else None


def _are_rows(data: list[Any], width: int) -> bool:
    return bool(data) and all(isinstance(row, list) and len(row) == width for row in data)


def _is_by_column(value: Mapping[str, Any]) -> bool:
    """Whether it is column by column: names of fields, and below each the same labels."""
    columns = list(value.values())
    if not columns or not all(isinstance(column, Mapping) and column for column in columns):
        return False
    labels = set(columns[0])
    if not all(str(label).isdecimal() for label in list(labels)[:_SAMPLE]):
        return False
    return has_text_column(value) and all(set(column) == labels for column in columns[1:])
