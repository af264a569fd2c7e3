"""Which branches of a dendrogram are stories: what each is worth, and how fine it is.

Whether a branch is one story depends on the branch and on what it merges with next, on nothing else
in the corpus; `cpp/include/samestory/worth.hpp` has the formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What depends on the length of texts has one value up to 20 distinct words (headlines) and another
# from 60 on (articles), linear in the logarithm between.
_SHORT, _LONG = 20.0, 60.0
# An article in a story of n texts counts n ** growth times as much: headlines of one story share
# fewer words the more there are, so that large stories need the more.
_GROWTH_SHORT, _GROWTH_LONG = 0.5, 0.12
# What joining others costs an article: two headlines share a few words by chance.
_PRICE_SHORT, _PRICE_LONG = 2.05, 0.15


def shortness(lengths: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return 1 for texts as short as headlines, 0 for articles, and what lies between.

    Parameters
    ----------
    lengths : ndarray of int, shape (n,)
        Distinct words of each text, stop words left out.

    Examples
    --------
    >>> shortness(np.array([8, 300])).tolist()
    [1.0, 0.0]
    """
    way = np.log(np.maximum(lengths, 1) / _SHORT) / np.log(_LONG / _SHORT)
    return np.asarray(1.0 - np.clip(way, 0.0, 1.0))


def story_tree(
    linkage: NDArray[np.float64],
    n_articles: NDArray[np.float64],
    lengths: NDArray[np.int64],
    days: NDArray[np.float64] | None = None,
    group: NDArray[np.int64] | None = None,
    remitted: NDArray[np.float64] | None = None,
    least_next: NDArray[np.float64] | None = None,
) -> Any:
    """Return the dendrogram over granularity, with what its branches are worth.

    Parameters
    ----------
    linkage : ndarray, shape (m, 4)
        SciPy linkage of a forest at distance 1 - similarity, ascending, no joins at distance 1.
    n_articles, lengths : ndarray, shape (n,)
        Of each leaf, a distinct text: how many articles it counts for, and its distinct words.
    days : ndarray, shape (n,), optional
        The day of each leaf, NaN where it is not known.
    group : ndarray of int, shape (n,), optional
        Leaves of one number have to be together.
    remitted, least_next : ndarray, shape (n,), optional
        See `small.remitted_to` and `small.least_next_of`.
    """
    short = shortness(lengths)
    growth = _GROWTH_LONG + (_GROWTH_SHORT - _GROWTH_LONG) * short
    price = _PRICE_LONG + (_PRICE_SHORT - _PRICE_LONG) * short
    if days is None:
        days = np.full(len(lengths), np.nan)
    return _core.story_tree(linkage, n_articles, days, growth, price, group, remitted, least_next)
