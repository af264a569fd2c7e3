"""Counts on their way to a matrix: those of the core, and those that Python's analyzers make."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samestory._progress import Progress

CORE_DTYPES = tuple(np.dtype(name) for name in ("float64", "float32", "int64", "int32"))


@dataclass
class CoreCounts:
    """The core's counts, with the columns that are kept of them."""

    counts: Any
    columns: npt.NDArray[np.int32] | None
    n_columns: int
    document_frequencies: npt.NDArray[np.int64] | None  # None for a given vocabulary
    n_threads: int
    progress: Any = None

    def rows(
        self,
        dtype: Any,
        binary: bool = False,
        idf: npt.NDArray[Any] | None = None,
        sublinear: bool = False,
        norm: str | None = None,
    ) -> Any:
        """The weighted rows as a CSR array; the counts are used up."""
        import scipy.sparse as sp

        wanted = np.dtype(dtype)
        direct = wanted.name if wanted in CORE_DTYPES else "int32"
        with Progress(self.progress) as progress:
            data, indices, indptr, shape = self.counts.take_rows(
                direct,
                self.columns,
                self.n_columns,
                idf,
                binary,
                sublinear,
                norm or "",
                self.n_threads,
                progress.hook,
            )
        matrix = sp.csr_array((data, indices, indptr), shape=shape, dtype=wanted)
        matrix.has_sorted_indices = matrix.has_canonical_format = True
        return matrix


def check_dtype(dtype: Any) -> None:
    """Raise scipy's error for a dtype that its matrices cannot have."""
    if np.dtype(dtype) not in CORE_DTYPES:
        import scipy.sparse as sp

        sp.csr_array((1, 1), dtype=dtype)


def count_in_python(
    raw_documents: Iterable[Any],
    analyze: Callable[[Any], Iterable[Any]],
    vocabulary: dict[Any, int] | None,
    dtype: Any,
) -> tuple[dict[Any, int], Any]:
    """Count what a Python analyzer makes of each document.

    Parameters
    ----------
    raw_documents : iterable
        The documents.
    analyze : callable
        From a document to its features: anything hashable.
    vocabulary : dict or None
        The features that count, and their columns; None to learn them.
    dtype : dtype
        Of the matrix.

    Returns
    -------
    vocabulary : dict
        Features in the order in which they were first met.
    counts : csr_array
        Rows with sorted columns.
    """
    import scipy.sparse as sp

    from samestory import _core

    learns = vocabulary is None
    columns: dict[Any, int] = {} if vocabulary is None else vocabulary
    counter = _core.FeatureCounter(columns, learns)
    for document in raw_documents:
        counter.add(analyze(document))
    if learns and not columns:
        raise ValueError("empty vocabulary; perhaps the documents only contain stop words")
    values, indices, indptr = counter.finish()
    shape = (len(indptr) - 1, len(columns))
    if len(indices) and not (indices.min() >= 0 and indices.max() < len(columns)):
        raise ValueError(f"the vocabulary has columns outside of [0, {len(columns)})")
    counts = sp.csr_array((values, indices, indptr), shape=shape, dtype=dtype)
    counts.sort_indices()
    return columns, counts


def sort_features(X: Any, vocabulary: dict[Any, int]) -> Any:
    """Renumber features in their own order, in the matrix and in the vocabulary."""
    in_order = sorted(vocabulary.items())
    columns = np.empty(len(in_order), dtype=X.indices.dtype)
    for new, (term, old) in enumerate(in_order):
        vocabulary[term] = new
        columns[old] = new
    X.indices = columns.take(X.indices, mode="clip")
    X.has_sorted_indices = False
    return X


def features_to_keep(
    document_frequencies: npt.NDArray[Any],
    totals: Callable[[], npt.NDArray[Any]],
    high: float | None,
    low: float | None,
    limit: int | None,
) -> npt.NDArray[np.bool_]:
    """Which features are neither too frequent nor too rare, the `limit` most frequent of them.

    Ties at the limit go as numpy's argsort has them, which is how scikit-learn breaks them.
    """
    keep = np.ones(len(document_frequencies), dtype=bool)
    if high is not None:
        keep &= document_frequencies <= high
    if low is not None:
        keep &= document_frequencies >= low
    if limit is not None and keep.sum() > limit:
        among = (-totals()[keep]).argsort()[:limit]
        most_frequent = np.zeros(len(keep), dtype=bool)
        most_frequent[np.where(keep)[0][among]] = True
        keep = most_frequent
    return keep


def sum_dtype(dtype: Any) -> Any:
    """The dtype in which scipy.sparse sums a matrix of some dtype."""
    kind = np.dtype(dtype).kind
    return {"b": np.int64, "i": np.int64, "u": np.uint64}.get(kind, dtype)


def document_frequency(X: Any) -> npt.NDArray[Any]:
    """In how many rows of a CSR or CSC matrix each column has an entry."""
    if X.format == "csr":
        return np.bincount(X.indices, minlength=X.shape[1])
    return np.diff(X.indptr)
