"""The lead of an article: the paragraph above its text that says what it is about.

Pages give it once more as their description, so that it would count twice if it stayed in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from samestory.articles.htmlblocks import Block
from samestory.articles.htmltitles import key

_AMONG = 2  # blocks before the text of which one is the lead; the other is a caption
_MIN_SIZE = 40
_LIKE = 0.8  # of the letters of the longer are those of the other


def split_lead(blocks: Sequence[Block], descriptions: Iterable[str]) -> tuple[str, list[Block]]:
    """Take the lead from the blocks of an article.

    It is set apart from the paragraphs below, in an element of another kind, and is what the page
    gives as its description: where that is only how the text begins, nothing is taken.

    Parameters
    ----------
    blocks : sequence of Block
        The article, without its headline.
    descriptions : iterable of str
        What the page says of itself, as in og:description.

    Returns
    -------
    tuple of str and list of Block
        The lead, or an empty string; and the other blocks.
    """
    known = [one for one in map(key, descriptions) if one]
    for i, block in enumerate(blocks[:_AMONG]):
        below = [other for other in blocks[i + 1 :] if other.is_prose]
        if not below or block.size < _MIN_SIZE or any(_same_kind(block, b) for b in below):
            continue
        if _is_described(key(block.text), known):
            return " ".join(block.text.split()), [*blocks[:i], *blocks[i + 1 :]]
    return "", list(blocks)


def _same_kind(one: Block, other: Block) -> bool:
    a, b = one.node, other.node
    return a.tag == b.tag and a.get("class") == b.get("class") and a.parent is b.parent


def _is_described(text: str, known: Iterable[str]) -> bool:
    """Whether a text is one of the descriptions, or the one begins with the other."""
    return any(
        (text.startswith(one) or one.startswith(text) or text.endswith(one))
        and min(len(one), len(text)) >= _LIKE * max(len(one), len(text))
        for one in known
    )
