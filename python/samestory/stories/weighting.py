"""TF-IDF of words and their beginnings with document frequencies from elsewhere.

The core weighs whole collections (`cpp/src/stories/language_terms.cpp`); this weighs texts that
join one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory._sparse import from_core

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_PREFIX_SHARE = 0.5
# A term that occurs in one text only can link nothing; it counts half towards its row's length.
_LONE_WEIGHT = 0.5
# Of more texts than these, rows are kept in single precision.
MANY_TEXTS = 20_000


def _joined_columns(
    counts: csr_matrix, kept: NDArray[np.int64], target: NDArray[np.int64], n: int, n_jobs: int
) -> csr_matrix:
    """Add the kept columns up to `n` new ones: each becomes part of its target."""
    targets = np.full(counts.shape[1], -1, dtype=np.int32)
    targets[kept] = target
    joined: csr_matrix = from_core(_core.joined_columns(counts, targets, n, n_jobs))
    return joined


def beginnings(words: list[str]) -> tuple[list[str], NDArray[np.int64]]:
    """Return the distinct beginnings of words, and which one each word has."""
    numbers: dict[str, int] = {}
    of_word = [numbers.setdefault(_core.word_beginning(word), len(numbers)) for word in words]
    return list(numbers), np.array(of_word, dtype=np.int64)


def side_by_side(
    words: csr_matrix,
    prefixes: csr_matrix,
    word_idf: NDArray[np.float64],
    prefix_idf: NDArray[np.float64],
    n_jobs: int,
) -> csr_matrix:
    """Return the unit rows of (1 + ln tf) idf of both fields, side by side.

    Many rows are kept in single precision.
    """
    rows: csr_matrix = from_core(
        _core.weighed_fields(
            words,
            prefixes,
            word_idf,
            prefix_idf,
            np.sqrt(1.0 - _PREFIX_SHARE),
            np.sqrt(_PREFIX_SHARE),
            words.shape[0] > MANY_TEXTS,
            n_jobs,
        )
    )
    return rows


def mixed_idf(
    counts: csr_matrix, elsewhere: NDArray[np.float64] | None, told: float
) -> NDArray[np.float64]:
    """Return ln((1 + n) / (1 + df)) + 1, mixed with weights from elsewhere where the texts are few.

    Terms of a single text weigh half, where the texts tell that they are rare.
    """
    n = counts.shape[0]
    df = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.asarray(np.log((1.0 + n) / (1.0 + df)) + 1.0, dtype=np.float64)
    if elsewhere is not None:
        idf = told * idf + (1.0 - told) * elsewhere
    idf[df <= 1] *= 1.0 - (1.0 - _LONE_WEIGHT) * told
    return idf
