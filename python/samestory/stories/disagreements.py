"""Where stories differ from one's own: pairs of articles, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

from samestory._lookup import shown
from samestory.stories.differing import Differing, of_labels, of_pairs
from samestory.stories.scoring import gold_by_row, is_pairs

if TYPE_CHECKING:
    import pandas

    from samestory.articles import Article
    from samestory.stories.grouping import Grouping


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
    """Pairs of articles on which stories and one's own labels differ, the worst first.

    Attributes
    ----------
    n_together : int
        How many pairs of articles are in one story here, and not in one's own.
    n_apart : int
        How many are in two stories here, and in one of one's own.
    left_out : int
        How many `Disagreement` are not listed, since there are more than 100,000; these are the
        least bad ones.
    """

    def __init__(self, stories: Grouping, found: Differing) -> None:
        self._stories = stories
        self._found = found
        self.n_together, self.n_apart = found.n_together, found.n_apart
        self.left_out = found.left_out

    def __len__(self) -> int:
        """Return how many are listed."""
        return len(self._found.a)

    @overload
    def __getitem__(self, key: int) -> Disagreement: ...
    @overload
    def __getitem__(self, key: slice) -> list[Disagreement]: ...
    def __getitem__(self, key: int | slice) -> Disagreement | list[Disagreement]:
        """Return one, or several by a slice."""
        if isinstance(key, slice):
            return [self._made(i) for i in range(*key.indices(len(self)))]
        return self._made(range(len(self))[key])

    def _made(self, i: int) -> Disagreement:
        found, articles = self._found, self._stories.articles
        return Disagreement(
            a=articles[int(found.a[i])],
            b=articles[int(found.b[i])],
            together=bool(found.together[i]),
            similarity=float(found.similarity[i]),
            joined_at=float(found.joined_at[i]),
            off_by=float(found.off_by[i]),
            pairs=int(found.pairs[i]),
        )

    def to_frame(self) -> pandas.DataFrame:
        """Return them as a pandas DataFrame with ids and titles."""
        from samestory._extras import require

        pandas = require("pandas", "pandas", "to_frame()")
        own = ("together", "similarity", "joined_at", "off_by", "pairs")
        rows = [
            (p.a.id, p.b.id, p.a.title, p.b.title, *(getattr(p, name) for name in own))
            for p in self
        ]
        return pandas.DataFrame(rows, columns=["a", "b", "title_a", "title_b", *own])

    def __repr__(self) -> str:
        """List the worst."""
        return shown("disagreements_text", self)

    def _repr_html_(self) -> str:
        return shown("disagreements_html", self)


def disagreements(stories: Grouping, gold: Any) -> Disagreements:
    """Return the pairs that differ from one's own labels; see `Stories.disagreements`."""
    if is_pairs(gold):
        return Disagreements(stories, of_pairs(stories, gold))
    return Disagreements(stories, of_labels(stories, gold_by_row(stories, gold)))
