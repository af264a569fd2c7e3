"""The dendrogram of a story, or of the largest stories."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.views.figure import (
    Lettering,
    Palette,
    axes_of,
    bare,
    palette_of,
    short_titles,
    tick_labels,
)
from samestory.views.wording import heading

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from samestory.stories import Stories, Story

_INCHES_A_BRANCH = 0.28
_TITLE_LENGTH = 64


def plot_dendrogram(
    stories: Stories, story: int | Story | None = None, ax: Axes | None = None, *, top: int = 30
) -> Axes:
    """Draw which articles of a story join first, or which of the largest stories are nearest.

    The further to the right two branches meet, the less similar they are on average. Brackets
    within a story are drawn in colour, those between stories in grey.

    Parameters
    ----------
    stories : Stories
        What to draw.
    story : int or Story, optional
        Which story; without it, the largest stories are the branches.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of fitting height without it.
    top : int
        How many branches at most. Of a larger story, the articles that join first are drawn as
        one, with how many more there are.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.
    """
    if top < 2:
        raise ValueError(f"top={top}: the number of branches to draw has to be at least 2")
    if story is None:
        tree = stories_joined(stories, min(top, len(stories)))
    else:
        one = story if hasattr(story, "rows") else stories[story]
        tree = articles_joined(stories, one.rows, top)
    ax = axes_of(ax, "plot_dendrogram()", (10.0, 1.2 + _INCHES_A_BRANCH * max(len(tree.leaves), 3)))
    draw_branches(stories, tree, ax)
    return ax


def draw_branches(stories: Stories, tree: Branches, ax: Any) -> NDArray[np.float64]:
    """Draw a dendrogram whose branches end at titles.

    Parameters
    ----------
    stories : Stories
    tree : Branches
    ax : matplotlib.axes.Axes

    Returns
    -------
    ndarray, shape (n + m,)
        At which height each branch is.
    """
    n = len(tree.leaves)
    place = _order(tree.merges, n)
    _draw(ax, tree, place, palette_of(ax))
    order = np.argsort(place[:n])
    labels, lettering = _labels(stories, [tree.leaves[k] for k in order])
    tick_labels(ax.yaxis, range(n), labels, **lettering.style(fontsize="small"))
    ax.set_ylim(n - 0.4, -0.6)
    ax.set_xlim(1.01, min(float(tree.similarity.min(initial=0.9)), 0.9) - 0.05)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("average similarity")
    bare(ax, "bottom")
    return place


@dataclass(frozen=True)
class Branches:
    """A dendrogram to draw.

    Attributes
    ----------
    leaves : list of ndarray of int64
        The rows of each branch at its ends, one to name it by first.
    merges : ndarray of int64, shape (m, 2)
        Two branches: k is ``leaves[k]``, those that follow are the merges in their order.
    nodes : ndarray of int64, shape (m,)
        What the two are in the dendrogram of all articles.
    similarity : ndarray of float64, shape (m,)
        Average similarity of the two.
    is_story : ndarray of bool, shape (m,)
        Whether they are one story.
    """

    leaves: list[NDArray[np.int64]]
    merges: NDArray[np.int64]
    nodes: NDArray[np.int64]
    similarity: NDArray[np.float64]
    is_story: NDArray[np.bool_]


def stories_joined(stories: Stories, n: int) -> Branches:
    """Return how the largest stories join each other.

    Parameters
    ----------
    stories : Stories
    n : int
        How many stories.
    """
    evidence = stories.evidence
    children = evidence.text_linkage[:, :2].astype(np.int64)
    label = stories.labels[evidence.first_row_of_text]
    # The branch that each node is, or that it has within it; -1 where it has none.
    branch = [k if k < n else -1 for k in label.tolist()] + [-1] * len(children)
    found: list[tuple[int, ...]] = []
    for node, (left, right) in enumerate(children.tolist(), evidence.n_texts):
        a, b = branch[left], branch[right]
        if min(a, b) >= 0 and a != b:
            branch[node] = n + len(found)
            found.append((node - evidence.n_texts, a, b))
        else:
            branch[node] = max(a, b)
    centres = stories.profiles.centres
    rows = [stories[k].rows for k in range(n)]
    leaves = [np.append(centres[k], own[own != centres[k]]) for k, own in enumerate(rows)]
    return _branches(stories, leaves, found)


def articles_joined(stories: Stories, rows: NDArray[np.int64], top: int) -> Branches:
    """Return how the articles of a story join: the last merges, and the branches they join.

    Parameters
    ----------
    stories : Stories
    rows : ndarray of int64
        The articles: all of a story, or of several that join each other.
    top : int
        Branches at most.
    """
    evidence = stories.evidence
    n, children = evidence.n_texts, evidence.text_linkage[:, :2].astype(np.int64)
    texts = np.unique(evidence.text_of_row[rows])
    inside = np.zeros(n + len(children), dtype=bool)
    inside[texts] = True
    kept = []
    for i, (left, right) in enumerate(children.tolist()):
        inside[n + i] = inside[left] and inside[right]
        if inside[n + i]:
            kept.append(i)
    drawn = np.array(kept[max(len(kept) - (top - 1), 0) :], dtype=np.int64)
    ends = np.setdiff1d(children[drawn], n + drawn) if len(drawn) else texts
    number = {node: k for k, node in enumerate([*ends.tolist(), *(n + drawn).tolist()])}
    joins: list[tuple[int, ...]] = [
        (i, *(number[node] for node in children[i].tolist())) for i in drawn.tolist()
    ]
    rows_of_text: dict[int, list[int]] = {}
    for row in rows.tolist():
        rows_of_text.setdefault(int(evidence.text_of_row[row]), []).append(row)
    leaves = [
        np.sort(
            np.array([row for text in _leaves(children, n, node) for row in rows_of_text[text]])
        )
        for node in ends.tolist()
    ]
    return _branches(stories, leaves, joins)


def _branches(
    stories: Stories, leaves: list[NDArray[np.int64]], found: list[tuple[int, ...]]
) -> Branches:
    evidence = stories.evidence
    merge, first, second = np.array(found, dtype=np.int64).reshape(-1, 3).T
    left = evidence.text_linkage[merge, 0].astype(np.int64)
    return Branches(
        leaves,
        np.stack([first, second], axis=1),
        evidence.n_texts + merge,
        np.asarray(evidence.tree.next)[left].clip(0.0, 1.0),
        evidence.text_linkage[merge, 2] <= 1.0 - stories.granularity,
    )


def _leaves(children: NDArray[np.int64], n: int, node: int) -> list[int]:
    found, open_nodes = [], [node]
    while open_nodes:
        node = open_nodes.pop()
        if node < n:
            found.append(node)
        else:
            open_nodes += children[node - n].tolist()
    return found


def _labels(stories: Stories, leaves: list[NDArray[np.int64]]) -> tuple[list[str], Lettering]:
    titles = [heading(stories.articles[int(rows[0])]) for rows in leaves]
    short, lettering = short_titles(titles, _TITLE_LENGTH)
    more = [f" (+{len(rows) - 1:,})" if len(rows) > 1 else "" for rows in leaves]
    return [a + b for a, b in zip(short, more, strict=True)], lettering


def _draw(ax: Any, tree: Branches, place: NDArray[np.float64], palette: Palette) -> None:
    from matplotlib.collections import LineCollection

    n = len(tree.leaves)
    at = np.concatenate([np.ones(n), tree.similarity])
    brackets = [
        [(at[a], place[a]), (x, place[a]), (x, place[b]), (at[b], place[b])]
        for (a, b), x in zip(tree.merges.tolist(), tree.similarity.tolist(), strict=True)
    ]
    colours = [palette.first if own else palette.quiet for own in tree.is_story.tolist()]
    ax.add_collection(LineCollection(brackets, colors=colours, linewidths=1.6))
    ax.plot(np.ones(n), place[:n], ".", color=palette.first, clip_on=False)


def _order(merges: NDArray[np.int64], n: int) -> NDArray[np.float64]:
    """Number the leaves so that no brackets cross, and put each merge between its branches."""
    place = np.zeros(n + len(merges))
    is_root = np.ones(n + len(merges), dtype=bool)
    is_root[merges.ravel()] = False
    open_nodes, number = np.flatnonzero(is_root).tolist()[::-1], 0
    while open_nodes:
        node = open_nodes.pop()
        if node < n:
            place[node] = number
            number += 1
        else:
            open_nodes += merges[node - n, ::-1].tolist()
    for i, (a, b) in enumerate(merges.tolist()):
        place[n + i] = (place[a] + place[b]) / 2
    return place
