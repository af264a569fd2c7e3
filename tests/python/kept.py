"""What tests of saved stories share: comparing everything, and damaging files."""

import json
import random
import struct
import zlib

import numpy as np

from samestory.stories import Stories

START = 32


def same_graph(a, b):
    parts = ("data", "indices", "indptr")
    return a.shape == b.shape and all(np.array_equal(getattr(a, p), getattr(b, p)) for p in parts)


def assert_same(a: Stories, b: Stories) -> None:
    """Compare whatever can be asked of two groupings."""
    assert list(a.articles) == list(b.articles)
    assert [x.raw for x in a.articles] == [x.raw for x in b.articles]
    assert a.articles.columns == b.articles.columns
    assert a.articles.removed == b.articles.removed
    assert a.articles.skipped == b.articles.skipped
    assert repr(a.articles) == repr(b.articles)
    assert repr(a.articles.report()) == repr(b.articles.report())
    assert a.to_frame().equals(b.to_frame())
    assert a.to_series().equals(b.to_series())
    assert a.summary().equals(b.summary())
    assert repr(a) == repr(b)
    assert a._repr_html_() == b._repr_html_()
    assert np.array_equal(a.linkage, b.linkage)
    assert same_graph(a.similarity, b.similarity)
    assert same_graph(a.smoothed, b.smoothed)
    assert same_graph(a.evidence.smoothed_rows, b.evidence.smoothed_rows)
    assert repr(a.advice()) == repr(b.advice())
    for g in (0.0, 0.3, 0.7, 1.0):
        assert np.array_equal(a.at(g).labels, b.at(g).labels)
    worded = np.flatnonzero(a.labels >= 0).tolist()
    for row in worded[:3]:
        assert repr(a.why(row)) == repr(b.why(row))
        assert a.similar_to(row) == b.similar_to(row)
        assert a.explain(worded[-1], row) == b.explain(worded[-1], row)
    for story, other in zip(a[:3], b[:3], strict=True):
        assert (story.id, story.title, story.keywords) == (other.id, other.title, other.keywords)
        assert story.margin == other.margin
        related = [[(s.id, x) for s, x in one.related()] for one in (story, other)]
        assert related[0] == related[1]
        words = " ".join(story.keywords[:1])
        if words:
            assert [s.id for s in a.search(words)] == [s.id for s in b.search(words)]


def ask(stories: Stories) -> None:
    """Ask what goes through every part."""
    stories.summary(), stories.to_frame(), stories.linkage, stories.advice(), repr(stories)
    stories.at(0.2), stories.similarity, stories.articles.report()
    for row in np.flatnonzero(stories.labels >= 0)[:2].tolist():
        stories.why(row), stories.similar_to(row), stories.explain(row, row)


def damage(packed: bytes, chance: random.Random) -> bytes:
    """Flip bits, cut, repeat, move or overwrite a stretch."""
    data = bytearray(packed)
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    b = min(b, a + chance.choice([1, 8, 64, 4096]))
    kind = chance.choice(["flip", "cut", "drop", "repeat", "zeros", "noise", "swap"])
    if kind == "flip":
        for _ in range(chance.choice([1, 1, 1, 3, 30])):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif kind == "cut":
        del data[a:]
    elif kind == "drop":
        del data[a:b]
    elif kind == "repeat":
        data[a:a] = data[a:b]
    elif kind == "zeros":
        data[a:b] = bytes(b - a)
    elif kind == "noise":
        data[a:b] = chance.randbytes(b - a)
    else:
        data[a:b], data[:8] = data[:8], data[a:b]
    return bytes(data)


def forge(packed: bytes, chance: random.Random) -> bytes:
    """Change what a block holds, or a number or word of the header, and mend the checksums."""
    (length,) = struct.unpack_from("<Q", packed, 16)
    header = json.loads(packed[START : START + length])
    place = START + length + -(START + length) % 64
    blocks = []
    for dtype, size, _ in header["blocks"]:
        n = size * np.dtype(dtype).itemsize
        blocks.append(bytearray(packed[place : place + n]))
        place += n + -n % 64
    if chance.random() < 0.8:
        block = chance.choice([b for b in blocks if b])
        for _ in range(chance.choice([1, 2, 8])):
            at = chance.randrange(len(block))
            block[at] = chance.choice([0, 1, 127, 128, 255, block[at] ^ 1])
    else:
        entry = chance.choice(header["parts"])
        key = chance.choice(list(entry))
        entry[key] = chance.choice([0, -1, 2**40, None, "", [], {}, [2**40], "json", 0.5])
    sealed = b""
    for entry, block in zip(header["blocks"], blocks, strict=True):
        padded = bytes(block) + b"\0" * (-len(block) % 64)
        entry[2] = zlib.crc32(padded)
        sealed += padded
    data = json.dumps(header).encode()
    prefix = packed[:16] + struct.pack("<QI", len(data), zlib.crc32(data))
    start = prefix + struct.pack("<I", zlib.crc32(prefix)) + data
    return start + b"\0" * (-len(start) % 64) + sealed
