"""Elements of a page that belong to other articles: lists of them, tickers, comments."""

from __future__ import annotations

import re

from samestory.articles.htmltext import Reader
from samestory.articles.htmltree import Node

_NAMES = re.compile(
    r"related|recommend|ticker|sidebar|teaser|popular|most-read|live-?blog-?(?:entry|post)|widget|"
    r"(?<![a-z])comment(?:s|list|aires?)?(?![a-z])"
)
_MAX_ITEM = 80  # letters of an item that is no more than a date or a name
_MAX_LINK = 40  # letters of a link, longer ones are headlines
_MAX_LINK_IN_ITEM = 25


class Elsewhere:
    """Tells what stands outside the article; what holds most of the page's prose does not.

    Parameters
    ----------
    reader : Reader
        The page.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[int, bool] = {}

    def holds(self, node: Node) -> bool:
        """Whether an element stands in what belongs to other articles."""
        for one in (node, *node.ancestors()):
            if one.tag in ("html", "body", "main", "article"):
                return False
            if id(one) not in self._known:
                self._known[id(one)] = not self._reader.holds_most(one) and _is_of_others(one)
            if self._known[id(one)]:
                return True
            if self._reader.holds_most(one):
                return False
        return False


def _is_of_others(node: Node) -> bool:
    if node.tag in ("nav", "footer", "aside"):
        return True
    if node.tag == "a" and node.is_longer(_MAX_LINK):
        return True
    if node.tag == "li" and _is_of_a_list(node):
        return True
    return _NAMES.search(f"{node.get('class')} {node.get('id')}".lower()) is not None


def _is_of_a_list(node: Node) -> bool:
    """Whether it is an item of a list of articles, not one that is a date alone."""
    if node.is_longer(_MAX_ITEM):
        return True
    return any(link.is_longer(_MAX_LINK_IN_ITEM) for link in node.find_all("a"))
