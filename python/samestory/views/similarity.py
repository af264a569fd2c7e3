"""The similarities of the articles of the largest stories, as a matrix of blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.earliest import story_places
from samestory.stories.summary import story_titles
from samestory.views.figure import axes_of, bare, palette_of, short_titles, tick_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from samestory.stories import Stories

_MOST_ROWS = 600
_TITLE_LENGTH = 44


def plot_similarity(stories: Stories, ax: Axes | None = None, *, top: int = 12) -> Axes:
    """Draw how similar the articles of the largest stories are: a block a story.

    Blocks that are dark on the diagonal and pale elsewhere are stories that stand out. Of large
    stories articles at even distances in time stand for all.

    Parameters
    ----------
    stories : Stories
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure without it.
    top : int
        How many stories, the largest first.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.
    """
    if top < 1:
        raise ValueError(f"top={top}: the number of stories to draw has to be at least 1")
    ax = axes_of(ax, "plot_similarity()", (9.0, 7.0))
    palette = palette_of(ax)
    n = min(top, len(stories))
    rows, ends, share = sampled_rows(stories, n)
    image = ax.imshow(
        similarity_matrix(stories, rows), cmap=_colours(palette.faint, palette.first),
        vmin=0.0, vmax=1.0, interpolation="nearest",
    )  # fmt: skip
    for end in ends[:-1]:
        ax.axhline(end - 0.5, color=palette.quiet, linewidth=0.5)
        ax.axvline(end - 0.5, color=palette.quiet, linewidth=0.5)
    titles, lettering = short_titles(story_titles(stories)[:n], _TITLE_LENGTH)
    middles = (np.concatenate([[0], ends[:-1]]) + ends - 1) / 2
    tick_labels(ax.yaxis, middles.tolist(), titles, **lettering.style(fontsize="small"))
    ax.set_xticks([])
    ax.tick_params(length=0)
    bare(ax)
    bar = ax.figure.colorbar(image, ax=ax, shrink=0.5, aspect=30, label="similarity")
    bar.outline.set_visible(False)
    if share < 1.0:
        ax.set_xlabel(f"{len(rows):,} of their articles, {share:.0%}", loc="left", fontsize="small")
    return ax


def sampled_rows(stories: Stories, n: int) -> tuple[NDArray[np.int64], NDArray[np.int64], float]:
    """Choose articles of the first `n` stories, of each at even distances in time.

    Parameters
    ----------
    stories : Stories
    n : int

    Returns
    -------
    rows : ndarray of int64
        Their rows, one story after the other.
    ends : ndarray of int64, shape (n,)
        Where each story ends among them.
    share : float
        Of all articles of these stories.
    """
    places = story_places(stories)
    sizes = stories.sizes[:n]
    share = min(_MOST_ROWS / max(int(sizes.sum()), 1), 1.0)
    counts = np.maximum(np.round(sizes * share).astype(np.int64), 1)
    chosen = []
    for k, number in enumerate(counts.tolist()):
        rows = stories[k].rows
        rows = rows[np.argsort(places[rows])]
        chosen.append(rows[np.linspace(0, len(rows) - 1, number).round().astype(int)])
    return np.concatenate(chosen), np.cumsum(counts), float(counts.sum() / sizes.sum())


def similarity_matrix(stories: Stories, rows: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the smoothed similarities of some articles, exactly.

    Parameters
    ----------
    stories : Stories
    rows : ndarray of int64
        Input rows with words.
    """
    chosen = stories.evidence.smoothed_rows[stories.evidence.text_of_row[rows]]
    return np.asarray((chosen @ chosen.T).toarray(), dtype=np.float64)


def _colours(low: str, high: str) -> Any:
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("similarity", [low, high])
