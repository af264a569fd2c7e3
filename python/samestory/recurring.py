"""What recurs in texts that share nothing else: site names, bylines, consent texts, markup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory.languages import word_data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory._progress import ProgressHook


def recurring_spans(
    texts: Sequence[str],
    *,
    run_words: int = 0,
    edge_words: int = 0,
    lines: bool = False,
    reach: int = 0,
    language: str = "en",
    n_jobs: int = 1,
    hook: ProgressHook | None = None,
) -> NDArray[np.int64]:
    """Find what recurs in texts that share nothing else; see ``samestory/recurring.hpp``.

    Parameters
    ----------
    texts : sequence of str
    run_words, edge_words : int
        The length of runs of words looked for anywhere, and the greatest length of those that open
        or close a text or one of its first lines; 0 looks for none.
    lines : bool
        Whether whole lines are looked for.
    reach : int
        The characters at either end of a text that are read; 0 reads all of it.
    language : str
        That of the texts; "" for unknown ones.
    n_jobs : int
        Threads.
    hook : callable or None
        Told of progress.

    Returns
    -------
    ndarray of int64, shape (n, 3)
        Text, begin and end of each part, in order.
    """
    batch = _core.DocumentBatch()
    batch.fill(iter(texts), np.iinfo(np.int64).max, False)
    spans: NDArray[np.int64] = _core.recurring_spans(
        batch,
        word_data(frozenset({language})).weights(language),
        run_words=run_words,
        edge_words=edge_words,
        lines=lines,
        reach=reach,
        n_threads=n_jobs,
        progress=hook,
    )
    return spans


def without_spans(texts: Sequence[str], spans: NDArray[np.int64]) -> list[str]:
    """Return the texts without their spans; each leaves a space.

    Examples
    --------
    >>> without_spans(["Rain falls - Herald", "Snow"], np.array([[0, 13, 19]]))
    ['Rain falls -  ', 'Snow']
    """
    left = list(texts)
    bounds = np.searchsorted(spans[:, 0], np.arange(len(left) + 1))
    for row in np.unique(spans[:, 0]).tolist():
        text, parts, at = left[row], [], 0
        for _, begin, end in spans[bounds[row] : bounds[row + 1]].tolist():
            parts += [text[at:begin], " "]
            at = end
        left[row] = "".join([*parts, text[at:]])
    return left
