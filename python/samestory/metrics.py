"""Agreement between predicted and gold stories.

Every function takes the gold stories first. Articles without a gold story (None or NaN) are left
out, of the predicted stories too. Scores are in [0, 1] unless said otherwise.

Sources: B-cubed: Bagga and Baldwin (1998), as analysed by Amigo et al. (2009). Adjusted Rand index:
Hubert and Arabie (1985). Adjusted mutual information: Vinh, Epps and Bailey (2010). V-measure:
Rosenberg and Hirschberg (2007).
"""

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Counts = NDArray[np.float64]


class Scores(NamedTuple):
    """Precision, recall and their harmonic mean."""

    precision: float
    recall: float
    f1: float


class _Overlaps(NamedTuple):
    """How many articles each pair of a gold and a predicted story shares; only those that do."""

    shared: "Counts"
    gold: "NDArray[np.int64]"  # the gold story of each overlap
    pred: "NDArray[np.int64]"
    gold_sizes: "Counts"
    pred_sizes: "Counts"
    n: int


def _numbered(labels: Any) -> "NDArray[np.int64]":
    """Number stories 0, 1, ...; -1 where there is none."""
    if hasattr(labels, "__array__"):
        values = np.asarray(labels)
        if values.ndim != 1:
            raise ValueError(f"labels need one dimension, not {values.ndim}")
    else:  # numpy would turn the NaN of ["a", nan] into a word
        values = np.fromiter(labels, dtype=object)
    if values.dtype.kind in "iub":
        return np.unique(values, return_inverse=True)[1].astype(np.int64)
    if values.dtype.kind == "f":
        known = ~np.isnan(values)
    else:
        known = np.array([value is not None and value == value for value in values], dtype=bool)
    numbers = np.full(len(values), -1, dtype=np.int64)
    position: dict[Any, int] = {}
    for row in np.flatnonzero(known).tolist():
        numbers[row] = position.setdefault(values[row], len(position))
    return numbers


def _overlaps(true: Any, pred: Any) -> _Overlaps:
    gold, found = _numbered(true), _numbered(pred)
    if len(gold) != len(found):
        raise ValueError(
            f"true has {len(gold):,} labels and pred {len(found):,}: both need one for each article"
        )
    labelled = gold >= 0
    if (found[labelled] < 0).any():
        row = int(np.flatnonzero(labelled & (found < 0))[0])
        raise ValueError(f"pred[{row}] is missing: every article with a gold story needs a label")
    _, gold = np.unique(gold[labelled], return_inverse=True)
    _, found = np.unique(found[labelled], return_inverse=True)
    n_found = int(found.max()) + 1 if len(found) else 1
    pairs, shared = np.unique(gold * n_found + found, return_counts=True)
    return _Overlaps(
        shared.astype(np.float64),
        pairs // n_found,
        pairs % n_found,
        np.bincount(gold).astype(np.float64),
        np.bincount(found).astype(np.float64),
        len(gold),
    )


def _scores(precision: float, recall: float) -> Scores:
    total = precision + recall
    return Scores(precision, recall, 2 * precision * recall / total if total > 0 else 0.0)


def b_cubed(true: Any, pred: Any) -> Scores:
    r"""Return B-cubed precision, recall and F1.

    Of each article, the share of its predicted story that is of its gold story (precision), and the
    share of its gold story that is in its predicted story (recall), both averaged over articles:

    .. math::

        P = \frac{1}{N} \sum_{ij} \frac{n_{ij}^2}{|\mathrm{pred}_j|}, \quad
        R = \frac{1}{N} \sum_{ij} \frac{n_{ij}^2}{|\mathrm{gold}_i|}

    Parameters
    ----------
    true : array-like of shape (n,)
        The gold story of each article; None or NaN where there is none: such articles are left out.
    pred : array-like of shape (n,)
        The predicted story of each article.

    Returns
    -------
    precision, recall, f1 : float
        A named tuple. All 1.0 where no article has a gold story.

    Raises
    ------
    ValueError
        If the lengths differ, or an article with a gold story has no predicted one.

    Examples
    --------
    >>> import samestory as ss
    >>> scores = ss.metrics.b_cubed(["a", "a", "b", None], [0, 0, 0, 1])
    >>> [round(score, 3) for score in scores]
    [0.556, 1.0, 0.714]
    """
    overlaps = _overlaps(true, pred)
    if overlaps.n == 0:
        return Scores(1.0, 1.0, 1.0)
    squares = overlaps.shared**2
    precision = float((squares / overlaps.pred_sizes[overlaps.pred]).sum() / overlaps.n)
    recall = float((squares / overlaps.gold_sizes[overlaps.gold]).sum() / overlaps.n)
    return _scores(precision, recall)


def _pairs(sizes: "Counts") -> float:
    return float((sizes * (sizes - 1)).sum() / 2)


def pair_scores(true: Any, pred: Any) -> Scores:
    """Return precision, recall and F1 over all pairs of articles.

    A pair is predicted if both articles are in one predicted story, and right if both are of one
    gold story.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    precision, recall, f1 : float
        A named tuple. Precision is 1.0 where no pair is predicted, recall where there is none.

    Examples
    --------
    >>> import samestory as ss
    >>> ss.metrics.pair_scores([0, 0, 0, 1], [0, 0, 1, 1]).recall
    0.3333333333333333
    """
    overlaps = _overlaps(true, pred)
    right, predicted, actual = (
        _pairs(sizes) for sizes in (overlaps.shared, overlaps.pred_sizes, overlaps.gold_sizes)
    )
    return _scores(
        right / predicted if predicted > 0 else 1.0, right / actual if actual > 0 else 1.0
    )


def adjusted_rand_index(true: Any, pred: Any) -> float:
    """Return the Rand index over pairs, adjusted for chance: 0 for random labels, at most 1.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    float
        scikit-learn's ``adjusted_rand_score``.
    """
    overlaps = _overlaps(true, pred)
    right, predicted, actual = (
        _pairs(sizes) for sizes in (overlaps.shared, overlaps.pred_sizes, overlaps.gold_sizes)
    )
    everything = overlaps.n * (overlaps.n - 1) / 2
    if everything == 0 or predicted == actual == right:
        return 1.0
    expected = predicted * actual / everything
    highest = (predicted + actual) / 2
    return (right - expected) / (highest - expected)


def _entropy(sizes: "Counts", n: int) -> float:
    share = sizes / n
    return float(-(share * np.log(share)).sum())


def _information(overlaps: _Overlaps) -> tuple[float, float, float]:
    """Mutual information and the entropies of gold and predicted stories, in nats."""
    n = overlaps.n
    expected = overlaps.gold_sizes[overlaps.gold] * overlaps.pred_sizes[overlaps.pred]
    mutual = float((overlaps.shared / n * np.log(n * overlaps.shared / expected)).sum())
    entropies = _entropy(overlaps.gold_sizes, n), _entropy(overlaps.pred_sizes, n)
    return max(mutual, 0.0), *entropies


def normalized_mutual_information(true: Any, pred: Any) -> float:
    """Return mutual information over the mean of both entropies; equals the V-measure.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    float
        scikit-learn's ``normalized_mutual_info_score``.
    """
    overlaps = _overlaps(true, pred)
    if overlaps.n == 0 or len(overlaps.gold_sizes) == len(overlaps.pred_sizes) == 1:
        return 1.0
    mutual, of_gold, of_pred = _information(overlaps)
    return 2 * mutual / (of_gold + of_pred) if mutual > 0 else 0.0


def v_measure(true: Any, pred: Any) -> Scores:
    """Return homogeneity, completeness and their harmonic mean, as precision, recall and f1.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    precision, recall, f1 : float
        scikit-learn's ``homogeneity_completeness_v_measure``.
    """
    overlaps = _overlaps(true, pred)
    if overlaps.n == 0:
        return Scores(1.0, 1.0, 1.0)
    mutual, of_gold, of_pred = _information(overlaps)
    return _scores(mutual / of_gold if of_gold else 1.0, mutual / of_pred if of_pred else 1.0)


def adjusted_mutual_information(true: Any, pred: Any) -> float:
    """Return mutual information adjusted for chance, by scikit-learn.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    float
        scikit-learn's ``adjusted_mutual_info_score``; 1.0 where no article has a gold story.

    Raises
    ------
    ImportError
        If scikit-learn is not installed.
    """
    from samestory._extras import require

    sklearn = require("sklearn.metrics", "sklearn", "adjusted_mutual_information()")
    gold, found = _numbered(true), _numbered(pred)
    if not (_overlaps(true, pred).n):
        return 1.0
    labelled = gold >= 0
    return float(sklearn.adjusted_mutual_info_score(gold[labelled], found[labelled]))


def all_scores(true: Any, pred: Any) -> dict[str, float]:
    """Return every score by name.

    Parameters
    ----------
    true, pred : array-like of shape (n,)
        As for `b_cubed`.

    Returns
    -------
    dict of str to float
        Adjusted mutual information is in it where scikit-learn is installed.

    Examples
    --------
    >>> import samestory as ss
    >>> ss.metrics.all_scores([0, 0, 1], [0, 0, 1])["b_cubed_f1"]
    1.0
    """
    named = {"b_cubed": b_cubed(true, pred), "pair": pair_scores(true, pred)}
    result = {
        f"{name}_{part}": value
        for name, scores in named.items()
        for part, value in scores._asdict().items()
    }
    result["ari"] = adjusted_rand_index(true, pred)
    result["nmi"] = normalized_mutual_information(true, pred)
    homogeneity, completeness, v = v_measure(true, pred)
    result |= {"homogeneity": homogeneity, "completeness": completeness, "v_measure": v}
    with suppress(ImportError):
        result["ami"] = adjusted_mutual_information(true, pred)
    return result
