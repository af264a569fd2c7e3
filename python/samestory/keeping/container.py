"""A file of named parts: arrays, sparse matrices, texts and what JSON can say.

`write_container` and `read_container` for files, `pack_container` and `unpack_container` for bytes;
all four work on a dict of parts. What goes in as

- an ndarray of numbers, booleans, moments or durations comes out as one, writable,
- a scipy sparse matrix comes out as csr_matrix,
- a `Texts` (a list of str, any characters) comes out as a list of str,
- bytes come out as bytes,
- anything else has to be what `json` writes, and comes out as what `json` reads.

The reader says which parts it needs and which type each has with `Parts.array`, `Parts.matrix`,
`Parts.texts`, `Parts.data` and `Parts.json`; what is not as it has to be is a `DamagedFileError`.

Why a form of our own: a plain install has neither pyarrow nor Parquet, and both may allocate what
a hostile file claims. Here json and zlib of the standard library and numpy do the reading, every
byte is under a checksum, nothing is unpacked, and no more is allocated than the file is long.

Layout, little-endian: magic (12 bytes), version of the form (4), length of the header (8), CRC-32
of the header (4) and of these 28 bytes (4); the header, in JSON; the blocks, in the order of the
header, each filled up with zeros to a multiple of 64 bytes.
"""

from __future__ import annotations

import io
import json
import os
import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from samestory._files import check_no_null, replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_MAGIC = b"\x93samestory\r\n"
_FORM = 1
_PREFIX = struct.Struct("<12sIQI")
_CHECKSUM = struct.Struct("<I")
_START = _PREFIX.size + _CHECKSUM.size
# Blocks lie as processors like them.
_ALIGNMENT = 64
# The header holds JSON that is told to be small: column names, options, counts.
_MOST_HEADER = 1 << 30
_KINDS = "biufmM"
_DTYPE = re.compile(r"[<|][biufmM]\d{1,2}(\[\d{0,9}[a-zA-Z]{1,2}\])?")
_MOST_DIMENSIONS = 8


class DamagedFileError(ValueError):
    """A file is none of ours, of another version, cut short or damaged."""


class Texts(list[str]):
    """A list of str that is stored as one block of UTF-8."""


# -- writing -------------------------------------------------------------------------------


def write_container(
    path: str | os.PathLike[str], kind: str, version: int, parts: Mapping[str, Any]
) -> Path:
    """Write parts to a file, which is complete or not there at all.

    Parameters
    ----------
    path : path-like
        The file; what was there is replaced once everything is on the disk.
    kind : str
        What is stored, such as "stories".
    version : int
        Of what is stored; see `read_container`.
    parts : mapping of str to object
        See above.

    Returns
    -------
    pathlib.Path
    """
    return replace_file(path, _buffers(kind, version, parts))


def pack_container(kind: str, version: int, parts: Mapping[str, Any]) -> bytes:
    """Return what `write_container` writes.

    Examples
    --------
    >>> fitted = {"idf": np.array([1.0, 2.5]), "terms": Texts(["a", "b"])}
    >>> packed = pack_container("demo", 1, fitted)
    >>> parts = unpack_container(packed, "demo", 1)
    >>> parts.array("idf", "f8"), parts.texts("terms")
    (array([1. , 2.5]), ['a', 'b'])
    """
    return b"".join(_buffers(kind, version, parts))


def _buffers(kind: str, version: int, parts: Mapping[str, Any]) -> list[Any]:
    """The pieces of a file, one after the other."""
    blocks: list[NDArray[Any]] = []
    entries = [_entry(name, part, blocks) for name, part in parts.items()]
    header = json.dumps(
        {
            "kind": kind,
            "version": version,
            "parts": entries,
            "blocks": [[block.dtype.str, block.size, _crc(block)] for block in blocks],
        },
        separators=(",", ":"),
    ).encode("ascii")
    prefix = _PREFIX.pack(_MAGIC, _FORM, len(header), zlib.crc32(header))
    buffers: list[Any] = [prefix, _CHECKSUM.pack(zlib.crc32(prefix)), header]
    buffers.append(b"\0" * (-(_START + len(header)) % _ALIGNMENT))
    for block in blocks:
        buffers += [_bytes_of(block), b"\0" * (-block.nbytes % _ALIGNMENT)]
    return buffers


def _entry(name: str, part: Any, blocks: list[NDArray[Any]]) -> dict[str, Any]:
    """Describe one part, and add its blocks."""
    if isinstance(part, np.ndarray):
        blocks.append(_plain(part, name).ravel())
        return {"name": name, "type": "array", "shape": list(part.shape)}
    if isinstance(part, bytes):
        blocks.append(np.frombuffer(part, np.uint8))
        return {"name": name, "type": "bytes"}
    if isinstance(part, Texts):
        encoded = [text.encode("utf-8", "surrogatepass") for text in part]
        ends = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
        blocks += [ends, np.frombuffer(b"".join(encoded), np.uint8)]
        return {"name": name, "type": "texts"}
    if hasattr(part, "tocsr"):
        matrix = part.tocsr()
        blocks += [_plain(b, name) for b in (matrix.indptr, matrix.indices, matrix.data)]
        return {"name": name, "type": "csr", "shape": [int(n) for n in matrix.shape]}
    return {"name": name, "type": "json", "value": part}


def _plain(array: NDArray[Any], name: str) -> NDArray[Any]:
    if array.dtype.kind not in _KINDS:
        raise TypeError(f"{name}: an array of dtype {array.dtype} cannot be stored")
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))


def _bytes_of(block: NDArray[Any]) -> memoryview:
    return block.view(np.uint8).data if block.size else memoryview(b"")


def _crc(block: NDArray[Any]) -> int:
    """The checksum of a block and of the zeros after it."""
    return zlib.crc32(b"\0" * (-block.nbytes % _ALIGNMENT), zlib.crc32(_bytes_of(block)))


# -- reading -------------------------------------------------------------------------------


class Parts:
    """The parts of a container, asked for by name and type.

    Parameters
    ----------
    source : str
        What is being read, for messages.
    version : int
        Of what is stored.
    parts : dict of str to object
    """

    def __init__(self, source: str, version: int, parts: dict[str, Any]) -> None:
        self.source = source
        self.version = version
        self._parts = parts

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._parts)

    def __contains__(self, name: object) -> bool:
        """Whether there is a part of this name."""
        return name in self._parts

    def damaged(self, name: str, reason: str) -> DamagedFileError:
        """Return the error that says what is wrong with a part."""
        return DamagedFileError(f"{self.source} is damaged: part {name!r} {reason}")

    def check(self, name: str, is_right: bool, reason: str) -> None:
        """Raise where a part is not as it has to be."""
        if not is_right:
            raise self.damaged(name, reason)

    def _get(self, name: str, kind: type | tuple[type, ...], words: str) -> Any:
        if name not in self._parts:
            raise self.damaged(name, "is missing")
        self.check(name, isinstance(self._parts[name], kind), f"holds no {words}")
        return self._parts[name]

    def array(self, name: str, dtype: str, shape: Sequence[int | None] = (None,)) -> Any:
        """Return an array of a dtype ("f8", "i8" ...) and a shape; None stands for any length."""
        array = self._get(name, np.ndarray, "array")
        wanted = np.dtype(dtype)
        self.check(name, array.dtype == wanted, f"has dtype {array.dtype}, not {wanted}")
        fits = len(array.shape) == len(shape) and all(
            n is None or n == m for n, m in zip(shape, array.shape, strict=True)
        )
        self.check(name, fits, f"has shape {array.shape}, not {tuple(shape)}")
        return array

    def any_array(self, name: str, length: int) -> Any:
        """Return an array of any dtype that has so many rows."""
        array = self._get(name, np.ndarray, "array")
        self.check(name, array.shape[:1] == (length,), f"has no {length:,} rows")
        return array

    def matrix(self, name: str, n_rows: int | None = None, n_columns: int | None = None) -> Any:
        """Return a csr_matrix of finite values, whose indices are within its shape."""
        from scipy import sparse

        matrix = self._get(name, sparse.csr_matrix, "sparse matrix")
        for wanted, n, what in zip(
            (n_rows, n_columns), matrix.shape, ("rows", "columns"), strict=True
        ):
            self.check(name, wanted in (None, n), f"has {n:,} {what}, not {wanted}")
        return matrix

    def texts(self, name: str, length: int | None = None) -> list[str]:
        """Return a list of str."""
        texts = list(self._get(name, Texts, "texts"))
        self.check(name, length in (None, len(texts)), f"has {len(texts):,} texts, not {length}")
        return texts

    def data(self, name: str) -> bytes:
        """Return bytes."""
        data: bytes = self._get(name, bytes, "bytes")
        return data

    def json(self, name: str, kind: type | tuple[type, ...] = dict) -> Any:
        """Return what JSON said, of a kind."""
        return self._get(name, kind, "value of the kind that is expected")


def read_container(path: str | os.PathLike[str], kind: str, newest: int) -> Parts:
    """Read a file that `write_container` wrote, whoever it comes from.

    Parameters
    ----------
    path : path-like
    kind : str
        What is to be in it.
    newest : int
        The newest version of it that is understood; all from 1 on are.

    Raises
    ------
    DamagedFileError
        A ValueError: if it is another file, of another kind or version, cut short or damaged; the
        message names the file and the part.
    """
    check_no_null(path)
    if os.path.isdir(path):
        raise IsADirectoryError(f"{os.fspath(path)} is a folder, not a file of samestory")
    if not os.path.isfile(path) and os.path.exists(path):
        raise DamagedFileError(f"{os.fspath(path)} is no regular file")
    with open(path, "rb") as file:
        return _read(file, os.fstat(file.fileno()).st_size, os.fspath(path), kind, newest)


def unpack_container(packed: bytes, kind: str, newest: int, source: str = "the data") -> Parts:
    """Read what `pack_container` returned; see `read_container`."""
    return _read(io.BytesIO(packed), len(packed), source, kind, newest)


def _read(file: BinaryIO, size: int, source: str, kind: str, newest: int) -> Parts:
    header, start = _header(file, size, source)
    try:
        found, version = header["kind"], header["version"]
        entries, blocks = header["parts"], [_Block(*block) for block in header["blocks"]]
        end = start + sum(block.padded for block in blocks)
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedFileError(f"{source} is damaged: its header says {error}") from None
    if found != kind:
        raise DamagedFileError(f"{source} holds {found!r}, not {kind!r}")
    if type(version) is not int or not 1 <= version <= newest:
        raise DamagedFileError(
            f"{source} is of version {version!r} of {kind!r}; this samestory reads 1 to {newest}: "
            "a newer one may read it"
        )
    if size != end:
        what = "is cut short" if size < end else "is damaged"
        raise DamagedFileError(f"{source} {what}: it has {size:,} bytes, its header says {end:,}")
    arrays = iter([block.read(file, source, number) for number, block in enumerate(blocks)])
    try:
        parts = {entry["name"]: _part(entry, arrays, source) for entry in entries}
    except (KeyError, TypeError, AttributeError, StopIteration):
        raise DamagedFileError(f"{source} is damaged: its header describes no parts") from None
    if len(parts) != len(entries) or next(arrays, None) is not None:
        raise DamagedFileError(f"{source} is damaged: parts and blocks do not fit each other")
    return Parts(source, version, parts)


def _header(file: BinaryIO, size: int, source: str) -> tuple[Any, int]:
    """The header, and where the blocks begin."""
    start = file.read(_START)
    if start[: len(_MAGIC)] != _MAGIC[: len(start)] or not start:
        raise DamagedFileError(f"{source} is no file of samestory")
    if len(start) < _START:
        raise DamagedFileError(f"{source} is cut short: it has {size:,} bytes")
    _, form, length, checksum = _PREFIX.unpack_from(start)
    if _CHECKSUM.unpack_from(start, _PREFIX.size)[0] != zlib.crc32(start[: _PREFIX.size]):
        raise DamagedFileError(f"{source} is damaged: the checksum of its beginning does not fit")
    if form != _FORM:
        raise DamagedFileError(
            f"{source} is of form {form}, not {_FORM}: a newer samestory may read it"
        )
    if length > min(size - _START, _MOST_HEADER):
        raise DamagedFileError(f"{source} is cut short: its header has {length:,} bytes")
    padding = -(_START + length) % _ALIGNMENT
    data = file.read(length)
    if zlib.crc32(data) != checksum or file.read(padding) != b"\0" * padding:
        raise DamagedFileError(f"{source} is damaged: the checksum of its header does not fit")
    try:
        header = json.loads(data)
    except (ValueError, RecursionError):
        raise DamagedFileError(f"{source} is damaged: its header is no JSON") from None
    return header, _START + length + padding


class _Block:
    """A one-dimensional array in a file."""

    def __init__(self, dtype: str, length: int, checksum: int) -> None:
        if not _DTYPE.fullmatch(dtype):
            raise ValueError(f"there is an array of {dtype!r}")
        self.dtype = np.dtype(dtype)
        if type(length) is not int or length < 0:
            raise ValueError(f"there is an array of {length!r} entries")
        self.n_bytes = length * self.dtype.itemsize
        self.padded = self.n_bytes + -self.n_bytes % _ALIGNMENT
        self.checksum = checksum

    def read(self, file: BinaryIO, source: str, number: int) -> NDArray[Any]:
        """Read it into memory of its own; that the file is long enough is known."""
        data = np.empty(self.padded, np.uint8)
        n_read = file.readinto(data.data) if self.padded else 0  # type: ignore[attr-defined]
        if n_read != self.padded or zlib.crc32(data.data) != self.checksum:
            raise DamagedFileError(
                f"{source} is damaged: the checksum of block {number} does not fit"
            )
        array = data[: self.n_bytes].view(self.dtype)
        if self.dtype.kind == "b" and np.any(array.view(np.uint8) > 1):
            raise DamagedFileError(f"{source} is damaged: block {number} holds no booleans")
        return array


def _part(entry: Any, blocks: Iterator[NDArray[Any]], source: str) -> Any:
    kind, name = entry["type"], entry["name"]
    damaged = DamagedFileError(f"{source} is damaged: part {name!r} is not what it says it is")
    if kind == "json":
        return entry["value"]
    if kind == "bytes":
        return next(blocks).tobytes()
    if kind == "texts":
        texts = _texts(next(blocks), next(blocks))
        if texts is None:
            raise damaged
        return texts
    shape = entry["shape"]
    if not _is_shape(shape):
        raise damaged
    if kind == "array":
        array = next(blocks)
        if int(np.prod(shape, dtype=object)) != array.size:
            raise damaged
        return array.reshape(shape)
    if kind == "csr":
        matrix = _matrix(next(blocks), next(blocks), next(blocks), shape)
        if matrix is None:
            raise damaged
        return matrix
    raise damaged


def _is_shape(shape: Any) -> bool:
    return (
        isinstance(shape, list)
        and len(shape) <= _MOST_DIMENSIONS
        and all(type(n) is int and 0 <= n < 2**62 for n in shape)
    )


def _texts(ends: NDArray[Any], data: NDArray[Any]) -> Texts | None:
    """Cut a block of UTF-8 into its texts; None where the two do not fit."""
    if ends.dtype != np.int64 or data.dtype != np.uint8 or not _are_offsets(ends, data.size):
        return None
    joined = data.tobytes()
    bounds = ends.tolist()
    try:
        return Texts(
            joined[start:end].decode("utf-8", "surrogatepass") for start, end in pairwise(bounds)
        )
    except UnicodeDecodeError:
        return None


def _matrix(
    offsets: NDArray[Any], indices: NDArray[Any], data: NDArray[Any], shape: list[int]
) -> csr_matrix | None:
    """Make a sparse matrix; None where offsets, indices, values and shape do not fit."""
    from scipy import sparse

    is_index = all(array.dtype in (np.int32, np.int64) for array in (offsets, indices))
    if not is_index or len(shape) != 2 or offsets.size != shape[0] + 1:
        return None
    if not _are_offsets(offsets, indices.size) or data.size != indices.size:
        return None
    if indices.size and not (indices.min() >= 0 and indices.max() < shape[1]):
        return None
    if data.dtype.kind not in "iuf" or not np.isfinite(data).all():
        return None
    return sparse.csr_matrix((data, indices, offsets), shape=tuple(shape))


def _are_offsets(ends: NDArray[Any], length: int) -> bool:
    return bool(ends.size and ends[0] == 0 and ends[-1] == length and np.all(np.diff(ends) >= 0))
