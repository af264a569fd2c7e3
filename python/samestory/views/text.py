"""Stories, a story and an explanation as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from samestory.views.overview import overview
from samestory.views.terminal import PLAIN, Style, columns_of, fit, pad
from samestory.views.terms import WAYS, TermShare, term_shares
from samestory.views.wording import (
    by_date,
    count,
    decided,
    duration,
    heading,
    joined,
    names,
    one_line,
    source,
    span,
    stamp,
)

if TYPE_CHECKING:
    from samestory.articles import Article, Articles
    from samestory.stories import Explanation, Stories, Story

DEFAULT_WIDTH = 100
_BAR_WIDTH = 24
_MIN_WIDTH = 40
_WIDE = 72
_SOURCE_WIDTH = 24
_INK = {"direct": "█", "meaning": "▓", "neighbour": "▒", "embedding": "◆"}


def stories_text(
    stories: Stories, *, width: int = DEFAULT_WIDTH, style: Style = PLAIN, top: int = 15
) -> str:
    """List the largest stories, a line each.

    Parameters
    ----------
    stories : Stories
        What to list.
    width : int
        Columns of the terminal; longer lines are cut.
    style : Style
        `COLOUR` for a terminal, `PLAIN` for a file.
    top : int
        How many stories.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    width = max(width, _MIN_WIDTH)
    facts = overview(stories)
    shown = [stories[k] for k in range(min(top, facts.n_stories))]
    cells = [
        (str(k), count(len(story.articles), "article"), span(story.first_date, story.last_date))
        for k, story in enumerate(shown)
    ]
    lines = [fit(str(facts), width)]
    for left, story in zip(_aligned(cells, width), shown, strict=True):
        lines.append(_titled(left, story.title, width, style))
    if len(shown) < facts.n_stories:
        lines.append("  " + _more(facts.n_stories - len(shown), "story", "stories"))
    return "\n".join(lines)


def reading_text(articles: Articles, *, width: int = DEFAULT_WIDTH, top: int | None = 20) -> str:
    """Say what was read, used, taken out and skipped, and list the latter.

    Parameters
    ----------
    articles : Articles
        What to tell of.
    width : int
        Columns of the terminal; lines of the list are cut.
    top : int or None
        How many skipped inputs and rows; None means all.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    width = max(width, _MIN_WIDTH)
    lines = [str(articles.report())]
    shown = articles.skipped[: len(articles.skipped) if top is None else top]
    for row in shown:
        place = row.input if row.row is None else f"{row.input} row {row.row}"
        lines.append(fit(f"  {one_line(place)}: {one_line(row.reason)}", width))
    if len(shown) < len(articles.skipped):
        lines.append("  " + _more(len(articles.skipped) - len(shown), "skipped", "skipped"))
    return "\n".join(lines)


def listing_text(
    stories: Stories,
    *,
    width: int = DEFAULT_WIDTH,
    style: Style = PLAIN,
    top: int | None = 20,
    articles: int | None = 10,
) -> str:
    """List the stories with their articles, the largest story first, then what stands alone.

    Parameters
    ----------
    stories, width, style
        As for `stories_text`.
    top : int or None
        How many stories, and how many of the articles that stand alone; None means all.
    articles : int or None
        How many articles of a story; None means all.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    width = max(width, _MIN_WIDTH)
    facts = overview(stories)
    shown = facts.n_stories if top is None else min(top, facts.n_stories)
    lines = [fit(str(facts), width)]
    for k in range(shown):
        lines.extend(("", *_story_lines(stories[k], k, width, style, articles)))
    if shown < facts.n_stories:
        lines.extend(("", _more(facts.n_stories - shown, "story", "stories")))
    if len(facts.alone):
        rows = facts.alone if top is None else facts.alone[:top]
        alone = [stories.articles[int(row)] for row in rows]
        lines.extend(("", f"{style.strong}Alone{style.end}"))
        lines.extend(article_lines(alone, rows.tolist(), width, style))
        if len(rows) < len(facts.alone):
            lines.append("  " + _more(len(facts.alone) - len(rows), "article"))
    return "\n".join(lines)


def _more(number: int, noun: str, plural: str | None = None) -> str:
    return f"... and {count(number, f'more {noun}', f'more {plural}' if plural else None)}"


def story_text(story: Story, *, width: int = DEFAULT_WIDTH, style: Style = PLAIN) -> str:
    """List one story and its articles, the earliest first.

    Parameters
    ----------
    story : Story
        What to list.
    width, style
        As for `stories_text`.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    return "\n".join(_story_lines(story, None, max(width, _MIN_WIDTH), style, None))


def _story_lines(
    story: Story, number: int | None, width: int, style: Style, limit: int | None
) -> Iterator[str]:
    lead = "" if number is None else f"{number}  "
    yield f"{style.strong}{fit(lead + one_line(story.title), width)}{style.end}"
    facts = joined(
        (
            count(len(story.articles), "article"),
            span(story.first_date, story.last_date),
            names(story.outlets),
        )
    )
    yield "  " + fit(facts, width - 2)
    if story.keywords:
        words = ", ".join(one_line(word) for word in story.keywords)
        yield f"  {style.quiet}{fit(words, width - 2)}{style.end}"
    order = by_date(story.articles)[:limit]
    chosen = [story.articles[i] for i in order]
    yield from article_lines(chosen, [int(story.rows[i]) for i in order], width, style)
    if len(order) < len(story.articles):
        yield "  " + _more(len(story.articles) - len(order), "article")


def article_lines(
    articles: Sequence[Article], rows: Sequence[int], width: int, style: Style
) -> Iterator[str]:
    """Give an article a line: its row (which `samestory explain` takes), date, outlet, title."""
    cells = [
        (str(row), stamp(a), fit(source(a), _SOURCE_WIDTH))
        for row, a in zip(rows, articles, strict=True)
    ]
    for left, article in zip(_aligned(cells, width), articles, strict=True):
        yield _titled(left, heading(article), width, style)


def _aligned(cells: Sequence[tuple[str, str, str]], width: int) -> list[str]:
    """Set three cells a row below each other; in a narrow terminal, the first and the last."""
    if width < _WIDE:
        cells = [(first, "", last) for first, _, last in cells]
    widths = [max((columns_of(row[i]) for row in cells), default=0) for i in range(3)]
    lines = []
    for row in cells:
        parts = [f"{row[0]:>{widths[0]}}"]
        parts += [pad(row[i], widths[i]) for i in (1, 2) if widths[i]]
        lines.append("  " + "  ".join(parts))
    return lines


def _titled(left: str, title: str, width: int, style: Style) -> str:
    room = max(width - columns_of(left) - 2, 8)
    return f"{style.quiet}{left}{style.end}  {fit(one_line(title), room)}"


def explanation_text(
    explanation: Explanation,
    *,
    width: int = DEFAULT_WIDTH,
    style: Style = PLAIN,
    top: int | None = 12,
) -> str:
    """Say why two articles are similar, or are not.

    Parameters
    ----------
    explanation : Explanation
        What ``stories.explain(a, b)`` returned.
    width, style
        As for `stories_text`.
    top : int or None
        How many terms; None means all.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    width = max(width, _MIN_WIDTH)
    figures = joined(
        (
            "one story" if explanation.same_story else "two stories",
            f"similarity {explanation.score:.3f}",
            f"{explanation.similarity:.3f} by their own words",
            "" if explanation.gap is None else f"{duration(explanation.gap)} apart",
        )
    )
    lines = [f"{style.strong}{fit(figures, width)}{style.end}"]
    rule = decided(explanation.same_story, explanation.granularity, explanation.joined_at)
    lines.append(f"{style.quiet}{fit(rule, width)}{style.end}")
    for article in (explanation.a, explanation.b):
        left = joined((stamp(article), source(article)))
        lines.append(f"  {fit(heading(article), width - 2)}")
        lines.append(f"  {style.quiet}{fit(left, width - 2)}{style.end}")
    return "\n".join([*lines, *_term_lines(explanation, width, style, top)])


def _term_lines(
    explanation: Explanation, width: int, style: Style, top: int | None
) -> Iterator[str]:
    shares = term_shares(explanation.terms, explanation.a.document, explanation.b.document)
    if not shares:
        yield "They have no word in common that counts."
        return
    shown, rest = (shares, []) if top is None else (shares[:top], shares[top:])
    longest = max(share.length for share in shown) or 1.0
    term_width = min(max(columns_of(one_line(share.term)) for share in shown), width - 36)
    for share in shown:
        word = pad(fit(one_line(share.term), term_width), term_width)
        bar = _bar(share, longest, min(_BAR_WIDTH, width - term_width - 12))
        yield f"  {word}  {share.weight:6.3f}  {bar}"
    if rest:
        total = sum(share.weight for share in rest)
        yield f"  {style.quiet}... and {count(len(rest), 'more term')}, {total:.3f}{style.end}"
    ways = {way for share in shown for way, _ in share.parts}
    key = [f"{_INK[way]} {WAYS[way]}" for way in WAYS if way in ways]
    yield f"  {style.quiet}{fit(joined(key), width - 2)}{style.end}"


def _bar(share: TermShare, longest: float, width: int) -> str:
    """Draw the parts of a term one after the other, rounded where each ends."""
    bar, end = "", 0.0
    for way, weight in share.parts:
        end += abs(weight) / longest * width
        bar += _INK[way] * (round(end) - len(bar))
    return bar
