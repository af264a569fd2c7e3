"""What stands in a cell where nothing does."""

from __future__ import annotations

# What pandas, R, SQL dumps, spreadsheets and JavaScript write; compared without case and spaces.
_MARKERS = frozenset(
    ("nan", "none", "null", "nat", "na", "n/a", "#n/a", "<na>", "<n/a>", "nil", "\\n", "-", "--")
    + ("–", "—", "undefined", "(null)", "[null]", "#n/a n/a", "n.a.", "k.a.", "s.d.")
)
# What they begin with; of the last two letters one folds to s and one to k.
_FIRST = frozenset("nNuUkKsS#<\\-–—([\u017f\u212a")
_FIRST |= frozenset(char for char in map(chr, range(0x3001)) if char.isspace())
_LONGEST = 12  # characters of a marker and spaces around it


def is_marker(cell: str) -> bool:
    r"""Whether a cell says no more than that there is nothing.

    Examples
    --------
    >>> is_marker("NULL"), is_marker(" nan "), is_marker("Nan"), is_marker("Nancy")
    (True, True, True, False)
    """
    return len(cell) <= _LONGEST and cell.strip().casefold() in _MARKERS


def without_markers(cells: list[str]) -> list[str]:
    """Return the cells, empty where they only say that there is nothing."""
    short = {cell for cell in cells if 0 < len(cell) <= _LONGEST and cell[0] in _FIRST}
    markers = set(filter(is_marker, short))
    if not markers:
        return cells
    return ["" if len(cell) <= _LONGEST and cell in markers else cell for cell in cells]
