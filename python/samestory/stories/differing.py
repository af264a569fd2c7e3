"""Which pairs of articles are together on one side alone: in stories, or in one's own labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.joining import all_joined_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.grouping import Grouping

# Of larger parts the first articles stand for all.
_MOST_COMPARED = 500
_MOST_LISTED = 100_000


@dataclass(frozen=True)
class Differing:
    """Pairs of articles by column, the worst first.

    Attributes
    ----------
    a, b : ndarray of int64
        Their input rows, the lower in `a`.
    together : ndarray of bool
        Whether they are in one story.
    similarity, joined_at, off_by : ndarray of float64
        See `Disagreement`.
    pairs : ndarray of int64
        How many pairs each stands for.
    n_together, n_apart : int
        How many pairs there are in all.
    left_out : int
        How many are not listed.
    """

    a: NDArray[np.int64]
    b: NDArray[np.int64]
    together: NDArray[np.bool_]
    similarity: NDArray[np.float64]
    joined_at: NDArray[np.float64]
    off_by: NDArray[np.float64]
    pairs: NDArray[np.int64]
    n_together: int
    n_apart: int
    left_out: int = 0


_COLUMNS = tuple(field.name for field in fields(Differing))[:7]


def of_labels(stories: Grouping, labels: NDArray[Any]) -> Differing:
    """Compare stories with a label a row; None and NaN are no label.

    Of many pairs with the same two labels and stories, the most similar one stands for all.

    Parameters
    ----------
    stories : Grouping
    labels : ndarray of object
    """
    known = np.array([value is not None and value == value for value in labels.tolist()])
    rows = np.flatnonzero(known & (stories.labels >= 0))
    names: dict[Any, int] = {}
    own = np.array([names.setdefault(labels[row], len(names)) for row in rows], dtype=np.int64)
    found = stories.labels[rows]
    none = np.empty(0, dtype=np.int64)
    differing = [_judged(stories, none, none, none.astype(np.float64), none)]
    for whole, parts in ((found, own), (own, found)):
        for group in _groups(rows, whole, parts):
            differing.append(_of_group(stories, group))
            if sum(len(one.a) for one in differing) > 4 * _MOST_LISTED:
                differing = [_worst(differing)]
    return _worst(differing)


def of_pairs(stories: Grouping, gold: Any) -> Differing:
    """Compare stories with pairs of ids and whether they belong together.

    Parameters
    ----------
    stories : Grouping
    gold : iterable of (id, id, bool)
    """
    position, labels = stories.articles.position, stories.labels
    rows = np.array([(position(a), position(b)) for a, b, _ in gold], np.int64).reshape(-1, 2)
    same = np.array([bool(same) for _, _, same in gold], dtype=bool)
    one, two = labels[rows].T
    rows = rows[(np.minimum(one, two) >= 0) & ((one == two) != same)]
    texts = stories.evidence.text_of_row[rows]
    smoothed = stories.evidence.smoothed_rows
    products = smoothed[texts[:, 0]].multiply(smoothed[texts[:, 1]])
    similarity = np.asarray(products.sum(axis=1), dtype=np.float64).ravel()
    ones = np.ones(len(rows), dtype=np.int64)
    return _worst([_judged(stories, rows[:, 0], rows[:, 1], similarity, ones)])


def _groups(
    rows: NDArray[np.int64], whole: NDArray[np.int64], parts: NDArray[np.int64]
) -> Iterator[list[NDArray[np.int64]]]:
    """Yield for each whole that has several parts the rows of each of these."""
    order = np.lexsort((rows, parts, whole))
    is_new = np.ones(len(order), dtype=bool)
    is_new[1:] = (np.diff(whole[order]) != 0) | (np.diff(parts[order]) != 0)
    starts = np.flatnonzero(is_new)
    cells = np.split(rows[order], starts[1:]) if len(starts) else []
    of_cell = whole[order][starts]
    ends = np.flatnonzero(np.diff(of_cell, append=-1) != 0) + 1
    for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=False):
        if end - start > 1:
            yield cells[start:end]


def _of_group(stories: Grouping, cells: Sequence[NDArray[np.int64]]) -> Differing:
    """Return the nearest pair of any two parts."""
    smoothed, texts = stories.evidence.smoothed_rows, stories.evidence.text_of_row
    sizes = np.array([len(cell) for cell in cells])
    some = [cell[:_MOST_COMPARED] for cell in cells]
    starts = np.cumsum([0, *map(len, some)])
    members = np.concatenate(some)
    vectors = smoothed[texts[members]]
    nearest = []
    for i in range(1, len(cells)):
        before, start, end = starts[:i], starts[i], starts[i + 1]
        similar = (vectors[start:end] @ vectors[:start].T).toarray()
        best, one, other = _nearest(similar, before)
        nearest.append((members[start + one], members[other], best, sizes[i] * sizes[:i]))
    a, b, similarity, pairs = map(np.concatenate, zip(*nearest, strict=True))
    return _judged(stories, a, b, similarity.astype(np.float64), pairs)


def _nearest(
    similar: NDArray[Any], starts: NDArray[np.int64]
) -> tuple[NDArray[Any], NDArray[np.int64], NDArray[np.int64]]:
    """Return for each stretch of columns its largest entry, its row and its column.

    The first row, and in it the first column, where several are as large.
    """
    of_stretch = np.maximum.reduceat(similar, starts, axis=1)
    row = of_stretch.argmax(axis=0)
    best = of_stretch[row, np.arange(len(starts))]
    columns = np.arange(similar.shape[1])
    stretch = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(columns)))
    is_best = similar[row[stretch], columns] == best[stretch]
    column = np.minimum.reduceat(np.where(is_best, columns, len(columns)), starts)
    return best, row, column


def _judged(
    stories: Grouping,
    one: NDArray[np.int64],
    other: NDArray[np.int64],
    similarity: NDArray[np.float64],
    pairs: NDArray[np.int64],
) -> Differing:
    a, b = np.minimum(one, other), np.maximum(one, other)
    texts, labels = stories.evidence.text_of_row, stories.labels
    joined = all_joined_at(stories.evidence, texts[a], texts[b])
    together = labels[a] == labels[b]
    n_together = int(pairs[together].sum())
    off_by = np.abs(joined - stories.granularity)
    n_apart = int(pairs.sum()) - n_together
    return Differing(a, b, together, similarity, joined, off_by, pairs, n_together, n_apart)


def _worst(found: Sequence[Differing]) -> Differing:
    """Put several together, the worst first, and leave out what is too many."""
    columns = {name: np.concatenate([getattr(one, name) for one in found]) for name in _COLUMNS}
    order = np.lexsort((columns["b"], columns["a"], -columns["pairs"], -columns["off_by"]))
    left_out = sum(one.left_out for one in found) + max(len(order) - _MOST_LISTED, 0)
    return Differing(
        **{name: column[order[:_MOST_LISTED]] for name, column in columns.items()},
        n_together=sum(one.n_together for one in found),
        n_apart=sum(one.n_apart for one in found),
        left_out=left_out,
    )
