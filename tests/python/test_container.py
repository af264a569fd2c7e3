"""The file of named parts: what goes in comes out, and whatever is wrong is said."""

import json
import os
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import sparse

from samestory._files import remove_leftovers, replace_file
from samestory.keeping.container import (
    DamagedFileError,
    Texts,
    pack_container,
    read_container,
    unpack_container,
    write_container,
)

DTYPES = st.one_of(
    hnp.floating_dtypes(endianness="?"),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.boolean_dtypes(),
    hnp.datetime64_dtypes(endianness="?"),
    hnp.timedelta64_dtypes(endianness="?"),
)
ARRAYS = hnp.arrays(DTYPES, hnp.array_shapes(min_dims=1, max_dims=3, min_side=0, max_side=5))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inside: st.lists(inside)
)
ANY_TEXT = st.text(st.characters())  # lone surrogates too


@st.composite
def matrices(draw):
    shape = draw(hnp.array_shapes(min_dims=2, max_dims=2, min_side=0, max_side=6))
    dtype = draw(st.sampled_from([np.float32, np.float64, np.int64]))
    finite = st.integers(-9, 9) if dtype is np.int64 else st.floats(-9, 9, width=32)
    return sparse.csr_matrix(draw(hnp.arrays(dtype, shape, elements=finite)))


def example_parts():
    return {
        "numbers": np.arange(12, dtype=np.float64).reshape(3, 4),
        "matrix": sparse.random(5, 7, 0.4, format="csr", rng=np.random.default_rng(1)),
        "names": Texts(["ferry", "", "Größe"]),
        "days": np.array(["2024-05-01", "NaT"], "datetime64[us]"),
        "raw": b"\x00\x01",
        "settings": {"n": 3, "names": ["a", None]},
    }


def same(a, b):
    if sparse.issparse(a):
        parts = ("data", "indices", "indptr")
        return a.shape == b.shape and all(same(getattr(a, p), getattr(b, p)) for p in parts)
    if isinstance(a, np.ndarray):
        is_float = a.dtype.kind in "fmM"
        return a.dtype == b.dtype.newbyteorder("=") and np.array_equal(a, b, equal_nan=is_float)
    return type(a) is type(b) and a == b


@given(
    st.dictionaries(
        st.text(),
        st.one_of(ARRAYS, matrices(), ANY_TEXT.map(lambda t: Texts([t, ""])), VALUES, st.binary()),
    )
)
def test_what_goes_in_comes_out(parts):
    found = unpack_container(pack_container("any", 3, parts), "any", 3)
    assert list(found) == list(parts)
    assert found.version == 3
    for name, part in parts.items():
        assert same(found._parts[name], part)


def test_arrays_can_be_written_to_and_files_hold_the_same_bytes(tmp_path):
    parts = example_parts()
    write_container(tmp_path / "kept", "any", 1, parts)
    assert (tmp_path / "kept").read_bytes() == pack_container("any", 1, parts)
    found = read_container(tmp_path / "kept", "any", 1)
    found.array("numbers", "f8", (3, None))[0, 0] = 9
    assert found.matrix("matrix", 5, 7).has_canonical_format
    assert found.texts("names", 3) == ["ferry", "", "Größe"]


def test_every_flipped_bit_is_noticed():
    packed = pack_container("any", 1, example_parts())
    for place in range(len(packed)):
        damaged = bytearray(packed)
        damaged[place] ^= 1 << place % 8
        with pytest.raises(DamagedFileError):
            unpack_container(bytes(damaged), "any", 1)


def test_every_length_is_noticed():
    packed = pack_container("any", 1, example_parts())
    for length in range(len(packed)):
        with pytest.raises(DamagedFileError, match=r"cut short|no file of samestory|damaged"):
            unpack_container(packed[:length], "any", 1)
    with pytest.raises(DamagedFileError, match="its header says"):
        unpack_container(packed + b"\0", "any", 1)


def forged(change, parts=None):
    """A container with another header, whose checksums fit."""
    packed = pack_container("any", 1, parts or example_parts())
    (length,) = struct.unpack_from("<Q", packed, 16)
    header = json.loads(packed[32 : 32 + length])
    blocks = packed[32 + length + -(32 + length) % 64 :]
    data = json.dumps(change(header) or header).encode()
    prefix = packed[:16] + struct.pack("<QI", len(data), zlib.crc32(data))
    start = prefix + struct.pack("<I", zlib.crc32(prefix)) + data
    return start + b"\0" * (-len(start) % 64) + blocks


def put(*path_and_value):
    *path, key, value = path_and_value

    def change(header):
        place = header
        for step in path:
            place = place[step]
        place[key] = value

    return change


LIES = {
    "another kind": put("kind", "other"),
    "a later version": put("version", 2),
    "version of no number": put("version", "1"),
    "a long array": put("blocks", 0, 1, 2**60),
    "a short array": put("blocks", 0, 1, 3),
    "a negative length": put("blocks", 0, 1, -12),
    "objects": put("blocks", 0, 0, "|O8"),
    "offsets that are no whole numbers": put("blocks", 1, 0, "<f4"),
    "a dtype of fields": put("blocks", 0, 0, "f4,f4"),
    "no checksum": put("blocks", 0, 2, None),
    "another shape": put("parts", 0, "shape", [3, 5]),
    "a huge shape": put("parts", 0, "shape", [2**40, 2**40]),
    "a negative shape": put("parts", 0, "shape", [-3, -4]),
    "many dimensions": put("parts", 0, "shape", [1] * 40 + [12]),
    "a matrix with fewer columns": put("parts", 1, "shape", [5, 2]),
    "a matrix with more rows": put("parts", 1, "shape", [50, 7]),
    "another type": put("parts", 0, "type", "pickle"),
    "a name twice": put("parts", 0, "name", "raw"),
    "a name of no kind": put("parts", 0, "name", []),
    "too few parts": lambda header: header["parts"].pop(0),
    "a list": lambda header: [header],
    "no blocks": lambda header: header.pop("blocks") and None,
    "nesting": lambda header: header.update(parts=json.loads("[" * 500 + "]" * 500)),
}


@pytest.mark.parametrize("lie", LIES)
def test_headers_that_lie_are_refused(lie):
    change = LIES[lie]
    with pytest.raises(DamagedFileError):
        unpack_container(
            forged(lambda h: change(h) if lie == "a list" else change(h) and None), "any", 1
        )


def test_a_forged_header_that_says_the_truth_is_read():
    assert unpack_container(forged(lambda header: None), "any", 1).texts("names")[0] == "ferry"


@pytest.mark.parametrize(
    "array, reason",
    [
        (np.array([0, 2, 1, 3]), "offsets that fall"),
        (np.array([0, 1, 2, 4]), "offsets past the end"),
        (np.array([1, 1, 2, 3]), "offsets that begin late"),
    ],
)
def test_matrices_are_checked(array, reason):
    matrix = sparse.csr_matrix(np.eye(3))
    matrix.indptr = array.astype(np.int32)
    with pytest.raises(DamagedFileError, match="'m' is not what it says"):
        unpack_container(pack_container("any", 1, {"m": matrix}), "any", 1)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_matrices_hold_finite_numbers_within_their_columns(value):
    for name, wrong in {"data": value, "indices": 9}.items():
        matrix = sparse.csr_matrix(np.eye(3))
        getattr(matrix, name)[1] = wrong
        with pytest.raises(DamagedFileError):
            unpack_container(pack_container("any", 1, {"m": matrix}), "any", 1)


def test_a_part_that_is_missing_or_of_another_type_is_named():
    parts = unpack_container(pack_container("any", 1, example_parts()), "any", 1, "week.kept")
    with pytest.raises(DamagedFileError, match=r"week\.kept is damaged: part 'idf' is missing"):
        parts.array("idf", "f8")
    with pytest.raises(DamagedFileError, match="'names' holds no array"):
        parts.array("names", "f8")
    with pytest.raises(DamagedFileError, match="has dtype float64, not int64"):
        parts.array("numbers", "i8", (3, 4))
    with pytest.raises(DamagedFileError, match=r"has shape \(3, 4\), not \(4, None\)"):
        parts.array("numbers", "f8", (4, None))
    with pytest.raises(DamagedFileError, match="has 7 columns, not 8"):
        parts.matrix("matrix", 5, 8)
    with pytest.raises(DamagedFileError, match="3 texts, not 4"):
        parts.texts("names", 4)


def test_what_cannot_be_stored_is_said():
    with pytest.raises(TypeError, match="words: an array of dtype object"):
        pack_container("any", 1, {"words": np.array(["a"], object)})


def test_other_files_are_told(tmp_path):
    (tmp_path / "notes.txt").write_text("It rains.")
    with pytest.raises(DamagedFileError, match=r"notes\.txt is no file of samestory"):
        read_container(tmp_path / "notes.txt", "any", 1)
    with pytest.raises(IsADirectoryError):
        read_container(tmp_path, "any", 1)
    with pytest.raises(FileNotFoundError):
        read_container(tmp_path / "absent", "any", 1)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(DamagedFileError, match="no regular file"):
            read_container(tmp_path / "pipe", "any", 1)


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "kept"
    write_container(path, "any", 1, {"a": 1})

    def pieces():
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(path, pieces())
    assert read_container(path, "any", 1).json("a", int) == 1
    assert os.listdir(tmp_path) == ["kept"]


def test_leftovers_are_removed_and_nothing_else(tmp_path):
    for name in (".kept.a1b2c3d4", ".kept.txt", ".other.a1b2c3d4", "kept"):
        (tmp_path / name).write_text("")
    remove_leftovers(tmp_path / "kept")
    assert sorted(os.listdir(tmp_path)) == [".kept.txt", ".other.a1b2c3d4", "kept"]
