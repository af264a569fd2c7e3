"""Slow, readable and obviously right: what the fast implementations are compared with."""

from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Floats = npt.NDArray[np.float64]


def unit_rows(matrix: Any, normalize: bool = True) -> Floats:
    """Return dense rows in double precision, each divided by its Euclidean norm."""
    dense = np.asarray(matrix.todense() if sp.issparse(matrix) else matrix, dtype=np.float64)
    if not normalize:
        return dense
    # In column order, as the definition has it; numpy's own sum would be pairwise.
    squares = np.zeros(dense.shape[0])
    for column in range(dense.shape[1]):
        squares += dense[:, column] ** 2
    norms = np.sqrt(squares)
    return dense / np.where(norms > 0, norms, 1.0)[:, None]


def similarities(X: Any, Y: Any, normalize: bool = True) -> Floats:
    """Return the similarity of every row of X with every row of Y, summed in column order."""
    x, y = unit_rows(X, normalize), unit_rows(Y, normalize)
    total = np.zeros((x.shape[0], y.shape[0]))
    for column in range(x.shape[1]):
        total += np.multiply.outer(x[:, column], y[:, column])
    return total


def gaps(times: Any, times_y: Any) -> Floats:
    """Return the gap in time of every pair; 0 where a time is not known."""
    gap = np.abs(np.subtract.outer(np.asarray(times, float), np.asarray(times_y, float)))
    return np.where(np.isnan(gap), 0.0, gap)


def similarity_join(
    X: Any,
    Y: Any = None,
    *,
    threshold: float | None = None,
    top_n: int | None = None,
    times: Any = None,
    times_y: Any = None,
    max_gap: float | None = None,
    half_life: float | None = None,
    normalize: bool = True,
    triangle: bool = False,
) -> Floats:
    """Return the join as a dense matrix with zeros where no pair is kept."""
    total = similarities(X, X if Y is None else Y, normalize)
    if half_life is not None:
        total *= np.exp2(-gaps(times, times if Y is None else times_y) / half_life)
    keep = total != 0
    if max_gap is not None:
        keep &= gaps(times, times if Y is None else times_y) <= max_gap
    if threshold is not None:
        keep &= total >= threshold - 4 * np.spacing(np.nextafter(threshold, 0))
    if Y is None:
        np.fill_diagonal(keep, False)
    if top_n is not None:
        keep &= best_of_each_row(np.where(keep, total, -np.inf), top_n)
    return np.triu(np.where(keep, total, 0.0)) if triangle else np.where(keep, total, 0.0)


def best_of_each_row(total: Floats, n: int) -> npt.NDArray[np.bool_]:
    """Mark the n largest of each row; of equal ones those in the lower columns."""
    order = np.argsort(-total, axis=1, kind="stable")[:, :n]
    chosen = np.zeros(total.shape, dtype=bool)
    np.put_along_axis(chosen, order, True, axis=1)
    return chosen
