"""HashingVectorizer: documents to hashed term counts, without a vocabulary."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, Self

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress
from samestory.vectorizers.core import CoreDocuments, plan_for, python_objects
from samestory.vectorizers.estimator import Estimator, as_configured
from samestory.vectorizers.mixin import STRING_INSTEAD_OF_DOCUMENTS, VectorizerMixin
from samestory.vectorizers.parameters import HASHING_RULES, check_parameters


class EmptyCollectionError(ValueError, StopIteration):
    """There is no document; scikit-learn lets a StopIteration escape here."""


class HashingVectorizer(VectorizerMixin, Estimator):
    r"""Convert a collection of text documents to a matrix of hashed token counts.

    scikit-learn's HashingVectorizer, parameter for parameter, on all processors.

    Parameters
    ----------
    input : {'filename', 'file', 'content'}, default='content'
        What the documents are: names of files, open files, or str and bytes.
    encoding : str, default='utf-8'
        How bytes are decoded.
    decode_error : {'strict', 'ignore', 'replace'}, default='strict'
        What to do with bytes that cannot be decoded.
    strip_accents : {'ascii', 'unicode'} or callable, default=None
        How accents are removed, if at all.
    lowercase : bool, default=True
        Lowercase before tokenizing.
    preprocessor : callable, default=None
        Replaces lowercasing and the removal of accents.
    tokenizer : callable, default=None
        Replaces the token pattern.
    stop_words : {'english'}, list, default=None
        Words to leave out; of words only.
    token_pattern : str or None, default=r"(?u)\\b\\w\\w+\\b"
        What a token is.
    ngram_range : tuple (min_n, max_n), default=(1, 1)
        The shortest and the longest n-grams.
    analyzer : {'word', 'char', 'char_wb', 'unicode_word'} or callable, default='word'
        What n-grams are made of.
    n_features : int, default=2**20
        Columns.
    binary : bool, default=False
        Every count is 1.
    norm : {'l1', 'l2'}, default='l2'
        By which norm a row is divided.
    alternate_sign : bool, default=True
        Let half of the terms count negatively, so that collisions cancel out on average.
    dtype : dtype, default=np.float64
        Of the matrix.
    n_jobs : int or None, default=-1
        Threads to use; -1 for every processor.

    Examples
    --------
    >>> from samestory import HashingVectorizer
    >>> HashingVectorizer(n_features=16).transform(["Rain again", "Again and again"]).shape
    (2, 16)
    """

    def __init__(
        self,
        *,
        input: str = "content",
        encoding: str = "utf-8",
        decode_error: str = "strict",
        strip_accents: Any = None,
        lowercase: bool = True,
        preprocessor: Callable[[Any], Any] | None = None,
        tokenizer: Callable[[Any], Any] | None = None,
        stop_words: Any = None,
        token_pattern: str | None = r"(?u)\b\w\w+\b",
        ngram_range: tuple[int, int] = (1, 1),
        analyzer: Any = "word",
        n_features: int = 2**20,
        binary: bool = False,
        norm: str | None = "l2",
        alternate_sign: bool = True,
        dtype: Any = np.float64,
        n_jobs: int | None = -1,
    ) -> None:
        self.input = input
        self.encoding = encoding
        self.decode_error = decode_error
        self.strip_accents = strip_accents
        self.preprocessor = preprocessor
        self.tokenizer = tokenizer
        self.analyzer = analyzer
        self.lowercase = lowercase
        self.token_pattern = token_pattern
        self.stop_words = stop_words
        self.n_features = n_features
        self.ngram_range = ngram_range
        self.binary = binary
        self.norm = norm
        self.alternate_sign = alternate_sign
        self.dtype = dtype
        self.n_jobs = n_jobs

    def partial_fit(self, X: Any, y: Any = None) -> Self:
        """Check the parameters; there is nothing to learn.

        Parameters
        ----------
        X : iterable
            Ignored.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The vectorizer.
        """
        check_parameters(self, HASHING_RULES)
        return self

    def fit(self, X: Any, y: Any = None) -> Self:
        """Check the parameters; there is nothing to learn.

        Parameters
        ----------
        X : iterable
            Ignored, but for being no string.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The vectorizer.
        """
        check_parameters(self, HASHING_RULES)
        if isinstance(X, str):
            raise ValueError(STRING_INSTEAD_OF_DOCUMENTS)
        self._warn_for_unused_params()
        self._validate_ngram_range()
        return self

    def transform(self, X: Iterable[Any]) -> Any:
        """Count the terms of documents by their hashes.

        Parameters
        ----------
        X : iterable
            The documents: str, bytes, files or names of files.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_features)
            The counts, normalized.
        """
        if isinstance(X, str):
            raise ValueError(STRING_INSTEAD_OF_DOCUMENTS)
        self._validate_ngram_range()
        check_parameters(self, {"n_features": HASHING_RULES["n_features"]})
        plan = plan_for(self)
        rows = self._hash_in_python(X) if plan is None else self._hash_in_core(X, plan)
        return as_configured(rows)

    def fit_transform(self, X: Iterable[Any], y: Any = None) -> Any:
        """Count the terms of documents by their hashes.

        Parameters
        ----------
        X : iterable
            The documents: str, bytes, files or names of files.
        y : None
            Ignored.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_features)
            The counts, normalized.
        """
        return self.fit(X, y).transform(X)

    def _hash_in_core(self, X: Iterable[Any], plan: Any) -> Any:
        wanted = np.dtype(self.dtype)
        direct = wanted.name in ("float64", "float32") and wanted.isnative
        n_threads = resolve_n_jobs(self.n_jobs)
        parts = []
        with Progress(getattr(self, "_progress", None)) as progress:
            for batch in CoreDocuments(self, plan).batches(X, always_in_parts=True):
                counter = _core.TextCounter(plan.options)
                counter.add(batch, n_threads, progress.hook)
                data, *rest = counter.finish_hashed(
                    wanted.name if direct else "int64",
                    self.n_features,
                    self.alternate_sign,
                    self.binary,
                    self.norm or "" if direct else "",
                    n_threads,
                    progress.hook,
                )
                parts.append((data if direct else data.astype(wanted), *rest))
        rows = _stacked(parts, self.n_features)
        return rows if direct else self._normalized(rows)

    def _hash_in_python(self, X: Iterable[Any]) -> Any:
        import scipy.sparse as sp

        analyze = self.build_analyzer()
        hasher = _core.FeatureHasher(self.n_features, self.alternate_sign)
        for features in _checked(analyze(document) for document in python_objects(X)):
            hasher.add(features)
        values, indices, indptr = hasher.finish()
        shape = (len(indptr) - 1, self.n_features)
        rows = sp.csr_array((values.astype(self.dtype), indices, indptr), shape=shape)
        rows.sum_duplicates()
        if self.binary:
            rows.data.fill(1)
        return self._normalized(rows)

    def _normalized(self, rows: Any) -> Any:
        if self.norm is not None:
            if rows.dtype not in (np.float64, np.float32):
                rows = rows.astype(np.float64)
            _core.normalize_rows(rows.data, rows.indptr, self.norm, resolve_n_jobs(self.n_jobs))
        return rows

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import TransformerTags

        tags = super().__sklearn_tags__()
        tags.transformer_tags = TransformerTags()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        tags.requires_fit = False
        return tags


def _checked(documents: Iterator[Any]) -> Iterator[Any]:
    """Refuse an empty collection, and one whose first document's features are a string."""
    first = next(documents, None)
    if first is None:
        raise EmptyCollectionError("Cannot vectorize empty sequence.")
    if isinstance(first, str):
        raise ValueError(
            "Samples can not be a single string. The input must be an iterable over iterables of "
            "strings."
        )
    return chain([first], documents)


def _stacked(parts: list[Any], n_columns: int) -> Any:
    import scipy.sparse as sp

    n_rows = sum(part[3][0] for part in parts)
    if n_rows == 0:
        raise EmptyCollectionError("Cannot vectorize empty sequence.")
    if len(parts) == 1:
        data, indices, indptr, _ = parts[0]
        rows = sp.csr_array((data, indices, indptr), shape=(n_rows, n_columns))
    else:
        blocks = [sp.csr_array(part[:3], shape=(part[3][0], n_columns)) for part in parts]
        rows = sp.vstack(blocks, format="csr")
    rows.has_sorted_indices = rows.has_canonical_format = True
    return rows
