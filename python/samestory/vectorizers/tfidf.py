"""TfidfVectorizer: documents to TF-IDF rows."""

import warnings
from collections.abc import Callable, Iterable
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from samestory.vectorizers.core import is_overridden
from samestory.vectorizers.count import CountVectorizer
from samestory.vectorizers.counting import CORE_DTYPES, CoreCounts
from samestory.vectorizers.estimator import as_configured, not_fitted_error
from samestory.vectorizers.frequencies import Frequencies
from samestory.vectorizers.parameters import COUNT_RULES, WEIGHT_RULES, check_parameters
from samestory.vectorizers.transformer import TfidfTransformer

_FLOATS = (np.float64, np.float32, np.float16)


class TfidfVectorizer(CountVectorizer):
    r"""Convert a collection of raw documents to a matrix of TF-IDF features.

    scikit-learn's TfidfVectorizer, parameter for parameter, on all processors: CountVectorizer
    followed by TfidfTransformer.

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
    analyzer : {'word', 'char', 'char_wb', 'unicode_word'} or callable, default='word'
        What n-grams are made of.
    stop_words : {'english'}, list, default=None
        Words to leave out; of words only.
    token_pattern : str or None, default=r"(?u)\\b\\w\\w+\\b"
        What a token is.
    ngram_range : tuple (min_n, max_n), default=(1, 1)
        The shortest and the longest n-grams.
    max_df : float in [0.0, 1.0] or int, default=1.0
        Leave out terms in more documents than this, as a share or a number.
    min_df : float in [0.0, 1.0] or int, default=1
        Leave out terms in fewer documents than this.
    max_features : int, default=None
        Keep only so many terms, the most frequent ones.
    vocabulary : Mapping or iterable, default=None
        The terms to count, instead of those of the documents.
    binary : bool, default=False
        Every count that is not 0 is 1, before weighting.
    dtype : dtype, default=np.float64
        Of the matrix.
    norm : {'l1', 'l2'} or None, default='l2'
        By which norm a row is divided.
    use_idf : bool, default=True
        Weigh by inverse document frequency.
    smooth_idf : bool, default=True
        Count one more document that has every term once.
    sublinear_tf : bool, default=False
        Replace tf by 1 + log(tf).
    n_jobs : int or None, default=-1
        Threads to use; -1 for every processor.

    Attributes
    ----------
    vocabulary_ : dict
        Terms and their columns.
    fixed_vocabulary_ : bool
        Whether the vocabulary was given.
    idf_ : array of shape (n_features,)
        The inverse document frequencies.

    Examples
    --------
    >>> from samestory import TfidfVectorizer
    >>> vectorizer = TfidfVectorizer()
    >>> X = vectorizer.fit_transform(["Rain again", "Again and again"])
    >>> X.toarray().round(1)
    array([[0.6, 0. , 0.8],
           [0.8, 0.6, 0. ]])
    """

    _rules = COUNT_RULES | WEIGHT_RULES

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
        analyzer: Any = "word",
        stop_words: Any = None,
        token_pattern: str | None = r"(?u)\b\w\w+\b",
        ngram_range: tuple[int, int] = (1, 1),
        max_df: Any = 1.0,
        min_df: Any = 1,
        max_features: int | None = None,
        vocabulary: Any = None,
        binary: bool = False,
        dtype: Any = np.float64,
        norm: str | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
        n_jobs: int | None = -1,
    ) -> None:
        super().__init__(
            input=input,
            encoding=encoding,
            decode_error=decode_error,
            strip_accents=strip_accents,
            lowercase=lowercase,
            preprocessor=preprocessor,
            tokenizer=tokenizer,
            analyzer=analyzer,
            stop_words=stop_words,
            token_pattern=token_pattern,
            ngram_range=ngram_range,
            max_df=max_df,
            min_df=min_df,
            max_features=max_features,
            vocabulary=vocabulary,
            binary=binary,
            dtype=dtype,
            n_jobs=n_jobs,
        )
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    @property
    def idf_(self) -> Any:
        """Inverse document frequencies, one a column."""
        if "_tfidf" not in self.__dict__:
            raise not_fitted_error(
                f"{type(self).__name__} is not fitted yet. Call 'fit' with appropriate arguments "
                "before using this attribute."
            )
        return self._tfidf.idf_

    @idf_.setter
    def idf_(self, value: Any) -> None:
        if not self.use_idf:
            raise ValueError("`idf_` cannot be set when `user_idf=False`.")
        if "_tfidf" not in self.__dict__:
            self._tfidf = self._new_transformer()
        self._validate_vocabulary()
        if self._has_vocabulary() and self._vocabulary_size() != len(value):
            raise ValueError(
                f"idf length = {len(value)} must be equal to vocabulary size = "
                f"{self._vocabulary_size()}"
            )
        self._tfidf.idf_ = value

    def _new_transformer(self) -> TfidfTransformer:
        return TfidfTransformer(
            norm=self.norm,
            use_idf=self.use_idf,
            smooth_idf=self.smooth_idf,
            sublinear_tf=self.sublinear_tf,
        )

    def _check_params(self) -> None:
        if self.dtype not in _FLOATS:
            warnings.warn(
                f"Only {_FLOATS} 'dtype' should be used. {self.dtype} 'dtype' will be converted to "
                "np.float64.",
                UserWarning,
                stacklevel=3,
            )

    def fit(self, raw_documents: Iterable[Any], y: Any = None) -> Self:
        """Learn vocabulary and idf from the documents.

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
        check_parameters(self, self._rules)
        self._check_params()
        self._warn_for_unused_params()
        self._fit_weights(raw_documents)
        return self

    def fit_transform(self, raw_documents: Iterable[Any], y: Any = None) -> Any:
        """Learn vocabulary and idf, and return the weights.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.
        y : None
            Ignored.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_terms)
            The weights.
        """
        self._check_params()
        return self._weigh(self._fit_weights(raw_documents))

    def transform(self, raw_documents: Iterable[Any]) -> Any:
        """Weigh documents by the vocabulary and the idf learned.

        Parameters
        ----------
        raw_documents : iterable
            The documents: str, bytes, files or names of files.

        Returns
        -------
        X : sparse matrix of shape (n_documents, n_terms)
            The weights.
        """
        self._check_is_fitted("The TF-IDF vectorizer is not fitted")
        return self._weigh(self._look_up(raw_documents))

    def _value_type(self) -> Any:
        return np.float32 if np.dtype(self.dtype) == np.float32 else np.float64

    def _fit_weights(self, raw_documents: Iterable[Any]) -> Any:
        self._tfidf = self._new_transformer()
        counts = self._learn(raw_documents)
        if isinstance(counts, CoreCounts) and counts.document_frequencies is None:
            counts = self._counts_of(counts)  # a given vocabulary: its frequencies are not known
        if isinstance(counts, CoreCounts):
            self._tfidf.n_features_in_ = counts.n_columns
            self._tfidf._fit_frequencies(
                counts.document_frequencies, counts.counts.n_rows, self._value_type()
            )
        else:
            self._tfidf.fit(counts)
        return counts

    def _fit_frequencies(self, seen: Frequencies) -> npt.NDArray[np.int64]:
        frequencies = super()._fit_frequencies(seen)
        self._tfidf = self._new_transformer()
        self._tfidf.n_features_in_ = len(frequencies)
        self._tfidf._fit_frequencies(frequencies, seen.n_documents, self._value_type())
        return frequencies

    def _weigh(self, counts: Any) -> Any:
        if isinstance(counts, CoreCounts) and self._core_can_weigh(counts):
            tfidf = self._tfidf
            return as_configured(
                counts.rows(
                    self._value_type(),
                    self.binary,
                    getattr(tfidf, "idf_", None),
                    tfidf.sublinear_tf,
                    tfidf.norm,
                )
            )
        if isinstance(counts, CoreCounts):
            counts = self._counts_of(counts)
        return self._tfidf.transform(counts, copy=False)

    def _core_can_weigh(self, counts: CoreCounts) -> bool:
        """Whether the core gives what TfidfTransformer.transform would."""
        tfidf = self._tfidf
        if type(tfidf) is not TfidfTransformer or is_overridden(
            tfidf, TfidfTransformer, ["transform"]
        ):
            return False
        if counts.counts.n_rows == 0 or tfidf.norm not in ("l1", "l2", None):
            return False
        if np.dtype(self.dtype) not in CORE_DTYPES:
            return False
        if getattr(tfidf, "n_features_in_", counts.n_columns) != counts.n_columns:
            return False
        idf = getattr(tfidf, "idf_", None)
        return idf is None or (
            isinstance(idf, np.ndarray)
            and idf.dtype == self._value_type()
            and idf.shape == (counts.n_columns,)
            and bool(np.isfinite(idf).all())
        )

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags._skip_test = True
        return tags
