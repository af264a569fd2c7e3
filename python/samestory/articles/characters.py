"""Characters that have to be written in another way, and which texts have any: most have none."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

# What the characters of a text may be, a bit each.
ILL_FORMED = 1  # no consumer of text takes them: NUL and halves of surrogate pairs
UNUSUAL = 2  # invisible, or forms of letters
COMPOSING = 4  # of what NFC changes
REPLACED = 8  # counted as another letter, or not at all
MARKUP = 16  # what begins a tag or an entity

# Characters that show nothing: soft hyphen, zero-width space, word joiner, byte order marks inside
# a text, marks of direction and the signs of an interrupted conversion.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]+")
# Latin ligatures and the letter forms of Arabic and Hebrew, which stand for letters.
_FORMS = ((0xFB00, 0xFB4F), (0xFB50, 0xFBB1), (0xFBD3, 0xFDFF), (0xFE70, 0xFEFC))
FORMS = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _FORMS) + "]+")
_HALF_WIDTH = (0xFF61, 0xFF9F)
HALF_WIDTH = re.compile(f"[{chr(_HALF_WIDTH[0])}-{chr(_HALF_WIDTH[1])}]+")

# What Lucene's analyzers for Arabic, Persian and Hebrew take for one: forms of alef, yeh, kaf and
# heh; vowel signs and the bar that lengthens a word are left out, with the joiners between letters.
SAME_LETTERS = str.maketrans(
    {
        **dict.fromkeys("آأإٱ", "ا"),
        **dict.fromkeys("ىی", "ي"),
        "ک": "ك",
        **dict.fromkeys("ةۀە", "ه"),
        "ʼ": "’",
        "\u0640": None,
        "\u0670": None,
        "\u200c": None,
        "\u200d": None,
        **dict.fromkeys(map(chr, range(0x0610, 0x061B))),
        **dict.fromkeys(map(chr, range(0x064B, 0x0660))),
        **dict.fromkeys(map(chr, range(0x06D6, 0x06DD))),
        **dict.fromkeys(map(chr, range(0x06DF, 0x06E9))),
        **dict.fromkeys(map(chr, range(0x06EA, 0x06EE))),
        **dict.fromkeys(
            chr(c)
            for c in range(0x0591, 0x05C8)
            if chr(c).isidentifier() or unicodedata.combining(chr(c))
        ),
        **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
        **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
        **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
        **dict(zip("०१२३४५६७८९", "0123456789", strict=True)),
    }
)

# Below the first all is as NFC has it; the ideographs, the syllables of Hangul, surrogates and
# private characters that are left out are so as well.
_MAY_COMPOSE = ((0x0300, 0x3400), (0xA000, 0xAC00), (0xF900, 0x10000))
_JAMO = (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))  # make syllables with one before them
_BEYOND = 0x10000  # all characters from here on are one entry of the table


def classes_of(text: str) -> int:
    r"""Return what the characters of a text are, a bit a class.

    Examples
    --------
    >>> classes_of("Caf\u00e9"), classes_of("Cafe\u0301") == COMPOSING
    (0, True)
    """
    classes: int = _table().of(text)
    return classes


def classes_of_all(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Return `classes_of` each of many texts."""
    batch = _core.DocumentBatch()
    batch.fill(iter(texts), np.iinfo(np.int64).max, False)
    return _table().of_all(batch, 0)


def rows_of(classes: NDArray[np.uint8], some: int) -> list[int]:
    """Return the texts that have a character of some classes."""
    rows: list[int] = np.flatnonzero(classes & some).tolist()
    return rows


@cache
def _table() -> _core.CharacterClasses:
    table = np.zeros(_BEYOND + 1, np.uint8)
    table[[0, *range(0xD800, 0xE000)]] |= ILL_FORMED
    table[[*map(ord, _INVISIBLE), *_codes(_FORMS)]] |= UNUSUAL
    table[[*_composing(), _BEYOND]] |= COMPOSING
    table[[*SAME_LETTERS, *_codes([_HALF_WIDTH])]] |= REPLACED
    table[[ord("<"), ord("&")]] |= MARKUP
    return _core.CharacterClasses(table)


def _codes(ranges: Iterable[tuple[int, int]]) -> Iterable[int]:
    return chain.from_iterable(range(first, last + 1) for first, last in ranges)


def _composing() -> set[int]:
    """Characters that NFC changes, or that it may change beside others."""
    found = set(_JAMO)
    for begin, end in _MAY_COMPOSE:
        for char in map(chr, range(begin, end)):
            if unicodedata.combining(char) or not unicodedata.is_normalized("NFC", char):
                found.add(ord(char))
            found.update(map(ord, unicodedata.normalize("NFD", char)[1:]))
    return {code for code in found if code < _BEYOND}
