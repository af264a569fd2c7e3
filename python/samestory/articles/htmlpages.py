"""HTML pages: what they say of themselves, and their text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from samestory._extras import keep_quiet
from samestory.articles.decode import decode
from samestory.articles.htmlblocks import Block, size_of
from samestory.articles.htmlcredits import author, host_of, outlet, page_url
from samestory.articles.htmldates import choose_date
from samestory.articles.htmllead import split_lead
from samestory.articles.htmlmeta import Meta
from samestory.articles.htmltext import Reader, as_text
from samestory.articles.htmltitles import alike, choose_title, key, plain, uncut, without_site
from samestory.articles.htmltree import Node, parse
from samestory.articles.language_names import language_code
from samestory.articles.linkeddata import linked_items, linked_text

_CHARSET = re.compile(
    rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w:.-]+)|<\?xml[^>]{1,100}?encoding=[\"']([\w:.-]+)",
    re.IGNORECASE,
)
_SEARCHED = 1 << 14  # bytes in which a page names its encoding
_SAME_SUBJECT = 0.1
_MAX_FOR_LIBRARY = 1 << 22  # characters
_MANY_BLOCKS = 1000
_SURE = 1500  # letters: a text of so many was found, not missed


def _lead_and_text(reader: Reader, html: str, meta: Meta) -> tuple[str, str]:
    """Return the lead and the text; where that is little, trafilatura is asked if installed.

    On news pages the reader of our own is the better of the two and ten times as fast; on pages
    of other kinds, and where it finds next to nothing, trafilatura finds more.
    """
    article = reader.article()
    whole = as_text(article)
    if size_of(whole) < _SURE and reader.blocks and len(html) <= _MAX_FOR_LIBRARY:
        other = _extract(html, is_fast=len(reader.blocks) > _MANY_BLOCKS)
        if len(other) > 2 * len(whole):
            return "", other
    lead, blocks = split_lead(article, map(plain, meta.all("standfirst")))
    return lead, as_text(blocks)


def _extract(html: str, *, is_fast: bool) -> str:
    """Return the text as trafilatura sees it, or nothing if it is not installed.

    If it is to be fast, it does not ask justext, whose time grows with the square of the blocks.
    """
    try:
        import trafilatura
    except ImportError:
        return ""
    keep_quiet("trafilatura")
    settings = {"include_comments": False, "include_tables": False, "fast": is_fast}
    return trafilatura.extract(html, **settings) or ""


def html_text(data: bytes) -> str:
    """Decode a page by the encoding that it declares."""
    charset = _CHARSET.search(data[:_SEARCHED])
    return decode(data, (charset[1] or charset[2]).decode("ascii", "replace") if charset else None)


def read_html(data: bytes, name: str = "") -> dict[str, str]:
    """Read an HTML page.

    The text is that of the blocks which a reader of our own takes for the article, without the
    lead, which is the standfirst. If those are few, trafilatura is asked if it is installed (the
    extra ``html``).

    Parameters
    ----------
    data : bytes
        The page.
    name : str
        The name of its file, which may give a date.

    Returns
    -------
    dict of str to str
        The fields that the page gives; the text is without the headline.
    """
    html = html_text(data)
    root = parse(html)
    meta, items, reader = Meta(root), linked_items(root), Reader(root)
    sites = _sites(meta, items, page_url(meta, items, html))
    title = _title(root, meta, items, reader.blocks, sites)
    items = _of_this_article(items, title)
    url = page_url(meta, items, html)
    lead, text = _lead_and_text(reader, html, meta)
    fields = {
        "title": title,
        "standfirst": lead or plain(meta.first("standfirst")),
        "author": author(root, meta, items, sites),
        "date": choose_date(root, html, reader, items, meta, f"{url} {name}".strip(), title),
        "outlet": outlet(meta, items, url),
        "language": _language(meta, items),
        "url": url,
        "text": text or _linked_body(items),
    }
    return {field: value for field, value in fields.items() if value}


def _language(meta: Meta, items: Sequence[Mapping[str, Any]]) -> str:
    """Return the code of the first language that is known; of a list its first one."""
    stated = [linked_text(item.get("inLanguage")) for item in items]
    names = [name for text in (*stated, *meta.all("language")) for name in text.split(",")]
    return next(filter(None, map(language_code, map(str.strip, names))), "")


def _sites(meta: Meta, items: Sequence[Mapping[str, Any]], url: str) -> list[str]:
    """Return what the site may be called."""
    host = host_of(url)
    parts = [part for part in host.split(".") if part not in ("www", "com", "co", "org", "net")]
    domain = parts[:-1] if len(parts) > 1 else parts
    publishers = [linked_text(item.get("publisher")) for item in items]
    return [*meta.all("outlet"), *publishers, host, *domain]


def _title(
    root: Node,
    meta: Meta,
    items: Sequence[Mapping[str, Any]],
    blocks: Sequence[Block],
    sites: Sequence[str],
) -> str:
    headings = [block.text for block in blocks if block.node.tag == "h1"]
    own = next((node.raw_text() for node in root.find_all("title") if _is_of_page(node)), "")
    stated = list(meta.all("title"))
    names = {key(site) for site in sites}
    says = [one for one in (*stated, own, *headings) if key(plain(one)) not in names]
    linked = list(
        dict.fromkeys(filter(None, (plain(linked_text(item.get("headline"))) for item in items)))
    )
    if len(linked) == 1 and any(alike(linked[0], plain(one)) >= _SAME_SUBJECT for one in says):
        # The page's one headline by name, where all else is worded for searches and shares.
        known = {key(without_site(plain(one), sites)) for one in says}
        if key(without_site(linked[0], sites)) not in known:
            return uncut(without_site(linked[0], sites), [*headings, *stated])
    linked = [one for one in linked if not any(says) or _agrees(one, says)]
    return uncut(choose_title(headings, linked, stated, own, sites), [*headings, *stated, *linked])


def _is_of_page(node: Node) -> bool:
    return all(one.tag != "svg" for one in node.ancestors())


def _agrees(title: str, others: Sequence[str]) -> bool:
    return any(alike(plain(title), plain(other)) >= 0.6 for other in others if other)


def _of_this_article(items: Sequence[Mapping[str, Any]], title: str) -> list[Mapping[str, Any]]:
    """Leave out the JSON-LD of other articles, such as teasers."""
    named = [(item, plain(linked_text(item.get("headline")))) for item in items]
    own = [item for item, headline in named if headline and _agrees(headline, [title])]
    if own:
        return own + [item for item, headline in named if not headline]
    return [item for item, _ in named]


def _linked_body(items: Sequence[Mapping[str, Any]]) -> str:
    """Return the text that only JSON-LD holds, as on pages that scripts fill."""
    for item in items:
        body = item.get("articleBody") or item.get("text")
        if isinstance(body, str) and body.strip():
            text = as_text(Reader(parse(body)).article()) if "</p>" in body else ""
            return text or "\n".join(map(plain, body.splitlines())).strip()
    return ""
