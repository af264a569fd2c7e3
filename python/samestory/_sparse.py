"""Matrices in and out: whatever a user has to scipy CSR, and the core's arrays to scipy CSR."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from scipy import sparse

# Columns from which work space for all of them is worth a thought: 32 MB of double precision.
_WIDE = 2**22

CoreCsr = tuple[Any, Any, Any, tuple[int, int]]


def to_csr(matrix: Any, name: str) -> "sparse.csr_matrix | sparse.csr_array":
    """Return rows of float32 or float64 values as scipy CSR, without a copy where it is that.

    Parameters
    ----------
    matrix : sparse matrix or array of any format, or array-like of shape (n_rows, n_columns)
        Whole numbers, booleans and half precision become float64.
    name : str
        The argument's name, for messages.
    """
    from scipy import sparse

    if sparse.issparse(matrix):
        if matrix.ndim != 2:
            raise ValueError(f"{name} has to have two dimensions, not {matrix.ndim}")
        rows = matrix if matrix.format == "csr" else _by_rows(matrix, name)
    else:
        rows = _dense_rows(matrix, name)
    if rows.dtype in (np.float32, np.float64):
        return rows
    if rows.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds values of dtype {rows.dtype}; real numbers are needed")
    return rows.astype(np.float64)


def _by_rows(matrix: Any, name: str) -> Any:
    try:
        return matrix.tocsr()
    except (ValueError, IndexError) as error:
        raise ValueError(f"{name} is a broken sparse matrix: {error}") from error


def _dense_rows(matrix: Any, name: str) -> Any:
    from scipy import sparse

    dense = np.asarray(matrix)
    if dense.dtype.kind not in "biuf":
        raise TypeError(
            f"{name} has to be a matrix of numbers with a row for each text (sparse or dense), "
            f"not {type(matrix).__name__} of dtype {dense.dtype}"
        )
    if dense.ndim != 2:
        raise ValueError(f"{name} has to have two dimensions, not {dense.ndim}")
    return sparse.csr_matrix(dense if dense.dtype in (np.float32, np.float64) else dense * 1.0)


def same_dtype(X: Any, Y: Any) -> tuple[Any, Any]:
    """Return both matrices in the wider of their dtypes."""
    wider = np.promote_types(X.dtype, Y.dtype)
    return X.astype(wider, copy=False), Y.astype(wider, copy=False)


def without_unused_columns(matrices: list[Any]) -> list[Any]:
    """Renumber the columns of matrices that are far wider than what they hold.

    Work space is taken for every column, which is nothing beside the entries unless almost all
    columns are empty. The order of the columns, and so every sum over them, stays the same.
    """
    width = matrices[0].shape[1]
    n_entries = sum(matrix.nnz for matrix in matrices)
    indices = [matrix.indices for matrix in matrices]
    in_range = all(part.size == 0 or (part.min() >= 0 and part.max() < width) for part in indices)
    if width <= max(_WIDE, 4 * n_entries) or width != matrices[-1].shape[1] or not in_range:
        return matrices
    used = np.unique(np.concatenate(indices))
    return [
        type(matrix)(
            (matrix.data, np.searchsorted(used, matrix.indices), matrix.indptr),
            shape=(matrix.shape[0], len(used)),
        )
        for matrix in matrices
    ]


def from_core(parts: CoreCsr, like: Any = None) -> Any:
    """Return the core's (data, indices, indptr, shape) as scipy CSR, without a copy.

    Parameters
    ----------
    parts : tuple
        What the core returned.
    like : object, optional
        Given a scipy sparse *array*, the result is one too; otherwise it is a sparse matrix.
    """
    from scipy import sparse

    is_array = like is not None and isinstance(like, sparse.sparray)
    kind = sparse.csr_array if is_array else sparse.csr_matrix
    data, indices, indptr, shape = parts
    result = kind((data, indices, indptr), shape=shape, copy=False)
    result.has_sorted_indices = True
    result.has_canonical_format = True
    return result
