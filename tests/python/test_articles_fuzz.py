"""Damaged files under every suffix: nothing fails, nothing takes long, nothing is passed over.

Files are made by mutating small valid ones, as a fuzzer does: bytes turned, cut out, doubled,
words of the format put in, two files spliced, a slice repeated up to 100 kB, a suffix that is not
the file's own.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import re
import sqlite3
import tarfile
import time
import zipfile
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

import pytest

from samestory.articles import read_articles
from samestory.articles.readers.kinds import SUFFIXES

IS_LONG = bool(os.environ.get("SAMESTORY_LONG"))  # a million files then
SEEDS = range(50 if IS_LONG else 1)
pytestmark = [pytest.mark.filterwarnings("ignore")] + ([pytest.mark.long] if IS_LONG else [])
SECONDS = 1.0  # for a file of 100 kB
LARGE = 100_000
AT_ONCE = 250
PACKERS = {
    "": bytes,
    ".gz": lambda b: gzip.compress(b, 1),
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}

# -- valid files ---------------------------------------------------------------------------

TEXT = "Heron returns to Alder Pond\n\nBy Ida Moss\n14 March 2024\n\n" + "\n\n".join(
    ["A grey heron was seen again on Alder Pond on Thursday, the wardens said.",
     "It had been gone for eleven years, since the sluice was rebuilt; “we did not hope for it”."]
)  # fmt: skip
ROWS = [
    {"title": "Heron returns", "text": TEXT, "date": "2024-03-14T06:30:00+01:00", "outlet": "Pond"},
    {"title": "Sluice shut", "text": "The sluice is shut.", "date": "15/03/2024", "tags": ["a", 1]},
]
LINKED = json.dumps(
    {"@type": "NewsArticle", "headline": "Heron returns", "datePublished": "2024-03-14",
     "author": [{"name": "Ida Moss"}], "publisher": {"@id": "#p"}, "articleBody": TEXT}
)  # fmt: skip
HTML = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Heron returns | Pond</title>"
    '<meta property="og:title" content="Heron &amp; sluice"><link rel=canonical href="/a">'
    f'<script type="application/ld+json">{LINKED}</script></head><body><nav><a href=/>A</a></nav>'
    '<article class="story"><h1>Heron returns</h1><time datetime="2024-03-14">14 March</time>'
    f"<p>{TEXT.replace(chr(10) * 2, '</p><p>')}</p><ul><li>One<li>Two</ul></article></body></html>"
)
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Pond</title><item>'
    "<title><![CDATA[Heron returns]]></title><description>A heron.</description>"
    "<pubDate>Thu, 14 Mar 2024 06:30:00 GMT</pubDate></item></channel></rss>"
)
CSV = 'title;date;text\n"Heron returns";14.03.2024;"A heron, ""grey"",\nwas seen."\nSluice;;Shut\n'
WARC_BODY = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML.encode()
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    b"WARC-Date: 2024-03-14T06:30:00Z\r\nWARC-Target-URI: https://pond.test/a\r\n"
    b"Content-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(WARC_BODY), WARC_BODY)
)
MHTML = (
    "From: <Saved>\r\nSubject: Heron\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
    f"Content-Type: text/html; charset=utf-8\r\n\r\n{HTML}\r\n--b--\r\n"
)
NEXIS = (
    "\n\n                               1 of 2 DOCUMENTS\n\n                        Pond Herald\n\n"
    "                        March 14, 2024 Thursday\n\nHeron returns\n\nBYLINE: Ida Moss\n\n"
    "LENGTH: 40 words\n\nA heron.\n\nLOAD-DATE: March 14, 2024\n\nLANGUAGE: ENGLISH\n\n"
)


def zipped() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b/c.html", HTML)
    return target.getvalue()


def tarred() -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return target.getvalue()


def database() -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.execute("create table articles (title text, text text, date text)")
    connection.execute("insert into articles values ('Heron returns', 'A heron.', '2024-03-14')")
    connection.commit()
    data = connection.serialize()
    connection.close()
    return data


def parquet() -> bytes:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow.parquet import write_table

    target = io.BytesIO()
    write_table(arrow.table({"title": ["Heron returns"], "text": [TEXT]}), target)
    return target.getvalue()


def workbook() -> bytes:
    openpyxl = pytest.importorskip("openpyxl")
    book, target = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["title", "text", "date"])
    book.active.append(["Heron returns", TEXT, 45365])
    book.save(target)
    return target.getvalue()


def seeds() -> dict[str, list[bytes]]:
    """Return valid files by kind."""
    lines = "\n".join(json.dumps(row) for row in ROWS)
    return {
        "text": [TEXT.encode(), NEXIS.encode() * 2, TEXT.encode("utf-16"), TEXT.encode("cp1252")],
        "html": [HTML.encode(), b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n" + HTML.encode()],
        "json lines": [lines.encode()],
        "json": [json.dumps(ROWS).encode(), json.dumps({"response": {"docs": ROWS}}).encode()],
        "csv": [CSV.encode(), CSV.replace(";", "\t").encode("utf-16"), b"sep=;\n" + CSV.encode()],
        "xml": [FEED.encode()],
        "warc": [WARC, WARC * 2],
        "mhtml": [MHTML.encode()],
        "spreadsheet": [workbook()],
        "parquet": [parquet()],
        "sqlite": [database()],
        "zip": [zipped()],
        "tar": [tarred()],
    }


# -- mutations -----------------------------------------------------------------------------

WORDS_TEXT = (
    "< > </ <p> </p> <div> <!-- --> <![CDATA[ ]]> <script> </script> <title> <h1> <br> &amp; &#0; "
    "&#x110000; { } [ ] \" ' : , ; \\ \\u \\ud800 null NaN 1e999 -1 0 99999999999999999999 "
    "2024-02-30 0000-00-00 31/12/9999 \x00 \x1a \xff\xfe \xef\xbb\xbf \x1f\x8b PK\x03\x04 BZh "
    "PAR1 SQLite WARC/1.0 Content-Length: {\\rtf %PDF DOCTYPE <!ENTITY &a; title text date "
    "charset=utf-7 charset=x By LENGTH: ===== ---- | \t\t \r\n\r\n \n\n\n -\n 12:34 14.03.24"
)
WORDS = WORDS_TEXT.encode("latin-1").split(b" ")
Mutation = Callable[[bytes, random.Random, bytes], bytes]


def turn(data: bytes, rng: random.Random, _: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def insert(data: bytes, rng: random.Random, _: bytes) -> bytes:
    for _ in range(rng.choice((1, 2, 6))):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(WORDS) * rng.choice((1, 1, 2, 50)) + data[at:]
    return data


def cut(data: bytes, rng: random.Random, _: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[end:]


def truncate(data: bytes, rng: random.Random, _: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def double(data: bytes, rng: random.Random, _: bytes) -> bytes:
    start, end = sorted(rng.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[start:end] * rng.choice((1, 3)) + data[end:]


def splice(data: bytes, rng: random.Random, other: bytes) -> bytes:
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def repeat(data: bytes, rng: random.Random, _: bytes) -> bytes:
    """Repeat a slice or a word of the format until the file has 100 kB."""
    start = rng.randrange(len(data) + 1)
    part = rng.choice((data[start : start + rng.choice((1, 2, 8, 60))], rng.choice(WORDS))) or b"a"
    times = max(0, LARGE - len(data)) // len(part)
    return data[:start] + part * times + data[start:]


MUTATIONS: list[Mutation] = [turn, insert, cut, truncate, double, splice]
SHARE_OF_LARGE = 0.01


def made(rng: random.Random, kinds: dict[str, list[bytes]]) -> tuple[str, bytes]:
    """Return a suffix and the bytes of a damaged file."""
    kind = rng.choice(list(kinds))
    suffix = rng.choice(SUFFIXES[kind])
    if rng.random() < 0.15:
        kind = rng.choice(list(kinds))
    data, other = rng.choice(kinds[kind]), rng.choice(kinds[rng.choice(list(kinds))])
    for _ in range(rng.choice((0, 1, 1, 2, 4))):
        data = rng.choice(MUTATIONS)(data, rng, other)
    if rng.random() < SHARE_OF_LARGE:
        data = repeat(data, rng, other)
    packer = rng.choice(list(PACKERS)) if rng.random() < 0.06 else ""
    packed = PACKERS[packer](data)
    if packer and rng.random() < 0.5:
        packed = turn(packed, rng, other)
    return suffix + packer, packed


# -- reading them --------------------------------------------------------------------------


class Clock:
    """Takes the time that each file of a folder is read in."""

    def __init__(self, files: list[str]) -> None:
        sizes = [Path(file).stat().st_size for file in files]
        self.starts = [0, *accumulate(sizes)][:-1]
        self.seconds = [0.0] * len(files)
        self.at, self.since = 0, time.process_time()

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.process_time()
        self.seconds[self.at] += now - self.since
        self.since = now
        if stage == "reading":
            self.at = bisect_right(self.starts, done) - 1


def check(folder: Path) -> None:
    """Read a folder: each of its files gives an article or is listed, within its time."""
    files = sorted(map(str, folder.iterdir()))
    clock = Clock(files)
    articles = read_articles(folder, progress=clock)
    clock("done", 1, 1)
    told = {*articles.column("path"), *(note.input for note in articles.skipped)}
    assert not [note for note in articles.skipped if is_accident(note.reason)]
    for path in files:
        assert any(one.startswith(path) for one in told) or path in told, path
    slow = [path for path, taken in zip(files, clock.seconds, strict=True) if taken > SECONDS]
    assert [path for path in slow if seconds_alone(Path(path)) > SECONDS] == []
    articles.report()
    assert len(articles.documents()) == len(articles)


def is_accident(reason: str) -> bool:
    """Whether a reason stems from an error that no reader of ours foresaw."""
    return (
        re.match(r"damaged file: (?:[A-Z]\w+(?:Error|Exception)|[a-z_.]+Error):", reason)
        is not None
    )


def seconds_alone(path: Path) -> float:
    """Read a file thrice more: the first time, something else may have been going on."""
    taken = []
    for _ in range(3):
        start = time.process_time()
        try:
            read_articles(path)
        except ValueError as error:
            assert "no article in" in str(error)
        taken.append(time.process_time() - start)
    return min(taken)


def run(folder: Path, seed: int, count: int) -> None:
    rng, kinds = random.Random(seed), seeds()
    read_articles([{"title": "Heron", "date": "11 foo 2024"}])  # libraries load once
    for start in range(0, count, AT_ONCE):
        batch = folder / f"{start:07}"
        batch.mkdir()
        (batch / "0000.txt").write_text(TEXT, encoding="utf-8")
        for number in range(1, 1 + min(AT_ONCE, count - start)):
            suffix, data = made(rng, kinds)
            (batch / f"{number:04}{suffix}").write_bytes(data)
        check(batch)
        for path in batch.iterdir():
            path.unlink()


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_files(seed, tmp_path):
    run(tmp_path, seed, 20_000)


def test_a_damaged_file_alone_says_so(tmp_path):
    """What is named itself gives an article or an error that names it."""
    rng, kinds = random.Random(3), seeds()
    for _ in range(300):
        suffix, data = made(rng, kinds)
        path = tmp_path / f"alone{suffix}"
        path.write_bytes(data)
        try:
            assert len(read_articles(path))
        except ValueError as error:
            assert "alone" in str(error)
        path.unlink()
