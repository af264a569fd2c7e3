"""When a page was published: its own word first, what stands beside the headline next."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from samestory._extras import keep_quiet
from samestory.articles.dates import (
    ParsedDate,
    find_date,
    is_update,
    parse_date_text,
    says_published,
)
from samestory.articles.htmlblocks import Block
from samestory.articles.htmlmeta import Meta
from samestory.articles.htmltree import Node
from samestory.articles.linkeddata import linked_text

_EARLIEST = datetime(1990, 1, 2)
_URL = re.compile(
    r"(?<![\d])(?P<y>19[9]\d|20[0-4]\d)(?P<mark>[/_.-]?)(?P<m>0[1-9]|1[0-2]|(?<=[/_.-])[1-9])(?P=mark)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|(?<=[/_.-])[1-9])(?![\d])"
)
_URL_NAMES = re.compile(
    r"/(20[0-4]\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(\d{1,2})(?!\d)", re.I
)
_PUBLISHED_NAME = re.compile(
    r"publi(?:sh|c|é)|pubdate|post-?date|entry-?date|date-?posted|dateline|created|issued|"
    r"article-?date|release-?date|timestamp|byline|meta-?date|story-?date|datum",
    re.I,
)
_MODIFIED_NAME = re.compile(r"modif|updat|aktualis|revis|edited|ago|upcoming|event|expire", re.I)
_ISO_DURATION = re.compile(r"^-?P[\dTYMWDHS.,]*$", re.I)
_WITH_OFFSET = re.compile(
    r"(?<!\d)20\d\d-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?[+-]\d\d:?\d\d(?!\d)"
)
_BAR = re.compile(r"[|·•]")
_NEAR = 12  # blocks below the headline in which its date stands
_ABOVE = 4
_MAX_LENGTH = 1 << 19  # characters given to htmldate, which goes through a page dozens of times


def plausible(parsed: ParsedDate | None) -> bool:
    """Whether a date may be that of a page: known to the day, not before the web, not to come."""
    if parsed is None or parsed.precision in ("", "year", "month"):
        return False
    return _EARLIEST <= parsed.local <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=2)


def _first(values: Iterator[str] | Sequence[str]) -> str:
    for value in values:
        if plausible(parse_date_text(value)):
            return value
    return ""


def _as_text(parsed: ParsedDate) -> str:
    """Write a date so that it is read as the same, as exact as it was."""
    if parsed.precision == "day":
        return parsed.local.date().isoformat()
    zone = timezone(timedelta(minutes=parsed.offset)) if parsed.zone_known else None
    exact = "seconds" if parsed.precision == "second" else "minutes"
    return parsed.local.replace(tzinfo=zone).isoformat(timespec=exact)


def _linked(items: Sequence[Mapping[str, Any]], *names: str) -> Iterator[str]:
    for item in items:
        for name in names:
            value = item.get(name)
            yield linked_text(value) if not isinstance(value, int | float) else str(value)


def _is_modified(node: Node) -> bool:
    marks = " ".join(node.get(name) for name in ("class", "itemprop", "id", "property"))
    return _MODIFIED_NAME.search(marks) is not None


def _value(node: Node) -> str:
    """Return the date that an element gives: as an attribute, or as its words."""
    for name in ("content", "datetime", "data-datetime", "data-timestamp", "data-date"):
        value = node.get(name).strip()
        if value and not _ISO_DURATION.match(value) and plausible(parse_date_text(value)):
            return value
    text = node.text()
    found = find_date(text) if 5 < len(text) < 100 else None
    return _as_text(found[0]) if found is not None and plausible(found[0]) else ""


def _marked(root: Node) -> str:
    """Return the date that microdata names as that of publication."""
    for node in root.attributed():
        names = node.get("itemprop").lower().split() + node.get("property").lower().split()
        if "datepublished" in names or "schema:datepublished" in names or "datecreated" in names:
            is_named = True
        else:
            is_named = node.tag == "time" and "pubdate" in node.attributes
        if is_named and not _is_modified(node) and (value := _value(node)):
            return value
    return ""


def _around(blocks: Sequence[Block], start: int) -> Iterator[int]:
    yield from range(start, min(len(blocks), start + _NEAR))
    yield from range(start - 1, max(-1, start - 1 - _ABOVE), -1)


def _times(node: Node) -> Iterator[Node]:
    """Walk over the time elements of one block, itself included."""
    if node.tag == "time":
        yield node
    yield from node.find_all("time")


def _is_elsewhere(node: Node) -> bool:
    """Whether it stands in what belongs to other articles: a list of them, a ticker, comments."""
    for one in (node, *node.ancestors()):
        if one.tag in ("aside", "nav", "footer", "li") or (one.tag == "a" and len(one.text()) > 40):
            return True
        names = f"{one.get('class')} {one.get('id')}".lower()
        if re.search(
            r"related|recommend|ticker|sidebar|comment|teaser|popular|most-read|live-?blog-?(?:entry|post)|widget",
            names,
        ):
            return one.tag not in ("html", "body", "main", "article")
    return False


def _beside(blocks: Sequence[Block], start: int) -> str:
    """Return the date that stands beside the headline, that of an update if there is no other."""
    update = ""
    seen: set[int] = set()
    for i in _around(blocks, start):
        block = blocks[i]
        if id(block.node) in seen or _is_elsewhere(block.node):
            continue
        seen.add(id(block.node))
        value = _in_block(block)
        if not value:
            if block.is_prose and block.size > 300 and i > start:
                break
            continue
        if (is_update(block.text) and not says_published(block.text)) or _is_modified(block.node):
            update = update or value
        else:
            return value
    return update


def _in_block(block: Block) -> str:
    if block.size < 400:
        for node in _times(block.node):
            value = "" if _is_modified(node) else _value(node)
            if value:
                return value
    if len(block.text) > 200:
        return ""
    words = " ".join(block.text.split())
    parts = [part for part in _BAR.split(words) if says_published(part)]
    found = next(filter(None, map(find_date, parts)), None) or find_date(words)
    if found is None or not plausible(found[0]):
        return ""
    rest = found[1].split()
    is_short = len(rest) <= 12 or says_published(block.text)
    return _as_text(found[0]) if is_short and not block.is_prose else ""


def _named(root: Node) -> str:
    """Return the date of an element whose class says that it is that of publication."""
    for node in root.elements():
        if node.tag in ("meta", "script", "style", "link", "body", "html"):
            continue
        names = f"{node.get('class')} {node.get('id')}"
        if (
            (node.tag == "time" or _PUBLISHED_NAME.search(names))
            and not _MODIFIED_NAME.search(names)
            and not _is_elsewhere(node)
            and (value := _value(node))
        ):
            return value
    return ""


def from_address(address: str) -> str:
    """Return the day that a URL or the name of a file gives.

    Examples
    --------
    >>> from_address("https://post.test/2024/03/14/bridge-opens.html")
    '2024-03-14'
    >>> from_address("https://post.test/20240399/bridge-opens-20240314")
    '2024-03-14'
    """
    for match in _URL.finditer(address):
        value = f"{match['y']}-{int(match['m']):02}-{int(match['d']):02}"
        if plausible(parse_date_text(value)):
            return value
    names = _URL_NAMES.search(address)
    if names is not None:
        parsed = parse_date_text(f"{names[3]} {names[2]} {names[1]}")
        if parsed is not None and plausible(parsed):
            return parsed.local.date().isoformat()
    return ""


def _library(html: str, url: str) -> str:
    """Return what htmldate finds, or nothing if it is not installed."""
    try:
        from htmldate import find_date as search
    except ImportError:
        return ""
    keep_quiet("htmldate")
    try:
        return search(html[:_MAX_LENGTH], original_date=True, url=url or None) or ""
    except Exception:  # it fails on pages that it can not parse
        return ""


def choose_date(
    root: Node,
    html: str,
    blocks: Sequence[Block],
    items: Sequence[Mapping[str, Any]],
    meta: Meta,
    address: str,
) -> str:
    """Return the date of publication as the page writes it, or an empty string.

    Parameters
    ----------
    root, html, blocks : Node, str, sequence of Block
        The page.
    items : sequence of mapping
        Its JSON-LD, that of its article first.
    meta : Meta
        Its meta elements.
    address : str
        Its URL and the name of its file.
    """
    start = next((i for i, block in enumerate(blocks) if block.node.tag == "h1"), 0)
    found = (
        _first(_linked(items, "datePublished", "dateCreated", "uploadDate"))
        or _first(meta.published())
        or _marked(root)
        or _beside(blocks, start)
        or from_address(address)
        or _named(root)
        or (_library(html, address) if blocks else "")
        or _first(_linked(items, "dateModified"))
        or _first(meta.modified())
    )
    return _in_its_own_zone(found, html)


def _in_its_own_zone(value: str, html: str) -> str:
    """Return a moment of UTC as the page writes it elsewhere with the zone of its newsroom."""
    parsed = parse_date_text(value)
    if parsed is None or parsed.offset or not parsed.zone_known:
        return value
    for match in _WITH_OFFSET.finditer(html):
        local = parse_date_text(match[0])
        if local is not None and local.offset and local.microseconds == parsed.microseconds:
            return match[0]
    return value
