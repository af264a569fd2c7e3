"""What the vectorizers share: from parameters to an analyzer, as scikit-learn builds it."""

import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Self

import numpy as np

from samestory.vectorizers.estimator import not_fitted_error
from samestory.vectorizers.preprocessing import (
    analyze,
    preprocess,
    strip_accents_ascii,
    strip_accents_unicode,
    unicode_words,
)
from samestory.vectorizers.saving import SavedByName
from samestory.vectorizers.stop_words import ENGLISH_STOP_WORDS

DEFAULT_TOKEN_PATTERN = r"(?u)\b\w\w+\b"
STRING_INSTEAD_OF_DOCUMENTS = "Iterable over raw text documents expected, string object received."


def check_stop_list(stop: Any) -> frozenset[Any] | None:
    """Return the stop words that a parameter stands for."""
    if isinstance(stop, str):
        if stop == "english":
            return ENGLISH_STOP_WORDS
        raise ValueError(f"not a built-in stop list: {stop}")
    return None if stop is None else frozenset(stop)


class VectorizerMixin(SavedByName):
    """Building preprocessors, tokenizers and analyzers from an estimator's parameters."""

    input: str
    encoding: str
    decode_error: str
    strip_accents: Any
    lowercase: bool
    preprocessor: Any
    tokenizer: Any
    analyzer: Any
    stop_words: Any
    token_pattern: Any
    ngram_range: tuple[int, int]
    vocabulary: Any
    n_jobs: int | None
    _progress: Any

    _white_spaces = re.compile(r"\s\s+")

    def decode(self, doc: Any) -> Any:
        """Decode the input into a string of Unicode characters.

        Parameters
        ----------
        doc : bytes, str, file or path
            What `input` says: a text, an open file, or the name of one.

        Returns
        -------
        str
            The text.
        """
        if self.input == "filename":
            with open(doc, "rb") as file:
                doc = file.read()
        elif self.input == "file":
            doc = doc.read()
        if isinstance(doc, bytes):
            doc = doc.decode(self.encoding, self.decode_error)
        if doc is np.nan:
            raise ValueError("np.nan is an invalid document, expected byte or unicode string.")
        return doc

    def set_progress(self, progress: Any) -> Self:
        """Choose what becomes of progress while documents are counted.

        Parameters
        ----------
        progress : bool, callable or None
            None: a bar after one second of work. True: at once. False: none. A callable is called
            as ``progress(stage, done, total)``.

        Returns
        -------
        self : object
            The vectorizer.
        """
        self._progress = progress
        return self

    def _word_ngrams(
        self, tokens: list[Any], stop_words: frozenset[Any] | None = None
    ) -> list[Any]:
        if stop_words is not None:
            tokens = [token for token in tokens if token not in stop_words]
        min_n, max_n = self.ngram_range
        if max_n == 1:
            return tokens
        ngrams = list(tokens) if min_n == 1 else []
        for n in range(2 if min_n == 1 else min_n, min(max_n + 1, len(tokens) + 1)):
            ngrams += [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
        return ngrams

    def _char_ngrams(self, text_document: str) -> list[str]:
        text = self._white_spaces.sub(" ", text_document)
        min_n, max_n = self.ngram_range
        ngrams = list(text) if min_n == 1 else []
        for n in range(2 if min_n == 1 else min_n, min(max_n + 1, len(text) + 1)):
            ngrams += [text[i : i + n] for i in range(len(text) - n + 1)]
        return ngrams

    def _char_wb_ngrams(self, text_document: str) -> list[str]:
        text = self._white_spaces.sub(" ", text_document)
        min_n, max_n = self.ngram_range
        ngrams = []
        for word in text.split():
            padded = f" {word} "
            for n in range(min_n, max_n + 1):
                ngrams.append(padded[:n])
                ngrams += [padded[i : i + n] for i in range(1, len(padded) - n + 1)]
                if n >= len(padded):  # a short word counts once
                    break
        return ngrams

    def build_preprocessor(self) -> Callable[[Any], Any]:
        """Return a function that lowercases a text and strips its accents.

        Returns
        -------
        preprocessor : callable
            From a text to a text.
        """
        if self.preprocessor is not None:
            own: Callable[[Any], Any] = self.preprocessor
            return own
        if not self.strip_accents:
            strip_accents = None
        elif callable(self.strip_accents):
            strip_accents = self.strip_accents
        elif self.strip_accents == "ascii":
            strip_accents = strip_accents_ascii
        elif self.strip_accents == "unicode":
            strip_accents = strip_accents_unicode
        else:
            raise ValueError(f'Invalid value for "strip_accents": {self.strip_accents}')
        return partial(preprocess, accent_function=strip_accents, lower=self.lowercase)

    def build_tokenizer(self) -> Callable[[Any], Any]:
        """Return a function that splits a text into a sequence of tokens.

        Returns
        -------
        tokenizer : callable
            From a text to a list of str.
        """
        if self.tokenizer is not None:
            own: Callable[[Any], Any] = self.tokenizer
            return own
        if self.analyzer == "unicode_word":
            return unicode_words
        token_pattern = re.compile(self.token_pattern)
        if token_pattern.groups > 1:
            raise ValueError(
                "More than 1 capturing group in token pattern. Only a single group should be "
                "captured."
            )
        return token_pattern.findall

    def get_stop_words(self) -> frozenset[Any] | None:
        """Build or fetch the effective stop words list.

        Returns
        -------
        stop_words : frozenset or None
            The stop words.
        """
        return check_stop_list(self.stop_words)

    def _check_stop_words_consistency(
        self,
        stop_words: frozenset[Any] | None,
        preprocess: Callable[[Any], Any],
        tokenize: Callable[[Any], Any],
    ) -> bool | str | None:
        """Tell whether stop words are tokens themselves; once for each list."""
        if id(self.stop_words) == getattr(self, "_stop_words_id", None):
            return None
        try:
            inconsistent = {
                token
                for word in stop_words or ()
                for token in list(tokenize(preprocess(word)))
                if token not in (stop_words or ())
            }
            self._stop_words_id = id(self.stop_words)
            if inconsistent:
                warnings.warn(
                    "Your stop_words may be inconsistent with your preprocessing. Tokenizing the "
                    f"stop words generated tokens {sorted(inconsistent)!r} not in stop_words.",
                    stacklevel=2,
                )
            return not inconsistent
        except Exception:
            # A preprocessor may take something else than a text: then there is nothing to check.
            self._stop_words_id = id(self.stop_words)
            return "error"

    def build_analyzer(self) -> Callable[[Any], Any]:
        """Return a callable that goes from a raw document to its terms.

        Returns
        -------
        analyzer : callable
            Decoding, preprocessing, tokenizing and making n-grams.
        """
        if callable(self.analyzer):
            return partial(analyze, analyzer=self.analyzer, decoder=self.decode)
        preprocessor = self.build_preprocessor()
        if self.analyzer == "char":
            ngrams = self._char_ngrams
        elif self.analyzer == "char_wb":
            ngrams = self._char_wb_ngrams
        elif self.analyzer in ("word", "unicode_word"):
            stop_words = self.get_stop_words()
            tokenizer = self.build_tokenizer()
            self._check_stop_words_consistency(stop_words, preprocessor, tokenizer)
            return partial(
                analyze,
                ngrams=self._word_ngrams,
                tokenizer=tokenizer,
                preprocessor=preprocessor,
                decoder=self.decode,
                stop_words=stop_words,
            )
        else:
            raise ValueError(f"{self.analyzer} is not a valid tokenization scheme/analyzer")
        return partial(analyze, ngrams=ngrams, preprocessor=preprocessor, decoder=self.decode)

    def _validate_vocabulary(self) -> None:
        vocabulary = self.vocabulary
        if vocabulary is None:
            self.fixed_vocabulary_ = False
            return
        if isinstance(vocabulary, set):
            vocabulary = sorted(vocabulary)
        if isinstance(vocabulary, Mapping):
            _check_columns(vocabulary)
        else:
            vocabulary = _number_terms(vocabulary)
        if not vocabulary:
            raise ValueError("empty vocabulary passed to fit")
        self.fixed_vocabulary_ = True
        self.vocabulary_ = dict(vocabulary)

    def _check_vocabulary(self) -> None:
        if not self._has_vocabulary():
            self._validate_vocabulary()
            if not self.fixed_vocabulary_:
                raise not_fitted_error("Vocabulary not fitted or provided")
        if self._vocabulary_size() == 0:
            raise ValueError("Vocabulary is empty")

    def _has_vocabulary(self) -> bool:
        return hasattr(self, "vocabulary_")

    def _vocabulary_size(self) -> int:
        return len(self.vocabulary_)

    def _validate_ngram_range(self) -> None:
        min_n, max_n = self.ngram_range
        if min_n > max_n:
            raise ValueError(
                f"Invalid value for ngram_range={self.ngram_range} "
                "lower boundary larger than the upper boundary."
            )

    def _warn_for_unused_params(self) -> None:
        pattern_given = self.token_pattern is not None
        by_words = self.analyzer in ("word", "unicode_word") and not callable(self.analyzer)
        pattern_changed = pattern_given and self.token_pattern != DEFAULT_TOKEN_PATTERN
        unused = [
            (
                "token_pattern",
                "'tokenizer' is not None'",
                self.tokenizer is not None and pattern_given,
            ),
            (
                "preprocessor",
                "'analyzer' is callable'",
                self.preprocessor is not None and callable(self.analyzer),
            ),
            (
                "ngram_range",
                "'analyzer' is callable'",
                self.ngram_range not in ((1, 1), None) and callable(self.analyzer),
            ),
            ("stop_words", "'analyzer' != 'word'", not by_words and self.stop_words is not None),
            ("token_pattern", "'analyzer' != 'word'", self.analyzer != "word" and pattern_changed),
            ("tokenizer", "'analyzer' != 'word'", not by_words and self.tokenizer is not None),
        ]
        for name, reason, is_unused in unused:
            if is_unused:
                warnings.warn(
                    f"The parameter {name!r} will not be used since {reason}", stacklevel=2
                )


def _number_terms(terms: Iterable[Any]) -> dict[Any, int]:
    columns: dict[Any, int] = {}
    for column, term in enumerate(terms):
        if columns.setdefault(term, column) != column:
            raise ValueError(f"Duplicate term in vocabulary: {term!r}")
    return columns


def _check_columns(vocabulary: Mapping[Any, Any]) -> None:
    columns = set(vocabulary.values())
    if len(columns) != len(vocabulary):
        raise ValueError("Vocabulary contains repeated indices.")
    for column in range(len(vocabulary)):
        if column not in columns:
            raise ValueError(
                f"Vocabulary of size {len(vocabulary)} doesn't contain index {column}."
            )
