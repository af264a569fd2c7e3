"""Markup in the cells of tables: entities, and texts that are HTML."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

from samestory.articles.batch import Batch, Origin
from samestory.articles.characters import MARKUP, classes_of_all, rows_of
from samestory.articles.unicode import unify

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]*)?/?|!--.*?--)>", re.DOTALL)
# Tags that no caption in a plain text has: of these a text must have one to be taken for markup.
_SURE = re.compile(
    r"<(?:p|div|span|a|img|figure|ul|ol|section|article|iframe|h[1-6]|blockquote|table|em|strong)"
    r"\s+[\w:-]+\s*=|<(?:br|hr|img)\s*/?>|<(?:ul|ol|table|script|style|div|blockquote)\b",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"\s*<(?:p|div|h[1-6]|ul|ol|article|section|html|body)\b[^<>]*>", re.IGNORECASE
)
_CLOSING = re.compile(r"</[a-zA-Z][a-zA-Z0-9]{0,15}\s*>|<br\s*/?>|<img\s", re.IGNORECASE)
_BLOCKS_WORDS = """
    p div h1 h2 h3 h4 h5 h6 li ul ol blockquote pre section article main table tr td th dd
    dt dl header footer aside figure figcaption form hr address"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_EMPTY = ("hr",)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_DROPPED = {
    "script": "a script in the markup",
    "style": "a style in the markup",
    "figcaption": "a caption in the markup",
    "button": "a button in the markup",
    "iframe": "a frame in the markup",
    "noscript": "a frame in the markup",
    "svg": "a picture in the markup",
    "form": "a form in the markup",
    "nav": "links in the markup",
    "select": "a form in the markup",
}
_LINK = "a paragraph that is a link"
_MAX_LINK_WORDS = 8
_MAX_TITLE_TAGS = 20


def plain(text: str) -> str:
    """Read entities, also those that were escaped twice, and what is marked as characters.

    Examples
    --------
    >>> plain("Vellmoor&#8217;s bridge &amp;amp; pier"), plain("AT&T, a < b")
    ('Vellmoor’s bridge & pier', 'AT&T, a < b')
    >>> plain("<![CDATA[Rain]]>")
    'Rain'
    """
    if "<![CDATA[" in text:
        text = _CDATA.sub("", text)
    for _ in range(2):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return text


def is_markup(text: str) -> bool:
    """Whether a text is HTML; a plain one may hold a literal tag, or ``<A>``, a share's name."""
    if "<" not in text or not _CLOSING.search(text):
        return False
    return _SURE.search(text) is not None or _OPENING.match(text) is not None


class _Fragment(HTMLParser):
    """Collects the paragraphs of a piece of HTML, and what is none of its text.

    With `has_lines` the lines outside of its elements are lines, as in posts of WordPress.
    """

    def __init__(self, has_lines: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._has_lines = has_lines
        self.paragraphs: list[str] = []
        self.dropped: list[tuple[str, str]] = []
        self._words: list[str] = []
        self._lines: list[str] = []
        self._linked = 0
        self._total = 0
        self._in_link = 0
        self._inside: list[str] = []
        self._blocks = 0
        self._lost: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._end_paragraph()
            self._inside.append(tag)
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._blocks += tag not in _EMPTY
        elif tag == "br":
            self._end_line()
        elif tag == "a":
            self._in_link += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED:
            self.handle_starttag(tag, attrs)
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            while (inner := self._inside.pop()) != tag:
                pass
            self._note("".join(self._lost), _DROPPED[inner])
            self._lost = []
        elif tag in _BLOCKS:
            self._end_paragraph()
            self._blocks = max(0, self._blocks - (tag not in _EMPTY))
        elif tag == "a":
            self._in_link = max(0, self._in_link - 1)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._lost.append(data)
            return
        first, *others = data.split("\n") if self._has_lines and self._blocks == 0 else [data]
        self._add(first)
        for line in others:
            if line.lstrip()[:1].islower():  # a sentence goes on
                self._add(f" {line}")
                continue
            self._end_line() if "".join(self._words).strip() else self._end_paragraph()
            self._add(line)

    def _add(self, data: str) -> None:
        self._words.append(data)
        self._total += len(data.split())
        self._linked += len(data.split()) if self._in_link else 0

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over ``<![...>``, which is a comment to browsers and an error to the library."""
        return self.parse_bogus_comment(i, report)

    def close(self) -> None:
        super().close()
        self._end_paragraph()
        if self._inside:
            self._note("".join(self._lost), _DROPPED[self._inside[0]])

    def _end_line(self) -> None:
        self._lines.append(" ".join("".join(self._words).split()))
        self._words = []

    def _end_paragraph(self) -> None:
        self._end_line()
        text = "\n".join(self._lines).strip()
        is_link = self._linked == self._total and 0 < self._total <= _MAX_LINK_WORDS
        self._lines, self._linked, self._total = [], 0, 0
        if text and is_link:
            self._note(text, _LINK)
        elif text:
            self.paragraphs.append(text)

    def _note(self, what: str, why: str) -> None:
        what = " ".join(what.split())
        if what:
            self.dropped.append((what, why))


def text_of(markup: str) -> tuple[str, list[tuple[str, str]]]:
    r"""Return the text of a piece of HTML, and what was left out of it, each with the reason.

    Examples
    --------
    >>> text_of("<p>It <b>rains</b>.<br/>A lot.</p><p><a href='x'>Continue reading</a></p>")
    ('It rains.\nA lot.', [('Continue reading', 'a paragraph that is a link')])
    """
    fragment = _Fragment(_BREAK.search(markup) is None)
    fragment.feed(markup)
    fragment.close()
    return "\n\n".join(fragment.paragraphs), fragment.dropped


def read_markup(batch: Batch) -> None:
    """Make plain texts of the cells of a table that hold HTML or entities."""
    if batch.origin is Origin.PAGE:
        return
    for name in ("title", "standfirst", "author", "outlet"):
        column = batch.texts[name]
        for row in rows_of(classes_of_all(column), MARKUP):
            column[row] = _line(column[row])
    texts = batch.texts["text"]
    for row in rows_of(classes_of_all(texts), MARKUP):
        text = texts[row]
        if "<![CDATA[" in text:
            text = _CDATA.sub("", text)
            batch.set_text(row, unify(text))
        if is_markup(text) or is_markup(plain(text)):
            clean, dropped = text_of(text if is_markup(text) else plain(text))
            for what, why in dropped:
                batch.note_removed(row, what, why)
            batch.set_text(row, unify(plain(clean)))
        elif "&" in text:
            batch.set_text(row, unify(plain(text)))


def _line(cell: str) -> str:
    """A title without tags and entities."""
    text = plain(cell)
    if "<" in text and _CLOSING.search(text):
        text = _TAG.sub("", text)
    return unify(" ".join(text.split())) if text != cell else cell
