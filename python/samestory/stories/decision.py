"""What decided that a branch of the dendrogram is a story, and how nearly it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.evidence import Evidence
    from samestory.stories.group import Group
    from samestory.stories.grouping import Grouping


@dataclass(frozen=True)
class Decision:
    """Why the articles of a story are one, and not several or part of a larger one.

    Worths are those of `cpp/include/samestory/worth.hpp`, less the prices at the granularity of the
    stories; the stories are the partition into branches with the highest sum.

    Attributes
    ----------
    within : float
        Mean similarity of the story's pairs of texts, a; 1 for a single text.
    next : float
        Similarity at which it would merge with its next, b, less where days lie between the two; 0
        where it shares next to nothing with any other.
    silence : float
        Articles beyond its longest silence, weighed by how long it is.
    worth, price : float
        Of the story as a whole.
    worth_of_parts : float
        Of the best way to part it, prices paid.
    worth_with_next, worth_beside_next : float or None
        Of the branch in which it is one with its next, prices paid, and of the best way to part
        that branch; None where there is no next.
    parts_at, joins_at : float
        The granularity above which it parts, and that at which it is one with its next.
    """

    within: float
    next: float
    silence: float
    worth: float
    price: float
    worth_of_parts: float
    worth_with_next: float | None
    worth_beside_next: float | None
    parts_at: float
    joins_at: float

    def __str__(self) -> str:
        """Say it in a line or two."""
        if self.price == self.worth == 0.0:
            lines = ["a text alone"]
        else:
            lines = [
                f"its texts are {self.within:.3f} similar on average, {self.next:.3f} to the next: "
                f"worth {self.worth - self.price:.2f} as one, {self.worth_of_parts:.2f} in parts"
            ]
        if self.worth_with_next is not None:
            lines.append(
                f"one with the next it would be worth {self.worth_with_next:.2f}, "
                f"apart {self.worth_beside_next:.2f}"
            )
        return "; ".join(lines)


def decision(stories: Grouping, story: Group) -> Decision:
    """Return what decided a story, read off the dendrogram."""
    evidence = stories.evidence
    tree, parent = evidence.tree, evidence.parents
    node = story_node(stories, story)
    factor = price_factor(stories.granularity)
    above = int(parent[node])
    return Decision(
        within=float(tree.within[node]),
        next=max(float(tree.next[node]), 0.0),
        silence=float(tree.silence[node]),
        worth=float(tree.worth[node]),
        price=float(factor * tree.price[node]),
        worth_of_parts=worth_of_parts(evidence, node, factor),
        worth_with_next=None
        if above < 0
        else float(tree.worth[above] - factor * tree.price[above]),
        worth_beside_next=None if above < 0 else worth_of_parts(evidence, above, factor),
        parts_at=height(evidence, node),
        joins_at=0.0 if above < 0 else height(evidence, above),
    )


def margin(stories: Grouping, story: Group) -> float:
    """Return how far the granularity is from parting a story or joining it with its next."""
    evidence = stories.evidence
    node = story_node(stories, story)
    above = int(evidence.parents[node])
    joins_at = 0.0 if above < 0 else height(evidence, above)
    g = stories.granularity
    return max(min(height(evidence, node) - g, g - joins_at), 0.0)


def price_factor(granularity: float) -> float:
    """Return the factor on all prices that a granularity stands for, 1 at .5.

    Examples
    --------
    >>> price_factor(0.5)
    1.0
    """
    inside = float(np.clip(granularity, 2.0**-40, 1.0 - 2.0**-40))
    return 1.0 - float(np.log(1.0 / inside - 1.0))


def height(evidence: Evidence, node: int) -> float:
    """Return the granularity up to which a node is whole; 1 for a leaf."""
    n = evidence.n_texts
    return 1.0 if node < n else float(1.0 - evidence.text_linkage[node - n, 2])


def story_node(stories: Grouping, story: Group) -> int:
    """Return the node of the dendrogram that a story is: the highest one that lies within it."""
    evidence = stories.evidence
    n, parent = evidence.n_texts, evidence.parents
    farthest = 1.0 - stories.granularity
    node = int(evidence.text_of_row[story.rows[0]])
    while (above := int(parent[node])) >= 0 and evidence.text_linkage[above - n, 2] <= farthest:
        node = above
    return node


def worth_of_parts(evidence: Evidence, node: int, factor: float) -> float:
    """Return the worth of the best partition of a node into branches below it, prices paid."""
    n, tree = evidence.n_texts, evidence.tree
    below = _nodes_below(evidence, node)
    own = tree.worth[below] - factor * tree.price[below]
    never_whole = tree.is_part[below] & ~tree.is_leaf[below]
    best = dict(zip(below.tolist(), np.where(never_whole, -np.inf, own).tolist(), strict=True))
    for k in below[(below >= n) & ~tree.is_leaf[below]].tolist():
        left, right = evidence.text_linkage[k - n, :2].astype(int).tolist()
        parts = best[left] + best[right]
        best[k] = parts if k == node else max(best[k], parts)
    return float(best[node])


def _nodes_below(evidence: Evidence, node: int) -> NDArray[np.int64]:
    """The node and all nodes below it, ascending, so that each comes after its parts."""
    n, found, open_nodes = evidence.n_texts, [], [node]
    while open_nodes:
        found.append(open_nodes.pop())
        if found[-1] >= n:
            open_nodes += evidence.text_linkage[found[-1] - n, :2].astype(int).tolist()
    return np.sort(np.array(found, dtype=np.int64))
