"""Where stories differ from one's own, as text and in Jupyter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.views.cells import framed, rest
from samestory.views.markup import text_html, title_html
from samestory.views.terminal import fit
from samestory.views.wording import count, heading

if TYPE_CHECKING:
    from samestory.stories.disagreements import Disagreement, Disagreements

_SHOWN = 10
_WIDTH = 100


def disagreements_text(found: Disagreements, *, top: int = _SHOWN) -> str:
    """List the worst, three lines each.

    Parameters
    ----------
    found : Disagreements
        What to list.
    top : int
        How many.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    lines = [_facts(found)]
    for pair in found[:top]:
        lines.append(f"  {_said(pair)}")
        lines += [f"    {fit(heading(article), _WIDTH - 4)}" for article in (pair.a, pair.b)]
    if more := _more(found, top):
        lines.append(f"  ... and {more:,} more")
    return "\n".join(lines)


def disagreements_html(found: Disagreements, *, top: int = _SHOWN) -> str:
    """Show the worst as a table.

    Parameters
    ----------
    found : Disagreements
        What to show.
    top : int
        How many.

    Returns
    -------
    str
        HTML.
    """
    rows = "".join(
        f"<tr><td>{text_html(_said(pair))}</td><td>{title_html(pair.a)}</td>"
        f"<td>{title_html(pair.b)}</td></tr>"
        for pair in found[:top]
    )
    head = "<tr><th>how</th><th>one article</th><th>the other</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    facts = f'<p class="facts">{text_html(_facts(found))}</p>'
    return framed((facts, table, rest(_more(found, top), "case")))


def _more(found: Disagreements, top: int) -> int:
    return max(len(found) - top, 0) + found.left_out


def _facts(found: Disagreements) -> str:
    if not found:
        return "no pair of articles differs from the labels"
    return (
        f"{count(found.n_together, 'pair')} in one story that the labels part, "
        f"{count(found.n_apart, 'pair')} in two that they join"
    )


def _said(pair: Disagreement) -> str:
    here = "one story here, two by the labels" if pair.together else "two here, one by the labels"
    more = f", with {count(pair.pairs - 1, 'more pair')} like them" if pair.pairs > 1 else ""
    how = f"one up to granularity {pair.joined_at:.3f}, similarity {pair.similarity:.3f}"
    return f"{here}: {how}{more}"
