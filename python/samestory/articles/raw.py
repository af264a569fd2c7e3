"""Texts as they came, kept small: only where reading changed them."""

from __future__ import annotations

import zlib

_COMPRESSED, _PLAIN = b"z", b"p"
# A page of markup shrinks to a fifth; the text of one article is not worth the time.
_WORTH_COMPRESSING = 20_000


def pack(text: str) -> bytes:
    """Store a text in little memory.

    Examples
    --------
    >>> unpack(pack("Größe")), len(pack("<p>It rains.</p>" * 10_000)) < 10_000
    ('Größe', True)
    """
    data = text.encode("utf-8", "surrogatepass")
    if len(data) < _WORTH_COMPRESSING:
        return _PLAIN + data
    return _COMPRESSED + zlib.compress(data, 1)


def unpack(packed: bytes) -> str:
    """Return the text that `pack` stored."""
    data = packed[1:]
    if packed[:1] == _COMPRESSED:
        data = zlib.decompress(data)
    return data.decode("utf-8", "surrogatepass")
