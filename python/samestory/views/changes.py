"""What an update changed, as text and in Jupyter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.views.cells import framed, rest
from samestory.views.markup import text_html
from samestory.views.terminal import fit
from samestory.views.wording import one_line

if TYPE_CHECKING:
    from samestory.stories.changes import Change, Changes

_SHOWN = 20
_HEAD = ("kind", "id", "articles", "new", "was", "title")
_TITLE_WIDTH, _WAS_WIDTH = 70, 40


def changes_text(changes: Changes, *, top: int = _SHOWN) -> str:
    """Set the changes of the largest stories below each other.

    Parameters
    ----------
    changes : Changes
    top : int
        How many.
    """
    if not len(changes):
        return "nothing changed"
    lines = [_HEAD, *map(_cells, changes[:top])]
    widths = [max(len(line[i]) for line in lines) for i in range(len(_HEAD) - 1)]
    shown = [
        "".join(f"{cell:<{width}}  " for cell, width in zip(line, widths, strict=False)) + line[-1]
        for line in lines
    ]
    if len(changes) > top:
        shown.append(f"... and {len(changes) - top:,} more")
    return "\n".join(shown)


def _cells(change: Change) -> tuple[str, ...]:
    was = fit(", ".join(change.previous_ids), _WAS_WIDTH)
    numbers = f"{change.articles:,}", f"{change.new_articles:,}"
    return change.kind, change.id, *numbers, was, fit(one_line(change.title), _TITLE_WIDTH)


def changes_html(changes: Changes, *, top: int = _SHOWN) -> str:
    """Show the changes of the largest stories as a table.

    Parameters
    ----------
    changes : Changes
    top : int
        How many.
    """
    counts = ", ".join(f"{n:,} {kind}" for kind, n in changes.by_kind().items() if n)
    facts = f'<p class="facts">{text_html(counts or "nothing changed")}</p>'
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(
        f"<tr>{''.join(f'<td>{text_html(cell)}</td>' for cell in _cells(change))}</tr>"
        for change in changes[:top]
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return framed((facts, table, rest(len(changes) - top, "change")))
