"""What stands in a cell where nothing does."""

from __future__ import annotations

# What pandas, R, SQL dumps, spreadsheets and JavaScript write; compared without case and spaces.
_MARKERS = frozenset(
    ("nan", "none", "null", "nat", "na", "n/a", "#n/a", "<na>", "<n/a>", "nil", "\\n", "-", "--")
    + ("–", "—", "undefined", "(null)", "[null]", "#n/a n/a", "n.a.", "k.a.", "s.d.")
)


def is_marker(cell: str) -> bool:
    r"""Whether a cell says no more than that there is nothing.

    Examples
    --------
    >>> is_marker("NULL"), is_marker(" nan "), is_marker("Nan"), is_marker("Nancy")
    (True, True, True, False)
    """
    return len(cell) <= 12 and cell.strip().casefold() in _MARKERS


def without_markers(cells: list[str]) -> list[str]:
    """Return the cells, empty where they only say that there is nothing."""
    return ["" if len(cell) <= 12 and is_marker(cell) else cell for cell in cells]
