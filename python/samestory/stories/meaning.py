"""Short texts: words that mean alike, though no letter is the same.

One headline says "coach", another "bus". Vectors of English words, learnt from many sentences,
tell that the two are near each other. Words alone propose which texts are compared; what their
words mean is then part of how similar two short ones are. `benchmarks/word_vectors.py` makes the
table.

Sums are those of whole numbers, so that they are the same on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._sparse import from_core
from samestory.background import load_background
from samestory.stories.term_names import ALIKE_MARK
from samestory.stories.worth import shortness
from samestory.word_vectors import word_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# The share of the similarity in headlines. Full texts say enough in their own words: at any share
# they lose.
_SHARE = 0.1
# A text of which the table knows fewer words is of a name that matters, or of another language.
_LEAST_KNOWN = 0.8
# Weights of words are whole numbers of 64ths.
_STEPS = 64.0
# So many pairs of words are named where two texts are explained.
_PAIRS_NAMED = 10


@dataclass(frozen=True)
class Meanings:
    """What the words of short texts mean.

    Attributes
    ----------
    weights : csr_matrix of int64, shape (n_texts, n_words)
        (1 + ln tf) times the background's idf of the words that the table knows, in whole numbers;
        empty rows where meaning does not count.
    words : ndarray of str, shape (n_words,)
    numbers : ndarray of int8, shape (n_words, n_dimensions)
        The vector of each word.
    shares : ndarray of float64, shape (n_texts,)
        How much of a text's similarity is that of its vector.
    """

    weights: csr_matrix
    words: NDArray[Any]
    numbers: NDArray[np.int8]
    shares: NDArray[np.float64]


def vectors_of(positions: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return the vectors of words, given their positions in the background table."""
    packed = word_numbers()[:, positions].T
    numbers = np.empty((len(positions), 2 * packed.shape[1]), dtype=np.int8)
    numbers[:, 0::2] = packed >> 4
    numbers[:, 1::2] = packed & 15
    numbers -= 8
    return numbers


def meanings_of(counts: csr_matrix, words: Sequence[str]) -> Meanings | None:
    """Return what the words of short English texts mean; None where no text is one.

    Parameters
    ----------
    counts : csr_matrix, shape (n_texts, n_words)
        Occurrences of the words, stop words left out.
    words : sequence of str
    """
    lengths = np.diff(counts.indptr).astype(np.int64)
    shares = np.where(lengths > 0, _SHARE * shortness(lengths), 0.0)
    if not shares.any():
        return None
    background = load_background()
    positions = background.positions_of(words)
    row = np.repeat(np.arange(len(lengths)), lengths)
    n_known = np.bincount(row, weights=positions[counts.indices] >= 0, minlength=len(lengths))
    shares[n_known < _LEAST_KNOWN * lengths] = 0.0
    idf = np.where(positions >= 0, background.idf_of(words), 0.0)
    weights = _whole_weights(counts, idf, shares > 0.0)
    used = np.flatnonzero(np.bincount(weights.indices, minlength=len(words)))
    shares[np.diff(weights.indptr) == 0] = 0.0
    if not shares.any():
        return None
    numbers = vectors_of(positions[used])
    return Meanings(weights[:, used], np.array(words, dtype=object)[used], numbers, shares)


def _whole_weights(
    counts: csr_matrix, idf: NDArray[np.float64], counted: NDArray[np.bool_]
) -> csr_matrix:
    """(1 + ln tf) idf in whole numbers, nothing in texts that are not counted."""
    from scipy import sparse

    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    exact = (1.0 + np.log(counts.data.astype(np.float64))) * idf[counts.indices]
    whole = np.where(counted[row], np.rint(_STEPS * exact), 0.0).astype(np.int64)
    weights = sparse.csr_matrix((whole, counts.indices, counts.indptr), shape=counts.shape)
    weights = weights.copy()  # counts keep their structure
    weights.eliminate_zeros()
    return weights


def found_meanings(parts: tuple[Any, ...] | None) -> Meanings | None:
    """Return what the core found of the meanings of texts, if anything."""
    if parts is None:
        return None
    weights, words, numbers, shares = parts
    return Meanings(from_core(weights), np.array(words, dtype=object), numbers, shares)


def _sums_and_scale(
    meanings: Meanings, texts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The summed vectors of the words of texts, and what makes them as long as they are to be."""
    weights = meanings.weights[texts]
    used = np.unique(weights.indices)
    sums = weights[:, used] @ meanings.numbers[used].astype(np.int64)
    squares = np.maximum((sums * sums).sum(axis=1), 1).astype(np.float64)
    return sums, np.sqrt(meanings.shares[texts]) / np.sqrt(squares)


def alike_words(meanings: Meanings, i: int, j: int) -> list[tuple[str, float]]:
    """Return the pairs of words that add most to the cosine of two texts, or take most away.

    Parameters
    ----------
    meanings : Meanings
    i, j : int
        The texts.

    Returns
    -------
    list of (str, float)
        Two words ("coach ~ bus"), or one that both have, and what they add: both ways together
        where both texts have both.
    """
    if not (meanings.shares[i] and meanings.shares[j]):
        return []
    (first, of_first), (second, of_second) = (_words(meanings, text) for text in (i, j))
    of_pair = meanings.numbers[first].astype(np.int64) @ meanings.numbers[second].T
    products = of_first[:, None] * of_second * of_pair
    scale = np.prod(_sums_and_scale(meanings, np.array([i, j]))[1])
    added: dict[tuple[str, str], float] = {}
    for (a, b), product in np.ndenumerate(products):
        pair = str(meanings.words[first[a]]), str(meanings.words[second[b]])
        pair = pair if (pair[1], pair[0]) not in added else (pair[1], pair[0])
        added[pair] = added.get(pair, 0.0) + float(product * scale)
    heaviest = sorted(added.items(), key=lambda item: (-abs(item[1]), item[0]))[:_PAIRS_NAMED]
    return [(a if a == b else f"{a}{ALIKE_MARK}{b}", weight) for (a, b), weight in heaviest]


def _words(meanings: Meanings, text: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The words of a text, and their weights."""
    entries = slice(*meanings.weights.indptr[text : text + 2])
    return meanings.weights.indices[entries], meanings.weights.data[entries]
