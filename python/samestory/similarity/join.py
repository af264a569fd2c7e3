"""The exact similarity join."""

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress, ProgressHook
from samestory._sparse import from_core, same_dtype, to_csr, without_unused_columns
from samestory.similarity.estimate import check_index_fits, list_bytes, room_for_results
from samestory.similarity.times import time_arguments

if TYPE_CHECKING:
    from scipy import sparse


# Lists of all rows at once make a join by top_n faster; past this they are not worth their memory.
_MOST_LIST_BYTES = 2**32


def similarity_join(
    X: Any,
    Y: Any = None,
    *,
    threshold: float | None = None,
    top_n: int | None = None,
    times: Any = None,
    times_y: Any = None,
    max_gap: Any = None,
    half_life: Any = None,
    normalize: bool = True,
    triangle: bool = False,
    max_memory: int | float | str | None = None,
    n_jobs: int | None = -1,
    progress: bool | ProgressHook | None = None,
) -> "sparse.csr_matrix | sparse.csr_array":
    r"""Find every pair of similar rows: no pair missed, none guessed.

    The similarity of rows x and y is their cosine,

    .. math:: s(x, y) = \\sum_c \\frac{x_c}{\\|x\\|} \\frac{y_c}{\\|y\\|},

    computed in double precision, in the order of the columns, whatever the dtype of the matrices.

    Parameters
    ----------
    X : sparse matrix or array-like of shape (n_x, n_columns)
        Rows of float32 or float64 values, e.g. TF-IDF. Negative values are allowed.
    Y : sparse matrix or array-like of shape (n_y, n_columns), optional
        Rows to compare those of `X` with. By default `X` itself; a row is then not paired with
        itself.
    threshold : float in (0, 1], optional
        Keep pairs at this similarity or more. Up to 4 units in the last place below it counts as
        reaching it, so that copies of a row reach 1.
    top_n : int, optional
        Keep so many of each row's most similar rows, those in the lower columns where similarities
        tie. With `threshold` too: of those that reach it. One of the two is required.
    times, times_y : array-like of shape (n_x,) and (n_y,), optional
        When each row was written: ``datetime64``, dates, a pandas Series, or numbers. A missing
        time (None, NaT, NaN) meets every other.
    max_gap : timedelta or number, optional
        Keep only pairs at most so far apart in time, this gap included. A number means days where
        `times` are dates, and is in their unit where they are numbers.
    half_life : timedelta or number, optional
        Multiply each similarity by ``exp2(-gap / half_life)`` before it is compared with anything.
    normalize : bool, default=True
        Divide each row by its Euclidean norm. Without it the similarity is the plain dot product.
    triangle : bool, default=False
        Of a join of `X` with itself by threshold alone, keep the upper triangle: each pair once.
    max_memory : int, float or str, optional
        Bytes that the result and the work may take beside the matrices themselves, e.g. ``2e9`` or
        ``"2 GB"``; by default half of what is available. A result that cannot fit is refused
        before the work starts.
    n_jobs : int, default=-1
        Threads; -1 means one for each processor. The result does not depend on it.
    progress : bool or callable, optional
        By default a bar appears after a second of work.

    Returns
    -------
    scipy.sparse.csr_matrix of shape (n_x, n_y)
        Similarities in the dtype of the matrices, columns sorted, no zero stored; symmetric for a
        join of `X` with itself by threshold alone. A sparse array where `X` is one.

    Raises
    ------
    ValueError
        For values, indices, shapes or limits that cannot be joined; the message names argument,
        row and limit.
    MemoryError
        If index and result would not fit in `max_memory`; the message says how many pairs are
        expected, and which threshold or `top_n` would fit.

    Examples
    --------
    >>> import numpy as np
    >>> import samestory as ss
    >>> X = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.2], [0.0, 0.0, 1.0]])
    >>> ss.similarity_join(X, threshold=0.5).toarray().round(3)
    array([[0.  , 0.99, 0.  ],
           [0.99, 0.  , 0.  ],
           [0.  , 0.  , 0.  ]])
    """
    rows = to_csr(X, "X")
    with Progress(progress) as shown:
        joiner = make_joiner(
            rows,
            Y,
            hook=shown.hook,
            n_jobs=n_jobs,
            threshold=threshold,
            top_n=top_n,
            times=times,
            times_y=times_y,
            max_gap=max_gap,
            half_life=half_life,
            normalize=normalize,
            triangle=triangle,
            max_memory=max_memory,
        )
        n_targets = rows.shape[0] if Y is None else np.shape(Y)[0]
        n_threads = resolve_n_jobs(n_jobs)
        room = room_for_results(joiner, max_memory, n_threads, rows.shape[0])
        allowed = list_bytes(joiner, rows, n_targets, room, top_n, n_threads)
        return from_core(joiner.all(min(allowed, _MOST_LIST_BYTES)), like=rows)


def make_joiner(
    X: Any,
    Y: Any = None,
    *,
    hook: ProgressHook | None = None,
    n_jobs: int | None = -1,
    threshold: float | None = None,
    top_n: int | None = None,
    times: Any = None,
    times_y: Any = None,
    max_gap: Any = None,
    half_life: Any = None,
    normalize: bool = True,
    triangle: bool = False,
    max_memory: int | float | str | None = None,
    tuning: "_core.JoinTuning | None" = None,
) -> "_core.SimilarityJoiner":
    """Prepare a join: check the arguments, index the rows.

    The parameters are those of `similarity_join`; `tuning` holds sizes that no result depends on.
    """
    rows = to_csr(X, "X")
    others = None
    if Y is not None:
        rows, others = same_dtype(rows, to_csr(Y, "Y"))
    if others is None:
        (rows,) = without_unused_columns([rows])
    else:
        rows, others = without_unused_columns([rows, others])
    check_index_fits([rows] if others is None else [rows, others], max_memory)
    when = time_arguments(times, times_y, max_gap, half_life)
    if Y is None and times_y is not None:
        raise ValueError("times_y is given without Y: times alone are the times of X")
    if Y is not None and times is not None and times_y is None:
        raise ValueError("times are given without times_y: the rows of Y need times too")
    return _core.SimilarityJoiner(
        rows,
        others,
        threshold=None if threshold is None else _real(threshold, "threshold"),
        top_n=None if top_n is None else _whole(top_n, "top_n"),
        times=when.times,
        times_y=when.times_y,
        max_gap=when.max_gap,
        half_life=when.half_life,
        normalize=bool(normalize),
        triangle=bool(triangle),
        tuning=_core.JoinTuning() if tuning is None else tuning,
        n_threads=resolve_n_jobs(n_jobs),
        progress=hook,
    )


def _real(value: Any, name: str) -> float:
    if isinstance(value, (bool, str)) or not hasattr(value, "__float__"):
        raise TypeError(f"{name} has to be a number, not {value!r}")
    return float(value)


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise TypeError(f"{name} has to be a whole number, not {value!r}")
    return int(value.__index__())
