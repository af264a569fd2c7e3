"""Which branches of a dendrogram are stories: what each is worth, and how fine it is.

Whether a branch is one story depends on the branch and on what it merges with next, on nothing else
in the corpus; `cpp/include/samestory/worth.hpp` has the formula.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# What depends on the length of texts has one value up to 20 distinct words (headlines) and another
# from 60 on (articles), linear in the logarithm between.
_SHORT, _LONG = 20.0, 60.0


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
