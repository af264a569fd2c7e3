"""What every picture needs: axes, colours for light and dark, and letters of any script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from samestory._extras import require
from samestory.views.wording import one_line, shorten

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@dataclass(frozen=True)
class Palette:
    """Colours that show on the paper and that colour-blind readers can tell apart.

    Attributes
    ----------
    ink, quiet, faint : str
        For writing, for what is less important, and for what lies behind.
    first, second : str
        For what is drawn: blue and orange (Okabe and Ito 2008).
    span : tuple of float
        The part of a colour map that shows on the paper.
    """

    ink: str
    quiet: str
    faint: str
    first: str
    second: str
    span: tuple[float, float]

    @property
    def dates(self) -> Any:
        """Colours for an order in time: cividis, whose lightness rises evenly for every eye."""
        from matplotlib import colormaps
        from matplotlib.colors import ListedColormap

        return ListedColormap(
            colormaps["cividis"](
                [self.span[0] + (self.span[1] - self.span[0]) * i / 255 for i in range(256)]
            )
        )


_LIGHT = Palette("#1f2328", "#6e7781", "#dfe5ec", "#0072b2", "#d55e00", (0.0, 0.92))
_DARK = Palette("#e6edf3", "#9aa5b1", "#363c44", "#56b4e9", "#e69f00", (0.28, 1.0))


def axes_of(ax: Axes | None, purpose: str, figsize: tuple[float, float]) -> Axes:
    """Return the axes given, or those of a new figure.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or None
    purpose : str
        What is drawn, for the message where matplotlib is missing.
    figsize : tuple of float
        Inches of a new figure.
    """
    pyplot = require("matplotlib.pyplot", "plot", purpose)
    if ax is None:
        ax = pyplot.subplots(figsize=figsize, layout="constrained")[1]
    return ax


def palette_of(ax: Axes) -> Palette:
    """Return the colours that show on the paper of these axes."""
    from matplotlib.colors import to_rgb

    # An axes without a colour of its own shows the figure's.
    transparent = ax.get_facecolor()[3] < 0.5
    red, green, blue = to_rgb(ax.figure.get_facecolor() if transparent else ax.get_facecolor())
    return _DARK if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.5 else _LIGHT


def bare(ax: Axes, *kept: str) -> None:
    """Take away the frame but for the sides named, and the marks of what stays bare."""
    for side, spine in ax.spines.items():
        spine.set_visible(side in kept)
    ax.set_axisbelow(True)


class Lettering:
    """Which installed fonts can draw some texts, and what to leave out of them.

    Parameters
    ----------
    texts : iterable of str
        All that is to be drawn.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        from matplotlib import font_manager, rcParams

        needed = set().union(*texts) - {" ", "\n"}
        self.families: list[str] = list(rcParams["font.family"])
        path = font_manager.findfont(font_manager.FontProperties(family=self.families))
        missing = {c for c in needed if ord(c) not in _letters_of(path)}
        for name, other in _other_fonts() if missing else ():
            drawn = {c for c in missing if ord(c) in _letters_of(other)}
            if drawn:
                self.families.append(name)
                missing -= drawn
            if not missing:
                break
        self._missing = missing

    def label(self, text: str, instead: str = "") -> str:
        """Return a text without what no font can draw; something else where little would remain.

        Parameters
        ----------
        text : str
        instead : str
            What to write where most of the text can not be drawn.
        """
        text = one_line(text)
        kept = "".join(c for c in text if c not in self._missing)
        return " ".join(kept.split()) if 2 * len(kept) > len(text) else instead

    def style(self, **more: Any) -> dict[str, Any]:
        """Return how to write a label: a dollar sign starts no formula."""
        return {"fontfamily": self.families, "parse_math": False, **more}


@cache
def _letters_of(path: str) -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(path).get_charmap())


@cache
def _other_fonts() -> Sequence[tuple[str, str]]:
    """Name and file of the upright fonts that are installed, those of one family for all first."""
    from matplotlib import font_manager

    plain = {
        (entry.name, entry.fname)
        for entry in font_manager.fontManager.ttflist
        if entry.style == "normal"
        and entry.variant == "normal"
        and str(entry.weight) in ("400", "normal", "regular", "book")
        and not any(word in entry.name for word in ("Emoji", "Mono", "Symbol", "Last Resort"))
    }
    return sorted(plain, key=lambda font: (not font[0].startswith("Noto Sans"), *font))


def short_titles(titles: Sequence[str], limit: int) -> tuple[list[str], Lettering]:
    """Shorten titles, and find the fonts for them.

    Parameters
    ----------
    titles : sequence of str
    limit : int
        Characters.

    Returns
    -------
    titles : list of str
    lettering : Lettering
    """
    short = [shorten(title, limit) for title in titles]
    lettering = Lettering(short)
    return [lettering.label(title, f"story {k}") for k, title in enumerate(short)], lettering


def tick_labels(axis: Any, places: Sequence[float], labels: Sequence[str], **style: Any) -> None:
    """Set the labels of an axis, whose letters may be of any script."""
    parse_math = style.pop("parse_math")
    axis.set_ticks(places, labels, **style)
    for label in axis.get_ticklabels():
        label.set_parse_math(parse_math)
