"""How well stories agree with one's own, as numbers with names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory._lookup import shown

if TYPE_CHECKING:
    import pandas

# What each number says; in this order where there are many.
MEANINGS = {
    "b_cubed_precision": "of the articles beside one in its story, how many belong there",
    "b_cubed_recall": "of the articles that belong beside one, how many are there",
    "b_cubed_f1": "both in one number: the one to compare by",
    "pair_precision": "of the pairs in one story, how many belong together",
    "pair_recall": "of the pairs that belong together, how many are in one story",
    "pair_f1": "both in one number; large stories count most",
    "accuracy": "of the pairs given, how many are as said",
    "ari": "adjusted Rand index: pairs, less what chance would give",
    "ami": "adjusted mutual information, less what chance would give",
    "nmi": "normalized mutual information",
    "homogeneity": "how far each story holds one of yours alone",
    "completeness": "how far each of yours is in one story",
    "v_measure": "both in one number",
}


class Score(dict[str, float]):
    """Scores by name, from 0 (worst) to 1 (best); those less chance may fall below 0.

    Examples
    --------
    >>> Score(b_cubed_f1=0.947)
    b_cubed_f1  0.947  both in one number: the one to compare by
    """

    def to_series(self) -> pandas.Series:
        """Return the scores as a pandas Series."""
        from samestory._extras import require

        pandas = require("pandas", "pandas", "to_series()")
        return pandas.Series(dict(self), name="score")

    def __repr__(self) -> str:
        """Say each with what it means."""
        width = max(map(len, self), default=0)
        lines = (f"{n:{width}}  {v:.3f}  {MEANINGS.get(n, '')}".rstrip() for n, v in self.items())
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return shown("score_html", self)
