"""CountVectorizer: documents to term counts."""

import warnings
from collections.abc import Callable, Iterable
from itertools import pairwise
from numbers import Integral
from operator import itemgetter
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory.vectorizers.core import (
    CorePlan,
    count_in_core,
    is_overridden,
    plan_for,
    python_objects,
    total_order,
)
from samestory.vectorizers.counting import (
    CORE_DTYPES,
    CoreCounts,
    check_dtype,
    count_in_python,
    document_frequency,
    features_to_keep,
    sort_features,
    sum_dtype,
)
from samestory.vectorizers.estimator import Estimator, as_configured, not_fitted_error
from samestory.vectorizers.frequencies import Frequencies
from samestory.vectorizers.matrices import check_matrix
from samestory.vectorizers.mixin import STRING_INSTEAD_OF_DOCUMENTS, VectorizerMixin
from samestory.vectorizers.parameters import COUNT_RULES, Rule, check_parameters

# Steps that a subclass may have changed; the core takes none of them into account.
_OWN_STEPS = ("_count_vocab", "_sort_features", "_limit_features")


class CountVectorizer(VectorizerMixin, Estimator):
    r"""Convert a collection of text documents to a matrix of token counts.

    scikit-learn's CountVectorizer, parameter for parameter, on all processors.

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
        What a token is. The default goes the fast way, any other through Python's ``re``.
    ngram_range : tuple (min_n, max_n), default=(1, 1)
        The shortest and the longest n-grams.
    analyzer : {'word', 'char', 'char_wb', 'unicode_word'} or callable, default='word'
        What n-grams are made of. 'unicode_word' is no part of scikit-learn: runs of letters, marks
        and numbers, and pairs of characters in scripts written without spaces.
    max_df : float in [0.0, 1.0] or int, default=1.0
        Leave out terms in more documents than this, as a share or a number.
    min_df : float in [0.0, 1.0] or int, default=1
        Leave out terms in fewer documents than this.
    max_features : int, default=None
        Keep only so many terms, the most frequent ones.
    vocabulary : Mapping or iterable, default=None
        The terms to count, instead of those of the documents.
    binary : bool, default=False
        Every count that is not 0 is 1.
    dtype : dtype, default=np.int64
        Of the matrix.
    n_jobs : int or None, default=-1
        Threads to use; -1 for every processor.

    Attributes
    ----------
    vocabulary_ : dict
        Terms and their columns.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.

    Examples
    --------
    >>> from samestory import CountVectorizer
    >>> vectorizer = CountVectorizer()
    >>> X = vectorizer.fit_transform(["Rain again", "Again and again"])
    >>> vectorizer.get_feature_names_out()
    array(['again', 'and', 'rain'], dtype=object)
    >>> X.toarray()
    array([[1, 0, 1],
           [2, 1, 0]])
    """

    _rules: dict[str, tuple[Rule, ...]] = COUNT_RULES
    # (what it depends on, the vocabulary it was made from, the core's lookup)
    _lookup_cache: tuple[Any, Any, Any]

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
        max_df: Any = 1.0,
        min_df: Any = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.int64,
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
        self.max_df = max_df
        self.min_df = min_df
        self.max_features = max_features
        self.ngram_range = ngram_range
        self.vocabulary = vocabulary
        self.binary = binary
        self.dtype = dtype
        self.n_jobs = n_jobs

    def fit(self, raw_documents: Iterable[Any], y: Any = None) -> Self:
        """Learn the vocabulary of all documents.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The fitted vectorizer.
        """
        if is_overridden(self, CountVectorizer, ["fit_transform"]):
            self.fit_transform(raw_documents)
        else:
            self._learn(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """Learn the vocabulary and return the counts.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.
        y : None
            Ignored.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_terms)
            The counts.
        """
        return self._counts_of(self._learn(raw_documents))

    def partial_fit(self, raw_documents: Iterable[Any], y: Any = None) -> Self:
        """Add the documents of one part of a collection to those already seen.

        After the last part everything is as `fit` on the whole collection leaves it, to the bit.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The vectorizer, fitted to all documents seen.
        """
        check_parameters(self, self._rules)
        if isinstance(raw_documents, str):
            raise ValueError(STRING_INSTEAD_OF_DOCUMENTS)
        if self.vocabulary is not None:
            raise ValueError("partial_fit learns a vocabulary: leave the parameter to None")
        self._validate_ngram_range()
        self._warn_for_unused_params()
        part = self._frequencies_of(raw_documents)
        seen = self.__dict__.get("_seen")
        part.terms = part.term_list()  # as a list it is part of pickles
        self._fit_frequencies(part if seen is None else seen.plus(part))
        return self

    def merge(self, other: "CountVectorizer") -> Self:
        """Add all documents that another vectorizer has seen.

        Parameters
        ----------
        other : CountVectorizer
            Fitted with the same parameters; if it comes out of a pickle, by `partial_fit`.

        Returns
        -------
        self : object
            The vectorizer, as if fitted to the documents of both.
        """
        seen, others = self.__dict__.get("_seen"), other.__dict__.get("_seen")
        if seen is None or others is None:
            raise not_fitted_error(
                "merge adds what two vectorizers have learned: fit both first (with partial_fit, "
                "if one is to be pickled in between), and without a vocabulary of your own"
            )
        self._fit_frequencies(seen.plus(others))
        return self

    def _kept_frequencies(self) -> tuple[list[Any], npt.NDArray[np.int64]]:
        """Return the terms of the vocabulary in order, and in how many documents each stands."""
        seen: Frequencies = self._seen
        known = dict(zip(seen.term_list(), seen.documents.tolist(), strict=True))
        terms = sorted(self.vocabulary_)
        return terms, np.array([known[term] for term in terms], np.int64)

    def _frequencies_of(self, raw_documents: Iterable[Any]) -> Frequencies:
        plan = self._plan()
        if plan is None:
            vocabulary, X = self._count_vocab(raw_documents, False)
            X = self._sort_features(X, vocabulary)
            totals = np.asarray(X.sum(axis=0)).ravel().astype(np.int64)
            return Frequencies(sorted(vocabulary), document_frequency(X), totals, X.shape[0])
        counts, terms = count_in_core(self, plan, raw_documents)
        if not len(terms):
            raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
        return Frequencies(
            terms, counts.document_frequencies(), counts.total_counts(), counts.n_rows
        )

    def _fit_frequencies(self, seen: Frequencies) -> npt.NDArray[np.int64]:
        """Fit to frequencies instead of documents; return those of the terms that are kept."""
        if self.max_features is not None and not self.binary and seen.totals is None:
            raise ValueError("fit both vectorizers with max_features to merge them with it")
        totals = seen.documents if self.binary or seen.totals is None else seen.totals
        keep = self._keep(seen.documents, seen.n_documents, lambda: totals)
        self._forget()
        self.fixed_vocabulary_ = False
        terms = [term for term, kept in zip(seen.term_list(), keep, strict=True) if kept]
        self.vocabulary_ = {term: column for column, term in enumerate(terms)}
        self._seen = seen
        return seen.documents[keep]

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Count the terms of the vocabulary.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_terms)
            The counts.
        """
        return self._counts_of(self._look_up(raw_documents))

    def _counts_of(self, counts: Any) -> Any:
        if isinstance(counts, CoreCounts):
            counts = counts.rows(self.dtype, self.binary)
        return as_configured(counts)

    def _learn(self, raw_documents: Iterable[Any]) -> Any:
        """Count and prune: CoreCounts, or a matrix where Python had to count."""
        check_parameters(self, self._rules)
        if isinstance(raw_documents, str):
            raise ValueError(STRING_INSTEAD_OF_DOCUMENTS)
        self._validate_ngram_range()
        self._warn_for_unused_params()
        self._forget()
        self._validate_vocabulary()
        if self.fixed_vocabulary_:
            self._warn_for_upper_case()
            return self._count_fixed(raw_documents)
        plan = self._plan()
        if plan is None or (
            self.max_features is not None and np.dtype(self.dtype) not in CORE_DTYPES
        ):
            # A narrow dtype cuts counts off before they are summed to find the most frequent terms.
            return self._learn_in_python(raw_documents)
        counts, vocabulary = count_in_core(self, plan, raw_documents)
        if not len(vocabulary):
            raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
        return self._prune(counts, vocabulary)

    def _plan(self) -> CorePlan | None:
        return None if is_overridden(self, CountVectorizer, _OWN_STEPS) else plan_for(self)

    def _forget(self) -> None:
        for name in ("vocabulary_", "_terms", "_lookup_cache", "_seen"):
            self.__dict__.pop(name, None)

    def _warn_for_upper_case(self) -> None:
        if self.lowercase and any(any(map(str.isupper, term)) for term in self.vocabulary):
            warnings.warn(
                "Upper case characters found in vocabulary while 'lowercase' is True. These "
                "entries will not be matched with any documents",
                stacklevel=4,
            )

    def _frequency_bounds(self, n_documents: int) -> tuple[Any, Any]:
        high = self.max_df if isinstance(self.max_df, Integral) else self.max_df * n_documents
        low = self.min_df if isinstance(self.min_df, Integral) else self.min_df * n_documents
        if high < low:
            raise ValueError("max_df corresponds to < documents than min_df")
        return high, low

    def _prune(self, counts: Any, vocabulary: Any) -> Any:
        frequencies = counts.document_frequencies()
        totals = counts.total_counts() if self.max_features is not None else None
        self._seen = Frequencies(vocabulary, frequencies, totals, counts.n_rows)
        used = frequencies if self.binary or totals is None else totals
        keep = self._keep(frequencies, counts.n_rows, lambda: used)
        columns = None
        if not keep.all():
            columns = total_order(keep)
            frequencies = frequencies[keep]
            vocabulary = vocabulary.pruned(keep)
        self._terms = vocabulary
        return self._core_counts(counts, columns, len(vocabulary), frequencies)

    def _keep(
        self,
        frequencies: npt.NDArray[np.int64],
        n_documents: int,
        totals: Callable[[], npt.NDArray[np.int64]],
    ) -> npt.NDArray[np.bool_]:
        high, low = self._frequency_bounds(n_documents)
        keep = features_to_keep(
            frequencies,
            lambda: totals().astype(sum_dtype(self.dtype)),
            high if high < n_documents else None,
            low if low > 1 else None,
            self.max_features,
        )
        if not keep.any():
            raise ValueError(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df."
            )
        return keep

    def _core_counts(self, counts: Any, columns: Any, n_columns: int, frequencies: Any) -> Any:
        check_dtype(self.dtype)
        return CoreCounts(
            counts,
            columns,
            n_columns,
            frequencies,
            resolve_n_jobs(self.n_jobs),
            getattr(self, "_progress", None),
        )

    def _learn_in_python(self, raw_documents: Iterable[Any]) -> Any:
        vocabulary, X = self._count_vocab(raw_documents, False)
        if self.binary:
            X.data.fill(1)
        high, low = self._frequency_bounds(X.shape[0])
        if self.max_features is not None:
            X = self._sort_features(X, vocabulary)
        X = self._limit_features(X, vocabulary, high, low, self.max_features)
        if self.max_features is None:
            X = self._sort_features(X, vocabulary)
        X.sort_indices()
        self.vocabulary_ = vocabulary
        return X

    def _count_vocab(self, raw_documents: Iterable[Any], fixed_vocab: bool) -> tuple[Any, Any]:
        """Count in Python; scikit-learn's name, for subclasses."""
        return count_in_python(
            python_objects(raw_documents),
            self.build_analyzer(),
            self.vocabulary_ if fixed_vocab else None,
            self.dtype,
        )

    def _sort_features(self, X: Any, vocabulary: dict[Any, int]) -> Any:
        return sort_features(X, vocabulary)

    def _limit_features(
        self,
        X: Any,
        vocabulary: dict[Any, int],
        high: float | None = None,
        low: float | None = None,
        limit: int | None = None,
    ) -> Any:
        keep = features_to_keep(
            document_frequency(X), lambda: np.asarray(X.sum(axis=0)).ravel(), high, low, limit
        )
        columns = total_order(keep)
        for term, column in list(vocabulary.items()):
            if keep[column]:
                vocabulary[term] = int(columns[column])
            else:
                del vocabulary[term]
        if not keep.any():
            raise ValueError(
                "After pruning, no terms remain. Try a lower min_df or a higher max_df."
            )
        return X[:, np.where(keep)[0]]

    def _look_up(self, raw_documents: Iterable[Any]) -> Any:
        if isinstance(raw_documents, str):
            raise ValueError(STRING_INSTEAD_OF_DOCUMENTS)
        self._check_vocabulary()
        return self._count_fixed(raw_documents)

    def _count_fixed(self, raw_documents: Iterable[Any]) -> Any:
        plan = self._plan()
        lookup = None if plan is None else self._lookup(plan.options)
        if plan is None or lookup is None:
            _, X = self._count_vocab(raw_documents, True)
            if self.binary:
                X.data.fill(1)
            return X
        counts, _ = count_in_core(self, plan, raw_documents, lookup)
        return self._core_counts(counts, None, self._vocabulary_size(), None)

    def _lookup(self, options: Any) -> Any:
        """The vocabulary as the core looks it up, or None if it has gaps or repeated columns."""
        key = (self.analyzer, self.ngram_range[1] > 1, frozenset(self.get_stop_words() or ()))
        source = self.__dict__.get("vocabulary_", self.__dict__.get("_terms"))
        cached = self.__dict__.get("_lookup_cache")
        if isinstance(source, dict):
            is_known = cached is not None and isinstance(cached[1], _core.DictSnapshot)
            if cached is not None and is_known and cached[0] == key and cached[1].matches(source):
                return cached[2]
            try:
                lookup = _core.Lookup(options, source)
            except (IndexError, TypeError, ValueError, RuntimeError):
                return None
            self._lookup_cache = (key, _core.DictSnapshot(source), lookup)
            return lookup
        if cached and cached[0] == key and cached[1] is source:
            return cached[2]
        if not isinstance(source, _core.Vocabulary):
            return None
        lookup = _core.Lookup(options, source)
        self._lookup_cache = (key, source, lookup)
        return lookup

    def _has_vocabulary(self) -> bool:
        return "_terms" in self.__dict__ or hasattr(self, "vocabulary_")

    def _vocabulary_size(self) -> int:
        terms = self.__dict__.get("vocabulary_", self.__dict__.get("_terms"))
        return len(self.vocabulary_ if terms is None else terms)

    def __getattr__(self, name: str) -> Any:
        # The vocabulary as a dict is made when it is first asked for.
        if name == "vocabulary_" and "_terms" in self.__dict__:
            self.vocabulary_ = self._terms.columns()
            if "_lookup_cache" in self.__dict__:
                key, _, lookup = self._lookup_cache
                self._lookup_cache = (key, _core.DictSnapshot(self.vocabulary_), lookup)
            return self.vocabulary_
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __getstate__(self) -> dict[str, Any]:
        state = dict(self.__dict__)
        if "_terms" in state:
            state.setdefault("vocabulary_", state.pop("_terms").columns())
        for name in ("_lookup_cache", "_progress"):
            state.pop(name, None)
        if "_seen" in state and not isinstance(state["_seen"].terms, list):
            del state["_seen"]  # of a fit: it would make pickles much larger than scikit-learn's
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *(["vocabulary_"] if "_terms" in self.__dict__ else [])]

    def inverse_transform(self, X: Any) -> list[Any]:
        """Return the terms of each row.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_documents, n_terms)
            Counts or weights.

        Returns
        -------
        terms : list of arrays
            For each row the terms with an entry that is not 0.
        """
        self._check_vocabulary()
        X = check_matrix(X, formats=("csr",), name="CountVectorizer")
        terms = np.array(list(self.vocabulary_.keys()))
        in_order = terms[np.argsort(np.array(list(self.vocabulary_.values())))]
        if X.shape[1] > len(in_order):
            raise ValueError(f"X has {X.shape[1]} columns, but there are {len(in_order)} terms")
        if isinstance(X, np.ndarray):
            return [in_order[np.flatnonzero(row)].ravel() for row in X]
        ends = X.indptr
        rows = ((X.indices[a:b], X.data[a:b]) for a, b in pairwise(ends))
        return [in_order[columns[values != 0]].ravel() for columns, values in rows]

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the terms in the order of their columns.

        Parameters
        ----------
        input_features : None
            Not used.

        Returns
        -------
        feature_names_out : array of str objects
            The terms.
        """
        self._check_vocabulary()
        if "vocabulary_" not in self.__dict__:
            return np.array(self._terms.terms(), dtype=object)
        in_order = sorted(self.vocabulary_.items(), key=itemgetter(1))
        return np.asarray([term for term, _ in in_order], dtype=object)

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.two_d_array = False
        return tags
