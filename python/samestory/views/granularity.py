"""How many stories there are, and how many articles stand alone, at every granularity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.views.figure import axes_of, bare, palette_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from samestory.stories import Stories

_DEFAULT = 0.5
# Even steps on the page are even steps of what joining costs; 0 and 1 would be at no end of it.
_LOWEST, _HIGHEST = 1e-4, 1.0 - 1e-6
_TICKS = (0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 0.9999, 0.99999)
# What is always shown.
_SHOWN = (0.005, 0.995)


def plot_granularity(stories: Stories, ax: Axes | None = None) -> Axes:
    """Draw the number of stories and the share of articles alone over granularity.

    Marked are the default, .5, and the granularity of these stories where it is another.

    Parameters
    ----------
    stories : Stories
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure without it.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on: the number of stories. Its twin has the share alone.
    """
    ax = axes_of(ax, "plot_granularity()", (8.0, 4.5))
    palette = palette_of(ax)
    granularity, n_stories, alone = granularity_curves(stories)
    ax.step(granularity, n_stories, where="post", color=palette.first, linewidth=2)
    twin = ax.twinx()
    twin.step(granularity, alone, where="post", color=palette.second, linewidth=2, linestyle="--")
    ax.set_xlabel("granularity: coarser to finer")
    ax.set_ylabel("stories", color=palette.first)
    twin.set_ylabel("share of articles alone", color=palette.second)
    ax.set_xscale("function", functions=(_place, _granularity))
    first, last = _range(granularity)
    ticks = [tick for tick in _TICKS if first <= tick <= last]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.minorticks_off()
    ax.set_xlim(first, last)
    ax.set_ylim(0.0, max(float(n_stories.max(initial=1)) * 1.05, 2.0))
    twin.set_ylim(0.0, 1.05)
    twin.yaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    bare(ax, "bottom", "left")
    bare(twin, "right")
    _mark(ax, _DEFAULT, "default", palette.quiet)
    if abs(stories.granularity - _DEFAULT) > 1e-9:
        _mark(ax, stories.granularity, "these stories", palette.ink)
    return ax


def granularity_curves(
    stories: Stories,
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.float64]]:
    """Return where the stories change, and from there on how many there are and what is alone.

    Parameters
    ----------
    stories : Stories

    Returns
    -------
    granularity : ndarray, shape (m,)
        Ascending from 0 to 1.
    n_stories : ndarray, shape (m,)
        Stories from each granularity up to the next.
    alone : ndarray, shape (m,)
        The share of articles that are a story of one.
    """
    linkage = stories.linkage
    n = len(stories.labels)
    heights = 1.0 - linkage[:, 2]
    first = np.zeros(n)
    leaves = linkage[:, :2].astype(np.int64)
    for side in leaves.T:
        np.maximum.at(first, side[side < n], heights[side < n])
    worded = stories.evidence.text_of_row >= 0
    # Just above a granularity at which something is whole it is in parts.
    steps = np.concatenate([[0.0], np.unique(heights[(heights > 0.0) & (heights < 1.0)]), [1.0]])
    joined = np.sort(heights)
    kept = len(joined) - np.searchsorted(joined, steps, side="right")
    kept[-1] = (heights >= 1.0).sum()
    alone = np.searchsorted(np.sort(first[worded]), steps, side="right")
    alone[-1] = (first[worded] < 1.0).sum()
    return steps, int(worded.sum()) - kept, alone / max(int(worded.sum()), 1)


def _range(steps: NDArray[np.float64]) -> tuple[float, float]:
    """Return from where to where there is something to see: all steps but a few at either end."""
    inner = steps[(steps > 0.0) & (steps < 1.0)]
    first, last = np.quantile(inner, (0.02, 0.98)) if len(inner) else _SHOWN
    return (
        float(np.clip(first, _LOWEST, _SHOWN[0])),
        float(np.clip((1.0 + last) / 2, _SHOWN[1], _HIGHEST)),
    )


def _place(granularity: Any) -> Any:
    inside = np.clip(granularity, _LOWEST / 2, (1.0 + _HIGHEST) / 2)
    return np.log(inside / (1.0 - inside))


def _granularity(place: Any) -> Any:
    return 1.0 / (1.0 + np.exp(-np.asarray(place)))


def _mark(ax: Axes, granularity: float, words: str, colour: str) -> None:
    ax.axvline(granularity, color=colour, linewidth=1, linestyle=":", zorder=0)
    ax.annotate(
        words, (granularity, 1.0), (3, -2), xycoords=("data", "axes fraction"),
        textcoords="offset points", va="top", fontsize="small", color=colour,
    )  # fmt: skip
