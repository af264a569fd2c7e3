"""Which language a group of texts is in, and the words that say nothing in it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.background import load_background
from samestory.vectorizers.stop_words import ENGLISH_STOP_WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The background table knows more than .95 of the words of English news, less than .6 of others'.
_ENGLISH_COVERAGE = 0.8
# Stop words are a third to a half of running text in the languages that have them.
_LEAST_STOP_WORD_SHARE = 0.15


def language_of(named: str, words: NDArray[Any], occurrences: NDArray[Any]) -> str:
    """Return the code of a language: the one named, else the one that the words show.

    Parameters
    ----------
    named : str
        What the input says, such as "en"; "" if it says nothing.
    words : ndarray of str, shape (n_words,)
        The words of all texts.
    occurrences : ndarray of int, shape (n_words,)
        How often each occurs.

    Returns
    -------
    str
        "" where it can not be told.
    """
    if named:
        return named
    total = float(occurrences.sum())
    if total == 0.0:
        return ""
    known = load_background().df_of(words.tolist()) > 0
    if occurrences[known].sum() >= _ENGLISH_COVERAGE * total:
        return "en"
    count = dict(zip(words.tolist(), occurrences.tolist(), strict=True))
    shares = {
        language: sum(count.get(word, 0) for word in stop_words(language)) / total
        for language in _listed_languages()
    }
    best = max(sorted(shares), key=lambda language: shares[language])
    return best if shares[best] >= _LEAST_STOP_WORD_SHARE else ""


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language; none for a language without a list.

    English has scikit-learn's list, which scores better than longer ones; other languages have
    those of stopwords-iso.

    Parameters
    ----------
    language : str
        An ISO 639-1 code.
    """
    if language == "en":
        return ENGLISH_STOP_WORDS
    if language not in _listed_languages():
        return frozenset()
    import stopwordsiso

    from samestory.vectorizers.preprocessing import unicode_words

    entries = stopwordsiso.stopwords(language)
    return frozenset(word for entry in entries for word in unicode_words(entry.lower()))


@cache
def _listed_languages() -> frozenset[str]:
    import stopwordsiso

    return frozenset(stopwordsiso.langs()) - {"en"}


def stop_mask(language: str, words: NDArray[Any]) -> NDArray[np.bool_]:
    """Whether each word is a stop word of a language."""
    stopping = stop_words(language)
    return np.fromiter((word in stopping for word in words.tolist()), bool, len(words))
