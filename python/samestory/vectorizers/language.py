"""Analyzers of one language: its stop words, its stems, its way of finding words."""

from collections.abc import Callable
from typing import Any

from samestory import _core
from samestory._extras import require
from samestory.vectorizers._unicode import match_running_python

# Snowball's algorithms, by ISO 639-1 code.
_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch",
    "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
_SEGMENTED = ("zh", "ja", "th")


class LanguageAnalyzer:
    """From a text to the words of one language; what `language_analyzer` returns.

    Parameters
    ----------
    language : str
        ISO 639-1 code.
    stem : bool
        Reduce words to their stems, where Snowball has an algorithm for the language.
    stop_words : bool
        Leave out the stop words of the language.
    """

    def __init__(self, language: str, stem: bool, stop_words: bool) -> None:
        self.language = language
        self.stem = stem
        self.stop_words = stop_words
        self._prepare()

    def _prepare(self) -> None:
        self._words = _segmenter(self.language)
        self._stem_words = _stemmer(self.language) if self.stem else None
        self._left_out = _stop_words(self.language) if self.stop_words else frozenset()

    def __call__(self, text: str) -> list[str]:
        """Return the words of a text."""
        words = [word for word in self._words(text) if word not in self._left_out]
        return words if self._stem_words is None else list(self._stem_words(words))

    def __repr__(self) -> str:
        return (
            f"language_analyzer({self.language!r}, stem={self.stem}, stop_words={self.stop_words})"
        )

    # What does the work cannot be pickled; it is made again from the three options.
    def __getstate__(self) -> tuple[str, bool, bool]:
        return self.language, self.stem, self.stop_words

    def __setstate__(self, state: tuple[str, bool, bool]) -> None:
        self.language, self.stem, self.stop_words = state
        self._prepare()


def language_analyzer(
    language: str, *, stem: bool = True, stop_words: bool = True
) -> LanguageAnalyzer:
    """Return an analyzer for the texts of one language.

    Words are lowercased runs of letters, marks and numbers; Chinese, Japanese and Thai are
    segmented by jieba, fugashi and PyThaiNLP. Install what it needs with
    ``pip install "samestory[languages]"``.

    Parameters
    ----------
    language : str
        ISO 639-1 code such as "de"; a region ("pt-BR") is disregarded.
    stem : bool, default=True
        Reduce words to their stems by Snowball (PyStemmer), where it has the language.
    stop_words : bool, default=True
        Leave out the language's stop words (stopwords-iso).

    Returns
    -------
    analyzer : LanguageAnalyzer
        To be given to a vectorizer as ``analyzer=``.

    Raises
    ------
    ValueError
        If nothing is known of the language.
    ImportError
        If a library is missing; the message says what to install.

    Examples
    --------
    >>> import samestory as ss
    >>> ss.language_analyzer("de")("Die Häuser am Hafen")
    ['haus', 'haf']
    """
    code = language.replace("_", "-").partition("-")[0].lower()
    code = {"nb": "no", "nn": "no", "in": "id", "iw": "he"}.get(code, code)
    if code not in _SEGMENTED and code not in _STEMMERS and not _has_stop_words(code):
        raise ValueError(
            f"nothing is known of the language {language!r}; give an ISO 639-1 code such as 'de'. "
            f"Stems: {', '.join(sorted(_STEMMERS))}. Segmentation: {', '.join(_SEGMENTED)}."
        )
    return LanguageAnalyzer(code, stem, stop_words)


def _has_stop_words(code: str) -> bool:
    return bool(require("stopwordsiso", "languages", "language_analyzer()").has_lang(code))


def _stop_words(code: str) -> frozenset[str]:
    return frozenset(require("stopwordsiso", "languages", "language_analyzer()").stopwords(code))


def _stemmer(code: str) -> Callable[[list[str]], list[str]] | None:
    if code not in _STEMMERS:
        return None
    module = require("Stemmer", "languages", "language_analyzer(stem=True)")
    if _STEMMERS[code] not in module.algorithms():
        return None
    stem_words: Callable[[list[str]], list[str]] = module.Stemmer(_STEMMERS[code]).stemWords
    return stem_words


def _segmenter(code: str) -> Callable[[str], list[str]]:
    purpose = f"language_analyzer({code!r})"
    if code == "zh":
        jieba = require("jieba", "languages", purpose)
        jieba.setLogLevel("WARNING")
        return lambda text: _with_letters(jieba.cut(text.lower()))
    if code == "ja":
        tagger = require("fugashi", "languages", purpose).Tagger()
        return lambda text: _with_letters(word.surface for word in tagger(text.lower()))
    if code == "th":
        tokenize = require("pythainlp.tokenize", "languages", purpose).word_tokenize
        return lambda text: _with_letters(tokenize(text.lower(), keep_whitespace=False))
    match_running_python()
    options = _core.AnalyzerOptions("unicode_word", True, "", 1, 1, [])
    return lambda text: _core.split_words(options, text)


def _with_letters(words: Any) -> list[str]:
    return [word for word in words if any(character.isalnum() for character in word)]
