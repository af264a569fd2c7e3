"""Stories over time: a line a story, a dot an article, drawn with matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.summary import story_titles
from samestory.views.figure import Lettering, axes_of, bare, palette_of, short_titles, tick_labels
from samestory.views.wording import count

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from samestory.stories import Stories

_INCHES_A_STORY = 0.34
_TITLE_LENGTH = 60


def plot_timeline(stories: Stories, ax: Axes | None = None, *, top: int = 20) -> Axes:
    """Draw the largest stories over time: a line from first to last, a dot an article.

    Stories without any date are left out, and said so below the axis.

    Parameters
    ----------
    stories : Stories
        What to draw. Where no two articles share a story, the articles alone are drawn.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of fitting height without it.
    top : int
        How many stories, the largest first.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.

    Raises
    ------
    ValueError
        If `top` is less than 1.
    ImportError
        If matplotlib is not installed.
    """
    if top < 1:
        raise ValueError(f"top={top}: the number of stories to draw has to be at least 1")
    chosen = range(min(top, int((stories.sizes > 1).sum()) or len(stories)))
    dates = [np.sort(stories.articles.dates[stories[k].rows]) for k in chosen]
    dated = [k for k in chosen if not np.isnat(dates[k][0])]
    ax = axes_of(ax, "plot_timeline()", (10.0, 1.2 + _INCHES_A_STORY * max(len(dated), 2)))
    colour = palette_of(ax).first
    for line, k in enumerate(dated):
        known = dates[k][~np.isnat(dates[k])]
        ax.plot(known[[0, -1]], [line, line], color=colour, linewidth=2, alpha=0.45, zorder=1)
        ax.scatter(
            known, np.full(len(known), line), s=34, color=colour, alpha=0.75, linewidths=0, zorder=2
        )
    titles, lettering = short_titles([story_titles(stories)[k] for k in dated], _TITLE_LENGTH)
    undated = [int(np.isnat(dates[k]).sum()) for k in dated]
    notes = [f" ({number:,} undated)" if number else "" for number in undated]
    _label(ax, [a + b for a, b in zip(titles, notes, strict=True)], lettering)
    _label_dates(ax, bool(dated), len(chosen) - len(dated))
    return ax


def _label(ax: Axes, titles: list[str], lettering: Lettering) -> None:
    tick_labels(ax.yaxis, range(len(titles)), titles, **lettering.style())
    ax.set_ylim(len(titles) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", alpha=0.3, linewidth=0.8)
    bare(ax, "bottom")


def _label_dates(ax: Any, is_dated: bool, n_undated: int) -> None:
    if not is_dated:
        ax.set_xticks([])
        ax.text(0.5, 0.5, "no article has a date", transform=ax.transAxes, ha="center", va="center")
        return
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator()
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    if n_undated:
        verb = "has" if n_undated == 1 else "have"
        note = f"{count(n_undated, 'more story', 'more stories')} {verb} no date"
        ax.set_xlabel(note, loc="left", fontsize="small")
