"""TfidfTransformer: counts to TF-IDF."""

from typing import Any, Self

import numpy as np
import numpy.typing as npt

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._sound import real_values
from samestory.vectorizers.counting import document_frequency
from samestory.vectorizers.estimator import Estimator, as_configured, not_fitted_error
from samestory.vectorizers.frequencies import Frequencies
from samestory.vectorizers.matrices import check_finite, check_matrix
from samestory.vectorizers.parameters import WEIGHT_RULES, check_parameters
from samestory.vectorizers.saving import SavedByName


def inverse_document_frequency(
    frequencies: npt.NDArray[Any], n_documents: int, smooth: bool, dtype: Any
) -> npt.NDArray[Any]:
    """Return log(n / df) + 1, with one more document that has every term if `smooth`."""
    if len(frequencies) > 2 * n_documents and frequencies.min() > 0:
        # Many terms, few frequencies: the logarithm of each frequency that there can be.
        possible = np.arange(n_documents + 1)
        possible[0] = 1
        table = inverse_document_frequency(possible, n_documents, smooth, dtype)
        return table.take(frequencies, mode="clip")
    df = frequencies.astype(dtype)
    df += float(smooth)
    idf = np.full_like(df, fill_value=n_documents + int(smooth), dtype=dtype)
    idf /= df
    np.log(idf, out=idf)
    idf += 1.0
    return idf


class TfidfTransformer(SavedByName, Estimator):
    """Transform a count matrix to a normalized tf or tf-idf representation.

    The weight of a term is tf * idf with idf = log((1 + n) / (1 + df)) + 1, for n documents of
    which df have the term; rows are then divided by their norm. The textbook's idf, log(n / df),
    has no 1 added, so that here terms of all documents do not vanish.

    Parameters
    ----------
    norm : {'l1', 'l2'} or None, default='l2'
        By which norm a row is divided.
    use_idf : bool, default=True
        Weigh by inverse document frequency.
    smooth_idf : bool, default=True
        Count one more document that has every term once; prevents division by zero.
    sublinear_tf : bool, default=False
        Replace tf by 1 + log(tf).

    Attributes
    ----------
    idf_ : array of shape (n_features,)
        The inverse document frequencies, if `use_idf`.
    n_features_in_ : int
        Columns seen in fit.

    Examples
    --------
    >>> from samestory import TfidfTransformer
    >>> TfidfTransformer().fit([[1, 1], [1, 0]]).idf_.round(3)
    array([1.   , 1.405])
    """

    def __init__(
        self,
        *,
        norm: str | None = "l2",
        use_idf: bool = True,
        smooth_idf: bool = True,
        sublinear_tf: bool = False,
    ) -> None:
        self.norm = norm
        self.use_idf = use_idf
        self.smooth_idf = smooth_idf
        self.sublinear_tf = sublinear_tf

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learn the idf vector.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_samples, n_features)
            Counts.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The fitted transformer.
        """
        check_parameters(self, WEIGHT_RULES)
        self._remember_names(X)
        X = self._counts(X)
        self.n_features_in_ = X.shape[1]
        self._remember(document_frequency(X), X.shape[0])
        self._fit_frequencies(self._seen.documents, X.shape[0], X.dtype)
        return self

    def partial_fit(self, X: Any, y: Any = None) -> Self:
        """Add the counts of one part of a collection to those already seen.

        After the last part everything is as `fit` on all rows leaves it, to the bit.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_samples, n_features)
            Counts.
        y : None
            Ignored.

        Returns
        -------
        self : object
            The transformer, fitted to all rows seen.

        Examples
        --------
        >>> from samestory import TfidfTransformer
        >>> parts = TfidfTransformer().partial_fit([[1, 1]]).partial_fit([[1, 0]])
        >>> parts.idf_.round(3)
        array([1.   , 1.405])
        """
        if "_seen" not in self.__dict__:
            return self.fit(X)
        check_parameters(self, WEIGHT_RULES)
        part = self._counts(X)
        self._add(document_frequency(part), part.shape[0], part.dtype)
        return self

    def merge(self, other: "TfidfTransformer") -> Self:
        """Add all rows that another transformer has seen.

        Parameters
        ----------
        other : TfidfTransformer
            Fitted to counts of the same columns.

        Returns
        -------
        self : object
            The transformer, as if fitted to the rows of both.
        """
        seen = other.__dict__.get("_seen")
        if seen is None or "_seen" not in self.__dict__:
            raise not_fitted_error(
                "merge adds what two transformers have learned: fit both first, to counts"
            )
        kind = other.idf_.dtype if hasattr(other, "idf_") else np.float64
        self._add(seen.documents, seen.n_documents, kind)
        return self

    def _counts(self, X: Any) -> Any:
        import scipy.sparse as sp

        X = check_matrix(X, formats=("csr", "csc"), name=type(self).__name__)
        if sp.issparse(X):
            return X
        # What SciPy has no sparse matrix of is its error to tell, as in scikit-learn.
        is_scipys = X.dtype.kind == "c" or X.dtype == np.float16
        return sp.csr_array(X if is_scipys else real_values(X, "X"))

    def _remember(self, documents: Any, n_documents: int) -> None:
        self._seen = Frequencies([], documents, None, n_documents)

    def _add(self, documents: Any, n_documents: int, dtype: Any) -> None:
        if len(documents) != self.n_features_in_:
            raise ValueError(
                f"there are {len(documents):,} features, but {type(self).__name__} has seen "
                f"{self.n_features_in_:,} before: parts need the same columns"
            )
        seen = self._seen
        self._remember(seen.documents + documents, seen.n_documents + n_documents)
        # Single precision if all parts had it.
        is_single = dtype == np.float32 and getattr(self, "idf_", documents).dtype == np.float32
        kind = np.float32 if is_single else np.float64
        self._fit_frequencies(self._seen.documents, self._seen.n_documents, kind)

    def _fit_frequencies(self, frequencies: Any, n_documents: int, dtype: Any) -> None:
        if self.use_idf:
            kind = dtype if dtype in (np.float64, np.float32) else np.float64
            self.idf_ = inverse_document_frequency(frequencies, n_documents, self.smooth_idf, kind)

    def _remember_names(self, X: Any) -> None:
        self.__dict__.pop("feature_names_in_", None)
        columns = getattr(X, "columns", None)
        if columns is not None and all(isinstance(name, str) for name in columns):
            self.feature_names_in_ = np.asarray(columns, dtype=object)

    def transform(self, X: Any, copy: bool = True) -> Any:
        """Transform a count matrix to a tf or tf-idf representation.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_samples, n_features)
            Counts.
        copy : bool, default=True
            Leave `X` as it is.

        Returns
        -------
        X : sparse matrix of shape (n_samples, n_features)
            The weights.
        """
        import scipy.sparse as sp

        self._check_is_fitted()
        name = type(self).__name__
        X = check_matrix(X, formats=("csr",), name=name, dtypes=(np.float64, np.float32), copy=copy)
        idf = getattr(self, "idf_", None)
        expected = getattr(self, "n_features_in_", X.shape[1] if idf is None else len(idf))
        if X.shape[1] != expected:
            raise ValueError(
                f"X has {X.shape[1]} features, but {name} is expecting {expected} features as "
                "input."
            )
        if not sp.issparse(X):
            X = sp.csr_array(X, dtype=X.dtype)
        if self.sublinear_tf:
            np.log(X.data, X.data)
            X.data += 1.0
        if idf is not None:
            X.data *= idf[X.indices]
        if self.norm is not None:
            check_finite(X.data, name)  # an unsmoothed idf of an unseen term is infinite
            _core.normalize_rows(X.data, X.indptr, self.norm, resolve_n_jobs(-1))
        return as_configured(X)

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Fit, then transform.

        Parameters
        ----------
        X : array or sparse matrix of shape (n_samples, n_features)
            Counts.
        y : None
            Ignored.

        Returns
        -------
        X : sparse matrix of shape (n_samples, n_features)
            The weights.
        """
        return self.fit(X).transform(X)

    def get_feature_names_out(self, input_features: Any = None) -> npt.NDArray[np.object_]:
        """Return the names of the columns, which are those of the input.

        Parameters
        ----------
        input_features : array-like of str or None
            Names; by default those seen in fit, or x0, x1, ...

        Returns
        -------
        feature_names_out : array of str objects
            The names.
        """
        if not hasattr(self, "n_features_in_"):
            raise not_fitted_error(
                f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with "
                "appropriate arguments before using this estimator."
            )
        seen = getattr(self, "feature_names_in_", None)
        if input_features is None:
            names = [f"x{i}" for i in range(self.n_features_in_)] if seen is None else seen
            return np.asarray(names, dtype=object)
        given = np.asarray(input_features, dtype=object)
        if seen is not None and not np.array_equal(seen, given):
            raise ValueError("input_features is not equal to feature_names_in_")
        if len(given) != self.n_features_in_:
            raise ValueError(
                "input_features should have length equal to number of features "
                f"({self.n_features_in_}), got {len(given)}"
            )
        return given

    def __sklearn_tags__(self) -> Any:
        from sklearn.utils import TransformerTags

        tags = super().__sklearn_tags__()
        tags.transformer_tags = TransformerTags(preserves_dtype=["float64", "float32"])
        tags.input_tags.sparse = True
        return tags
