"""Groups of copies: which article was first, and who has copied it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.views.cells import articles_table, framed, rest
from samestory.views.markup import text_html
from samestory.views.terminal import PLAIN, Style, fit
from samestory.views.text import article_lines
from samestory.views.wording import count, heading, joined, shorten

if TYPE_CHECKING:
    from samestory.similarity.near_duplicates import NearDuplicates

_GROUPS_SHOWN = 15
_ARTICLES_SHOWN = 30
_TITLE_LENGTH = 70


def copies_text(copies: NearDuplicates, *, top: int = _GROUPS_SHOWN) -> str:
    """List the largest groups of copies, a line each.

    Parameters
    ----------
    copies : NearDuplicates
        What to list.
    top : int
        How many groups.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    shown = copies.groups[:top]
    lines = [_facts(copies)]
    for number, (rows, first) in enumerate(zip(shown, copies.earliest, strict=False)):
        lines.append(f"  {number}  {count(len(rows), _noun(copies))}  {_first(copies, int(first))}")
    if len(shown) < len(copies):
        lines.append(f"  ... and {count(len(copies) - len(shown), 'more group')}")
    return "\n".join(lines)


def copies_listing(
    copies: NearDuplicates,
    *,
    width: int,
    style: Style = PLAIN,
    top: int | None = 20,
    articles: int | None = 10,
) -> str:
    """List groups of copies of articles with their articles, the earliest first.

    Parameters
    ----------
    copies : NearDuplicates
        Of articles.
    width : int
        Columns of the terminal; longer lines are cut.
    style : Style
        `COLOUR` for a terminal, `PLAIN` for a file.
    top, articles : int or None
        How many groups, and how many articles of each; None means all.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    found = copies.articles
    assert found is not None
    lines = [fit(_facts(copies), width)]
    for number, rows in enumerate(copies.rows_by_date()[:top]):
        shown = rows[:articles]
        head = f"{number}  {count(len(rows), 'article')}"
        lines += ["", f"{style.strong}{head}{style.end}"]
        lines += article_lines([found[row] for row in shown], shown, width, style)
        if len(shown) < len(rows):
            lines.append(f"  ... and {count(len(rows) - len(shown), 'more article')}")
    if top is not None and top < len(copies):
        lines += ["", f"... and {count(len(copies) - top, 'more group')}"]
    return "\n".join(lines)


def copies_html(copies: NearDuplicates, *, top: int = _GROUPS_SHOWN) -> str:
    """Show the largest groups of copies; each opens to its articles.

    Parameters
    ----------
    copies : NearDuplicates
        What to show.
    top : int
        How many groups.

    Returns
    -------
    str
        HTML.
    """
    shown = list(zip(copies.rows_by_date(), copies.earliest.tolist(), strict=True))[:top]
    body = "".join(
        f'<tr><td class="number">{number}</td><td class="number">{len(rows):,}</td>'
        f"<td>{_group(copies, rows, first)}</td></tr>"
        for number, (rows, first) in enumerate(shown)
    )
    head = (
        f'<tr><th class="number">#</th><th class="number">{_noun(copies)}s</th><th>first</th></tr>'
    )
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>" if shown else ""
    facts = f'<p class="facts">{text_html(_facts(copies))}</p>'
    return framed((facts, table, rest(len(copies) - len(shown), "group")))


def _facts(copies: NearDuplicates) -> str:
    return joined(
        (
            count(len(copies.labels), _noun(copies)),
            count(len(copies), "group of copies", "groups of copies"),
            count(int(copies.is_copy.sum()), "later copy", "later copies"),
        )
    )


def _noun(copies: NearDuplicates) -> str:
    return "row" if copies.articles is None else "article"


def _first(copies: NearDuplicates, row: int) -> str:
    if copies.articles is None:
        return f"row {row}"
    return shorten(heading(copies.articles[row]), _TITLE_LENGTH)


def _group(copies: NearDuplicates, rows: list[int], first: int) -> str:
    if copies.articles is None:
        return text_html(", ".join(map(str, rows[:_ARTICLES_SHOWN])))
    chosen = [copies.articles[row] for row in rows[:_ARTICLES_SHOWN]]
    table = articles_table(chosen) + rest(len(rows) - len(chosen), "article")
    title = text_html(_first(copies, first))
    return f'<details><summary><span dir="auto">{title}</span></summary>{table}</details>'
