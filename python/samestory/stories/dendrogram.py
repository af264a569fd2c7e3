"""The dendrogram over input rows, and labels from cutting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def order_labels(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    """Number groups by size, the largest 0, ties by their first row; -1 stays -1.

    Parameters
    ----------
    groups : ndarray of int64, shape (n,)
        Any number a group; -1 for rows that belong to none.

    Returns
    -------
    ndarray of int64, shape (n,)

    Examples
    --------
    >>> order_labels(np.array([7, 3, 3, -1, 9])).tolist()
    [1, 0, 0, -1, 2]
    """
    labels = np.full(len(groups), -1, dtype=np.int64)
    member = groups >= 0
    _, first, inverse, sizes = np.unique(
        groups[member], return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    labels[member] = rank[inverse]
    return labels


def cut(linkage: NDArray[np.float64], n: int, granularity: float) -> NDArray[np.int64]:
    """Return a group number for each leaf when merges up to a distance of 1 - granularity are kept.

    Parameters
    ----------
    linkage : ndarray, shape (n - 1, 4) or fewer rows
        SciPy linkage with distance 1 - granularity, ascending.
    n : int
        Leaves.
    granularity : float
        In [0, 1].

    Returns
    -------
    ndarray of int64, shape (n,)
    """
    kept = int(np.searchsorted(linkage[:, 2], 1.0 - granularity, side="right"))
    parent = np.arange(n + kept)
    children = linkage[:kept, :2].astype(np.int64)
    nodes = n + np.arange(kept)
    parent[children[:, 0]] = nodes
    parent[children[:, 1]] = nodes
    # Pointer jumping: the depth halves at each round.
    while True:
        jumped = parent[parent]
        if np.array_equal(jumped, parent):
            return parent[:n]
        parent = jumped


def joined_but_apart(groups: NDArray[np.int64], apart: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join all groups, but never two that hold leaves that have to be apart.

    Parameters
    ----------
    groups : ndarray of int64, shape (n,)
        A group of each leaf.
    apart : ndarray of int64, shape (m, 2)
        Pairs of leaves that are in different groups, and stay so.

    Returns
    -------
    ndarray of int64, shape (n,)
        Each group goes to the first story that it may be in, those with the lowest leaf first.

    Examples
    --------
    >>> joined_but_apart(np.array([0, 1, 2, 3]), np.array([[0, 2]])).tolist()
    [0, 0, 1, 0]
    """
    foes: dict[int, set[int]] = {}
    for a, b in groups[apart].tolist():
        foes.setdefault(a, set()).add(b)
        foes.setdefault(b, set()).add(a)
    story_of: dict[int, int] = {}
    for group in dict.fromkeys(groups.tolist()):
        taken = {story_of[foe] for foe in foes.get(group, ()) if foe in story_of}
        story_of[group] = next(story for story in range(len(taken) + 1) if story not in taken)
    return np.array([story_of[group] for group in groups.tolist()], dtype=np.int64)


def over_rows(
    unit_linkage: NDArray[np.float64], unit_of_row: NDArray[np.int64], n_units: int
) -> NDArray[np.float64]:
    """Extend a linkage over distinct texts to one over all input rows.

    Copies of one text merge first, at distance 0; trees that share nothing, and rows without any
    word, join last, at distance 1.

    Parameters
    ----------
    unit_linkage : ndarray, shape (m, 4)
        SciPy linkage of the distinct texts, ascending; it may stop before everything is one tree.
    unit_of_row : ndarray of int64, shape (n,)
        The distinct text of each row; -1 for rows without words.
    n_units : int
        Distinct texts.

    Returns
    -------
    ndarray, shape (n - 1, 4)
    """
    n = len(unit_of_row)
    size = np.ones(max(2 * n - 1, 1), dtype=np.int64)
    merges: list[tuple[int, int, float]] = []

    def merge(left: int, right: int, distance: float) -> int:
        node = n + len(merges)
        merges.append((min(left, right), max(left, right), distance))
        size[node] = size[left] + size[right]
        return node

    node_of_unit = np.full(n_units + len(unit_linkage), -1, dtype=np.int64)
    worded = np.flatnonzero(unit_of_row >= 0)
    units, first = np.unique(unit_of_row[worded], return_index=True)
    node_of_unit[units] = worded[first]
    is_first = np.zeros(n, dtype=bool)
    is_first[worded[first]] = True
    for row in worded[~is_first[worded]].tolist():
        unit = unit_of_row[row]
        node_of_unit[unit] = merge(int(node_of_unit[unit]), row, 0.0)
    roots = dict.fromkeys(node_of_unit[:n_units].tolist())
    for i, (left, right, distance) in enumerate(unit_linkage[:, :3].tolist()):
        a, b = int(node_of_unit[int(left)]), int(node_of_unit[int(right)])
        del roots[a], roots[b]
        node = merge(a, b, distance)
        node_of_unit[n_units + i] = node
        roots[node] = None
    loose = [*roots, *np.flatnonzero(unit_of_row < 0).tolist()]
    while len(merges) < n - 1:
        last = merge(loose[0], loose[1], 1.0)
        loose[:2] = [last]
    linkage = np.empty((len(merges), 4))
    if merges:
        linkage[:, :3] = merges
        linkage[:, 3] = size[n : n + len(merges)]
    return linkage
