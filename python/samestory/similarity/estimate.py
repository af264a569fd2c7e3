"""What a join will take of memory, before the work starts."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from samestory import _core
from samestory._memory import memory_budget, readable

_SAMPLE_ROWS = 256
# A result is held twice at the worst: once as the workers left it, once as it is returned.
_COPIES = 2
# What an index takes at least, for each entry and each row.
_ENTRY_BYTES, _ROW_BYTES = 8, 160
# Candidates that a thread holds for the rows it is at; twice the pairs are seldom proposed.
_ROWS_AT_WORK, _CANDIDATE_BYTES = 256, 2 * 16

_STREAM = "or take the result in blocks: samestory.similarity_blocks, similarity_to_parquet"


@dataclass(frozen=True)
class Room:
    """What a budget leaves for a result.

    Attributes
    ----------
    budget : int or None
        Bytes; None where nothing is known of the memory there is.
    taken : int
        Bytes that the join takes whatever comes out.
    """

    budget: int | None
    taken: int

    @property
    def left(self) -> int | None:
        """Bytes for lists and results."""
        return None if self.budget is None else self.budget - self.taken


def check_index_fits(matrices: list[Any], max_memory: Any) -> None:
    """Raise MemoryError if even the index of the rows needs more than the budget."""
    budget = memory_budget(max_memory)
    needed = sum(_ENTRY_BYTES * matrix.nnz + _ROW_BYTES * matrix.shape[0] for matrix in matrices)
    if budget is not None and needed > budget:
        raise _index_error(needed, budget)


def room_for_results(
    joiner: "_core.SimilarityJoiner", max_memory: Any, n_threads: int, n_rows: int
) -> Room:
    """Return what a prepared join leaves of the budget; raise MemoryError if nothing."""
    memory = joiner.memory()
    taken = memory.held + memory.per_thread * min(n_threads, max(1, n_rows))
    budget = memory_budget(max_memory)
    if budget is not None and taken > budget:
        raise _index_error(taken, budget)
    return Room(budget, taken)


def _index_error(needed: int, budget: int) -> MemoryError:
    return MemoryError(
        f"the index of the rows needs about {readable(needed)}; max_memory allows "
        f"{readable(budget)}. Raise it, use fewer threads or a smaller top_n, or join parts of "
        f"the rows with each other: similarity_join(X[:k], X[k:], ...)"
    )


def list_bytes(
    joiner: "_core.SimilarityJoiner",
    X: Any,
    n_targets: int,
    room: Room,
    top_n: int | None,
    n_threads: int,
) -> int:
    """Return the bytes that are left for lists of all rows beside the whole result.

    Raises
    ------
    MemoryError
        If the result is expected to need more than there is.
    """
    left, n_rows = room.left, X.shape[0]
    if left is None or n_rows == 0:
        return joiner.memory().lists
    pair_bytes = _COPIES * (X.dtype.itemsize + 4)
    row_bytes = 2 * 8
    most_pairs: int = n_rows * min(n_targets, n_targets if top_n is None else top_n)
    most = most_pairs * pair_bytes + n_rows * row_bytes
    if most <= left:
        return int(left - most)
    sample = np.unique(np.linspace(0, n_rows - 1, _SAMPLE_ROWS).astype(np.int64))
    values = joiner.rows(sample.tolist())[0]
    expected = len(values) * n_rows / len(sample)
    at_work = min(n_rows, _ROWS_AT_WORK * n_threads) / n_rows
    pair_bytes += _CANDIDATE_BYTES * at_work if top_n is None else 0
    needed = expected * pair_bytes + n_rows * row_bytes
    if needed <= left:
        return int(left - needed)
    raise MemoryError(
        f"about {expected:.2g} pairs are expected (from {len(sample)} of {n_rows:,} rows), which "
        f"need {readable(needed)} beside the {readable(room.taken)} of the index; max_memory "
        f"allows {readable(room.budget or 0)}. "
        + _what_would_fit(values, (left - n_rows * row_bytes) / pair_bytes / n_rows, sample, top_n)
    )


def _what_would_fit(values: Any, pairs_a_row: float, sample: Any, top_n: int | None) -> str:
    if top_n is not None:
        # Rows with fewer neighbours leave theirs to none.
        fitting = f"A top_n of {int(pairs_a_row)} would fit; use it" if pairs_a_row >= 1 else ""
        return f"{fitting or 'Raise max_memory'}, {_STREAM}"
    n_allowed = max(0, int(pairs_a_row * len(sample)))
    if n_allowed < len(values):
        fits = np.sort(values)[::-1][n_allowed]
        threshold = np.ceil(float(fits) * 1000 + 1) / 1000
        if threshold <= 1:
            return f"A threshold of {threshold:.3f} would fit; use it, {_STREAM}"
    return f"Raise max_memory, {_STREAM}"
