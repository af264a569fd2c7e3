"""Vectors of English words, learnt from sentences; ``benchmarks/word_vectors.py`` makes them."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from samestory.background import load_background

if TYPE_CHECKING:
    from numpy.typing import NDArray


@cache
def word_numbers() -> NDArray[np.uint8]:
    """Return the packed vectors of the background's words, a column a word.

    Two dimensions a byte: each a number from 1 to 15, where 8 stands for nothing.
    """
    path = Path(__file__).resolve().parent / "data" / "word_vectors_en.npz"
    with np.load(path, allow_pickle=False) as table:
        numbers, checksum = table["numbers"], int(table["words_crc32"])
    if checksum != zlib.crc32("\n".join(load_background().terms).encode()):
        raise ValueError(f"{path} was made for other words than those of the background table")
    return np.asarray(numbers, dtype=np.uint8)
