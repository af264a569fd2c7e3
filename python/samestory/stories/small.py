"""Few articles: what many others say of their words, and how similar one story is at the least.

Two articles alone have no document frequencies, and no other story to compare theirs with. The
rarity of words then comes from a background collection of English news, or from their length in
other languages, and a least similarity learnt from pairs of articles says when all are one story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory.background import load_background

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# Up to so many texts these rules score as well as, or better than, those of large corpora.
MOST_TEXTS_WITH_BACKGROUND = 20
MOST_TEXTS_WITHOUT = 4
# The least cosine of two texts of one story, with L distinct words each: .022 L^.30, at most .3.
# benchmarks/calibrate.py fits it to pairs of articles.
_LEVEL_FACTOR, _LEVEL_EXPONENT, _LEVEL_CAP = 0.022, 0.30, 0.3
_CORPUS_GROWTH = 20.0


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


def corpus_share(n: int) -> float:
    """How far the document frequencies of `n` texts without a background can be relied on."""
    return max(n - 2, 0) / (max(n - 2, 0) + _CORPUS_GROWTH)


def background_idf(
    words: list[str], beginning_of_word: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the background's idf of words and of their beginnings.

    A beginning is as rare as the background's words that share it, taken as independent.
    """
    background = load_background()
    idf = background.idf_of(words)
    share = np.minimum(background.df_of(words) / background.n_documents, 1.0 - 1e-6)
    absent = np.bincount(beginning_of_word, weights=np.log1p(-share))
    df = background.n_documents * -np.expm1(absent)
    beginnings = np.log((1 + background.n_documents) / (30.0 + df))
    return idf, np.maximum(beginnings, 0.0)


def length_idf(
    counts: csr_matrix, words: list[str], beginning_counts: csr_matrix, beginning: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return weights without a background: long words are rare, the corpus adds what it knows.

    ``(1 - a) clip(length / mean - .4, .1, 1) + a ln((1 + n) / (df + .5)) / ln((1 + n) / 1.5)``
    with ``a = (n - 2) / (n + 18)``; a beginning has the mean of its words.
    """
    occurrences = np.bincount(counts.indices, weights=counts.data, minlength=len(words))
    lengths = np.array([len(word) for word in words], dtype=np.float64)
    mean = float((lengths * occurrences).sum() / max(occurrences.sum(), 1.0))
    prior = np.clip(lengths / max(mean, 1.0) - 0.4, 0.1, 1.0)
    total = np.bincount(beginning, weights=occurrences, minlength=beginning_counts.shape[1])
    prior_of_beginnings = np.bincount(
        beginning, weights=prior * occurrences, minlength=beginning_counts.shape[1]
    ) / np.maximum(total, 1.0)
    share = corpus_share(counts.shape[0])
    return (
        (1.0 - share) * prior + share * _relative_idf(counts),
        (1.0 - share) * prior_of_beginnings + share * _relative_idf(beginning_counts),
    )


def _relative_idf(counts: csr_matrix) -> NDArray[np.float64]:
    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + n) / (df + 0.5)) / np.log((1 + n) / 1.5), dtype=np.float64)
