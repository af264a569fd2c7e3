"""What could not be read, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from samestory._extras import require
from samestory._lookup import shown

if TYPE_CHECKING:
    import pandas

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Skipped:
    """One input, or one row of it, that gave no usable article.

    Attributes
    ----------
    input : str
        The file, or the kind of object, that was read.
    row : int or None
        Position of the row in the input, from 0; None if the whole input is meant.
    reason : str
        Why.
    """

    input: str
    row: int | None
    reason: str


class SkippedRows(Sequence[Skipped]):
    """The rows and files that were skipped; prints as a table.

    Parameters
    ----------
    rows : iterable of Skipped
        In the order of the input.
    """

    __slots__ = ("_rows",)

    def __init__(self, rows: Iterable[Skipped] = ()) -> None:
        self._rows = tuple(rows)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._rows)

    @overload
    def __getitem__(self, key: int) -> Skipped: ...
    @overload
    def __getitem__(self, key: slice) -> SkippedRows: ...
    def __getitem__(self, key: int | slice) -> Skipped | SkippedRows:
        """Return one, or a slice of them."""
        if isinstance(key, slice):
            return SkippedRows(self._rows[key])
        return self._rows[key]

    def __iter__(self) -> Iterator[Skipped]:
        """Go through them in order."""
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        """Compare with another sequence of the kind."""
        return isinstance(other, SkippedRows) and self._rows == other._rows

    def __hash__(self) -> int:
        """Hash the rows."""
        return hash(self._rows)

    def reasons(self) -> dict[str, int]:
        """Count the rows of each reason, the most frequent first."""
        return dict(Counter(row.reason for row in self._rows).most_common())

    def to_frame(self) -> pandas.DataFrame:
        """Return them as a DataFrame with the columns input, row and reason."""
        pandas = require("pandas", "pandas", "to_frame()")
        return pandas.DataFrame(
            {
                "input": [row.input for row in self._rows],
                "row": pandas.array([row.row for row in self._rows], dtype="Int64"),
                "reason": [row.reason for row in self._rows],
            }
        )

    def __repr__(self) -> str:
        """Print a table."""
        if not self._rows:
            return "nothing skipped"
        cells = [("input", "row", "reason")]
        for row in self._rows[:SHOWN]:
            cells.append((row.input, "" if row.row is None else str(row.row), row.reason))
        widths = [max(len(line[i]) for line in cells) for i in (0, 1)]
        lines = [
            f"{name:<{widths[0]}}  {row:>{widths[1]}}  {reason}" for name, row, reason in cells
        ]
        if len(self._rows) > SHOWN:
            lines.append(f"... and {len(self._rows) - SHOWN:,} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return shown("skipped_html", self)
