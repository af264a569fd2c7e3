"""What reading took out of the texts, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from samestory._extras import require
from samestory._lookup import shown

if TYPE_CHECKING:
    import pandas

SHOWN = 20
_SHOWN_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Removed:
    """One passage that was taken out of an article.

    Attributes
    ----------
    article : str
        The id of the article.
    what : str
        The passage.
    why : str
        Why, in a few words that are the same for all passages of a kind.
    """

    article: str
    what: str
    why: str


class RemovedParts(Sequence[Removed]):
    """The passages that were taken out; prints as a table.

    Parameters
    ----------
    ids : sequence of str
        The ids of the articles.
    parts : iterable of (int, str, str)
        The row of the article, what was taken out and why.

    Examples
    --------
    >>> parts = RemovedParts(["a", "b"], [(1, "Subscribe now", "site's line at the end")])
    >>> parts
    article  why                     what
    b        site's line at the end  Subscribe now
    >>> parts.by_reason()
    {"site's line at the end": 1}
    """

    __slots__ = ("_ids", "_rows", "_what", "_why")

    def __init__(self, ids: Sequence[str] = (), parts: Iterable[tuple[int, str, str]] = ()) -> None:
        ordered = sorted(parts, key=lambda part: part[0])
        self._ids = ids
        self._rows = np.array([row for row, _, _ in ordered], np.int64)
        self._what = [what for _, what, _ in ordered]
        self._why = [why for _, _, why in ordered]

    def __len__(self) -> int:
        """Return how many passages there are."""
        return len(self._what)

    @overload
    def __getitem__(self, key: int) -> Removed: ...
    @overload
    def __getitem__(self, key: slice) -> list[Removed]: ...
    def __getitem__(self, key: int | slice) -> Removed | list[Removed]:
        """Return one passage, or those of a slice."""
        if isinstance(key, slice):
            return [self[i] for i in range(*key.indices(len(self)))]
        return Removed(self._ids[self._rows[key]], self._what[key], self._why[key])

    def __iter__(self) -> Iterator[Removed]:
        """Go through them in the order of the articles."""
        return (self[i] for i in range(len(self)))

    def __eq__(self, other: object) -> bool:
        """Compare with another sequence of the kind."""
        return isinstance(other, RemovedParts) and list(self) == list(other)

    def __hash__(self) -> int:
        """Hash the passages."""
        return hash(tuple(self))

    def of(self, row: int) -> list[Removed]:
        """Return the passages of the article in one row."""
        first, last = np.searchsorted(self._rows, [row, row + 1])
        return self[int(first) : int(last)]

    def take(self, ids: Sequence[str], rows: Sequence[int]) -> RemovedParts:
        """Return the passages of some rows, which get the given ids."""
        if not len(self):
            return RemovedParts(ids)
        bounds = np.searchsorted(self._rows, np.array([rows, np.add(rows, 1)], np.int64))
        return RemovedParts(
            ids,
            [
                (new, self._what[i], self._why[i])
                for new, (first, last) in enumerate(bounds.T.tolist())
                for i in range(first, last)
            ],
        )

    def by_reason(self) -> dict[str, int]:
        """Count the passages of each reason, the most frequent first."""
        return dict(Counter(self._why).most_common())

    def characters(self) -> dict[str, int]:
        """Count the characters that were taken out for each reason, the most first."""
        counts: Counter[str] = Counter()
        for what, why in zip(self._what, self._why, strict=True):
            counts[why] += len(what)
        return dict(counts.most_common())

    def to_frame(self) -> pandas.DataFrame:
        """Return them as a DataFrame with the columns article, what and why."""
        pandas = require("pandas", "pandas", "to_frame()")
        ids: list[Any] = [self._ids[row] for row in self._rows.tolist()]
        return pandas.DataFrame({"article": ids, "what": self._what, "why": self._why})

    def __repr__(self) -> str:
        """Print a table."""
        if not len(self):
            return "nothing removed"
        cells = [("article", "why", "what")]
        cells += [(part.article, part.why, _one_line(part.what)) for part in self[:SHOWN]]
        widths = [max(len(line[i]) for line in cells) for i in (0, 1)]
        lines = [f"{one:<{widths[0]}}  {why:<{widths[1]}}  {what}" for one, why, what in cells]
        if len(self) > SHOWN:
            lines.append(f"... and {len(self) - SHOWN:,} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return shown("removed_html", self)


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
