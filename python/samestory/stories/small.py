"""Few articles: what many others say of their words, and how similar one story is at the least.

Two articles alone have no document frequencies, and no other story to compare theirs with. What the
corpus does not tell comes from elsewhere: how rare words are from a background collection, which
ships for English news and can be made of any other, or else from their length, and b, the
similarity to the next story, from pairs of articles. How much a corpus tells grows with the
logarithm of its size; there is no size at which other rules set in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory.background import Background

# Two texts tell nothing of the rest of the language, 300 all that is needed.
_NOTHING_TOLD, _ALL_TOLD = 2, 300
# From so many texts on it shows what they have in common by chance, which is what the price is for.
_CHANCE_TOLD = 10
# The least cosine of two texts of one story, with L distinct words each: .022 L^.30, at most .3.
# benchmarks/calibrate.py fits it to pairs of articles.
_LEVEL_FACTOR, _LEVEL_EXPONENT, _LEVEL_CAP = 0.022, 0.30, 0.3
# Weights by the length of words are brought to the size of the background's idf.
_LENGTH_SCALE = 7.0


def told_by(n_texts: int, all_told: int = _ALL_TOLD) -> float:
    """Return how much of what has to be known a corpus tells itself, from 0 (2 texts) to 1 (300).

    Examples
    --------
    >>> told_by(2), round(told_by(20), 2), told_by(300)
    (0.0, 0.46, 1.0)
    """
    way = np.log(max(n_texts, 1) / _NOTHING_TOLD) / np.log(all_told / _NOTHING_TOLD)
    return float(np.clip(way, 0.0, 1.0))


def remitted_to(n_texts: int) -> float:
    """Return the part of the price that few texts are not asked for: all of 2, none of 10 on.

    Examples
    --------
    >>> remitted_to(2), remitted_to(10)
    (1.0, 0.0)
    """
    return 1.0 - told_by(n_texts, _CHANCE_TOLD)


def least_next_of(levels: NDArray[np.float64], n_texts: int) -> NDArray[np.float64]:
    """Return what stands in for the next story where few texts tell of it; see `levels_of`."""
    return np.asarray(levels * np.sqrt(1.0 - told_by(n_texts)))


def levels_of(lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return u with u_i u_j = the least cosine of two texts of one story, from their lengths.

    Parameters
    ----------
    lengths : ndarray of int, shape (n,)
        Distinct words of each text, stop words left out.

    Returns
    -------
    ndarray of float64, shape (n,)

    Examples
    --------
    >>> np.round(levels_of(np.array([10, 300])) ** 2, 3).tolist()
    [0.044, 0.122]
    """
    longer = np.maximum(lengths, 1).astype(np.float64)
    return np.sqrt(np.minimum(_LEVEL_FACTOR * longer**_LEVEL_EXPONENT, _LEVEL_CAP))


def background_idf(
    words: list[str], beginning_of_word: NDArray[np.int64], background: Background
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the background's idf of words and of their beginnings.

    A beginning is as rare as the background's words that share it, taken as independent.
    """
    idf = background.idf_of(words)
    share = np.minimum(background.df_of(words) / background.n_documents, 1.0 - 1e-6)
    absent = np.bincount(beginning_of_word, weights=np.log1p(-share))
    df = background.n_documents * -np.expm1(absent)
    beginnings = np.log((1 + background.n_documents) / (background.least_df + df))
    return idf, np.maximum(beginnings, 0.0)


def length_idf(
    counts: csr_matrix, words: list[str], beginning: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights without a background: long words are rare.

    7 clip(length / mean - .4, .1, 1), with the mean length of the corpus's words; a beginning has
    the mean of its words.
    """
    occurrences = np.bincount(counts.indices, weights=counts.data, minlength=len(words))
    lengths = np.array([len(word) for word in words], dtype=np.float64)
    mean = float((lengths * occurrences).sum() / max(occurrences.sum(), 1.0))
    weights = _LENGTH_SCALE * np.clip(lengths / max(mean, 1.0) - 0.4, 0.1, 1.0)
    total = np.bincount(beginning, weights=occurrences)
    of_beginnings = np.bincount(beginning, weights=weights * occurrences) / np.maximum(total, 1.0)
    return weights, of_beginnings
