"""A file to be read, wherever it lies: its names, its bytes, and limits to these."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from samestory.articles.limits import DEFAULT_LIMITS, ReadingLimits

PACKED_SUFFIXES = (".gz", ".bz2", ".xz")
_PACKERS: dict[bytes, tuple[str, Callable[[Any], Any]]] = {
    b"\x1f\x8b": ("gzip", lambda file: gzip.GzipFile(fileobj=file)),
    b"BZh": ("bzip2", bz2.BZ2File),
    b"\xfd7zXZ\x00": ("xz", lzma.LZMAFile),
}
_BY_SUFFIX = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".xz": b"\xfd7zXZ\x00"}
DAMAGE = (
    EOFError,
    zlib.error,
    lzma.LZMAError,
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    NotImplementedError,
)
HEAD_BYTES = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)
# Up to here any ratio passes: what small files unpack to does no harm.
_RATIO_FROM_BYTES = 1 << 26
_AT_ONCE = 1 << 20


class UnreadableError(ValueError):
    """A file that gives no article; the message is the reason."""


@dataclass(slots=True)
class ReadOptions:
    """What the user said of reading.

    Attributes
    ----------
    columns : mapping or None
        Field to column name.
    limits : ReadingLimits
        What is too much.
    rows_at_once : int or None
        How many rows of a table make a batch; None for all of them.
    """

    columns: Mapping[str, str] | None = None
    limits: ReadingLimits = DEFAULT_LIMITS
    rows_at_once: int | None = None


@dataclass(slots=True)
class Budget:
    """How many bytes may still be unpacked; the files of one archive share it."""

    left: int


class _Guarded(io.RawIOBase):
    """A stream that says when it unpacks to more than the limits allow."""

    def __init__(
        self,
        stream: IO[bytes],
        packed: IO[bytes],
        budget: Budget,
        limits: ReadingLimits,
        packed_bytes: int = 0,
    ) -> None:
        self._stream, self._packed = stream, packed
        self._budget, self._limits = budget, limits
        self._read, self._packed_bytes = 0, packed_bytes

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._read

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._read += len(data)
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise UnreadableError(
                f"unpacks to more than {self._limits.unpacked_bytes:,} bytes: "
                f"{self._limits.beyond('unpacked_bytes')}"
            )
        packed = self._packed_bytes or self._packed.tell()
        if self._read > max(_RATIO_FROM_BYTES, self._limits.unpacking_ratio * packed):
            raise UnreadableError(
                f"unpacks to more than {self._limits.unpacking_ratio:,} times its size: "
                f"{self._limits.beyond('unpacking_ratio')}"
            )
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._packed.close()
        super().close()


@dataclass(slots=True)
class InputFile:
    """One file: on a disk, or inside an archive.

    Attributes
    ----------
    label : str
        What it is called where something is skipped, and as the path of its articles.
    name : str
        Its own name, whose suffix may tell its kind.
    opener : callable
        Opens its bytes as they lie there.
    limits : ReadingLimits
        What is too much.
    is_named : bool
        Whether the user named this very file; of a folder's, only what is recognized is read.
    depth : int
        How many archives it lies in.
    budget : Budget, optional
        What the archive it lies in may still unpack to.
    path : Path, optional
        Where it lies, if on a disk.
    start : bytes, optional
        Its first bytes, once they have been looked at.
    """

    label: str
    name: str
    opener: Callable[[], IO[bytes]]
    limits: ReadingLimits = DEFAULT_LIMITS
    is_named: bool = False
    depth: int = 0
    budget: Budget | None = None
    path: Path | None = None
    start: bytes | None = field(default=None, repr=False)

    @property
    def suffix(self) -> str:
        """The suffix in lower case, without that of a packer."""
        name = Path(self.name.rstrip(". ") or "x")
        if name.suffix.lower() in PACKED_SUFFIXES:
            name = Path(name.stem)
        return name.suffix.lower()

    def open(self) -> IO[bytes]:
        """Open its bytes, unpacked."""
        with damage_told():
            stream: Any = self.opener()
            raw = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
            start = raw.peek(6)[:6]
        packer = next((packer for mark, packer in _PACKERS.items() if start.startswith(mark)), None)
        if packer is not None:
            budget = self.budget or Budget(self.limits.unpacked_bytes)
            return io.BufferedReader(_Guarded(packer[1](raw), raw, budget, self.limits), _AT_ONCE)
        suffix = self.name[self.name.rfind(".") :].lower()
        if suffix in _BY_SUFFIX and start:
            raw.close()
            name = _PACKERS[_BY_SUFFIX[suffix]][0]
            raise UnreadableError(f"damaged {name} file: not {name} at all")
        return raw

    def chunks(self) -> Iterator[bytes]:
        """Read it a megabyte at a time; what is wrong with it is an UnreadableError."""
        with self.open() as stream, damage_told():
            while chunk := stream.read(_AT_ONCE):
                yield chunk

    def head(self) -> bytes:
        """Return its first bytes."""
        if self.start is None:
            with self.open() as stream, damage_told():
                self.start = stream.read(HEAD_BYTES)
        return self.start

    def data(self) -> bytes:
        """Return all its bytes; they are not only blanks."""
        head = self.start
        if head is not None and len(head) < HEAD_BYTES:
            data = head
        else:
            with self.open() as stream, damage_told():
                data = stream.read()
        if not data.strip():
            raise UnreadableError("empty file")
        return data

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """Give the path of a file with its bytes, for libraries that want one."""
        packed = Path(self.name).suffix.lower() in PACKED_SUFFIXES
        if self.path is not None and not packed:
            yield self.path
            return
        with tempfile.NamedTemporaryFile(suffix=self.suffix) as copy, self.open() as stream:
            with damage_told():
                shutil.copyfileobj(stream, copy, _AT_ONCE)
            copy.flush()
            yield Path(copy.name)


def guarded(
    stream: IO[bytes], packed_bytes: int, budget: Budget, limits: ReadingLimits
) -> IO[bytes]:
    """Return a stream that says when it unpacks to more than the limits allow."""
    packed = io.BytesIO(b"")
    return io.BufferedReader(_Guarded(stream, packed, budget, limits, packed_bytes), _AT_ONCE)


@contextmanager
def damage_told() -> Iterator[None]:
    """Turn what a damaged or unreadable file raises into an UnreadableError."""
    try:
        yield
    except UnreadableError:
        raise
    except DAMAGE as error:
        is_gzip = isinstance(error, EOFError | zlib.error | gzip.BadGzipFile)
        what = "damaged gzip file" if is_gzip else "damaged file"
        raise UnreadableError(f"{what}: {error}") from error
    except OSError as error:
        raise UnreadableError(f"not readable: {error.strerror or error}") from error


def file_on_disk(
    path: Path,
    limits: ReadingLimits,
    *,
    is_named: bool = False,
    on_read: Callable[[int], object] | None = None,
) -> InputFile:
    """Return the file at a path; `on_read` is told now and then how many bytes of it are read."""

    def opened() -> IO[bytes]:
        return _open(path, on_read)

    return InputFile(printable(path), path.name, opened, limits, is_named=is_named, path=path)


def printable(path: os.PathLike[str] | str) -> str:
    r"""Return a path as text: bytes of a name that are not UTF-8 are written as ``\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class _ToldFile(io.FileIO):
    """A file that says how far it is read, every megabyte."""

    def __init__(self, descriptor: int, on_read: Callable[[int], object]) -> None:
        super().__init__(descriptor)
        self._on_read, self._next = on_read, _AT_ONCE

    def readinto(self, buffer: Any) -> int:
        n = super().readinto(buffer)
        if self.tell() >= self._next:
            self._on_read(self.tell())
            self._next = self.tell() + _AT_ONCE
        return n


def _open(path: Path, on_read: Callable[[int], object] | None) -> IO[bytes]:
    """Open a regular file, without waiting for what a pipe may bring."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except FileNotFoundError:
        if path.is_symlink():
            raise UnreadableError("a link to nothing") from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableError("not a regular file")
    if on_read is not None:
        return io.BufferedReader(_ToldFile(descriptor, on_read))
    return os.fdopen(descriptor, "rb")


def file_in_memory(
    label: str, name: str, data: bytes, limits: ReadingLimits, *, depth: int = 0
) -> InputFile:
    """Return a file whose bytes are at hand."""
    return InputFile(label, name, lambda: io.BytesIO(data), limits, depth=depth)
