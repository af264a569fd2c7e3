"""Who wrote a page, where it appeared, and its address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from samestory.articles.bylines import byline_of, is_explicit_byline, is_name_line
from samestory.articles.htmlmeta import Meta
from samestory.articles.htmltitles import key, plain
from samestory.articles.htmltree import Node
from samestory.articles.linkeddata import linked_text

_BY = re.compile(
    r"^\W*(?i:(?:(?:view |see )?(?:all )?(?:posts|articles|stories)|"
    r"written|reported|words|story|text|posted|published)\s+)?(?i:by)(?::\s*|\s+)"
    r"|^(?i:von|par|por)\s+(?=[^\W\d_a-zà-ÿ]\S*\s+[^\W\d_a-zà-ÿ])",
)
_ADDRESS = re.compile(r"https?://|^www\.|^/|^@?\w+\.(?:com|org|net)/", re.IGNORECASE)
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d{4,6}\)(https?://[^\s>]{3,2000})", re.IGNORECASE
)
_SEARCHED = 4096  # characters in which a browser notes where a page was saved from
_BYLINE_NAMES = ("byline", "author", "authors", "author-name", "article-author", "article__author")
_MAX_NAMES = 200  # characters
_MAX_ELEMENTS = 200


def page_url(meta: Meta, items: Sequence[Mapping[str, Any]], html: str) -> str:
    """Return the address of a page: what it calls canonical, else what JSON-LD and browsers say."""
    saved = _SAVED_FROM.search(html, 0, _SEARCHED)
    linked = (one for item in items for one in _addresses(item))
    candidates = [*meta.all("url"), *linked, *([saved[1]] if saved else [])]
    whole = (one for one in candidates if one.startswith(("https://", "http://")))
    return next(whole, next(iter(candidates), ""))


def _addresses(item: Mapping[str, Any]) -> Iterator[str]:
    """Return what an item calls its own page."""
    for value in (item.get("url"), item.get("mainEntityOfPage"), item):
        if isinstance(value, Mapping):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            yield value.strip().partition("#")[0]


def host_of(url: str) -> str:
    """Return the host of an address as people name it.

    Examples
    --------
    >>> host_of("https://www.herald.example:443/a")
    'herald.example'
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return ""
    return host.removeprefix("www.")


def outlet(meta: Meta, items: Sequence[Mapping[str, Any]], url: str) -> str:
    """Return the publisher, else the name of the site, else its host."""
    linked = (plain(linked_text(item.get("publisher"))) for item in items)
    named = next(filter(None, linked), "") or plain(meta.first("outlet"))
    return named if named and not _ADDRESS.search(named) else host_of(named) or host_of(url)


def author(root: Node, meta: Meta, items: Sequence[Mapping[str, Any]], sites: Iterable[str]) -> str:
    """Return the names of those who wrote a page, without "By" and without the site's own."""
    site_keys = {key(site) for site in sites} - {""}
    linked = (linked_text(item.get(kind)) for item in items for kind in ("author", "creator"))
    for given in (*linked, *meta.authors(), *_printed(root)):
        name = _name(given)
        if name and key(name) not in site_keys:
            return name
    return ""


def _name(given: str) -> str:
    """Return a name as it is read aloud; nothing for an address."""
    name = " ".join(_BY.sub("", plain(given), count=1).split()).strip(" ,;|·")
    return "" if _ADDRESS.search(name) or not key(name) else name


def _printed(root: Node) -> Iterator[str]:
    """Return what the page's links, elements and lines of authors say, the surest first."""
    yield _together(n for n in root.find_all("a", "link") if "author" in n.get("rel").split())
    marked = [node for node in root.attributed() if _is_marked(node)]
    yield _together(_name_in(node) for node in marked[:_MAX_ELEMENTS])
    yield next(filter(None, map(_byline, root.attributed())), "")


def _is_marked(node: Node) -> bool:
    """Whether an element is an author by microdata or by hCard."""
    if node.get("itemprop") in ("author", "creator"):
        return True
    return {"author", "vcard"} <= set(node.get("class").split())


def _name_in(node: Node) -> Node:
    """Return the element of a marked author that holds the name alone."""
    inside = (n for n in node.elements() if n.get("itemprop") == "name" or _is_full_name(n))
    return next(inside, node)


def _is_full_name(node: Node) -> bool:
    return "fn" in node.get("class").split()


def _together(nodes: Iterable[Node]) -> str:
    """Join the names of the first author and of those that stand beside it."""
    found = [node for node in nodes if 0 < len(_shown(node)) <= _MAX_NAMES]
    if not found:
        return ""
    first = found[0].parent
    around = (first, first.parent if first is not None else None)
    beside = [n for n in found if n.parent in around or _grandparent(n) in around]
    return ", ".join(dict.fromkeys(map(_shown, beside)))


def _grandparent(node: Node) -> Node | None:
    return node.parent.parent if node.parent is not None else None


def _shown(node: Node) -> str:
    return node.text() or node.get("content")


def _byline(node: Node) -> str:
    """Return the names in an element that calls itself a byline; nothing if it holds more."""
    own = f"{node.get('class')} {node.get('id')}".lower().split()
    if not any(name in own for name in _BYLINE_NAMES):
        return ""
    line = node.text()
    if is_explicit_byline(line):
        return byline_of(line)
    return line if is_name_line(line, near_date=False) else ""
