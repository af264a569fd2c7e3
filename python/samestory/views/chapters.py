"""A story's chapters as lines of text, in Jupyter, and drawn over its days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.views.cells import articles_table, framed, rest
from samestory.views.figure import Lettering, axes_of, bare, palette_of
from samestory.views.markup import text_html
from samestory.views.terminal import fit
from samestory.views.text import DEFAULT_WIDTH
from samestory.views.wording import count, joined, names, shorten, span

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from samestory.stories.chapters import Chapter, Chapters

_TERMS_SHOWN = 5
_TERMS_DRAWN = 3
_ARTICLES_SHOWN = 30
_LABEL_LENGTH = 40


def chapters_text(chapters: Chapters, *, width: int = DEFAULT_WIDTH) -> str:
    """List the chapters, two lines each.

    Parameters
    ----------
    chapters : Chapters
        What to list.
    width : int
        Longer lines are cut.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    lines = [fit(_facts(chapters), width)]
    for chapter in chapters:
        lines.append(
            fit(f"  {chapter.number}  {_head(chapter)}  {shorten(chapter.title, width)}", width)
        )
        lines += [fit(f"     {words}", width) for words in (_words(chapter),) if words]
    return "\n".join(lines)


def chapter_text(chapter: Chapter, *, width: int = DEFAULT_WIDTH) -> str:
    """Say of one chapter when it was, how large it is and what was new.

    Parameters
    ----------
    chapter : Chapter
        What to tell of.
    width : int
        Longer lines are cut.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    lines = [f"Chapter {chapter.number} · {_head(chapter)}", f"  {chapter.title}"]
    lines += [f"  {words}" for words in (_words(chapter),) if words]
    return "\n".join(fit(line, width) for line in lines)


def chapters_html(chapters: Chapters) -> str:
    """Show the chapters as a table; each opens to its articles.

    Parameters
    ----------
    chapters : Chapters
        What to show.

    Returns
    -------
    str
        HTML.
    """
    rows = "".join(_row(chapter) for chapter in chapters)
    head = '<tr><th class="number">#</th><th class="number">articles</th><th>chapter</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    return framed((f'<p class="facts">{text_html(_facts(chapters))}</p>', table))


def plot_chapters(chapters: Chapters, ax: Axes | None = None) -> Axes:
    """Draw a bar a day, every other chapter on a tint, and the new terms of each above it.

    Parameters
    ----------
    chapters : Chapters
        What to draw.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure without it.

    Returns
    -------
    matplotlib.axes.Axes
        The axes drawn on.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    """
    ax = axes_of(ax, "plot_timeline()", (10.0, 3.4))
    bare(ax, "bottom")
    if not len(chapters):
        ax.set_xticks([])
        ax.set_yticks([])
        said = "no article has a date"
        ax.text(0.5, 0.5, said, transform=ax.transAxes, ha="center", va="center")
        return ax
    _draw_days(chapters, ax)
    _name_chapters(chapters, ax)
    _label_days(chapters, ax)
    return ax


def _draw_days(chapters: Chapters, ax: Axes) -> None:
    palette = palette_of(ax)
    days, counts, numbers = (chapters._days[name] for name in ("day", "articles", "chapter"))
    half = np.timedelta64(12, "h")
    for number in range(2, len(chapters) + 1, 2):
        begin = days[numbers == number][0] - half
        later = days[numbers > number]
        end = later[0] - half if len(later) else days[-1] + half
        ax.axvspan(begin, end, color=palette.faint, linewidth=0, zorder=0)
    # A day of a story that goes on for years would be a hairline.
    width = max(np.timedelta64(22 * 60, "m"), (days[-1] - days[0]).astype("m8[m]") // 200)
    ax.bar(days, counts, width=width, color=palette.first, zorder=2)


def _name_chapters(chapters: Chapters, ax: Axes) -> None:
    """Write the heaviest new words at the begin of each chapter, on three lines in turn."""
    palette = palette_of(ax)
    words = [", ".join(chapter.new_terms[:_TERMS_DRAWN]) for chapter in chapters]
    lettering = Lettering(words)
    highest = int(chapters._days["articles"].max())
    n_lines = min(len(chapters), 3)
    days = chapters._days["day"]
    late = days[0] + (days[-1] - days[0]) * 3 // 4
    for i, chapter in enumerate(chapters):
        begin = chapters.story._stories.articles.dates[chapter.rows[0]].astype("M8[D]")
        label = f"{chapter.number}  {lettering.label(shorten(words[i], _LABEL_LENGTH))}".rstrip()
        # What begins near the right edge is written to the left, into the picture.
        side = "right" if i and begin > late else "left"
        place = begin + np.timedelta64(11 if side == "right" else -11, "h")
        height = highest * (1.08 + 0.13 * (n_lines - 1 - i % n_lines))
        style = lettering.style(fontsize="small", color=palette.quiet, clip_on=True, ha=side)
        ax.text(place, height, label, **style)
    ax.set_ylim(0, highest * (1.1 + 0.13 * n_lines))


def _label_days(chapters: Chapters, ax: Axes) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
    from matplotlib.ticker import MaxNLocator

    locator = AutoDateLocator(minticks=1)
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.tick_params(axis="y", length=0)
    days = chapters._days["day"]
    # A story of a day or two is no wall of colour.
    room = max(np.timedelta64(1, "D"), np.timedelta64(4, "D") - (days[-1] - days[0]) // 2)
    ax.set_xlim(days[0] - room, days[-1] + room)
    ax.set_ylabel("articles a day")
    if len(chapters.undated):
        ax.set_xlabel(count(len(chapters.undated), "undated article"), loc="left")


def _facts(chapters: Chapters) -> str:
    return joined(
        (
            shorten(chapters.story.title, 60),
            count(len(chapters.story), "article"),
            count(len(chapters), "chapter"),
            f"{len(chapters.undated):,} undated" if len(chapters.undated) else "",
        )
    )


def _head(chapter: Chapter) -> str:
    return joined((span(chapter.first_date, chapter.last_date), count(len(chapter), "article")))


def _words(chapter: Chapter) -> str:
    new, gone = (", ".join(some[:_TERMS_SHOWN]) for some in (chapter.new_terms, chapter.gone_terms))
    return joined(
        (
            f"drift {chapter.drift:.2f}" if chapter.number > 1 else "",
            ("new: " if chapter.number > 1 else "") + new if new else "",
            f"gone: {gone}" if gone else "",
        )
    )


def _row(chapter: Chapter) -> str:
    shown = chapter.articles[:_ARTICLES_SHOWN]
    facts = joined((span(chapter.first_date, chapter.last_date), names(chapter.outlets)))
    return (
        f'<tr><td class="number">{chapter.number}</td><td class="number">{len(chapter):,}</td>'
        f'<td><details><summary><span dir="auto">{text_html(chapter.title)}</span></summary>'
        f"{articles_table(shown)}{rest(len(chapter) - len(shown), 'article')}</details>"
        f'<div class="words">{text_html(facts)}</div>'
        f'<div class="words">{text_html(_words(chapter))}</div></td></tr>'
    )
