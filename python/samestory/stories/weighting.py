"""TF-IDF of the fields of a text: words, the beginnings of words and, in short texts, n-grams."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.languages import language_of, stop_mask
from samestory.stories import small
from samestory.stories.meaning import Meanings, meanings_of
from samestory.stories.ngrams import ngram_rows, ngram_share
from samestory.stories.term_names import PREFIX_MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory.stories.options import Options

# The beginnings of words stand in for stems, in every language that inflects at the end.
PREFIX_LENGTH = 6
_PREFIX_SHARE = 0.5
# A term that occurs in one text only can link nothing; it counts half towards its row's length.
_LONE_WEIGHT = 0.5
# What is learnt from pairs of few texts is learnt from words alone.
_MEANING_ABOVE = 20
# Of more texts than these, rows are kept in single precision.
MANY_TEXTS = 20_000


@dataclass(frozen=True)
class LanguageTerms:
    """The rows of the distinct texts of one language.

    Attributes
    ----------
    rows : csr_matrix of float64
        Unit-length rows.
    levels : ndarray of float64
        The product of those of two texts is the least cosine within a story; see `small`.
    lengths : ndarray of int64
        Distinct words of each text, stop words left out.
    names : callable
        Returns the names of the columns; see `term_names`.
    meanings : Meanings or None
        What the words of short texts mean, where that counts.
    """

    rows: csr_matrix
    levels: NDArray[np.float64]
    lengths: NDArray[np.int64]
    names: Callable[[], NDArray[Any]]
    meanings: Meanings | None = None


def weigh_language(
    counts: csr_matrix, words: NDArray[Any], named_language: str, options: Options
) -> LanguageTerms:
    """Weigh the counted words of distinct texts of one language.

    Two fields, the words and their beginnings, each with (1 + ln tf) idf and unit length, are set
    side by side so that the cosine of two rows is the mean of the two fields' cosines. The n-grams
    of short texts are a third one; see `ngrams`.

    Parameters
    ----------
    counts : csr_matrix of float32, shape (n_texts, n_words)
        Occurrences of each word.
    words : ndarray of str
        The words.
    named_language : str
        What the input says the language is; "" if nothing.
    options : Options
        Whether, and which, background collection may be used; threads.
    """
    n_jobs = options.n_jobs
    occurrences = np.bincount(counts.indices, weights=counts.data, minlength=len(words))
    language = language_of(named_language, words, occurrences)
    kept = np.flatnonzero(~stop_mask(language, words))
    kept_words = words[kept].tolist()
    prefixes, prefix_of = beginnings(kept_words)
    word_counts = _joined_columns(counts, kept, np.arange(len(kept)), len(kept), n_jobs)
    prefix_counts = _joined_columns(counts, kept, prefix_of, len(prefixes), n_jobs)
    n_texts = counts.shape[0]
    lengths = np.diff(word_counts.indptr).astype(np.int64)
    levels = small.levels_of(lengths)
    told = small.told_by(n_texts)
    elsewhere: tuple[Any, Any] = (None, None)
    background = options.background_of(language)
    if told < 1.0 and background is not None:
        elsewhere = small.background_idf(kept_words, prefix_of, background)
    elif told < 1.0:
        elsewhere = small.length_idf(word_counts, kept_words, prefix_of)
    weights = (
        mixed_idf(word_counts, elsewhere[0], told),
        mixed_idf(prefix_counts, elsewhere[1], told),
    )
    rows = side_by_side(word_counts, prefix_counts, *weights, n_jobs)
    names = np.array([*kept_words, *(f"{prefix}{PREFIX_MARK}" for prefix in prefixes)], object)
    share = ngram_share(lengths)
    if share > 0.0:
        ngrams, ngram_names = ngram_rows(word_counts, kept_words, n_jobs)
        rows = _blended(rows, ngrams, share)
        names = np.concatenate([names, ngram_names])
    has_meaning = options.background and language == "en" and n_texts > _MEANING_ABOVE
    meanings = meanings_of(word_counts, kept_words) if has_meaning else None
    return LanguageTerms(rows, levels, lengths, lambda: names, meanings)


def _blended(rows: csr_matrix, ngrams: csr_matrix, share: float) -> csr_matrix:
    """Unit rows of all fields, side by side; `share` of the similarity is the n-grams'."""
    from scipy import sparse

    both = sparse.hstack([rows * np.sqrt(1.0 - share), ngrams * np.sqrt(share)], format="csr")
    return unit_rows(both)


def _joined_columns(
    counts: csr_matrix, kept: NDArray[np.int64], target: NDArray[np.int64], n: int, n_jobs: int
) -> csr_matrix:
    """Add the kept columns up to `n` new ones: each becomes part of its target."""
    targets = np.full(counts.shape[1], -1, dtype=np.int32)
    targets[kept] = target
    joined: csr_matrix = from_core(_core.joined_columns(counts, targets, n, n_jobs))
    return joined


def beginnings(words: list[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the distinct beginnings of words, and which one each word has."""
    numbers: dict[str, int] = {}
    of_word = [numbers.setdefault(word_beginning(word), len(numbers)) for word in words]
    return list(numbers), np.array(of_word, dtype=np.int64)


def word_beginning(word: str) -> str:
    """Return the first letters of a word, without Latin and Greek accents or the Arabic article.

    Examples
    --------
    >>> word_beginning("élections"), word_beginning("rain")
    ('electi', 'rain')
    """
    if not word.isascii():
        word = _folded(word)
    return word[:PREFIX_LENGTH]


def _folded(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    script = unicodedata.name(decomposed[0], "").partition(" ")[0]
    if script in ("LATIN", "GREEK"):
        bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
        return unicodedata.normalize("NFC", bare).replace("ς", "σ")
    if word.startswith("ال") and len(word) > 4:
        return word[2:]
    return word


def side_by_side(
    words: csr_matrix,
    prefixes: csr_matrix,
    word_idf: NDArray[np.float64],
    prefix_idf: NDArray[np.float64],
    n_jobs: int,
) -> csr_matrix:
    """Return the unit rows of (1 + ln tf) idf of both fields, side by side.

    Many rows are kept in single precision.
    """
    rows: csr_matrix = from_core(
        _core.weighed_fields(
            words,
            prefixes,
            word_idf,
            prefix_idf,
            np.sqrt(1.0 - _PREFIX_SHARE),
            np.sqrt(_PREFIX_SHARE),
            words.shape[0] > MANY_TEXTS,
            n_jobs,
        )
    )
    return rows


def mixed_idf(
    counts: csr_matrix, elsewhere: NDArray[np.float64] | None, told: float
) -> NDArray[np.float64]:
    """Return ln((1 + n) / (1 + df)) + 1, mixed with weights from elsewhere where the texts are few.

    Terms of a single text weigh half, where the texts tell that they are rare.
    """
    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.asarray(np.log((1.0 + n) / (1.0 + df)) + 1.0, dtype=np.float64)
    if elsewhere is not None:
        idf = told * idf + (1.0 - told) * elsewhere
    idf[df <= 1] *= 1.0 - (1.0 - _LONE_WEIGHT) * told
    return idf


def unit_rows(matrix: csr_matrix) -> csr_matrix:
    """Scale every row to unit length; empty rows stay empty."""
    from scipy import sparse

    sizes = np.diff(matrix.indptr)
    row = np.repeat(np.arange(matrix.shape[0]), sizes)
    norms = np.sqrt(np.bincount(row, weights=matrix.data**2, minlength=matrix.shape[0]))
    norms[norms == 0.0] = 1.0
    data = matrix.data / norms[row]
    return sparse.csr_matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape)
