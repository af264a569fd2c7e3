"""Bytes of unknown origin to text."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from samestory.articles.characters import ILL_FORMED, classes_of, classes_of_all, rows_of
from samestory.articles.charsets import codec_of, guess

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF")
_CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_SAMPLE = 1 << 16
# One in two hundred: a stray control byte in an old scrape passes, a picture does not.
_MAX_CONTROLS = 0.005
# Of the letters of a language in Latin script fewer have accents.
_MAX_ACCENTS = 0.25
# Fewer letters than these tell nothing of an encoding.
_FEWEST_LETTERS = 16
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_ESCAPED = ("iso2022_jp", "hz")  # seven bits: they look like ASCII


class NotTextError(ValueError):
    """The bytes are not text in any encoding that is tried."""


def _utf16_without_bom(data: bytes) -> str | None:
    """Tell UTF-16 by where its zero bytes stand: Latin letters have every second byte zero."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs == 0 or len(data) % 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    # White space and punctuation keep zeros even in scripts other than the Latin one.
    if odd > 0.1 * pairs and even <= 0.01 * pairs:
        return "utf-16-le"
    if even > 0.1 * pairs and odd <= 0.01 * pairs:
        return "utf-16-be"
    return None


def _check_not_binary(data: bytes) -> None:
    sample = data[:_SAMPLE]
    if sample.startswith(_MAGIC):
        raise NotTextError("not text: a binary file")
    zeros = sample.count(0)
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > max(1, _MAX_CONTROLS * len(sample)):
        what = "zero" if zeros * 2 >= controls else "control"
        raise NotTextError(f"not text: {controls:,} {what} bytes in the first {len(sample):,}")


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return data.decode(encoding, "replace")


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode bytes: by byte order mark, as UTF-8, as UTF-16, as declared, as cp1252.

    A declared encoding is what browsers take its name for: iso-8859-1 is cp1252. Undeclared bytes
    most of which are beyond ASCII are left to charset-normalizer, if that is installed.

    Parameters
    ----------
    data : bytes
        The whole file.
    declared : str, optional
        The encoding that the data itself names, as HTML does; tried when UTF-8 does not fit.

    Returns
    -------
    str
        The text, without byte order mark, NUL characters and lone surrogates.

    Raises
    ------
    NotTextError
        If the bytes are those of a picture, a program or the like.

    Examples
    --------
    >>> decode("déjà vu".encode("utf-16-le")), decode("“déjà vu”".encode("cp1252"))
    ('déjà vu', '“déjà vu”')
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return well_formed(_decode_as(data[len(mark) :], encoding))
    utf16 = _utf16_without_bom(data)
    if utf16 is not None:
        text = _decode_as(data, utf16)
        if text.count("�") <= _MAX_CONTROLS * len(text):
            return well_formed(text)
    _check_not_binary(data)
    codec = codec_of(declared) if declared else None
    if codec in _ESCAPED:
        return well_formed(_decode_as(data, codec))
    try:
        return well_formed(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return well_formed(_decode_other(data, declared, error))


def _decode_other(data: bytes, declared: str | None, error: UnicodeDecodeError) -> str:
    """Decode what is not wholly UTF-8."""
    codec = codec_of(declared) if declared else None
    if codec not in (None, "utf-8"):
        text = _decode_as(data, codec)
        if text.count("�") <= _MAX_CONTROLS * len(text):
            return text
    if _mostly_utf8(data, error):
        return data.decode("utf-8", "replace")
    sample = data[:_SAMPLE]
    beyond_ascii = len(sample) - len(sample.translate(None, _BEYOND_ASCII))
    if beyond_ascii > max(_MAX_ACCENTS * len(sample), _FEWEST_LETTERS):
        text = guess(data) or ""
        if text:
            return text
    return data.decode("cp1252", "replace")


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether the file is UTF-8 with a damaged spot (cut off, two files in one), not cp1252."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("�")
    beyond_ascii = sum(1 for c in text[: 1 << 20] if c > "\x7f") - damaged
    return beyond_ascii > 4 * damaged


def well_formed(text: str) -> str:
    r"""Replace what no consumer of text takes: lone surrogates and NUL characters.

    A NUL becomes a space, which parts words as it did before; a lone surrogate becomes U+FFFD.

    Examples
    --------
    >>> well_formed("a\x00b \ud800")
    'a b �'
    """
    if "\x00" in text:
        text = text.replace("\x00", " ")
    if text.isascii() or not classes_of(text) & ILL_FORMED:
        return text
    # Halves of a pair that stand together become their character again.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def well_formed_all(texts: Sequence[str], classes: NDArray[np.uint8] | None = None) -> list[str]:
    r"""Return `well_formed` of each; most are so already.

    Parameters
    ----------
    texts : sequence of str
    classes : ndarray of uint8, optional
        What `classes_of_all` found in them.

    Examples
    --------
    >>> well_formed_all(["a", "\x00", "é"])
    ['a', ' ', 'é']
    """
    done = list(texts)
    if classes is None:
        classes = classes_of_all(done)
    for row in rows_of(classes, ILL_FORMED):
        done[row] = well_formed(done[row])
    return done
