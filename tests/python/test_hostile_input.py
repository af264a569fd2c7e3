"""Matrices and Arrow columns that lie about themselves end in clear errors, never the process."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp
from hostile import core_calls

import samestory as ss
from samestory import _core

SCRIPT = Path(__file__).with_name("hostile.py")
# Rounds: usually, and in the long run. A round tries one matrix with every call of its kind.
ROUNDS = {"public": (250, 20_000), "core": (250, 20_000), "companions": (150, 5_000)}


def run(tmp_path, kind, first, count):
    """Try hostile input in a process of its own; return what is unclear about how calls end."""
    place = tmp_path / "place"
    command = [sys.executable, str(SCRIPT), str(place), kind, str(first), str(count)]
    done = subprocess.run(command, capture_output=True, text=True, env=dict(os.environ))
    at = place.read_text(encoding="utf-8").strip() if place.exists() else "the start"
    assert done.returncode == 0, f"{kind} ended with {done.returncode} at {at}: {done.stderr}"
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", ROUNDS)
def test_hostile_matrices_end_in_clear_errors(kind, tmp_path):
    assert run(tmp_path, kind, 0, ROUNDS[kind][0]) == []


def test_hostile_arrow_columns_end_in_clear_errors(tmp_path):
    pytest.importorskip("pyarrow")
    assert run(tmp_path, "arrow", 0, 300) == []


@pytest.mark.long
@pytest.mark.parametrize("kind", [*ROUNDS, "arrow"])
def test_many_hostile_inputs_end_in_clear_errors(kind, tmp_path):
    assert run(tmp_path, kind, 1_000_000, ROUNDS.get(kind, (0, 5_000))[1]) == []


def test_every_function_of_the_core_that_takes_a_matrix_is_tried():
    tried = {name.split()[0] for name in core_calls()}
    stub = Path(_core.__file__).with_name("_core.pyi").read_text(encoding="utf-8")
    matrix = r"\b(graph|rows|counts|pairs|links|matrix|left|weights|indices): typing\.Any"
    taking = set(re.findall(rf"^def (\w+)\(.*{matrix}", stub, re.MULTILINE))
    names = {groups[0] for groups in taking}
    assert len(names) > 10
    assert names <= tried


def broken(dtype, **parts):
    matrix = sp.csr_matrix(np.array([[1, 0, 1], [0, 1, 1], [1, 1, 0]])).astype(dtype)
    for name, array in parts.items():
        setattr(matrix, name, array)
    return matrix


@pytest.mark.parametrize("dtype", ["float64", "float32", "int64", "int8", "bool"])
def test_a_broken_matrix_is_named_with_its_row_and_limit(dtype):
    far = broken(dtype, indices=np.array([0, 2, 1, 9, 0, 1], dtype=np.int32))
    falling = broken(dtype, indptr=np.array([0, 4, 2, 6], dtype=np.int32))
    empty = broken(dtype, indptr=np.array([], dtype=np.int32))
    calls = {
        "X": [
            lambda m: ss.similarity_join(m, threshold=0.5),
            lambda m: ss.StoryClusterer().fit(m),
            lambda m: ss.TfidfTransformer().fit(m),
        ],
        "graph": [ss.average_linkage, ss.leiden, ss.connected_components],
        "x": [lambda m: ss.explain_pair(m, m)],
    }
    for name, functions in calls.items():
        for call in functions:
            with pytest.raises(ValueError, match=rf"{name}: row 1: column index 9 is outside of"):
                call(far)
            with pytest.raises(ValueError, match=f"{name}: row 1: indptr falls from 4 to 2"):
                call(falling)
            with pytest.raises(ValueError, match=f"{name}: indptr has 0 entries"):
                call(empty)


@pytest.mark.parametrize("form", ["csr", "csc", "coo", "bsr", "dia", "lil", "dok"])
@pytest.mark.parametrize("family", ["array", "matrix"])
def test_sound_matrices_of_every_format_and_dtype_are_read_alike(form, family):
    dense = np.array([[1, 0, 1, 1], [0, 1, 1, 0], [1, 1, 0, 0], [0, 0, 1, 1]])
    expected = ss.similarity_join(dense.astype(float), threshold=0.1).toarray()
    make = getattr(sp, f"{form}_{family}")
    for dtype in ("float64", "float32", "int8", "uint64", "bool", "longdouble"):
        found = ss.similarity_join(make(sp.csr_matrix(dense.astype(dtype))), threshold=0.1)
        np.testing.assert_allclose(found.toarray(), expected, rtol=1e-6)


def test_duplicates_that_sum_up_to_infinity_are_refused():
    twice = sp.csr_matrix(([1e308, 1e308], ([0, 0], [1, 1])), shape=(1, 2))
    raw = sp.csr_matrix((1, 2))
    raw.data, raw.indices = np.array([1e308, 1e308]), np.array([1, 1], dtype=np.int32)
    raw.indptr = np.array([0, 2], dtype=np.int32)
    for matrix in (raw, twice):
        with pytest.raises(ValueError, match="NaN or infinite"):
            ss.similarity_join(matrix, threshold=0.5)


def test_flags_that_lie_about_order_change_nothing():
    sound = sp.csr_matrix([[1.0, 2.0, 3.0]])
    shuffled = sp.csr_matrix([[1.0, 2.0, 3.0]])
    shuffled.indices, shuffled.data = sound.indices[::-1].copy(), sound.data[::-1].copy()
    shuffled.has_sorted_indices = shuffled.has_canonical_format = True
    assert ss.explain_pair(shuffled, sound).similarity == pytest.approx(1)


def test_a_row_may_have_one_dimension():
    row = sp.csr_array(np.array([[3.0, 0.0, 4.0]]))
    flat = sp.coo_array(np.array([3.0, 0.0, 4.0]))
    for other in (flat, flat.tocsr(), [3.0, 0.0, 4.0]):
        terms = dict(ss.explain_pair(row, other))
        assert terms == pytest.approx({2: 0.64, 0: 0.36})


def test_more_rows_than_there_is_memory_for_are_refused():
    tall = sp.coo_matrix(([1.0], ([5], [0])), shape=(2**50, 1))
    with pytest.raises(MemoryError, match="graph has 1,125,899,906,842,624 rows"):
        ss.connected_components(tall)


def arrow_texts(pa, offsets, data=b"rainfloods"):
    made = np.array(offsets, dtype=np.int32).tobytes()
    return pa.Array.from_buffers(
        pa.string(), len(offsets) - 1, [None, pa.py_buffer(made), pa.py_buffer(data)]
    )


def test_arrow_columns_that_lie_are_refused_by_row():
    pa = pytest.importorskip("pyarrow")
    sound = arrow_texts(pa, [0, 4, 10])
    assert ss.CountVectorizer().fit_transform(sound).sum() == 2
    with pytest.raises(ValueError, match="row 1: its text reaches from byte 4 to byte 2"):
        ss.CountVectorizer().fit_transform(arrow_texts(pa, [0, 4, 2, 10]))
    keys = pa.array([0, 7], pa.int8())
    beyond = pa.DictionaryArray.from_arrays(keys, pa.array(["rain"]), safe=False)
    with pytest.raises(ValueError, match="row 1: its key 7 is outside of a dictionary of 1"):
        ss.CountVectorizer().fit_transform(beyond)
    with pytest.raises(ValueError, match="the Arrow data is broken"):
        ss.read_articles(pa.table({"text": arrow_texts(pa, [0, 4, 2, 10])}))


def test_what_an_arrow_library_says_of_its_column_is_asked_first():
    class TooShort:
        def validate(self):
            raise ValueError("Buffer #2 too small")

        def __arrow_c_array__(self, requested_schema=None):
            raise AssertionError("read all the same")

    with pytest.raises(ValueError, match="the Arrow column is broken: Buffer #2 too small"):
        ss.HashingVectorizer().transform(TooShort())


def test_one_arrow_text_that_is_no_utf8_costs_no_other_its_text():
    pa = pytest.importorskip("pyarrow")
    column = arrow_texts(pa, [0, 4, 10], b"rain\xff\xfeabcd")
    articles = ss.read_articles(pa.table({"text": column}))
    assert [article.text for article in articles] == ["rain", "��abcd"]
    with pytest.raises(ValueError, match="a text of the Arrow column is no UTF-8"):
        ss.CountVectorizer().fit(column)


def test_a_vocabulary_with_columns_out_of_range_is_refused():
    vectorizer = ss.CountVectorizer(analyzer=str.split).fit(["rain floods"])
    vectorizer.vocabulary_ = {"rain": 0, "floods": 7}
    with pytest.raises(ValueError, match=r"columns outside of \[0, 2\)"):
        vectorizer.transform(["rain floods"])


def test_graphs_of_the_core_have_to_be_square():
    wide = sp.csr_matrix(np.array([[0.0, 0.5, 0.0, 0.9], [0.5, 0.0, 0.0, 0.9]]))
    with pytest.raises(ValueError, match="pairs have to be square"):
        _core.narrowed_pairs(wide, wide, 2)
    with pytest.raises(ValueError, match="a graph has to be square"):
        _core.smoothing_weights(wide, np.ones(2), np.zeros(2))
    with pytest.raises(ValueError, match="days have to have an entry for each row of a square"):
        _core.strongest_neighbors(wide, 2, days=np.ones(2))
