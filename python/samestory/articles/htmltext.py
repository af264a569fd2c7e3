"""The text of a page: which of its blocks are the article's.

The article is the element whose blocks are worth most, its prose counted for it and all else
against it: maximum subsequence segmentation (Pasternack and Roth, 2009) on the tree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from samestory.articles.htmlasides import aside_rank
from samestory.articles.htmlblocks import Block, blocks_of, prose_size
from samestory.articles.htmltree import Node

_SHARE_OF_HEAD = 0.3  # prose above the headline is a teaser unless it is more than this
_MAX_LABEL = 40  # shorter lines that are no sentences are labels and buttons
_MIN_ITEM = 15
_MAX_COPIES = 2
_COST = 5  # of a block that is no prose
_COST_OF_LINKS = 0.5
_MAX_LINKED = 100
_SHARE_IN_ASIDES = 0.3
_Kind = tuple[int, str, str]


class Reader:
    """Tells which blocks of a page are the article's.

    Parameters
    ----------
    root : Node
        The page.
    """

    def __init__(self, root: Node) -> None:
        self.blocks = blocks_of(root)
        self._prose: dict[int, int] = {}  # letters of prose below an element
        self._has_headline: set[int] = set()
        for block in self.blocks:
            prose = prose_size((block,))
            for node in _upwards(block.node):
                if prose:
                    self._prose[id(node)] = self._prose.get(id(node), 0) + prose
                if block.node.tag == "h1":
                    self._has_headline.add(id(node))
        self._total = self._prose.get(id(root), 0)
        self._ranks: dict[int, int] = {id(root): 0}
        self._article: list[Block] | None = None

    def article(self) -> list[Block]:
        """Return the blocks of the article.

        Where next to nothing is left, the names of elements are not what they seem, and those
        that are in doubt are taken in.
        """
        if self._article is None:
            strict, lenient = self._best(0), self._best(1)
            is_little = prose_size(strict) < _SHARE_IN_ASIDES * prose_size(lenient)
            self._article = lenient if is_little else strict
        return self._article

    def rank(self, node: Node) -> int:
        """Say how surely an element lies in something that is not the article: 0, 1 or 2."""
        path = []
        for step in _upwards(node):
            if id(step) in self._ranks:
                break
            path.append(step)
        rank = self._ranks.get(id(step), 0)
        for step in reversed(path):
            own = aside_rank(step) if rank < 2 else 0
            if own > rank and not self._is_article_all_the_same(step):
                rank = own
            self._ranks[id(step)] = rank
        return rank

    def holds_most(self, node: Node) -> bool:
        """Whether most of the page's prose is in an element."""
        return 2 * self._prose.get(id(node), 0) > self._total

    def _is_article_all_the_same(self, node: Node) -> bool:
        """Whether an aside holds the page's prose, as one does that nothing closes."""
        share = self._prose.get(id(node), 0) / max(self._total, 1)
        if share <= 0.5:
            return False
        is_misplaced = node.tag in ("figure", "button", "header") or share > 0.8
        is_unclosed = node.tag == "aside" and not node.is_closed
        return is_misplaced or is_unclosed or id(node) in self._has_headline

    def _best(self, max_rank: int) -> list[Block]:
        usable = [block for block in self.blocks if self.rank(block.node) <= max_rank]
        values: dict[int, float] = {}
        for block in usable:
            value = _value(block)
            for node in _upwards(block.node):
                values[id(node)] = values.get(id(node), 0.0) + value
        if not values:
            return []
        best = max(values, key=values.__getitem__)  # of two the inner one, which came first
        return _trim([b for b in usable if any(id(node) == best for node in _upwards(b.node))])


def as_text(blocks: Sequence[Block]) -> str:
    """Return blocks as paragraphs."""
    return "\n\n".join(block.text for block in blocks)


def _upwards(node: Node) -> Iterator[Node]:
    """Walk from an element to the root."""
    yield node
    yield from node.ancestors()


def _value(block: Block) -> float:
    if block.is_prose:
        return block.size - 2 * block.linked
    return -_COST - _COST_OF_LINKS * min(block.linked, _MAX_LINKED)


def _kind(block: Block) -> _Kind:
    """What paragraphs of one text have in common."""
    return id(block.node.parent), block.node.tag, block.node.get("class")


def _below_headline(blocks: Sequence[Block]) -> Sequence[Block]:
    for i, block in enumerate(blocks):
        if block.node.tag == "h1":
            is_teaser = prose_size(blocks[:i]) <= _SHARE_OF_HEAD * prose_size(blocks)
            return blocks[i + 1 :] if is_teaser else blocks
    return blocks


def _trim(blocks: Sequence[Block]) -> list[Block]:
    """Leave out what is no text before the first paragraph, behind the last and between."""
    blocks = _below_headline(blocks)
    copies = Counter(block.text for block in blocks)
    kinds = {_kind(block) for block in blocks if block.is_prose}
    kept: list[Block] = []
    for block in {b.text: b for b in reversed(blocks)}.values():  # of copies the first
        if copies[block.text] <= _MAX_COPIES and _is_text(block, _kind(block) in kinds):
            kept.append(block)
    kept.reverse()
    while kept and not (kept[-1].is_prose or kept[-1].is_sentence or _kind(kept[-1]) in kinds):
        kept.pop()
    starts = (i for i, b in enumerate(kept) if b.is_prose or _opens(b, kinds))
    return kept[next(starts, len(kept)) :]


def _opens(block: Block, kinds: set[_Kind]) -> bool:
    return _kind(block) in kinds and 2 * block.linked <= block.size


def _is_text(block: Block, is_alike: bool) -> bool:
    """Whether a block is no label, button or link; more passes as a sibling of paragraphs."""
    if block.linked > (0.75 if is_alike else 0.5) * block.size:
        return False
    if block.is_prose or block.is_heading or block.is_sentence or is_alike:
        return True
    is_item = block.node.tag in ("li", "dd", "dt") and block.size >= _MIN_ITEM
    return block.size >= _MAX_LABEL or (is_item and block.linked < 0.3 * block.size)
