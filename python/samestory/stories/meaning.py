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
from samestory.stories.term_names import ALIKE_MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

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

    def of(self, texts: NDArray[np.int64]) -> Meanings:
        """The meanings of some texts."""
        weights = self.weights[texts]
        used = np.flatnonzero(np.bincount(weights.indices, minlength=len(self.words)))
        return Meanings(weights[:, used], self.words[used], self.numbers[used], self.shares[texts])

    def none(self, n_texts: int) -> Meanings:
        """Those of texts of which none has any."""
        from scipy import sparse

        nothing = sparse.csr_matrix((n_texts, 0), dtype=np.int64)
        return Meanings(nothing, self.words[:0], self.numbers[:0], np.zeros(n_texts))


def found_meanings(parts: tuple[Any, ...] | None) -> Meanings | None:
    """Return what the core found of the meanings of texts, if anything."""
    if parts is None:
        return None
    weights, words, numbers, shares = parts
    return Meanings(from_core(weights), np.array(words, dtype=object), numbers, shares)


def joined_meanings(
    kept: Meanings | None, new: Meanings | None, n_kept: int, n_new: int
) -> Meanings | None:
    """The meanings of some texts and of others after them; words that both have stand once."""
    from scipy import sparse

    some = kept or new
    if some is None:
        return None
    kept, new = kept or some.none(n_kept), new or some.none(n_new)
    place = {word: column for column, word in enumerate(kept.words.tolist())}
    columns = np.array([place.setdefault(w, len(place)) for w in new.words.tolist()], np.int64)
    weights = [
        sparse.csr_matrix((part.data, indices, part.indptr), (part.shape[0], len(place)))
        for part, indices in (
            (kept.weights, kept.weights.indices),
            (new.weights, columns[new.weights.indices]),
        )
    ]
    stacked = sparse.vstack(weights, format="csr", dtype=np.int64)
    stacked.sort_indices()
    return Meanings(
        stacked,
        np.array([*place, None], dtype=object)[:-1],
        np.concatenate([kept.numbers, new.numbers[columns >= len(kept.words)]]),
        np.concatenate([kept.shares, new.shares]),
    )


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
