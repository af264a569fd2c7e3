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
from samestory.articles.htmldateforms import in_its_order, in_its_own_zone
from samestory.articles.htmlelsewhere import Elsewhere
from samestory.articles.htmlmeta import Meta
from samestory.articles.htmltext import Reader
from samestory.articles.htmltitles import alike, key
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
_DATE_ATTRIBUTE = re.compile(
    r"content|datetime|title|data-[\w-]*(?:date|time|publish|posted)[\w-]*", re.I
)
_OF_THE_PAGE = re.compile(
    r"\b(?:article|artikel|artículo|articolo|artigo|post|beitrag|billet|entry|eintrag|entrada|story|"
    r"page|seite|text)\b",
    re.I,
)
_WRITTEN = re.compile(
    r"\b(?:published|posted|written|created|veröffentlicht|publiziert|geschrieben|erstellt|verfasst|"
    r"publié|écrit|publicado|escrito|pubblicato|scritto)\b",
    re.I,
)
_ISO_DURATION = re.compile(r"^-?P[\dTYMWDHS.,]*$", re.I)
_BAR = re.compile(r"[|·•]")
_NEAR = 12  # blocks below the headline in which its date stands
_ABOVE = 4
_MAX_WORDS_BESIDE = 6  # of a line that is more than a date, anywhere on the page
_MAX_DAYS = 3  # of such lines: there are more in lists of other articles
_DATELINE = 80  # letters in which a first paragraph names place and day
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


def _is_date(name: str, value: str) -> bool:
    """Whether an attribute is a date by its name and by what it says."""
    if not value or not _DATE_ATTRIBUTE.fullmatch(name) or _MODIFIED_NAME.search(name):
        return False
    return not _ISO_DURATION.match(value) and plausible(parse_date_text(value))


def _value(node: Node) -> str:
    """Return the date that an element gives: as an attribute, or as its words."""
    text = node.text()
    found = find_date(text) if 5 < len(text) < 100 else None
    shown = _as_text(found[0]) if found is not None and plausible(found[0]) else ""
    if shown and says_published(text):
        return shown  # beside it the attribute may be that of a change
    for name, value in node.attributes.items():
        if _is_date(name, value.strip()):
            return value.strip()
    return shown


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


def _headline(blocks: Sequence[Block], title: str) -> int:
    """Return where the headline stands: the block of its words, or the heading most like it."""
    headings = [i for i, block in enumerate(blocks) if block.node.tag == "h1"]
    headings.sort(key=lambda i: -alike(blocks[i].text, title))
    same = [i for i, block in enumerate(blocks) if key(block.text) == key(title)] if title else []
    inside = [i for i in same if blocks[i].is_heading]
    return next(iter((*inside, *headings, *same)), 0)


def _around(blocks: Sequence[Block], start: int) -> Iterator[int]:
    """Walk down from the headline to the first long paragraph, then up from it."""
    for i in range(start, min(len(blocks), start + _NEAR)):
        yield i
        if blocks[i].is_prose and blocks[i].size > 300 and i > start:
            break
    yield from range(start - 1, max(-1, start - 1 - _ABOVE), -1)


def _times(node: Node) -> Iterator[Node]:
    """Walk over the time elements of one block, itself included."""
    if node.tag == "time":
        yield node
    yield from node.find_all("time")


def _beside(reader: Reader, elsewhere: Elsewhere, start: int) -> str:
    """Return the date that stands beside the headline, that of an update if there is no other."""
    update, blocks = "", reader.blocks
    seen: set[int] = set()
    for i in _around(blocks, start):
        block = blocks[i]
        if id(block.node) in seen or elsewhere.holds(block.node):
            continue
        seen.add(id(block.node))
        value = _in_block(block)
        if not value:
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
    if len(block.text) > 200 or "©" in block.text:
        return ""
    words = " ".join(block.text.split())
    parts = [part for part in _BAR.split(words) if says_published(part)]
    found = next(filter(None, map(find_date, parts)), None) or find_date(words)
    if found is None or not plausible(found[0]):
        return ""
    rest = found[1].split()
    is_short = len(rest) <= 12 or says_published(block.text)
    return _as_text(found[0]) if is_short and not block.is_prose else ""


def _is_dated(node: Node) -> bool:
    """Whether an attribute of data is a date by its name."""
    return any(n.startswith("data-") and _DATE_ATTRIBUTE.fullmatch(n) for n in node.attributes)


def _named(root: Node, elsewhere: Elsewhere) -> str:
    """Return the date of an element whose class says that it is that of publication."""
    for node in root.elements():
        if node.tag in ("meta", "script", "style", "link", "body", "html"):
            continue
        names = f"{node.get('class')} {node.get('id')}"
        if (
            (node.tag == "time" or _PUBLISHED_NAME.search(names) or _is_dated(node))
            and not _MODIFIED_NAME.search(names)
            and not elsewhere.holds(node)
            and (value := _value(node))
        ):
            return value
    return ""


def _anywhere(reader: Reader, elsewhere: Elsewhere, start: int) -> str:
    """Return the date of a line that is little else, or says when the article was written."""
    blocks = reader.blocks
    lines: list[str] = []
    for block in (*blocks[start:], *reversed(blocks[:start])):
        if len(block.text) > 300 or "©" in block.text:
            continue
        found = find_date(" ".join(block.text.split()))
        if found is None or not plausible(found[0]) or is_update(block.text):
            continue
        if elsewhere.holds(block.node):
            continue
        if _OF_THE_PAGE.search(block.text) and _WRITTEN.search(block.text):
            return _as_text(found[0])
        if len(found[1].split()) <= _MAX_WORDS_BESIDE and not (block.is_prose or block.is_heading):
            lines.append(_as_text(found[0]))
    return lines[0] if lines and len({line[:10] for line in lines}) <= _MAX_DAYS else ""


def _dateline(reader: Reader) -> str:
    """Return the day with which the first paragraph begins, as those of agencies do."""
    first = next((block.text for block in reader.article() if block.is_prose), "")
    head = " ".join(first[:_DATELINE].split())
    found = find_date(head)
    if found is None or not plausible(found[0]):
        return ""
    before = re.match(r"\W*(?:[^\W\d]+[,\s]+){0,3}\W*\d", head) or re.match(
        r"\W*(?:[^\W\d]+[,.(\s]+){1,4}\d", head
    )
    mark = re.search(r"\d{4}\)?\s*(?:[-–—:/|)(]|$)", head)
    return _as_text(found[0]) if before is not None and mark is not None else ""


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
    reader: Reader,
    items: Sequence[Mapping[str, Any]],
    meta: Meta,
    address: str,
    title: str = "",
) -> str:
    """Return the date of publication as the page writes it, or an empty string.

    Parameters
    ----------
    root, html, reader : Node, str, Reader
        The page.
    items : sequence of mapping
        Its JSON-LD, that of its article first.
    meta : Meta
        Its meta elements.
    address : str
        Its URL and the name of its file.
    title : str
        Its headline, beside which its date is sought.
    """
    start, elsewhere = _headline(reader.blocks, title), Elsewhere(reader)
    found = (
        _first(_linked(items, "datePublished", "dateCreated", "uploadDate"))
        or _first(meta.published())
        or _marked(root)
        or _beside(reader, elsewhere, start)
        or from_address(address)
        or _named(root, elsewhere)
        or _anywhere(reader, elsewhere, start)
        or _dateline(reader)
        or (_library(html, address) if reader.blocks else "")
        or _first(_linked(items, "dateModified"))
        or _first(meta.modified())
    )
    return in_its_own_zone(in_its_order(found, html, address), html)
