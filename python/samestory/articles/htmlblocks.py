"""The blocks of a page: each run of words between two block elements, and what marks it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from samestory.articles.htmltree import INLINE, Node, names

_NEVER = names(
    "head script style noscript template svg math iframe select datalist object embed audio video "
    "canvas map input textarea progress meter dialog title"
)
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟:;][\"”’»“')\]]*\s*$")
_WIDE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WIDTH = 2  # letters that one of these stands for, beyond itself
MIN_PROSE = 60


@dataclass(slots=True)
class Block:
    """Words that stand together.

    Attributes
    ----------
    node : Node
        The innermost block element around them.
    text : str
        The words; a line break of the page is one.
    size, linked : int
        Letters in all, and of these within links.
    """

    node: Node
    text: str
    size: int
    linked: int

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.node.tag in _HEADINGS

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return _SENTENCE_END.search(self.text) is not None

    @property
    def is_prose(self) -> bool:
        """Whether it is long enough for a sentence, and no list of links."""
        if self.is_heading or 2 * self.linked > self.size:
            return False
        return self.size >= 2 * MIN_PROSE or (self.size >= MIN_PROSE and self.is_sentence)


def size_of(text: str) -> int:
    """Count letters, those of dense scripts as several."""
    return len(text) if text.isascii() else len(text) + _WIDTH * len(_WIDE.findall(text))


class _Walker:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._linked: list[str] = []
        self._breaks = 0

    def walk(self, node: Node, block: Node, in_link: bool) -> None:
        for child in node.children:
            if isinstance(child, str):
                self._string(child, in_link)
            elif child.tag == "br":
                self._break(block)
            elif child.tag in _NEVER:
                continue
            elif child.tag in INLINE:
                self.walk(child, block, in_link or child.tag == "a")
            else:
                self.flush(block)
                self.walk(child, child, in_link)
                self.flush(child)

    def _string(self, text: str, in_link: bool) -> None:
        self._words.append(text.replace("\n", " ") if "\n" in text else text)
        if in_link:
            self._linked.append(text)
        if self._breaks and not text.isspace():
            self._breaks = 0

    def _break(self, block: Node) -> None:
        self._breaks += 1
        if self._breaks >= 2:
            self.flush(block)
        else:
            self._words.append("\n")

    def flush(self, block: Node) -> None:
        """End the block."""
        if not self._words:
            return
        lines = [" ".join(line.split()) for line in "".join(self._words).split("\n")]
        # A line feed of the source is white space; only those of <br> were kept apart.
        text = "\n".join(filter(None, lines))
        if text:
            linked = size_of(" ".join("".join(self._linked).split()))
            self.blocks.append(Block(block, text, size_of(text), linked))
        self._words, self._linked, self._breaks = [], [], 0


def blocks_of(root: Node) -> list[Block]:
    """Return the blocks of a page in order."""
    walker = _Walker()
    walker.walk(root, root, False)
    walker.flush(root)
    return walker.blocks


def prose_size(blocks: Iterable[Block]) -> int:
    """Return how much prose there is."""
    return sum(block.size - block.linked for block in blocks if block.is_prose)
