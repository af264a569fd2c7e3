"""How large a join's result will be, from a sample of its rows, before the work starts."""

from typing import Any

import numpy as np

from samestory import _core
from samestory._memory import memory_budget, readable

_SAMPLE_ROWS = 256
# A result is held twice at the worst: once as the workers left it, once as it is returned.
_COPIES = 2


def check_fits(
    joiner: "_core.SimilarityJoiner", X: Any, n_targets: int, max_memory: Any, top_n: int | None
) -> None:
    """Raise MemoryError if the whole result is expected to need more than the budget."""
    budget = memory_budget(max_memory)
    n_rows = X.shape[0]
    if budget is None or n_rows == 0:
        return
    pair_bytes = _COPIES * (X.dtype.itemsize + 4)
    most_pairs = n_rows * min(n_targets, n_targets if top_n is None else top_n)
    if most_pairs * pair_bytes <= budget:
        return
    sample = np.unique(np.linspace(0, n_rows - 1, _SAMPLE_ROWS).astype(np.int64))
    values = joiner.rows(sample.tolist())[0]
    share = n_rows / len(sample)
    expected = len(values) * share
    if expected * pair_bytes <= budget:
        return
    raise MemoryError(
        f"about {expected:.2g} pairs are expected (from {len(sample)} of {n_rows:,} rows), which "
        f"need {readable(expected * pair_bytes)}; max_memory allows {readable(budget)}. "
        + _what_would_fit(values, int(budget / pair_bytes / share), top_n)
    )


def _what_would_fit(values: Any, n_allowed: int, top_n: int | None) -> str:
    stream = "or take the result in blocks: samestory.similarity_blocks, similarity_to_parquet"
    if n_allowed < len(values):
        fits = np.sort(values)[::-1][n_allowed]
        threshold = np.ceil(float(fits) * 1000 + 1) / 1000
        if threshold <= 1:
            return f"A threshold of {threshold:.3f} would fit; use it, {stream}"
    return f"Use a smaller top_n, {stream}" if top_n is not None else f"Raise max_memory, {stream}"
