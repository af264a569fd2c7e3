"""The lines of a file, a few at a time, so that its length does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from samestory.articles.decode import decode
from samestory.articles.readers.inputfile import InputFile, UnreadableError

_WIDE = (b"\xff\xfe", b"\xfe\xff")


def text_lines(file: InputFile) -> Iterator[str]:
    """Yield the lines of a text file, parted at line feeds alone, without these.

    JSON may hold U+2028, which str.splitlines() parts at. A line is read as UTF-8, a block of
    lines that is none as `decode` reads it; a file of two bytes a character is read as a whole.
    """
    head = file.head()
    if head.startswith(_WIDE) or b"\x00" in head:
        yield from decode(file.data()).split("\n")
        return
    if not head.strip() and not file.data().strip():
        raise UnreadableError("empty file")
    for block in _blocks(file.chunks()):
        yield from _decoded(block).split("\n")


def _decoded(block: bytes) -> str:
    try:
        return block.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        return decode(block)


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield whole lines, without the last line feed of each block."""
    parts: list[bytes] = []
    for chunk in chunks:
        end = chunk.rfind(b"\n")
        if end < 0:
            parts.append(chunk)
            continue
        yield b"".join([*parts, chunk[:end]])
        parts = [chunk[end + 1 :]]
    if any(parts):
        yield b"".join(parts)
