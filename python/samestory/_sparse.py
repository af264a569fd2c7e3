"""Matrices in and out: whatever a user has to scipy CSR, and the core's arrays to scipy CSR."""

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._sound import check_room, n_dimensions, rebuilt, sound

if TYPE_CHECKING:
    from scipy import sparse

# Columns from which work space for all of them is worth a thought: 32 MB of double precision.
_WIDE = 2**22

CoreCsr = tuple[Any, Any, Any, tuple[int, int]]


def to_csr(matrix: Any, name: str) -> "sparse.csr_matrix | sparse.csr_array":
    """Return rows of finite float32 or float64 values as scipy CSR, without a copy if they are.

    Parameters
    ----------
    matrix : sparse matrix or array of any format, or array-like of shape (n_rows, n_columns)
        Whole numbers, booleans, half and extended precision become float64.
    name : str
        The argument's name, for messages.
    """
    from scipy import sparse

    if not sparse.issparse(matrix):
        return _dense_rows(matrix, name)
    if n_dimensions(matrix, name) != 2:
        raise ValueError(f"{name} has to have two dimensions, not {matrix.ndim}")
    rows = sound(matrix, name)
    if rows.format != "csr":
        check_room(rows.shape[0], "rows", name)
        # Duplicates are summed as real numbers; those of booleans are one.
        rows = _as_float(rows, keep=(np.bool_,)).tocsr()
    # Built anew, it says nothing of its own about being sorted.
    rows = rebuilt(rows, (_as_float(rows).data, rows.indices, rows.indptr), rows.shape)
    check_finite_rows(rows, name)
    return rows


def one_row(row: Any, name: str) -> "sparse.csr_matrix | sparse.csr_array":
    """Return a row, sparse or dense and of one or two dimensions, as CSR of shape (1, n)."""
    from scipy import sparse

    if sparse.issparse(row):
        rows = to_csr(sound(row, name), name)
    else:
        rows = to_csr(np.atleast_2d(_numbers(row, name)), name)
    if rows.shape[0] != 1:
        raise ValueError(f"{name} has to be one row, not {rows.shape[0]}")
    return rows


def _as_float(rows: Any, keep: tuple[Any, ...] = ()) -> Any:
    """Sound rows with values of float32 or float64, or of a dtype to keep."""
    return rows if rows.dtype in (np.float32, np.float64, *keep) else rows.astype(np.float64)


def check_finite_rows(rows: Any, name: str) -> None:
    """Refuse a sound CSR matrix that holds NaN or infinity."""
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(rows.data.sum()) or np.isfinite(rows.data).all():
            return
    entry = int(np.flatnonzero(~np.isfinite(rows.data))[0])
    row = int(np.searchsorted(rows.indptr, entry, side="right")) - 1
    raise ValueError(
        f"{name}: row {row}: the value in column {rows.indices[entry]} is NaN or infinite; every "
        "value has to be finite"
    )


def _numbers(matrix: Any, name: str) -> Any:
    try:
        dense = np.asarray(matrix)
    except ValueError as error:
        raise ValueError(f"{name} has to be a matrix of numbers: {error}") from error
    if dense.dtype.kind not in "biuf":
        raise TypeError(
            f"{name} has to be a matrix of numbers with a row for each text (sparse or dense), "
            f"not {type(matrix).__name__} of dtype {dense.dtype}"
        )
    return dense


def _dense_rows(matrix: Any, name: str) -> Any:
    from scipy import sparse

    dense = _numbers(matrix, name)
    if dense.ndim != 2:
        raise ValueError(f"{name} has to have two dimensions, not {dense.ndim}")
    is_float = dense.dtype in (np.float32, np.float64)
    rows = sparse.csr_matrix(dense if is_float else dense.astype(np.float64))
    check_finite_rows(rows, name)
    return rows


def same_dtype(X: Any, Y: Any) -> tuple[Any, Any]:
    """Return both matrices in the wider of their dtypes."""
    wider = np.promote_types(X.dtype, Y.dtype)
    return X.astype(wider, copy=False), Y.astype(wider, copy=False)


def without_unused_columns(matrices: list[Any]) -> list[Any]:
    """Renumber the columns of sound matrices that are far wider than what they hold.

    Work space is taken for every column, which is nothing beside the entries unless almost all
    columns are empty. The order of the columns, and so every sum over them, stays the same.
    """
    width = matrices[0].shape[1]
    n_entries = sum(matrix.nnz for matrix in matrices)
    if width <= max(_WIDE, 4 * n_entries) or width != matrices[-1].shape[1]:
        return matrices
    used = np.unique(np.concatenate([matrix.indices for matrix in matrices]))
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
