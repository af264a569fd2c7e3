"""TF-IDF of two fields, words and their beginnings, and the least similarity within a story."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory.stories.options import Options

# The beginnings of words stand in for stemming in any language with prefixes of this length.
PREFIX_LENGTH = 5
_PREFIX_SHARE = 0.5


@dataclass(frozen=True)
class LanguageTerms:
    """The rows of the distinct texts of one language.

    Attributes
    ----------
    rows : csr_matrix of float64
        Unit-length rows.
    levels : ndarray of float64
        The product of two texts' levels is the least similarity of one story.
    names : callable
        Returns the names of the columns.
    """

    rows: csr_matrix
    levels: NDArray[np.float64]
    names: Callable[[], NDArray[Any]]


def levels_of(lengths: NDArray[Any]) -> NDArray[np.float64]:
    """Return u with u_i u_j = the least cosine of two texts of one story, from their lengths.

    Longer texts share more words by chance: the least cosine of two texts of L distinct terms is
    min(.018 L^.35, .3), fitted to random pairs of the gold sets (benchmarks/calibrate.py).

    Parameters
    ----------
    lengths : ndarray of int, shape (n,)
        Distinct terms of each text.

    Returns
    -------
    ndarray of float64, shape (n,)

    Examples
    --------
    >>> np.round(levels_of(np.array([10, 300])) ** 2, 3).tolist()
    [0.04, 0.133]
    """
    return np.sqrt(np.minimum(0.018 * np.maximum(lengths, 1).astype(np.float64) ** 0.35, 0.3))


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Scale every row to unit length; empty rows stay empty."""
    from scipy import sparse

    squares = np.add.reduceat(
        np.append(matrix.data.astype(np.float64) ** 2, 0.0), matrix.indptr[:-1]
    )
    sizes = np.diff(matrix.indptr)
    norms = np.sqrt(np.where(sizes > 0, squares, 1.0))
    norms[norms == 0.0] = 1.0
    data = matrix.data / np.repeat(norms, sizes)
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def weigh_language(
    counts: csr_matrix, words: Callable[[], NDArray[Any]], options: Options
) -> LanguageTerms:
    """Weigh the counted words of distinct texts of one language.

    Two fields, the words and their beginnings, each with (1 + ln tf) idf and unit length, are set
    side by side so that the cosine of two rows is the mean of the two fields' cosines.

    Parameters
    ----------
    counts : csr_matrix, shape (n_texts, n_words)
        Occurrences of each word.
    words : callable
        Returns the words.
    options : Options
    """
    from scipy import sparse

    from samestory.vectorizers import ENGLISH_STOP_WORDS

    names = words()
    keep = np.ones(len(names), dtype=bool)
    if is_english(counts, names):
        keep = ~np.isin(names.astype(str), list(ENGLISH_STOP_WORDS))
    kept = sparse.csr_matrix(counts[:, np.flatnonzero(keep)])
    kept_names = names[keep]
    prefixes, prefix_of = np.unique(
        np.array([name[:PREFIX_LENGTH] for name in kept_names.tolist()], dtype=str),
        return_inverse=True,
    )
    to_prefix = sparse.csr_matrix(
        (np.ones(len(prefix_of), dtype=kept.dtype), (np.arange(len(prefix_of)), prefix_of)),
        shape=(len(prefix_of), len(prefixes)),
    )
    fields = [field_rows(kept), field_rows(kept @ to_prefix)]
    shares = [1.0 - _PREFIX_SHARE, _PREFIX_SHARE]
    rows = sparse.hstack([f * np.sqrt(share) for f, share in zip(fields, shares, strict=True)])
    lengths = np.diff(kept.indptr)
    return LanguageTerms(
        sparse.csr_matrix(rows),
        levels_of(lengths),
        lambda: np.concatenate([kept_names, np.array([f"{p}*" for p in prefixes], dtype=object)]),
    )


def is_english(counts: csr_matrix, names: NDArray[Any]) -> bool:
    """Whether enough of the words counted are English stop words."""
    from samestory.vectorizers import ENGLISH_STOP_WORDS

    total = counts.sum()
    stopping = np.isin(names.astype(str), list(ENGLISH_STOP_WORDS))
    occurrences = np.asarray(counts.sum(axis=0)).ravel()
    return bool(occurrences[stopping].sum() > 0.12 * total)


def field_rows(counts: csr_matrix) -> csr_matrix:
    """Return unit rows of (1 + ln tf) idf with the smoothed idf ln((1 + n) / (1 + df)) + 1."""
    from scipy import sparse

    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + n) / (1 + df)) + 1
    data = (1 + np.log(counts.data.astype(np.float64))) * idf[counts.indices]
    return unit_rows(sparse.csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape))
