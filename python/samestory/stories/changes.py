"""What an update changed: stories that are new, grown, merged, split or ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, overload

from samestory._lookup import shown

if TYPE_CHECKING:
    import pandas

KINDS = ("new", "grown", "merged", "split", "ended")


@dataclass(frozen=True)
class Change:
    """One story that is not what it was.

    Attributes
    ----------
    kind : str
        "new": none of its articles was in a story before. "grown": it has articles that it had not.
        "merged": stories have become one. "split": it parted from a story that goes on without it.
        "ended": all its articles were forgotten.
    id : str
    articles : int
        How many it has now.
    new_articles : int
        How many of these the update brought.
    previous_ids : tuple of str
        The stories of before that go on in it, the oldest first; of a split, those that it parted
        from.
    title : str
        Of the article nearest its centre.
    """

    kind: str
    id: str
    articles: int
    new_articles: int
    previous_ids: tuple[str, ...]
    title: str


class Changes(Sequence[Change]):
    """What an update changed, the largest stories first; prints as a table.

    Parameters
    ----------
    found : iterable of Change

    Examples
    --------
    >>> changes = Changes([Change("merged", "s1", 5, 1, ("s1", "s2"), "Ferry aground off Tarn")])
    >>> changes
    kind    id  articles  new  was     title
    merged  s1  5         1    s1, s2  Ferry aground off Tarn
    >>> changes.by_kind()
    {'new': 0, 'grown': 0, 'merged': 1, 'split': 0, 'ended': 0}
    """

    def __init__(self, found: Iterable[Change] = ()) -> None:
        self._found = list(found)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    @overload
    def __getitem__(self, key: int) -> Change: ...
    @overload
    def __getitem__(self, key: slice) -> list[Change]: ...
    def __getitem__(self, key: int | slice) -> Change | list[Change]:
        """Return one, or several by a slice."""
        return self._found[key]

    def __eq__(self, other: object) -> bool:
        """Compare with others."""
        return isinstance(other, Changes) and self._found == other._found

    def __hash__(self) -> int:
        """Hash what was found."""
        return hash(tuple(self._found))

    def by_kind(self) -> dict[str, int]:
        """Count them by kind."""
        counts = Counter(change.kind for change in self._found)
        return {kind: counts[kind] for kind in KINDS}

    def of(self, kind: str) -> list[Change]:
        """Return those of a kind."""
        if kind not in KINDS:
            raise ValueError(f"kind={kind!r}: it has to be one of {', '.join(KINDS)}")
        return [change for change in self._found if change.kind == kind]

    def to_frame(self) -> pandas.DataFrame:
        """Return them as a pandas DataFrame, a row a change."""
        from samestory._extras import require

        pandas = require("pandas", "pandas", "to_frame()")
        columns: dict[str, list[Any]] = {name: [] for name in Change.__dataclass_fields__}
        for change in self._found:
            for name, value in asdict(change).items():
                columns[name].append(value)
        return pandas.DataFrame(columns)

    def __repr__(self) -> str:
        """Print a table."""
        return shown("changes_text", self)

    def _repr_html_(self) -> str:
        return shown("changes_html", self)
