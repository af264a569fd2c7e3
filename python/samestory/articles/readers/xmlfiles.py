"""XML: feeds (RSS, Atom), and documents that hold a record an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from samestory._extras import require
from samestory.articles.batch import Batch
from samestory.articles.fields import has_text_column, key_of
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.rows import Row, batches_of
from samestory.articles.skipped import Skipped

_FEED = re.compile(rb"<(?:[\w-]{1,20}:)?(?:rss|feed|rdf)\b", re.IGNORECASE)
# Entities of its own let a small document grow without end, and no feed needs them.
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_MAX_DEPTH = 200
_AT_ONCE = 1 << 16
_NITF = {"hl1": "title", "hedline": "title", "hl2": "standfirst", "bodycontent": "text",
         "byline": "author"}  # fmt: skip


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read the entries of a feed, or the records of another document."""
    data = file.data()
    if _ENTITY.search(data):
        raise UnreadableError("declares entities of its own, which are not read")
    rows = _entries(data) if _FEED.search(data[:4096]) else _records(data)
    yield from batches_of(file, rows, options)


def _entries(data: bytes) -> Iterator[Row]:
    feedparser = require("feedparser", "feeds", "reading a feed")
    try:
        feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # it fails on feeds that it can not parse
        raise UnreadableError(f"damaged feed: {type(error).__name__}: {error}") from error
    channel = feed.get("feed", {})
    if not feed.get("entries"):
        raise UnreadableError("a feed without entries")
    for entry in feed["entries"]:
        content = [part.get("value") or "" for part in entry.get("content", [])]
        summary = entry.get("summary") or ""
        yield {
            "id": entry.get("id", ""),
            "title": entry.get("title", ""),
            "text": max([*content, summary], key=len),
            "author": entry.get("author", ""),
            "date": entry.get("published") or entry.get("updated") or entry.get("created"),
            "outlet": _outlet(entry, channel),
            "language": channel.get("language", ""),
            "url": entry.get("link", ""),
            "tags": [tag.get("term") for tag in entry.get("tags", [])] or None,
        }


def _outlet(entry: Any, channel: Any) -> str:
    source: str = entry.get("source", {}).get("title", "") or channel.get("title", "")
    return source


# -- other documents -------------------------------------------------------------------------


def _records(data: bytes) -> Iterator[Row]:
    root = _parse(data)
    name = root.tag.rpartition("}")[2].casefold()
    if name == "nitf":
        yield _nitf(root)
        return
    found = False
    for element in root.iter():
        record = _record(element)
        if record is not None:
            found = True
            yield record
    if not found:
        raise UnreadableError(
            f"XML, but neither a feed nor records with a title or a text: <{name}>"
        )


def _parse(data: bytes) -> ElementTree.Element:
    parser: Any = ElementTree.XMLPullParser(("start", "end"))
    depth = 0
    root: ElementTree.Element | None = None
    try:
        for start in range(0, len(data), _AT_ONCE):
            parser.feed(data[start : start + _AT_ONCE])
            for event, element in parser.read_events():
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                if depth > _MAX_DEPTH:
                    raise UnreadableError(f"elements nested more than {_MAX_DEPTH} deep")
        parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        if isinstance(error, UnreadableError):
            raise
        raise UnreadableError(f"not well-formed XML: {error}") from error
    if root is None:
        raise UnreadableError("not well-formed XML: no element")
    return root


def _record(element: ElementTree.Element) -> dict[str, str] | None:
    """Read an element that has a title or a text among its children."""
    names = [child.tag.rpartition("}")[2] for child in element if isinstance(child.tag, str)]
    if len(names) < 2 and not element.attrib:
        return None
    if not has_text_column(names):
        return None
    record = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for child in element:
        if isinstance(child.tag, str):
            name = child.tag.rpartition("}")[2]
            text = _text(child)
            record[name] = f"{record[name]}\n{text}" if record.get(name) else text
    return record


def _text(element: ElementTree.Element) -> str:
    """Return the text in an element, a line a child where it has several."""
    if len(element):
        parts = [element.text or ""]
        for child in element:
            parts += ["\n\n", "".join(child.itertext()), child.tail or ""]
        return "".join(parts).strip()
    return (element.text or "").strip()


def _nitf(root: ElementTree.Element) -> dict[str, str]:
    """Read an article in the news industry's own format."""
    record: dict[str, str] = {}
    for element in root.iter():
        name = key_of(element.tag.rpartition("}")[2]) if isinstance(element.tag, str) else ""
        field = _NITF.get(name)
        if field and not record.get(field):
            record[field] = _text(element) if field == "text" else " ".join(_text(element).split())
        elif name in ("dateissue", "storydate", "pubdata") and "date" not in record:
            date = element.get("norm") or element.get("date.publication")
            if date:
                record["date"] = date
    return record
