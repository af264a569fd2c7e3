"""A join too large for memory: block by block, or straight into a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from samestory._extras import require
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress, ProgressHook
from samestory._sparse import from_core, to_csr
from samestory.similarity.estimate import room_for_results
from samestory.similarity.join import make_joiner

Edges = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[Any]]

# A block may take this share of what the index leaves of the budget: there is one in the making and
# one with the caller.
_BLOCK_SHARE = 8
_FIRST_BLOCK = 1024
_LARGEST_GROWTH = 4


def similarity_blocks(
    X: Any,
    Y: Any = None,
    *,
    max_memory: int | float | str | None = None,
    block_rows: int | None = None,
    n_jobs: int | None = -1,
    **join: Any,
) -> Iterator[tuple[range, Any]]:
    """Yield the result of `similarity_join` in blocks of rows.

    Parameters
    ----------
    X, Y : sparse matrix or array-like
        As for `similarity_join`.
    max_memory : int, float or str, optional
        What decides how large blocks are: an eighth each of what the index leaves of it.
    block_rows : int, optional
        Rows in each block instead.
    n_jobs : int, default=-1
        Threads.
    **join
        Everything else that `similarity_join` takes, `triangle` aside.

    Yields
    ------
    rows : range
        The rows of the block.
    block : scipy.sparse.csr_matrix of shape (len(rows), n_y)
        Those rows of the result.

    Examples
    --------
    >>> import numpy as np
    >>> import samestory as ss
    >>> X = np.eye(5)[[0, 1, 0, 1, 2]]
    >>> for rows, block in ss.similarity_blocks(X, threshold=0.5, block_rows=3):
    ...     print(rows, block.nnz)
    range(0, 3) 3
    range(3, 5) 1
    """
    if join.get("triangle"):
        raise ValueError("triangle=True makes no blocks of rows; similarity_to_parquet has edges")
    matrix = to_csr(X, "X")
    joiner = make_joiner(matrix, Y, n_jobs=n_jobs, max_memory=max_memory, **join)
    room = room_for_results(joiner, max_memory, resolve_n_jobs(n_jobs), matrix.shape[0])
    sizes = _BlockSizes(matrix.shape[0], block_rows, room.left)

    def blocks() -> Iterator[tuple[range, Any]]:
        for rows in sizes:
            block = from_core(joiner.rows(list(rows)), like=matrix)
            sizes.made(block.nnz * (block.dtype.itemsize + 4))
            yield rows, block

    return blocks()


def similarity_to_parquet(
    path: str | Path,
    X: Any,
    Y: Any = None,
    *,
    max_memory: int | float | str | None = None,
    n_jobs: int | None = -1,
    progress: bool | ProgressHook | None = None,
    **join: Any,
) -> int:
    """Write the pairs of `similarity_join` to a Parquet file, however many there are.

    Parameters
    ----------
    path : str or Path
        The file, with columns `i`, `j` (int64) and `similarity`. A join of `X` with itself by
        threshold alone has each pair once, i below j; any other has the entries of its result.
    X, Y : sparse matrix or array-like
        As for `similarity_join`.
    max_memory : int, float or str, optional
        What decides how many pairs are held at a time.
    n_jobs : int, default=-1
        Threads.
    progress : bool or callable, optional
        As for `similarity_join`.
    **join
        Everything else that `similarity_join` takes.

    Returns
    -------
    int
        Pairs written.
    """
    arrow = require("pyarrow", "arrow", "similarity_to_parquet()")
    parquet = require("pyarrow.parquet", "arrow", "similarity_to_parquet()")
    matrix = to_csr(X, "X")
    schema = arrow.schema(
        [("i", arrow.int64()), ("j", arrow.int64()), ("similarity", _arrow_type(arrow, matrix, Y))]
    )
    n_pairs = 0
    with Progress(progress) as shown, parquet.ParquetWriter(str(path), schema) as writer:
        for done, edges in _edges(matrix, Y, max_memory, n_jobs, join):
            writer.write_table(arrow.table(list(edges), schema=schema))
            n_pairs += len(edges[0])
            if shown.hook is not None:
                shown.hook("writing pairs", done, matrix.shape[0])
    return n_pairs


def _arrow_type(arrow: Any, X: Any, Y: Any) -> Any:
    wide = X.dtype == np.float64 or (Y is not None and to_csr(Y, "Y").dtype == np.float64)
    return arrow.float64() if wide else arrow.float32()


def _edges(
    X: Any, Y: Any, max_memory: Any, n_jobs: int | None, join: dict[str, Any]
) -> Iterator[tuple[int, Edges]]:
    """Yield the rows done so far and the pairs of each block."""
    symmetric = Y is None and join.get("top_n") is None
    joiner = make_joiner(X, Y, n_jobs=n_jobs, max_memory=max_memory, **join)
    room = room_for_results(joiner, max_memory, resolve_n_jobs(n_jobs), X.shape[0])
    sizes = _BlockSizes(X.shape[0], None, room.left)
    for rows in sizes:
        if symmetric:
            edges: Edges = joiner.pairs(rows.start, rows.stop)
        else:
            block = from_core(joiner.rows(list(rows))).tocoo()
            edges = (
                block.row.astype(np.int64) + rows.start,
                block.col.astype(np.int64),
                block.data,
            )
        sizes.made(sum(part.nbytes for part in edges))
        yield rows.stop, edges


class _BlockSizes:
    """Ranges of rows whose results come near a share of the budget, learnt from block to block."""

    def __init__(self, n_rows: int, block_rows: int | None, budget: int | None) -> None:
        if block_rows is not None and block_rows < 1:
            raise ValueError(f"block_rows is {block_rows}; it has to be at least 1")
        self._n_rows = n_rows
        self._fixed = block_rows
        self._size = block_rows or _FIRST_BLOCK
        self._target = (2**32 if budget is None else budget) / _BLOCK_SHARE

    def __iter__(self) -> Iterator[range]:
        start = 0
        while start < self._n_rows:
            rows = range(start, min(self._n_rows, start + self._size))
            yield rows
            start = rows.stop

    def made(self, n_bytes: int) -> None:
        """Learn how large the last block came out."""
        if self._fixed is None:
            growth = self._target / max(n_bytes, 1)
            self._size = max(1, int(self._size * min(growth, _LARGEST_GROWTH)))
