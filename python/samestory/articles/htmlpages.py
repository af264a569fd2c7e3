"""HTML pages: what they say of themselves, and their text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from samestory.articles.decode import decode

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
_IGNORED = (
    "script style nav footer aside header noscript template svg button figure figcaption iframe "
    "select menu dialog"
)
_BLOCKS = "p h1 h2 h3 h4 h5 h6 li blockquote pre div td section article main"
_PROSE = frozenset(("p", "blockquote", "pre", "h2", "h3", "h4", "li"))
_IGNORED_TAGS, _BLOCK_TAGS = frozenset(_IGNORED.split()), frozenset(_BLOCKS.split())
_MIN_ITEM_WORDS = 8  # shorter list items are links
_META: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "title"),
    "standfirst": ("og:description", "description", "twitter:description", "dc.description"),
    "author": (
        "author",
        "article:author",
        "byl",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
    ),
    "date": (
        "article:published_time",
        "og:published_time",
        "datepublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "pubdate",
        "publishdate",
        "publish-date",
        "parsely-pub-date",
        "sailthru.date",
        "article:published",
    ),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher"),
    "language": ("og:locale", "dc.language", "language", "content-language"),
    "url": ("og:url", "canonical"),
}
_NEWS_TYPES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "report")


class _Collector(HTMLParser):
    """Collects metadata and the paragraphs outside menus, scripts and captions."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.meta: dict[str, str] = {}
        self.linked_data: list[str] = []
        self.blocks: list[tuple[bool, bool, str]] = []  # inside <article>, prose, text
        self.headline = ""
        self.title = ""
        self._ignored: list[str] = []
        self._articles = 0
        self._tags: list[str] = []
        self._words: list[str] = []
        self._catch: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._note_metadata(tag, values)
        if tag == "script":
            self._catch = "json" if "ld+json" in values.get("type", "").lower() else None
        elif tag in ("title", "h1") and "svg" not in self._ignored:
            self._flush()
            self._catch = tag
        if tag in _IGNORED_TAGS:
            self._flush()
            self._ignored.append(tag)
        elif tag in _BLOCK_TAGS:
            self._flush()
            self._tags.append(tag)
        elif tag == "br":
            self._words.append(" ")
        self._articles += tag == "article"

    def _note_metadata(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == "meta":
            key = values.get("property") or values.get("name") or values.get("itemprop") or ""
            key = key or values.get("http-equiv", "")
            if key and values.get("content"):
                self.meta.setdefault(key.lower(), values["content"].strip())
        elif tag == "html" and values.get("lang"):
            self.meta.setdefault("language", values["lang"])
        elif tag == "link" and values.get("rel", "").lower() == "canonical":
            self.meta.setdefault("canonical", values.get("href", ""))
        elif tag == "time" and values.get("datetime"):
            self.meta.setdefault("time", values["datetime"])

    def handle_endtag(self, tag: str) -> None:
        if self._catch is not None and tag == {"json": "script"}.get(self._catch, self._catch):
            self._finish_caught()
        if tag in self._ignored:
            while self._ignored.pop() != tag:
                pass
        elif tag in _BLOCK_TAGS:
            self._flush()
            if tag in self._tags:
                while self._tags.pop() != tag:
                    pass
        self._articles -= tag == "article" and self._articles > 0

    def _finish_caught(self) -> None:
        text = "".join(self._words).strip()
        if self._catch == "json":
            self.linked_data.append(text)
        elif self._catch == "title":
            self.title = self.title or " ".join(text.split())
        else:
            self.headline = self.headline or " ".join(text.split())
        self._words = []
        self._catch = None

    def handle_data(self, data: str) -> None:
        if self._catch is not None or not self._ignored:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if text and self._catch is None:
            inner = next((tag for tag in reversed(self._tags) if tag in _PROSE), "")
            prose = bool(inner) and (inner != "li" or text.count(" ") >= _MIN_ITEM_WORDS)
            self.blocks.append((self._articles > 0, prose, text))


def _linked(collector: _Collector) -> dict[str, str]:
    """Read what JSON-LD says of the article."""
    for data in collector.linked_data:
        try:
            items = list(_items(json.loads(data, strict=False)))
        except (ValueError, RecursionError):
            continue
        for item in items:
            kinds = item.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            if any(str(name).lower() in _NEWS_TYPES for name in names):
                return {
                    "title": _name(item.get("headline")),
                    "author": _name(item.get("author")),
                    "date": _name(item.get("datePublished")),
                    "outlet": _name(item.get("publisher")),
                    "language": _name(item.get("inLanguage")),
                }
    return {}


def _items(value: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _items(one)
    elif isinstance(value, Mapping):
        yield value
        yield from _items(value.get("@graph", []))


def _name(value: Any) -> str:
    if isinstance(value, Mapping):
        return _name(value.get("name"))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    return value.strip() if isinstance(value, str) else ""


def _paragraphs(collector: _Collector) -> str:
    """Return the paragraphs of the article element, or else of the page."""
    blocks = collector.blocks
    prose = sum(len(text) for _, prose, text in blocks if prose)
    if sum(len(text) for inside, prose, text in blocks if inside and prose) > 0.3 * prose:
        blocks = [block for block in blocks if block[0]]
    if any(prose for _, prose, _ in blocks):
        blocks = [block for block in blocks if block[1]]
    return "\n\n".join(text for _, _, text in blocks)


def _extract(html: str) -> str:
    """Return the text as trafilatura sees it, or nothing if it is not installed."""
    try:
        import trafilatura
    except ImportError:
        return ""
    return trafilatura.extract(html, include_comments=False, include_tables=False) or ""


def html_text(data: bytes) -> str:
    """Decode a page by the encoding that it declares."""
    charset = _CHARSET.search(data[:4096])
    return decode(data, charset[1].decode("ascii") if charset else None)


def read_html(data: bytes) -> dict[str, str]:
    """Read an HTML page.

    The text is what trafilatura extracts if it is installed (the extra ``html``), else the
    paragraphs outside menus, footers and scripts.

    Parameters
    ----------
    data : bytes
        The page.

    Returns
    -------
    dict of str to str
        The fields that the page gives; the text is without the headline.
    """
    html = html_text(data)
    collector = _Collector()
    collector.feed(html)
    collector.close()
    linked = _linked(collector)
    fields = {}
    for name, keys in _META.items():
        given = [linked.get(name, ""), *(collector.meta.get(key, "") for key in keys)]
        fields[name] = next(filter(None, given), "")
    fields["title"] = (
        linked.get("title") or collector.headline or fields["title"] or collector.title
    )
    fields["date"] = fields["date"] or collector.meta.get("time", "")
    fields["language"] = re.split("[-_]", fields["language"])[0].lower()
    if fields["author"].startswith("http"):
        fields["author"] = ""
    fields["text"] = _extract(html) or _paragraphs(collector)
    return {name: value for name, value in fields.items() if value}
