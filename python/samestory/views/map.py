"""A map of stories: islands of articles, similar stories near each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._progress import Progress, ProgressHook
from samestory.stories.story_map import StoryMap, story_map
from samestory.stories.summary import story_titles
from samestory.views.figure import Palette, axes_of, palette_of, short_titles

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

    from samestory.stories import Stories

_TITLE_LENGTH, _LINE_LENGTH = 48, 26
# Vector files of more dots than these are slow to open: the dots become a picture in them.
_MANY_DOTS = 3_000
_DOT, _LONE_DOT = 0.95, 0.6
# How far from its island a name may stand, in heights of a letter.
_REACHES = (0.25, 1.2, 2.4)


def plot_map(
    stories: Stories,
    ax: Axes | None = None,
    *,
    names: int = 20,
    progress: bool | ProgressHook | None = None,
) -> Axes:
    """Draw every article as a dot, stories as islands, similar stories near each other.

    Dots are coloured by date, where the articles have dates: within a story the earliest is in the
    middle. An article alone is a dot of its own.

    Parameters
    ----------
    stories : Stories
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure without it.
    names : int
        How many of the largest stories to name, as far as names do not overlap.
    progress : bool, callable or None
        As for `find_stories`.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.
    """
    if not hasattr(names, "__index__") or names < 0:
        raise ValueError(f"names={names!r}: the number of stories to name has to be 0 or more")
    ax = axes_of(ax, "plot_map()", (10.0, 9.0))
    with Progress(progress) as bar:
        places = story_map(stories, bar.hook)
    palette = palette_of(ax)
    ax.set_aspect("equal")
    ax.set_axis_off()
    if len(places.centres) == 0:
        ax.text(0.5, 0.5, "no article has a word", ha="center", color=palette.quiet)
        return ax
    _frame(ax, places)
    _draw_islands(ax, stories, places, palette)
    _draw_articles(ax, stories, places, palette)
    _write_names(ax, stories, places, palette, names)
    return ax


def _frame(ax: Axes, places: StoryMap) -> None:
    low = (places.centres - places.radii[:, None]).min(axis=0)
    high = (places.centres + places.radii[:, None]).max(axis=0)
    margin = 0.03 * max(*(high - low), 10.0)
    ax.set_xlim(low[0] - margin, high[0] + margin)
    ax.set_ylim(low[1] - margin, high[1] + margin)


def _discs(ax: Axes, places: NDArray[np.float64], radii: Any, **style: Any) -> Any:
    """Draw discs whose radii are in the units of the axes."""
    from matplotlib.collections import EllipseCollection

    widths = np.broadcast_to(2.0 * np.asarray(radii), len(places))
    discs = EllipseCollection(
        widths, widths, np.zeros(len(places)), units="xy", offsets=places,
        offset_transform=ax.transData, linewidths=0, rasterized=len(places) > _MANY_DOTS, **style
    )  # fmt: skip
    ax.add_collection(discs, autolim=False)
    return discs


def _draw_islands(ax: Axes, stories: Stories, places: StoryMap, palette: Palette) -> None:
    several = stories.sizes > 1
    _discs(ax, places.centres[several], places.radii[several], facecolors=palette.faint, zorder=1)


def _draw_articles(ax: Axes, stories: Stories, places: StoryMap, palette: Palette) -> None:
    dates = stories.articles.dates
    drawn = stories.labels >= 0
    alone = np.append(stories.sizes, 1)[stories.labels] == 1
    # By rank, not by moment: one article of another decade does not make all others one colour.
    moments, rank = np.unique(dates[drawn & ~np.isnat(dates)], return_inverse=True)
    ranks = np.full(len(dates), -1)
    ranks[drawn & ~np.isnat(dates)] = rank
    grey = palette.quiet if len(moments) else palette.first
    for chosen, radius, alpha in ((drawn & alone, _LONE_DOT, 0.45), (drawn & ~alone, _DOT, 1.0)):
        undated, dated = chosen & (ranks < 0), chosen & (ranks >= 0)
        _discs(ax, places.places[undated], radius, facecolors=grey, alpha=alpha, zorder=2)
        dots = _discs(
            ax, places.places[dated], radius, array=ranks[dated], alpha=alpha, zorder=2,
            cmap=palette.dates, clim=(0, max(len(moments) - 1, 1)),
        )  # fmt: skip
    if len(moments) > 1:
        _add_dates(ax, dots, moments, palette)


def _add_dates(ax: Axes, dots: Any, moments: NDArray[np.datetime64], palette: Palette) -> None:
    bar = ax.figure.colorbar(dots, ax=ax, shrink=0.4, aspect=30, pad=0.01)
    ticks = np.linspace(0, len(moments) - 1, min(5, len(moments))).round().astype(int)
    unit = "D" if moments[-1] - moments[0] >= np.timedelta64(2, "D") else "m"
    labels = [str(moments[tick].astype(f"datetime64[{unit}]")).replace("T", " ") for tick in ticks]
    bar.set_ticks(ticks.tolist(), labels=labels)
    bar.ax.tick_params(length=0, labelsize="small", labelcolor=palette.quiet)
    bar.outline.set_visible(False)


def _write_names(
    ax: Axes, stories: Stories, places: StoryMap, palette: Palette, names: int
) -> None:
    """Write the names of the largest stories where they lie over no other name."""
    named = min(names, int((stories.sizes > 1).sum()) or len(stories))
    titles, lettering = short_titles(story_titles(stories)[:named], _TITLE_LENGTH)
    if not titles:
        return
    _settle(ax)
    taken = _Taken(ax, places.centres, places.radii)
    style = lettering.style(fontsize="small", color=palette.ink, zorder=4, linespacing=1.05)
    for title, centre, radius in zip(titles, places.centres, places.radii, strict=False):
        words = "\n".join(textwrap.wrap(title, _LINE_LENGTH)) or title
        _write_beside(ax, taken, words, centre, float(radius), style, palette)


class _Taken:
    """Where names stand already, and where islands lie, in pixels."""

    def __init__(self, ax: Axes, islands: NDArray[np.float64], radii: NDArray[np.float64]) -> None:
        self._boxes: list[Any] = []
        self._edge = ax.get_window_extent()
        self._islands = ax.transData.transform(islands)
        corner = ax.transData.transform(islands + radii[:, None])
        self._radii = corner[:, 0] - self._islands[:, 0]

    def is_free(self, box: Any, least_radius: float) -> bool:
        """Whether a name fits there: within the axes, over no other, over no large island."""
        inside = (
            self._edge.x0 <= box.x0
            and box.x1 <= self._edge.x1
            and self._edge.y0 <= box.y0
            and box.y1 <= self._edge.y1
        )
        if not inside or any(box.overlaps(other) for other in self._boxes):
            return False
        nearest = np.clip(self._islands, (box.x0, box.y0), (box.x1, box.y1))
        covered = np.hypot(*(nearest - self._islands).T) < self._radii
        return not (covered & (self._radii >= least_radius)).any()

    def add(self, box: Any) -> None:
        """Keep a place."""
        self._boxes.append(box.expanded(1.0, 1.08))


def _write_beside(
    ax: Axes,
    taken: _Taken,
    words: str,
    centre: Any,
    radius: float,
    style: dict[str, Any],
    palette: Palette,
) -> None:
    """Write a name above, below or beside its island, the nearest free place; else not at all."""
    from matplotlib.patheffects import withStroke

    text = ax.annotate(
        words, centre, (0, 0), textcoords="offset points", ha="center", va="center", **style
    )
    text.set_path_effects([withStroke(linewidth=2.5, foreground=_paper(ax))])
    scale = 72.0 / ax.figure.dpi
    box = text.get_window_extent()
    half = np.array([box.width, box.height]) / 2
    middle, rim = ax.transData.transform([centre, (centre[0] + radius, centre[1])])
    for covers, reach, side in _attempts():
        straight = np.array(side) / np.hypot(*side)
        towards = straight * (rim[0] - middle[0] + reach * float(text.get_fontsize()) / scale)
        text.set_position(tuple((towards + np.array(side) * half) * scale))
        box = text.get_window_extent()
        if taken.is_free(box, covers * (rim[0] - middle[0])):
            taken.add(box)
            if reach > _REACHES[0]:
                ends = ax.transData.inverted().transform(
                    [middle + straight * (rim[0] - middle[0]), middle + towards]
                )
                ax.plot(*ends.T, color=palette.quiet, linewidth=0.7, zorder=3)
            return
    text.remove()


def _attempts() -> Iterator[tuple[float, float, tuple[int, int]]]:
    """Yield where a name may stand, the best first: over the sea, over much smaller islands, any.

    With the radius, as a part of its island's, from which on islands are in its way; how far from
    its own; and at which side.
    """
    sides = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))
    for covers, reaches in ((0.0, _REACHES), (0.6, _REACHES[:2]), (np.inf, _REACHES[:2])):
        yield from ((covers, reach, side) for reach in reaches for side in sides)


def _settle(ax: Axes) -> None:
    """Let the layout of the figure decide where the axes are, before anything is measured."""
    figure: Any = ax.figure
    while hasattr(figure, "figure") and figure.figure is not figure:
        figure = figure.figure
    figure.draw_without_rendering()


def _paper(ax: Axes) -> Any:
    transparent = ax.get_facecolor()[3] < 0.5
    return ax.figure.get_facecolor() if transparent else ax.get_facecolor()
