"""Where stories differ from one's own: pairs of articles, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from samestory._lookup import shown
from samestory.stories.joining import joined_at
from samestory.stories.scoring import gold_by_row, is_pairs

if TYPE_CHECKING:
    import pandas
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories.model import Stories

# Of larger parts the first articles stand for all.
_MOST_COMPARED = 500


@dataclass(frozen=True)
class Disagreement:
    """Two articles that share a story where one's own labels part them, or the reverse.

    Attributes
    ----------
    a, b : Article
        The most similar ones of `pairs`.
    together : bool
        Whether they are in one story here; in one's own it is the reverse.
    similarity : float
        Their smoothed similarity.
    joined_at : float
        Up to which granularity they are one story.
    off_by : float
        How far from the granularity of the stories that is: the larger, the worse.
    pairs : int
        How many pairs of articles of the same two labels and stories are in the same case.
    """

    a: Article
    b: Article
    together: bool
    similarity: float
    joined_at: float
    off_by: float
    pairs: int


class Disagreements(Sequence[Disagreement]):
    """Pairs of articles on which stories and one's own labels differ, the worst first."""

    def __init__(self, found: Iterable[Disagreement]) -> None:
        self._found = sorted(found, key=lambda pair: (-pair.off_by, -pair.pairs, pair.a.id))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    @overload
    def __getitem__(self, key: int) -> Disagreement: ...
    @overload
    def __getitem__(self, key: slice) -> list[Disagreement]: ...
    def __getitem__(self, key: int | slice) -> Disagreement | list[Disagreement]:
        """Return one, or several by a slice."""
        return self._found[key]

    def to_frame(self) -> pandas.DataFrame:
        """Return them as a pandas DataFrame with ids and titles."""
        from samestory._extras import require

        pandas = require("pandas", "pandas", "to_frame()")
        own = ("together", "similarity", "joined_at", "off_by", "pairs")
        rows = [
            (p.a.id, p.b.id, p.a.title, p.b.title, *(getattr(p, name) for name in own))
            for p in self._found
        ]
        return pandas.DataFrame(rows, columns=["a", "b", "title_a", "title_b", *own])

    def __repr__(self) -> str:
        """List the worst."""
        return shown("disagreements_text", self)

    def _repr_html_(self) -> str:
        return shown("disagreements_html", self)


def disagreements(stories: Stories, gold: Any) -> Disagreements:
    """Return the pairs that differ from one's own labels; see `Stories.disagreements`."""
    if is_pairs(gold):
        return Disagreements(_of_pairs(stories, gold))
    labels = gold_by_row(stories, gold)
    known = np.array([value is not None and value == value for value in labels.tolist()])
    rows = np.flatnonzero(known & (stories.labels >= 0))
    names: dict[Any, int] = {}
    own = np.array([names.setdefault(labels[row], len(names)) for row in rows], dtype=np.int64)
    found = stories.labels[rows]
    return Disagreements(
        [
            *_split_cells(stories, rows, found, own, together=True),
            *_split_cells(stories, rows, own, found, together=False),
        ]
    )


def _of_pairs(stories: Stories, gold: Any) -> Iterator[Disagreement]:
    for a, b, same in gold:
        row_a, row_b = stories.articles.position(a), stories.articles.position(b)
        label_a, label_b = stories.labels[row_a], stories.labels[row_b]
        if min(label_a, label_b) >= 0 and (label_a == label_b) != bool(same):
            yield _pair(stories, row_a, row_b, 1)


def _split_cells(
    stories: Stories,
    rows: NDArray[np.int64],
    whole: NDArray[np.int64],
    parts: NDArray[np.int64],
    *,
    together: bool,
) -> Iterator[Disagreement]:
    """Yield a pair for any two parts of something that one side has whole."""
    if len(rows) == 0:
        return
    order = np.lexsort((rows, parts, whole))
    keys = np.stack([whole[order], parts[order]])
    starts = np.flatnonzero(np.any(np.diff(keys, axis=1, prepend=-1) != 0, axis=0))
    cells = np.split(rows[order], starts[1:])
    of_whole: dict[int, list[NDArray[np.int64]]] = {}
    for start, cell in zip(starts.tolist(), cells, strict=True):
        of_whole.setdefault(int(keys[0, start]), []).append(cell)
    for group in of_whole.values():
        for i, first in enumerate(group):
            for second in group[:i]:
                a, b = _nearest(stories, first, second)
                yield _pair(stories, a, b, len(first) * len(second))


def _nearest(
    stories: Stories, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[int, int]:
    """Return the most similar pair, the lowest rows where several are; copies come first."""
    evidence = stories.evidence
    one = evidence.smoothed_rows[evidence.unit_of_row[first[:_MOST_COMPARED]]]
    two = evidence.smoothed_rows[evidence.unit_of_row[second[:_MOST_COMPARED]]]
    best = int(np.argmax((one @ two.T).toarray()))
    return int(first[best // two.shape[0]]), int(second[best % two.shape[0]])


def _pair(stories: Stories, a: int, b: int, n_pairs: int) -> Disagreement:
    evidence = stories.evidence
    a, b = min(a, b), max(a, b)
    units = evidence.unit_of_row[[a, b]]
    one, two = evidence.smoothed_rows[units[0]], evidence.smoothed_rows[units[1]]
    joined = joined_at(evidence, int(units[0]), int(units[1]))
    return Disagreement(
        a=stories.articles[a],
        b=stories.articles[b],
        together=bool(stories.labels[a] == stories.labels[b]),
        similarity=float((one @ two.T).sum()),
        joined_at=joined,
        off_by=abs(joined - stories.granularity),
        pairs=n_pairs,
    )
