"""Stories over time: a line a story, a dot an article, drawn with matplotlib."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from samestory._extras import require
from samestory.views.overview import overview
from samestory.views.wording import count, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from samestory.stories import Stories, Story

_INCHES_A_STORY = 0.34
_TITLE_LENGTH = 60
_COLOUR = "#3b6ea5"


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
    pyplot = require("matplotlib.pyplot", "plot", "plot_timeline()")
    wanted = min(top, overview(stories).n_stories or len(stories))
    chosen = [stories[k] for k in range(wanted)]
    dated = [story for story in chosen if story.first_date is not None]
    if ax is None:
        height = 1.2 + _INCHES_A_STORY * max(len(dated), 2)
        _, ax = pyplot.subplots(figsize=(10, height), layout="constrained")
    for row, story in enumerate(dated):
        _draw(ax, row, _dates(story))
    _label(ax, dated, len(chosen) - len(dated))
    return ax


def _dates(story: Story) -> list[datetime]:
    return sorted(a.date.astimezone(UTC) for a in story.articles if a.date is not None)


def _draw(ax: Any, row: int, dates: list[datetime]) -> None:
    ax.plot([dates[0], dates[-1]], [row, row], color=_COLOUR, linewidth=2, alpha=0.45, zorder=1)
    ax.scatter(dates, [row] * len(dates), s=34, color=_COLOUR, alpha=0.75, linewidths=0, zorder=2)


def _title(story: Story) -> str:
    undated = sum(article.date is None for article in story.articles)
    note = f" ({undated:,} undated)" if undated else ""
    # A dollar sign would start a formula.
    return shorten(story.title, _TITLE_LENGTH).replace("$", r"\$") + note


def _label(ax: Any, dated: list[Story], n_undated: int) -> None:
    ax.set_yticks(range(len(dated)), [_title(story) for story in dated])
    ax.set_ylim(len(dated) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.grid(axis="x", alpha=0.3, linewidth=0.8)
    ax.set_axisbelow(True)
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    if not dated:
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
