"""What is known beforehand of the words of a language; those that say nothing in it."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from samestory import _core, word_vectors
from samestory.background import Background, load_background
from samestory.vectorizers.stop_words import ENGLISH_STOP_WORDS

if TYPE_CHECKING:
    pass


@lru_cache(maxsize=8)
def word_data(languages: frozenset[str], own: Background | None = None) -> _core.WordData:
    """Return what is known beforehand of the words of languages.

    Parameters
    ----------
    languages : frozenset of str
        Their codes; "" for one that the words are to show.
    own : Background, optional
        A background of the user's, in the place of the shipped one where it tells of rarity.
    """
    codes = {language or "en" for language in languages}
    is_english = "en" in codes
    return _core.WordData(
        {code: list(stop_words(code)) for code in codes},
        _core_background(load_background()) if is_english else None,
        (lambda: word_vectors.word_numbers()) if is_english else None,
        _other_stop_words if "" in languages else None,
        None if own is None else _core_background(own),
        "" if own is None else own.language,
    )


def _other_stop_words() -> dict[str, list[str]]:
    return {code: list(stop_words(code)) for code in _listed_languages()}


@lru_cache(maxsize=8)
def _core_background(background: Background) -> _core.Background:
    terms = "\n".join(background.terms).encode()
    return _core.Background(terms, background.df, background.n_documents)


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
