"""The way through the core: which parameters it serves, and how documents get there."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress
from samestory.vectorizers._unicode import match_running_python
from samestory.vectorizers.mixin import DEFAULT_TOKEN_PATTERN, VectorizerMixin

# Methods that the core stands in for: a subclass that overrides one is taken at its word.
_STOOD_IN_FOR = (
    "build_analyzer",
    "build_tokenizer",
    "_word_ngrams",
    "_char_ngrams",
    "_char_wb_ngrams",
    "_white_spaces",
)
_SAME_PATTERNS = (DEFAULT_TOKEN_PATTERN, r"\b\w\w+\b", r"\b\w{2,}\b", r"(?u)\b\w{2,}\b", r"\w\w+")
_UTF8_NAMES = ("utf-8", "utf8", "UTF-8", "UTF8", "utf_8")
# Documents from a generator are taken, counted and let go in parts of this size.
_PART_BYTES = 1 << 26


@dataclass
class CorePlan:
    """How the core is to analyze documents, and what Python does to each before."""

    options: Any
    preprocess: Callable[[Any], Any] | None
    reads_raw: bool  # documents go to the core as they come, without `decode`


def is_overridden(estimator: Any, base: type, names: Iterable[str]) -> bool:
    """Tell whether a subclass or an instance has its own version of one of some methods."""
    own = vars(estimator)
    kind = type(estimator)
    return any(
        name in own or getattr(kind, name, None) is not getattr(base, name, None) for name in names
    )


def plan_for(vectorizer: Any) -> CorePlan | None:
    """Return how the core can do what a vectorizer's parameters ask for, or None if it cannot."""
    if is_overridden(vectorizer, VectorizerMixin, _STOOD_IN_FOR):
        return None
    by_words = vectorizer.analyzer in ("word", "unicode_word")
    if not by_words and vectorizer.analyzer not in ("char", "char_wb"):
        return None
    if by_words and vectorizer.tokenizer is not None:
        return None
    if vectorizer.analyzer == "word" and vectorizer.token_pattern not in _SAME_PATTERNS:
        return None
    if not _is_plain_range(vectorizer.ngram_range):
        return None
    in_python = (
        vectorizer.preprocessor is not None
        or callable(vectorizer.strip_accents)
        or is_overridden(vectorizer, VectorizerMixin, ["build_preprocessor"])
    )
    preprocess = vectorizer.build_preprocessor()  # refuses what it does not know
    stop_words = _stop_words(vectorizer, preprocess) if by_words else []
    options = _core.AnalyzerOptions(
        tokens=vectorizer.analyzer,
        lowercase=bool(vectorizer.lowercase) and not in_python,
        accents="" if in_python else vectorizer.strip_accents or "",
        min_n=int(vectorizer.ngram_range[0]),
        max_n=int(vectorizer.ngram_range[1]),
        stop_words=stop_words,
    )
    reads_raw = vectorizer.input == "content" and not is_overridden(
        vectorizer, VectorizerMixin, ["decode"]
    )
    return CorePlan(options, preprocess if in_python else None, reads_raw and not in_python)


def _is_plain_range(ngram_range: Any) -> bool:
    return (
        len(ngram_range) == 2
        and all(isinstance(n, int | np.integer) for n in ngram_range)
        and 1 <= ngram_range[0] <= ngram_range[1] <= 1 << 20
    )


def _stop_words(vectorizer: Any, preprocess: Callable[[Any], Any]) -> list[str]:
    stop_words = vectorizer.get_stop_words()
    vectorizer._check_stop_words_consistency(stop_words, preprocess, vectorizer.build_tokenizer())
    return [word for word in stop_words or () if isinstance(word, str)]


class CoreDocuments:
    """Documents on their way into the core."""

    def __init__(self, vectorizer: Any, plan: CorePlan) -> None:
        self._vectorizer = vectorizer
        self._plan = plan

    def batches(self, raw_documents: Iterable[Any], always_in_parts: bool = False) -> Iterator[Any]:
        """Yield batches of them; each is let go when the next is asked for."""
        if self._plan.reads_raw and is_arrow_column(raw_documents):
            _check_sizes(raw_documents)
            batch = _core.DocumentBatch()
            odd_row = batch.append_arrow(raw_documents)
            if odd_row < 0:
                match_running_python()
                yield batch
                return
            # From Python objects then: they are refused, or decoded, one by one.
        raw_documents = python_objects(raw_documents)
        documents = iter(raw_documents)
        if not self._plan.reads_raw:
            documents = self._prepared(documents)
        is_at_hand = isinstance(raw_documents, list | tuple) and self._plan.reads_raw
        part_bytes = 1 << 62 if is_at_hand and not always_in_parts else _PART_BYTES
        take_bytes = self._vectorizer.encoding in _UTF8_NAMES and self._plan.reads_raw
        n_before = 0
        more: Any = True
        while more is not None:
            batch = _core.DocumentBatch()
            failure = None
            try:
                more = batch.fill(documents, part_bytes, take_bytes)
                while isinstance(more, tuple):
                    self._append_odd(batch, more[0], n_before + len(batch))
                    more = batch.fill(documents, part_bytes, take_bytes)
            except Exception as error:
                failure = error  # the documents before it come first, with errors of their own
            if not batch.is_ascii:
                match_running_python()
            n_before += len(batch)
            yield batch
            if failure is not None:
                raise failure

    def _prepared(self, documents: Iterator[Any]) -> Iterator[Any]:
        decode, preprocess = self._vectorizer.decode, self._plan.preprocess
        for document in documents:
            text = decode(document)
            yield text if preprocess is None else preprocess(text)

    def _append_odd(self, batch: Any, document: Any, row: int) -> None:
        """Take a document that is neither str nor valid UTF-8, or raise scikit-learn's error."""
        try:
            text = document
            if self._plan.reads_raw:
                text = self._vectorizer.decode(document)
            if self._plan.preprocess is None and not isinstance(text, str):
                text = self._vectorizer.build_preprocessor()(text)
            if not batch.append(text):
                self._vectorizer._white_spaces.sub(" ", text)  # raises for what is no str
        except (AttributeError, TypeError, ValueError) as error:
            raise _naming_row(error, document, row) from error


def _check_sizes(column: Any) -> None:
    """Refuse buffers that are too short for a column's rows, which only its library can know."""
    validate = getattr(column, "validate", None)
    if validate is None:
        return
    try:
        validate()
    except (ValueError, IndexError) as error:
        raise ValueError(f"the Arrow column is broken: {error}") from error


def is_arrow_column(documents: Any) -> bool:
    """Tell whether documents are a column whose strings can be read from Arrow's buffers."""
    if not hasattr(documents, "__arrow_c_stream__") and not hasattr(documents, "__arrow_c_array__"):
        return False
    if hasattr(documents, "iloc"):  # pandas: only a column that is kept by Arrow
        return getattr(documents.dtype, "storage", None) == "pyarrow" or hasattr(
            documents.dtype, "pyarrow_dtype"
        )
    return not hasattr(documents, "columns")


def python_objects(documents: Iterable[Any]) -> Iterable[Any]:
    """Documents as str or bytes: what pyarrow's columns do not iterate over by themselves."""
    as_list = getattr(documents, "to_pylist", None)
    if as_list is None:
        return documents
    try:
        return list(as_list())
    except UnicodeDecodeError as error:
        raise ValueError(f"a text of the Arrow column is no UTF-8: {error}") from error


def count_in_core(
    vectorizer: Any, plan: CorePlan, raw_documents: Iterable[Any], lookup: Any = None
) -> tuple[Any, Any]:
    """Count all documents; return the counts and, if one was learned, the vocabulary."""
    counter = _core.TextCounter(plan.options, lookup)
    n_threads = resolve_n_jobs(vectorizer.n_jobs)
    with Progress(getattr(vectorizer, "_progress", None)) as progress:
        for batch in CoreDocuments(vectorizer, plan).batches(raw_documents):
            counter.add(batch, n_threads, progress.hook)
    result: tuple[Any, Any] = counter.finish(n_threads)
    return result


def _naming_row(error: Exception, document: Any, row: int) -> Exception:
    if type(error) not in (AttributeError, TypeError, ValueError):
        error.add_note(f"It is the document of row {row}.")
        return error
    return type(error)(
        f"{error} Row {row} is {type(document).__name__} ({document!r:.60}); a document has to be "
        "str or bytes."
    )


def total_order(keep: npt.NDArray[np.bool_]) -> npt.NDArray[np.int32]:
    """For each feature its column among those kept, or -1."""
    columns = np.cumsum(keep, dtype=np.int32) - np.int32(1)
    columns[~keep] = -1
    return columns
