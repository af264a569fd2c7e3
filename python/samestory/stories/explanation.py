"""Why two articles are similar: the terms of their similarity, summed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from samestory._lookup import shown
from samestory.stories.meaning import alike_words
from samestory.stories.term_names import EMBEDDING_TERM, MEANING_TERM

if TYPE_CHECKING:
    from datetime import timedelta

    import pandas

    from samestory.articles import Article
    from samestory.stories.evidence import Evidence


# A weight below this is rounding.
_LEAST_WEIGHT = 1e-12
# What columns without a word of their own stand for.
_VIA = {EMBEDDING_TERM: "embedding", MEANING_TERM: "meaning"}


class TermWeight(NamedTuple):
    """What one term adds to a similarity, and how.

    `via` is "direct" (both articles have the term), "neighbour" (the articles nearest to one of
    them have it), "meaning" (a word of one means about the same as one of the other, as in
    "coach ~ bus") or "embedding" (the embeddings that the user brought).
    """

    term: str
    weight: float
    via: str


class Neighbour(NamedTuple):
    """An article whose row was added to that of another, times their cosine, in smoothing."""

    article: Article
    of: str
    weight: float


@dataclass(frozen=True)
class Explanation:
    """Why two articles are as similar as they are.

    Attributes
    ----------
    a, b : Article
    score : float
        The smoothed similarity, which was clustered; the weights of `terms` sum to it.
    similarity : float
        The direct cosine of the two TF-IDF rows.
    terms : list of TermWeight
        Those that both articles have first, the heaviest first.
    neighbours : list of Neighbour
        The articles through which smoothing looked at `a` and at `b`.
    gap : datetime.timedelta or None
        The time between the two; None where one is undated.
    same_story : bool
        Whether they are in one story.
    granularity : float
        That of the stories.
    joined_at : float
        Up to which granularity they are in one story.
    """

    a: Article
    b: Article
    score: float
    similarity: float
    terms: list[TermWeight]
    neighbours: list[Neighbour]
    gap: timedelta | None
    same_story: bool
    granularity: float
    joined_at: float

    def to_frame(self) -> pandas.DataFrame:
        """Return the terms as a pandas DataFrame with columns term, weight, via."""
        from samestory._extras import require

        pandas = require("pandas", "pandas", "to_frame()")
        return pandas.DataFrame(self.terms, columns=["term", "weight", "via"])

    def _repr_html_(self) -> str:
        return shown("explanation_html", self)

    def __repr__(self) -> str:
        """Name the score and the heaviest terms."""
        return shown("explanation_text", self)


def term_weights(evidence: Evidence, i: int, j: int) -> tuple[float, float, list[TermWeight]]:
    """Split the similarity of two texts into terms.

    Returns
    -------
    score : float
        Dot product of the smoothed rows.
    similarity : float
        Dot product of the direct rows.
    terms : list of TermWeight
        Their weights sum to the score.
    """
    direct_a, direct_b = _row(evidence.rows, i), _row(evidence.rows, j)
    smooth_a, smooth_b = _row(evidence.smoothed_rows, i), _row(evidence.smoothed_rows, j)
    own_a, own_b = own_share(evidence, i), own_share(evidence, j)
    names = evidence.names
    sums: dict[tuple[str, str], float] = {}
    score = similarity = 0.0
    for column in sorted(smooth_a.keys() & smooth_b.keys()):
        whole = smooth_a[column] * smooth_b[column]
        cosine = direct_a.get(column, 0.0) * direct_b.get(column, 0.0)
        direct = own_a * own_b * cosine
        score += whole
        similarity += cosine
        name = str(names[column])
        via = _VIA.get(name, "direct")
        for key, weight in (((name, via), direct), ((name, "neighbour"), whole - direct)):
            sums[key] = sums.get(key, 0.0) + weight
    _part_meaning(evidence, i, j, own_a * own_b, sums)
    terms = [
        TermWeight(term, weight, via)
        for (term, via), weight in sums.items()
        if abs(weight) >= _LEAST_WEIGHT
    ]
    return score, similarity, sorted(terms, key=_shared_and_heaviest_first)


def _part_meaning(
    evidence: Evidence, i: int, j: int, own: float, sums: dict[tuple[str, str], float]
) -> None:
    """Say what the meanings of two texts have in common by pairs of their words."""
    if evidence.meanings is None:
        return
    rest = MEANING_TERM, "meaning"
    for name, cosine in alike_words(evidence.meanings, i, j):
        sums[name, "meaning"] = own * cosine
        sums[rest] -= own * cosine


def _shared_and_heaviest_first(term: TermWeight) -> tuple[bool, float, str]:
    return term.via == "neighbour", -abs(term.weight), term.term


def own_share(evidence: Evidence, i: int) -> float:
    """Return the factor of a text's own row in its smoothed row."""
    import scipy.sparse.linalg

    row = evidence.rows[[i]] + evidence.weights[[i]] @ evidence.rows
    norm = float(scipy.sparse.linalg.norm(row))
    return 1.0 / norm if norm > 0.0 else 0.0


def _row(matrix: Any, i: int) -> dict[int, float]:
    """Return one row of a CSR matrix as {column: value}."""
    entries = slice(matrix.indptr[i], matrix.indptr[i + 1])
    values = np.asarray(matrix.data[entries], dtype=np.float64)
    return dict(zip(matrix.indices[entries].tolist(), values.tolist(), strict=True))
