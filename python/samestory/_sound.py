"""The one gate: what a sparse matrix from outside has to prove before anything else touches it.

SciPy trusts the index arrays of its matrices: a conversion, a sum or a sort of one that is broken
reads and writes outside of them. So nothing of SciPy runs here before the arrays have been looked
at, and nothing elsewhere runs on a matrix that has not been here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from samestory import _core
from samestory._memory import available_memory, readable

_AXES = {"csr": "rows", "csc": "columns"}
_REAL_KINDS = "biuf"


def sound(matrix: Any, name: str) -> Any:
    """Return a sparse matrix on which every operation of SciPy is safe.

    Parameters
    ----------
    matrix : sparse matrix or array of any format
        Of one dimension too: that is taken for one row.
    name : str
        The argument's name, for messages.

    Returns
    -------
    sparse matrix or array
        `matrix` itself where it is CSR or CSC as SciPy makes them; CSR, CSC or COO that shares its
        values otherwise.

    Raises
    ------
    TypeError
        If its parts are not what its format has, or its values are no real numbers.
    ValueError
        If its shape, index arrays or values do not fit together.
    """
    try:
        shape = _shape(matrix, name)
        if matrix.format in _AXES:
            return _sound_compressed(matrix, shape, name)
        read = _TRIPLETS.get(matrix.format)
        if read is None:
            raise TypeError(f"{name} is a sparse matrix of the unknown format {matrix.format!r}")
        return _from_triplets(matrix, *read(matrix, name), shape, name)
    except AttributeError as error:
        raise TypeError(f"{name} is no complete sparse matrix: {error}") from error
    except (ValueError, OverflowError) as error:  # some are numpy's own, of arrays that are none
        if str(error).startswith(name):
            raise
        raise ValueError(f"{name} is a broken sparse matrix: {error}") from error


def real_values(values: Any, name: str) -> Any:
    """Return real numbers as an array of a dtype that SciPy knows; refuse what holds others."""
    values = np.asarray(values)
    if values.dtype.kind not in _REAL_KINDS:
        raise TypeError(f"{name} holds values of dtype {values.dtype}; real numbers are needed")
    kind = np.float64 if values.dtype == np.float16 else values.dtype.newbyteorder("=")
    return values.astype(kind, copy=False)


def check_room(n: int, what: str, name: str) -> None:
    """Refuse a matrix of more rows or columns than there is memory to count them."""
    available = available_memory()
    if available is not None and 8 * n > available:
        raise MemoryError(
            f"{name} has {n:,} {what}: arrays with a number for each take {readable(8 * n)}, and "
            f"{readable(available)} are available"
        )


def n_dimensions(matrix: Any, name: str) -> int:
    """Return how many dimensions a sparse matrix says it has."""
    shape = matrix.shape
    if not isinstance(shape, tuple) or not all(hasattr(size, "__index__") for size in shape):
        raise TypeError(f"{name} has the shape {shape!r}; two whole numbers are needed")
    return len(shape)


def _shape(matrix: Any, name: str) -> tuple[int, int]:
    n_dimensions(matrix, name)
    shape = matrix.shape
    sizes = tuple(int(size) for size in (shape if len(shape) == 2 else (1, *shape)))
    if len(sizes) != 2 or not all(0 <= size < 2**63 for size in sizes):
        raise ValueError(f"{name} has the shape {shape}; two numbers of 0 or more are needed")
    return sizes


def _index(array: Any, what: str, name: str) -> Any:
    """An array of int32 or int64 as SciPy takes it; what int64 cannot hold is out of any range."""
    array = np.asarray(array)
    if array.dtype.kind not in "iu" or array.ndim != 1:
        raise TypeError(
            f"{name}: {what} has to be an array of whole numbers with one dimension, not of dtype "
            f"{array.dtype} with {array.ndim}"
        )
    is_native = array.dtype in (np.int32, np.int64) and array.dtype.isnative
    return array if is_native else array.astype(np.int64)


def _sound_compressed(matrix: Any, shape: tuple[int, int], name: str) -> Any:
    indptr, indices = _index(matrix.indptr, "indptr", name), _index(matrix.indices, "indices", name)
    data = real_values(matrix.data, name)
    if data.ndim != 1:
        raise ValueError(f"{name}: data has {data.ndim} dimensions; it has to have one")
    axis = _AXES[matrix.format]
    n_major, n_minor = shape if axis == "rows" else shape[::-1]
    _core.check_compressed(indptr, indices, len(data), n_major, n_minor, axis, name)
    parts = (data, indices, indptr)
    given = (matrix.data, matrix.indices, matrix.indptr)
    is_as_made = all(new is old for new, old in zip(parts, given, strict=True))
    has_no_more = len(data) == indptr[-1] and indptr.dtype == indices.dtype
    if is_as_made and has_no_more and matrix.ndim == 2:
        return matrix
    return rebuilt(matrix, parts, shape)


def rebuilt(matrix: Any, parts: tuple[Any, Any, Any], shape: tuple[int, int]) -> Any:
    """Return CSR or CSC, as `matrix` is, of sound (data, indices, indptr), without a copy."""
    from scipy import sparse

    data, indices, indptr = parts
    n_entries = int(indptr[-1])
    kind = np.promote_types(indices.dtype, indptr.dtype)
    family = "array" if isinstance(matrix, sparse.sparray) else "matrix"
    make = getattr(sparse, f"{matrix.format}_{family}")
    whole = (data[:n_entries], indices[:n_entries].astype(kind, copy=False))
    return make((*whole, indptr.astype(kind, copy=False)), shape=shape)


def _from_triplets(
    matrix: Any, values: Any, rows: Any, columns: Any, shape: tuple[int, int], name: str
) -> Any:
    """COO of entries, each of which lies within the shape."""
    from scipy import sparse

    values = real_values(values, name)
    places = [_index(part, "a list of indices", name) for part in (rows, columns)]
    if values.ndim != 1 or any(len(part) != len(values) for part in places):
        raise ValueError(
            f"{name} has {values.size} values, but the indices of {len(places[0])} rows and "
            f"{len(places[1])} columns"
        )
    for part, size, what in zip(places, shape, ("row", "column"), strict=True):
        if len(part) and not (part.min() >= 0 and part.max() < size):
            wrong = int(np.flatnonzero((part < 0) | (part >= size))[0])
            raise ValueError(
                f"{name}: entry {wrong}: {what} index {part[wrong]} is outside of [0, {size})"
            )
    for size, what in zip(shape, ("rows", "columns"), strict=True):
        check_room(size, what, name)
    make = sparse.coo_array if isinstance(matrix, sparse.sparray) else sparse.coo_matrix
    return make((values, tuple(places)), shape=shape)


def _of_coo(matrix: Any, name: str) -> tuple[Any, Any, Any]:
    coords = matrix.coords if hasattr(matrix, "coords") else (matrix.row, matrix.col)
    if len(coords) != matrix.ndim:
        raise ValueError(f"{name} has {len(coords)} arrays of indices; {matrix.ndim} are needed")
    columns = np.asarray(coords[-1])
    rows = coords[0] if len(coords) == 2 else np.zeros(columns.shape, dtype=np.int64)
    return matrix.data, rows, columns


def _of_bsr(matrix: Any, name: str) -> tuple[Any, Any, Any]:
    """The entries of blocks."""
    blocks = real_values(matrix.data, name)
    indptr, indices = _index(matrix.indptr, "indptr", name), _index(matrix.indices, "indices", name)
    height, width = blocks.shape[1:] if blocks.ndim == 3 else (0, 0)
    n_rows, n_columns = _shape(matrix, name)
    if not height or not width or n_rows % height or n_columns % width:
        raise ValueError(
            f"{name}: blocks of the shape {blocks.shape[1:]} do not fill a matrix of "
            f"{n_rows} x {n_columns}"
        )
    across = n_rows // height, n_columns // width
    _core.check_compressed(indptr, indices, len(blocks), *across, "rows", f"{name}, by blocks")
    n_blocks = int(indptr[-1])
    shape = (n_blocks, height, width)
    rows = np.repeat(np.arange(across[0]) * height, np.diff(indptr))
    columns = indices[:n_blocks].astype(np.int64) * width
    rows = np.broadcast_to(rows[:, None, None] + np.arange(height)[:, None], shape)
    columns = np.broadcast_to(columns[:, None, None] + np.arange(width), shape)
    return blocks[:n_blocks].ravel(), rows.ravel(), columns.ravel()


def _of_dia(matrix: Any, name: str) -> tuple[Any, Any, Any]:
    """The entries of diagonals; what lies outside of the matrix is not of it."""
    diagonals = real_values(matrix.data, name)
    offsets = _index(matrix.offsets, "offsets", name).astype(np.int64)
    if diagonals.ndim != 2 or len(diagonals) != len(offsets):
        raise ValueError(f"{name} has {len(offsets)} offsets, but data of shape {diagonals.shape}")
    if len(np.unique(offsets)) != len(offsets):
        raise ValueError(f"{name}: offsets holds a diagonal twice")
    n_rows, n_columns = _shape(matrix, name)
    columns = np.broadcast_to(np.arange(diagonals.shape[1]), diagonals.shape)
    rows = columns - offsets[:, None]
    is_within = (rows >= 0) & (rows < n_rows) & (columns < n_columns) & (diagonals != 0)
    return diagonals[is_within], rows[is_within], columns[is_within]


def _of_lil(matrix: Any, name: str) -> tuple[Any, Any, Any]:
    """The entries of rows that are two lists each."""
    n_rows = _shape(matrix, name)[0]
    lists = list(np.ravel(matrix.rows)), list(np.ravel(matrix.data))
    if any(len(part) != n_rows or not all(isinstance(r, list) for r in part) for part in lists):
        raise ValueError(f"{name} has to have two lists for each of its {n_rows} rows")
    sizes = [[len(row) for row in part] for part in lists]
    if sizes[0] != sizes[1]:
        raise ValueError(f"{name} has rows with more values than indices, or fewer")
    columns, values = (_flat(part, kind) for part, kind in zip(lists, (int, None), strict=True))
    return values.astype(matrix.dtype), np.repeat(np.arange(n_rows), sizes[0]), columns


def _flat(lists: list[list[Any]], kind: Any) -> Any:
    flat = [value for row in lists for value in row]
    try:
        return np.array(flat if flat else [], dtype=kind or (None if flat else np.float64))
    except (TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"a row of a sparse matrix holds what is no number: {error}") from error


def _of_dok(matrix: Any, name: str) -> tuple[Any, Any, Any]:
    """The entries of a dict."""
    entries = list(matrix.items())
    keys = [key if isinstance(key, tuple) else (key,) for key, _ in entries]
    pairs = [(0, *key) if matrix.ndim == 1 else key for key in keys]
    if not all(len(pair) == 2 for pair in pairs):
        raise ValueError(f"{name} has entries that are not named by row and column")
    values = _flat([[value for _, value in entries]], None).astype(matrix.dtype)
    return values, _flat([[pair[0] for pair in pairs]], int), _flat([[p[1] for p in pairs]], int)


_TRIPLETS = {"coo": _of_coo, "bsr": _of_bsr, "dia": _of_dia, "lil": _of_lil, "dok": _of_dok}
