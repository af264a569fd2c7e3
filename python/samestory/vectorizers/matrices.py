"""Checks of matrices from outside, with the types and messages of scikit-learn's errors."""

from typing import Any

import numpy as np

from samestory._sound import check_room, sound


def check_matrix(
    X: Any,
    *,
    formats: tuple[str, ...],
    name: str,
    dtypes: tuple[Any, ...] | None = None,
    copy: bool = False,
) -> Any:
    """Return a sparse matrix in one of some formats, or a dense array of two dimensions.

    Parameters
    ----------
    X : array-like or sparse matrix
        What the user gave.
    formats : tuple of str
        Sparse formats to leave as they are; others become the first.
    name : str
        Of the estimator, for messages.
    dtypes : tuple of dtypes, optional
        Dtypes to leave as they are; others become the first.
    copy : bool
        Never return `X` itself or anything that shares its values.
    """
    import scipy.sparse as sp

    if sp.issparse(X):
        given = X
        X = sound(X, "X")
        if X.format not in formats:
            X = X.asformat(formats[0])
        if dtypes and X.dtype not in dtypes:
            X = X.astype(dtypes[0])
        if copy and X is given:
            X = X.copy()
        check_finite(X.data, name)
    else:
        X = np.array(X, copy=True if copy else None)
        _check_shape(X)
        if dtypes and X.dtype not in dtypes:
            X = X.astype(dtypes[0])
        elif X.dtype == object:
            X = X.astype(np.float64)
        check_finite(X, name)
    for axis, (what, size) in enumerate(zip(("sample", "feature"), X.shape, strict=True)):
        if size == 0:
            raise ValueError(
                f"Found array with 0 {what}(s) (shape={X.shape}) while a minimum of 1 is required"
                + (f" by {name}." if axis < 2 else ".")
            )
        check_room(size, f"{what}s", "X")
    return X


def _check_shape(X: Any) -> None:
    if X.ndim == 2:
        return
    kind = "scalar" if X.ndim == 0 else f"{X.ndim}D"
    raise ValueError(
        f"Expected 2D array, got {kind} array instead:\narray={X}.\nReshape your data either using "
        "array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it "
        "contains a single sample."
    )


def check_finite(values: Any, name: str) -> None:
    """Refuse NaN and infinity."""
    if values.dtype.kind not in "fc" or np.isfinite(values.sum(dtype=np.float64)):
        return
    if np.isnan(values).any():
        raise ValueError(f"Input X contains NaN.\n{name} does not accept missing values.")
    if np.isinf(values).any():
        raise ValueError(
            f"Input X contains infinity or a value too large for dtype({values.dtype.name!r})."
        )
