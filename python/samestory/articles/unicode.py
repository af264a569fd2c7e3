"""One text is one text, whichever way its characters are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AT_ONCE = 1000
# Characters that show nothing: soft hyphen, zero-width space, word joiner, byte order marks inside
# a text, marks of direction and the signs of an interrupted conversion.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb"
)
_INVISIBLE_CLASS = re.compile(f"[{_INVISIBLE}]+")
# Latin ligatures and the letter forms of Arabic and Hebrew, which stand for letters.
_FORMS = re.compile("[\ufb00-\ufb4f\ufb50-\ufbb1\ufbd3-\ufdff\ufe70-\ufefc]+")


def _table(*classes: re.Pattern[str]) -> NDArray[np.bool_]:
    """Tell of each code unit of UTF-16 whether a class has it."""
    units = "".join(map(chr, range(1 << 16)))
    table = np.zeros(1 << 16, bool)
    for one in classes:
        for match in one.finditer(units):
            table[match.start() : match.end()] = True
    return table


def _holds(text: str, table: NDArray[np.bool_]) -> bool:
    """Whether a text has a character of a table: ten times as fast as by a regular expression."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return bool(table.take(units).any())


_UNUSUAL = _table(_INVISIBLE_CLASS, _FORMS)


def unify(text: str) -> str:
    r"""Write a text in the usual form: NFC, without invisible characters and ligatures.

    Examples
    --------
    >>> unify("Cafe\u0301"), unify("Zu\u00adsam\u00admen\u200b"), unify("\ufb01nal")
    ('Café', 'Zusammen', 'final')
    """
    if text.isascii() or _is_usual(text):
        return text
    text = _INVISIBLE_CLASS.sub("", text)
    text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


def unify_all(texts: Sequence[str]) -> list[str]:
    r"""Return `unify` of each; most are so already, and many are looked at as one.

    Examples
    --------
    >>> unify_all(["a", "e\u0301"])
    ['a', 'é']
    """
    done: list[str] = []
    for start in range(0, len(texts), _AT_ONCE):
        block = texts[start : start + _AT_ONCE]
        done.extend(block if _is_usual("\n".join(block)) else map(unify, block))
    return done


def _is_usual(text: str) -> bool:
    return text.isascii() or not (
        _holds(text, _UNUSUAL) or not unicodedata.is_normalized("NFC", text)
    )


# -- what is counted -------------------------------------------------------------------------

# What Lucene's analyzers for Arabic, Persian and Hebrew take for one: forms of alef, yeh, kaf and
# heh; vowel signs and the bar that lengthens a word are left out, with the joiners between letters.
_SAME_LETTERS = str.maketrans(
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
_FOLDED = re.compile(
    "[ʼ\u0591-\u05c7\u0610-\u061a\u0622\u0623\u0625\u0629\u0640\u0649\u064b-\u065f\u0660-\u0669\u0670\u0671"
    "\u06a9\u06c0\u06cc\u06d5-\u06ed\u06f0-\u06f9\u0966-\u096f\u200c\u200d\uff01-\uff9f]"
)


def counted(text: str) -> str:
    r"""Write a text as its words are counted: letters that stand for each other as one.

    Examples
    --------
    >>> counted("كِتَاب") == counted("کتاب"), counted("２０２４"), counted("Café")
    (True, '2024', 'Café')
    """
    if text.isascii() or not _holds(text, _IS_FOLDED):
        return text
    if _HALF_WIDTH.search(text):
        text = _HALF_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text.translate(_SAME_LETTERS)


_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_IS_FOLDED = _table(_FOLDED)


def counted_all(texts: Sequence[str]) -> list[str]:
    """Return `counted` of each; most are so already, and many are looked at as one."""
    done: list[str] = []
    for start in range(0, len(texts), _AT_ONCE):
        block = texts[start : start + _AT_ONCE]
        joined = "\n".join(block)
        usual = joined.isascii() or not _holds(joined, _IS_FOLDED)
        done.extend(block if usual else map(counted, block))
    return done
