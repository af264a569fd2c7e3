"""Groups of copies: which article was first, and who has copied it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from samestory.views.cells import articles_table, framed, rest
from samestory.views.markup import text_html
from samestory.views.wording import count, heading, joined, shorten

if TYPE_CHECKING:
    from samestory.articles import Article, Articles
    from samestory.similarity.near_duplicates import Indices, NearDuplicates

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
    shown = list(zip(copies.groups, copies.earliest.tolist(), strict=True))[:top]
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


def _group(copies: NearDuplicates, rows: Indices, first: int) -> str:
    if copies.articles is None:
        return text_html(", ".join(map(str, rows[:_ARTICLES_SHOWN].tolist())))
    chosen = _by_date(copies.articles, rows)
    table = articles_table(chosen) + rest(len(rows) - len(chosen), "article")
    title = text_html(_first(copies, first))
    return f'<details><summary><span dir="auto">{title}</span></summary>{table}</details>'


def _by_date(articles: Articles, rows: Indices) -> Sequence[Article]:
    order = np.argsort(articles.dates[rows], kind="stable")[:_ARTICLES_SHOWN]
    return [articles[int(row)] for row in rows[order]]
