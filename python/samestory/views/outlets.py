"""Who reports first, who follows: a bar an outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.stories.outlets import outlet_columns
from samestory.views.figure import Lettering, axes_of, bare, palette_of, tick_labels
from samestory.views.wording import shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from samestory.stories import Stories

_INCHES_AN_OUTLET = 0.34
_NAME_LENGTH = 40


def plot_outlets(stories: Stories, ax: Axes | None = None, *, top: int = 20) -> Axes:
    """Draw in how many stories each outlet was first, and in how many it followed.

    Counted are stories that several outlets tell with dates; where dates do not tell who was first,
    each of those that may have been is. Beside the bars stands how long after the first an outlet
    that follows does so, the median.

    Parameters
    ----------
    stories : Stories
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure of fitting height without it.
    top : int
        How many outlets: those that most often tell what others tell too.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.
    """
    if top < 1:
        raise ValueError(f"top={top}: the number of outlets to draw has to be at least 1")
    table = outlet_columns(stories)
    first, followed = table["first"], table["followed"]
    chosen = np.lexsort((np.arange(len(first)), -(first + followed)))[:top]
    chosen = chosen[(first + followed)[chosen] > 0]
    ax = axes_of(ax, "plot_outlets()", (9.0, 1.4 + _INCHES_AN_OUTLET * max(len(chosen), 2)))
    palette = palette_of(ax)
    bare(ax, "bottom")
    if len(chosen) == 0:
        ax.set_xticks([])
        ax.set_yticks([])
        said = "no story is told by several outlets with dates"
        ax.text(0.5, 0.5, said, transform=ax.transAxes, ha="center", va="center")
        return ax
    lines = np.arange(len(chosen))
    ax.barh(lines, first[chosen], color=palette.first, height=0.7, label="first")
    ax.barh(
        lines, followed[chosen], left=first[chosen], color=palette.faint, height=0.7,
        label="followed", edgecolor=palette.quiet, linewidth=0.5,
    )  # fmt: skip
    ends = (first + followed)[chosen]
    for line, end, hours in zip(lines, ends, table["median_hours_behind"][chosen], strict=True):
        if not np.isnan(hours):
            ax.annotate(
                behind(float(hours)), (end, line), (4, 0), textcoords="offset points", va="center",
                fontsize="small", color=palette.quiet,
            )  # fmt: skip
    names = [shorten(table["outlet"][k], _NAME_LENGTH) for k in chosen]
    lettering = Lettering(names)
    labels = [lettering.label(name, f"outlet {k}") for k, name in enumerate(names)]
    tick_labels(ax.yaxis, lines.tolist(), labels, **lettering.style())
    ax.set_ylim(len(chosen) - 0.4, -0.6)
    ax.set_xlim(0, float(ends.max()) * 1.15)
    ax.locator_params(axis="x", integer=True)
    ax.tick_params(axis="y", length=0)
    ax.set_xlabel("stories that several outlets tell")
    ax.legend(loc="lower right", frameon=False)
    return ax


def behind(hours: float) -> str:
    """Say how long after the first.

    Examples
    --------
    >>> behind(0.5), behind(30.0), behind(80.0)
    ('30 min later', '30 h later', '3 days later')
    """
    if hours < 1.5:
        return f"{60 * hours:.0f} min later"
    return f"{hours:.0f} h later" if hours < 48 else f"{hours / 24:.0f} days later"
