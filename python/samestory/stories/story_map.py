"""Where stories lie on a map: similar ones near each other, none over another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._sparse import from_core
from samestory.stories.earliest import story_places

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.stories.grouping import Grouping

# Each story is drawn to so many others.
_N_LINKS = 12
# Articles are discs of radius 1 on a sunflower's spiral with this factor, which keeps them apart;
# one that is alone takes less room. The sea between two islands is so wide.
_SPIRAL, _LONE_RADIUS, _STRAIT = 1.35, 0.7, 1.4
# The share of the map that islands cover.
_LAND = 0.4
_GOLDEN_ANGLE = np.pi * (3.0 - np.sqrt(5.0))


@dataclass(frozen=True)
class StoryMap:
    """A map of stories.

    Attributes
    ----------
    centres : ndarray of float64, shape (n_stories, 2)
    radii : ndarray of float64, shape (n_stories,)
        An article has a radius of 1, one alone of less.
    places : ndarray of float64, shape (n_rows, 2)
        Each article's place, the earliest of a story in its middle; NaN for those without a word.
    """

    centres: NDArray[np.float64]
    radii: NDArray[np.float64]
    places: NDArray[np.float64]


def story_map(stories: Grouping, hook: ProgressHook | None = None) -> StoryMap:
    """Lay stories out in the plane by the similarities of their articles.

    t-SNE on the graph of stories gives the places, which are then moved apart until no two stories
    overlap, the largest first. The result does not depend on the number of threads.

    Parameters
    ----------
    stories : Grouping
    hook : callable, optional
        Told of progress.
    """
    radii = np.where(stories.sizes > 1, _SPIRAL * np.sqrt(stories.sizes) + 0.6, _LONE_RADIUS)
    links = story_links(stories)
    wanted = _core.graph_layout(
        links,
        stories.sizes.astype(np.float64),
        _start(stories),
        n_threads=resolve_n_jobs(-1),
        progress=hook,
    )
    centres = _core.disc_placement(_scaled(wanted, radii), radii, _STRAIT)
    return StoryMap(centres, radii, _article_places(stories, centres))


def story_links(stories: Grouping) -> csr_matrix:
    """Return how strongly stories are drawn to each other: symmetric, over the strongest links.

    Parameters
    ----------
    stories : Grouping
    """
    from scipy import sparse

    evidence, n = stories.evidence, len(stories)
    label = stories.labels[evidence.first_row_of_text]
    graph = evidence.graph.tocoo()
    between = label[graph.row] != label[graph.col]
    # Cubed: what any two texts have in common says nothing.
    values = graph.data[between].astype(np.float64) ** 3
    a, b = label[graph.row[between]], label[graph.col[between]]
    n_texts = np.bincount(label, minlength=n)
    values /= np.sqrt(n_texts[a] * n_texts[b])
    summed = sparse.coo_matrix((values, (a, b)), shape=(n, n)).tocsr()
    strongest = from_core(_core.strongest_neighbors(summed, _N_LINKS, resolve_n_jobs(-1)))
    sums = np.asarray(strongest.sum(axis=1)).ravel()
    weight = np.divide(stories.sizes, sums, out=np.zeros(n), where=sums > 0)
    scaled = sparse.csr_matrix(sparse.diags(weight) @ strongest)
    return sparse.csr_matrix(scaled + scaled.T)


def _start(stories: Grouping) -> NDArray[np.float64]:
    """Put the stories on a spiral in the order in which the dendrogram joins them."""
    order = _leaf_order(stories.evidence.text_linkage, stories.evidence.n_texts)
    label = stories.labels[stories.evidence.first_row_of_text][order]
    _, first = np.unique(label, return_index=True)
    place = np.empty(len(stories))
    place[label[np.sort(first)]] = np.arange(len(stories))
    return _hilbert(place / max(len(stories), 1)) * 1e-2


def _leaf_order(linkage: NDArray[np.float64], n: int) -> NDArray[np.int64]:
    """Return the leaves of a dendrogram so that those of a branch follow each other."""
    children = linkage[:, :2].astype(np.int64)
    size = np.ones(n + len(linkage), dtype=np.int64)
    size[n:] = linkage[:, 3]
    is_root = np.ones(len(size), dtype=bool)
    is_root[children] = False
    roots = np.flatnonzero(is_root)
    begin = np.zeros(len(size), dtype=np.int64)
    begin[roots] = np.concatenate([[0], np.cumsum(size[roots])[:-1]])
    for i in range(len(children) - 1, -1, -1):
        left, right = children[i]
        begin[left] = begin[n + i]
        begin[right] = begin[n + i] + size[left]
    return np.argsort(begin[:n], kind="stable")


def _hilbert(shares: NDArray[np.float64], levels: int = 12) -> NDArray[np.float64]:
    """Return places along Hilbert's curve in the unit square; what is near on it is near there."""
    index = (shares * 4**levels).astype(np.int64)
    x, y = np.zeros_like(index), np.zeros_like(index)
    for level in range(levels):
        side = 1 << level
        right = 1 & (index // 2)
        up = 1 & (index ^ right)
        turned = up == 0
        mirrored = turned & (right == 1)
        x[mirrored], y[mirrored] = side - 1 - x[mirrored], side - 1 - y[mirrored]
        x[turned], y[turned] = y[turned], x[turned].copy()
        x += side * right
        y += side * up
        index //= 4
    return np.stack([x, y], axis=1) / float(1 << levels)


def _scaled(wanted: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scale places so that the discs cover a part of the map; draw in what lies far out."""
    if len(wanted) == 0:
        return wanted
    distance = np.hypot(*wanted.T)
    edge = max(float(np.quantile(distance, 0.95)), 1e-9)
    far = 1.0 + np.log1p(np.maximum(distance / edge - 1.0, 0.0))
    drawn_in = (
        wanted * np.where(distance > edge, far * edge / np.maximum(distance, edge), 1.0)[:, None]
    )
    land = float(((radii + _STRAIT / 2) ** 2).sum())
    return np.asarray(drawn_in * (np.sqrt(land / _LAND) / edge))


def _article_places(stories: Grouping, centres: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put the articles of each story on a sunflower's spiral, the earliest in the middle."""
    labels = stories.labels
    worded = labels >= 0
    turn = story_places(stories)[worded] - 1
    label = labels[worded]
    distance = _SPIRAL * np.sqrt(turn + 0.2)
    distance[stories.sizes[label] == 1] = 0.0
    angle = turn * _GOLDEN_ANGLE
    places = np.full((len(labels), 2), np.nan)
    places[worded] = centres[label] + distance[:, None] * np.stack(
        [np.cos(angle), np.sin(angle)], axis=1
    )
    return places
