"""Why two rows are similar."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from samestory._sparse import check_finite_rows, one_row


class PairExplanation(tuple[tuple[Any, float], ...]):
    """The shared terms of two rows as (term, weight), the heaviest first.

    Attributes
    ----------
    similarity : float
        The similarity of the rows: the sum of the weights.
    """

    similarity: float

    def __new__(cls, terms: Sequence[tuple[Any, float]], similarity: float) -> "PairExplanation":
        """Keep the terms and what they sum to."""
        explanation = super().__new__(cls, terms)
        explanation.similarity = similarity
        return explanation

    @property
    def terms(self) -> list[tuple[Any, float]]:
        """The terms and their weights as a list."""
        return list(self)

    def __repr__(self) -> str:
        lines = [f"  {weight:+.4f}  {term}" for term, weight in self[:10]]
        more = [f"  ... and {len(self) - 10} more"] if len(self) > 10 else []
        return "\n".join([f"similarity {self.similarity:.4f}", *lines, *more])


def explain_pair(
    x: Any, y: Any, feature_names: Any = None, *, normalize: bool = True
) -> PairExplanation:
    """Say which terms two rows share, and what each adds to their similarity.

    Parameters
    ----------
    x, y : sparse or dense row of shape (1, n_columns) or (n_columns,)
        Two rows, e.g. ``X[3]`` and ``X[8]``.
    feature_names : array-like of shape (n_columns,), optional
        What the columns are called, e.g. ``vectorizer.get_feature_names_out()``; by default their
        numbers.
    normalize : bool, default=True
        Divide each row by its Euclidean norm, as `similarity_join` does.

    Returns
    -------
    PairExplanation
        (term, weight) pairs, the largest weight first; the weights sum to the similarity.

    Examples
    --------
    >>> import samestory as ss
    >>> ss.explain_pair([[3.0, 4.0, 0.0]], [[0.0, 1.0, 0.0]], ["rain", "flood", "sun"])
    similarity 0.8000
      +0.8000  flood
    """
    first, second = _canonical_row(x, "x"), _canonical_row(y, "y")
    if first.shape != second.shape:
        raise ValueError(f"x has {first.shape[1]} columns, but y has {second.shape[1]}")
    if feature_names is not None and len(feature_names) != first.shape[1]:
        raise ValueError(
            f"feature_names has {len(feature_names)} entries; "
            f"the rows have {first.shape[1]} columns"
        )
    shared, in_first, in_second = np.intersect1d(
        first.indices, second.indices, assume_unique=True, return_indices=True
    )
    weights = _weights(first, normalize)[in_first] * _weights(second, normalize)[in_second]
    # One after the other, as the join sums them; numpy's own sum would pair them up.
    similarity = float(np.cumsum(weights)[-1]) if len(weights) else 0.0
    names = shared.tolist() if feature_names is None else [feature_names[c] for c in shared]
    order = np.argsort(-weights, kind="stable")
    return PairExplanation(
        [(names[i], float(weights[i])) for i in order if weights[i] != 0], similarity
    )


def _canonical_row(row: Any, name: str) -> Any:
    matrix = one_row(row, name).copy()
    matrix.sum_duplicates()
    check_finite_rows(matrix, name)  # duplicates of finite values may sum up to infinity
    return matrix


def _weights(row: Any, normalize: bool) -> Any:
    values = row.data.astype(np.float64)
    if not normalize or not len(values):
        return values
    norm = np.sqrt(np.cumsum(values**2)[-1])
    return values / norm if norm > 0 else values
