"""HTML as a tree: what browsers make of a page, as far as its text needs it.

Time grows with the length of the page whatever is in it: each search for an end that is not there
is made once, and nothing is read twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from samestory.articles.entities import unescape


def names(text: str) -> frozenset[str]:
    """Return the words of a string as a set."""
    return frozenset(text.split())


_TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>"
)  # a quote matters behind "=" only, as in HTML 5
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = re.compile(
    r"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]++)))?+"
)
_CDATA = re.compile(r"(?:<!\[CDATA\[)++")
_MAX_DEPTH = 200  # deeper elements become siblings, so that a walk may recurse

VOID = names("area base br col embed hr img input link meta param source track wbr keygen command")
_RAW = names("script style textarea title xmp iframe noembed noframes")
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_CLOSE_P = names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul li dd "
    "dt tr td th tbody"
)
INLINE = names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr amp-fit-text nobr"
)
# What an opening tag closes if it is open, and what it does not look beyond.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset(("li",)), names("ul ol menu")),
    "dt": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "dd": (frozenset(("dt", "dd")), frozenset(("dl",))),
    "tr": (names("tr td th"), frozenset(("table",))),
    "td": (names("td th"), names("table tr")),
    "th": (names("td th"), names("table tr")),
    "option": (frozenset(("option",)), names("select datalist")),
}
_SECTIONS = names("article aside body footer header main nav section table")
_CELLS = names("td th tr tbody thead tfoot")
# What an end tag does not close because what it would end lies outside.
_KEPT = frozenset(("td", "th", "html"))
_KEPT_BY_CELLS = frozenset(("table", "html"))
_KEPT_BY_INLINE = _CLOSE_P | _CELLS | {"html", "body", "button"}


_MANY_STRINGS = 1000  # between tags, in what is asked how long it is


class Node:
    """An element: its tag, its attributes and what is in it, strings and elements."""

    __slots__ = ("_attributes", "_raw", "_walked", "children", "is_closed", "parent", "tag")

    def __init__(self, tag: str, raw: str, parent: Node | None) -> None:
        self.tag = tag
        self.parent = parent
        self.is_closed = False  # by an end tag of its own
        self.children: list[Node | str] = []
        self._raw = raw
        self._attributes: dict[str, str] | None = None
        self._walked: list[Node] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes, entities replaced; of two of one name the first counts."""
        if self._attributes is None:
            found: dict[str, str] = {}
            for name, double, single, bare in _ATTRIBUTE.findall(self._raw):
                found.setdefault(name.lower(), unescape(double or single or bare))
            self._attributes = found
        return self._attributes

    def get(self, name: str) -> str:
        """Return an attribute, or an empty string."""
        return self.attributes.get(name, "") if self._raw else ""

    def elements(self) -> Iterator[Node]:
        """Walk over all elements below, in the order of the page."""
        return self._walk() if self._walked is None else iter(self._walked)

    def _walk(self) -> Iterator[Node]:
        stack = [child for child in reversed(self.children) if type(child) is not str]
        while stack:
            node = stack.pop()
            assert isinstance(node, Node)
            yield node
            stack.extend(child for child in reversed(node.children) if type(child) is not str)

    def attributed(self) -> Iterator[Node]:
        """Walk over the elements below that have an attribute."""
        return (node for node in self.elements() if node._raw)

    def find_all(self, *tags: str) -> Iterator[Node]:
        """Walk over the elements below that have one of these tags."""
        return (node for node in self.elements() if node.tag in tags)

    def ancestors(self) -> Iterator[Node]:
        """Walk from the parent to the root."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def text(self) -> str:
        """Return the words below, but for scripts and styles, with single spaces."""
        return " ".join("".join(self._strings()).split())

    def is_longer(self, n_letters: int) -> bool:
        """Whether the text is longer than this, or there are too many elements to tell."""
        parts: list[str] = []
        left = n_letters
        for part in islice(self._strings(), _MANY_STRINGS):
            parts.append(part)
            left -= len(part.strip())
            if left < 0:
                return True
        return len(parts) == _MANY_STRINGS or len(" ".join("".join(parts).split())) > n_letters

    def _strings(self) -> Iterator[str]:
        stack: list[Node | str] = list(reversed(self.children))
        while stack:
            one = stack.pop()
            if isinstance(one, str):
                yield one
            elif one.tag not in ("script", "style", "svg", "template"):
                if one.tag not in INLINE:
                    yield " "
                    stack.append(" ")
                stack.extend(reversed(one.children))

    def raw_text(self) -> str:
        """Return the strings of this element itself, as they are."""
        return "".join(child for child in self.children if isinstance(child, str))


class _Builder:
    """Puts tags and strings where a browser would."""

    def __init__(self) -> None:
        self.root = Node("html", "", None)
        self._open = [self.root]
        self._too_deep = 0

    def text(self, data: str) -> None:
        """Add a string."""
        self._open[-1].children.append(unescape(data) if "&" in data else data)

    def start(self, tag: str, raw: str) -> Node:
        """Add an element, and close what it closes."""
        if tag in ("html", "body"):
            for node in self._open[:3]:
                if node.tag == tag:  # its attributes count, but it is one element
                    node._raw, node._attributes = f"{node._raw} {raw}", None
                    return node
        if tag in _CLOSE_P:
            self._close_implied(tag)
        parent = self._open[-1]
        node = Node(tag, raw, parent)
        parent.children.append(node)
        if tag in VOID:
            return node
        if len(self._open) < _MAX_DEPTH:
            self._open.append(node)
        else:
            self._too_deep += 1
        return node

    def _close_implied(self, tag: str) -> None:
        if tag in _CLOSES:
            self._close_item(*_CLOSES[tag])
        elif tag in _HEADINGS and self._open[-1].tag in _HEADINGS:
            self._open.pop()
        for i in range(len(self._open) - 1, 0, -1):
            name = self._open[i].tag
            if name == "p":
                del self._open[i:]
            if name not in INLINE:
                return

    def _close_item(self, tags: frozenset[str], lists: frozenset[str]) -> None:
        for i in range(len(self._open) - 1, 0, -1):
            name = self._open[i].tag
            if name in tags:
                del self._open[i:]
                return
            if name in lists or name in _SECTIONS:
                return

    def end(self, tag: str) -> None:
        """Close an element and what is open in it; an end without a beginning is nothing."""
        if self._too_deep:
            self._too_deep -= 1
            return
        keeps = _KEPT_BY_INLINE if tag in INLINE else _KEPT_BY_CELLS if tag in _CELLS else _KEPT
        for i in range(len(self._open) - 1, 0, -1):
            name = self._open[i].tag
            if name == tag:
                self._open[i].is_closed = True
                del self._open[i:]
                return
            if name in keeps:
                return


class _Scanner:
    """Finds tags, strings and declarations from the first character to the last."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._tag = _TAG
        self._missing: set[str] = set()  # ends that are nowhere in the rest
        self._builder = _Builder()

    def scan(self) -> Node:
        """Return the root."""
        html, builder, position = self._html, self._builder, 0
        while position < len(html):
            mark = html.find("<", position)
            if mark < 0:
                mark = len(html)
            if mark > position:
                builder.text(html[position:mark])
            if mark == len(html):
                break
            position = self._markup(mark)
        builder.root._walked = list(builder.root.elements())  # which is asked for time and again
        return builder.root

    def _find(self, end: str, start: int) -> int:
        """Return where an end is, or -1; what is not there is sought once."""
        if end in self._missing:
            return -1
        found = self._html.find(end, start)
        if found < 0:
            self._missing.add(end)
        return found

    def _markup(self, mark: int) -> int:
        """Read what begins with "<" and return where it ends."""
        following = self._html[mark + 1 : mark + 2]
        if following in ("!", "?"):
            return self._declaration(mark)
        if following == "/" or (following.isascii() and following.isalpha()):
            match = self._match(mark)
            if match is not None:
                return self._element(match)
            if ">" in self._missing:
                return len(self._html)  # cut off within a tag
        self._builder.text("<")
        return mark + 1

    def _match(self, mark: int) -> re.Match[str] | None:
        match = self._tag.match(self._html, mark)
        if match is None and self._find(">", mark) >= 0:
            self._tag = _PLAIN_TAG  # there is a quote that nothing closes
            match = self._tag.match(self._html, mark)
        return match

    def _declaration(self, mark: int) -> int:
        """Pass over a comment, a doctype or a CDATA mark; what nothing ends is its mark alone."""
        html = self._html
        if html.startswith("<!--", mark) and not html.startswith(("<!-->", "<!--->"), mark):
            end = self._find("-->", mark + 4)
            return end + 3 if end >= 0 else mark + 4
        if (cdata := _CDATA.match(html, mark)) is not None:
            return cdata.end()  # what is in it is text
        end = self._find(">", mark + 1)
        return end + 1 if end >= 0 else mark + 2

    def _element(self, match: re.Match[str]) -> int:
        tag, position = match[2].lower(), match.end()
        if match[1]:
            self._builder.end(tag)
            return position
        node = self._builder.start(tag, match[3])
        if tag not in _RAW:
            return position
        end, after = self._end_of_raw(tag, position)
        self._builder.end(tag)
        data = self._html[position:end]
        node.children.append(unescape(data) if tag in ("title", "textarea") else data)
        return after

    def _end_of_raw(self, tag: str, position: int) -> tuple[int, int]:
        """Return where the text of a script, a title and the like ends, and where its end tag."""
        match = None
        if tag not in self._missing:
            match = re.compile(rf"</{tag}(?=[\s/>])[^>]*+>?", re.IGNORECASE).search(
                self._html, position
            )
        if match is not None:
            return match.start(), match.end()
        self._missing.add(tag)
        if tag in ("script", "style"):
            return len(self._html), len(self._html)
        return position, position


def parse(html: str) -> Node:
    """Return the root of a page; anything is a page.

    Examples
    --------
    >>> root = parse("<ul><li>One<li>Two <b>and</ul> <p>Three")
    >>> [node.text() for node in root.find_all("li", "p")]
    ['One', 'Two and', 'Three']
    """
    return _Scanner(html).scan()
