"""The join against brute force in double precision, and what it refuses."""

import os
import signal
import subprocess
import sys
import threading
import time
from typing import Any, NamedTuple

import numpy as np
import pytest
import reference
import scipy.sparse as sp

import samestory as ss
from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import make_joiner

THRESHOLDS = [0.01, 0.1, 0.3, 1 / 3, 0.5, 1 / np.sqrt(2), 0.8, 0.9, 1.0]


class Case(NamedTuple):
    X: Any
    Y: Any
    join: dict[str, Any]
    tuning: Any


def random_rows(rng, n_rows, n_columns, density, negative, dtype):
    rows = sp.random(n_rows, n_columns, density, format="csr", random_state=rng)
    kind = rng.integers(4)
    if kind == 0:
        rows.data[:] = rng.integers(1, 4, rows.nnz)
    if kind == 1:
        rows.data[:] = 1
    if negative:
        rows.data *= rng.choice([-1, 1], rows.nnz)
    if rng.random() < 0.3:
        rows = rows[rng.integers(0, n_rows, n_rows)]
    if rng.random() < 0.1:
        rows = rows * rng.choice([1e-14, 1e-30, 1e12])
    rows.sort_indices()
    return rows.astype(dtype)


def with_twins(rng, rows, order):
    """Double the columns: a row has both or none, in about the same proportion."""
    twins = rows.copy()
    spread = rng.choice([0.0, 1e-3, 0.5])
    twins.data = (twins.data * (1 + spread * rng.random(rows.nnz))).astype(rows.dtype)
    doubled = sp.hstack([rows, twins], format="csr")[:, order]
    doubled.sort_indices()
    return doubled


def random_case(seed):
    rng = np.random.default_rng(seed)
    n_columns = int(rng.choice([1, 3, 10, 50, 200]))
    shape = {
        "density": rng.choice([0.02, 0.1, 0.4, 1.0]),
        "negative": rng.random() < 0.25,
        "dtype": rng.choice([np.float32, np.float64]),
    }
    n_rows = int(rng.integers(1, rng.choice([5, 40, 300])))
    X = random_rows(rng, n_rows, n_columns, **shape)
    Y = None
    if rng.random() < 0.4:
        shape["negative"] = rng.random() < 0.5 if shape["negative"] else rng.random() < 0.1
        Y = random_rows(rng, int(rng.integers(1, 300)), n_columns, **shape)
    if rng.random() < 0.3:
        order = rng.permutation(2 * n_columns)
        X, Y = (rows if rows is None else with_twins(rng, rows, order) for rows in (X, Y))
    return Case(X, Y, random_options(rng, X, Y), random_tuning(rng))


def random_options(rng, X, Y):
    join: dict[str, Any] = {}
    wanted = rng.integers(3)
    if wanted != 1:
        join["threshold"] = float(rng.choice(THRESHOLDS))
    if wanted != 0:
        join["top_n"] = int(rng.choice([1, 2, 5, 20, 400]))
    if rng.random() < 0.4:
        join["times"] = random_times(rng, X.shape[0])
        if Y is not None:
            join["times_y"] = random_times(rng, Y.shape[0])
        if rng.random() < 0.7:
            join["max_gap"] = float(rng.integers(0, 8))
        if rng.random() < 0.5:
            # Two implementations of exp2 may differ in the last bit, and so in which of two equal
            # similarities is the larger: with top_n, only halving that is exact.
            join["half_life"] = float(rng.choice([0.5, 1.0] if "top_n" in join else [1.0, 3.0]))
    if rng.random() < 0.2:
        join["normalize"] = False
    if Y is None and wanted == 0 and rng.random() < 0.3:
        join["triangle"] = True
    return join


def random_times(rng, n_rows):
    return np.where(rng.random(n_rows) < 0.15, np.nan, rng.integers(0, 20, n_rows).astype(float))


def random_tuning(rng):
    tuning = _core.JoinTuning()
    tuning.tile_rows = int(rng.choice([128, 256, 8192]))
    tuning.chunk_rows = int(rng.choice([1, 7, 64]))
    tuning.dense_share = float(rng.choice([0.0, 0.01, 0.5, 2.0]))
    return tuning


def run(X, Y=None, *, n_jobs=2, **join):
    return from_core(make_joiner(X, Y, n_jobs=n_jobs, **join).all())


def assert_equals_reference(case, result):
    expected = reference.similarity_join(case.X, case.Y, **case.join).astype(case.X.dtype)
    assert result.dtype == case.X.dtype
    assert result.has_sorted_indices
    dense = result.toarray()
    if "half_life" in case.join:
        np.testing.assert_array_equal(dense != 0, expected != 0)
        np.testing.assert_allclose(dense, expected, rtol=1e-6 if dense.dtype == "f" else 1e-14)
    else:
        np.testing.assert_array_equal(dense, expected)


def check_seeds(seeds):
    for seed in seeds:
        case = random_case(seed)
        try:
            result = run(case.X, case.Y, n_jobs=seed % 3 + 1, tuning=case.tuning, **case.join)
            assert_equals_reference(case, result)
        except Exception as error:
            raise AssertionError(f"random_case({seed}): {error}") from error


def test_random_joins_equal_brute_force(instruction_set):
    paths = _core.instruction_sets()
    share = 20_000 // len(paths)
    first = paths.index(instruction_set) * share
    check_seeds(range(first, first + share))


@pytest.mark.long
def test_many_random_joins_equal_brute_force(instruction_set):
    paths = _core.instruction_sets()
    share = 100_000 // len(paths)
    first = 1_000_000 + paths.index(instruction_set) * share
    check_seeds(range(first, first + share))


def news_like_rows(n_rows, n_columns=3000, per_row=20, seed=0):
    """Make rows with few frequent and many rare columns, some of them copies."""
    rng = np.random.default_rng(seed)
    columns = np.minimum(rng.zipf(1.3, (n_rows, per_row)) - 1, n_columns - 1)
    values = 1 + rng.random((n_rows, per_row))
    row = np.repeat(np.arange(n_rows), per_row)
    rows = sp.csr_matrix((values.ravel(), (row, columns.ravel())), shape=(n_rows, n_columns))
    rows.sum_duplicates()
    frequency = np.bincount(rows.indices, minlength=n_columns)
    rows.data *= np.log((n_rows + 1) / np.maximum(frequency, 1))[rows.indices]
    copied = rng.integers(0, n_rows, n_rows // 20)
    rows = sp.vstack([rows[: n_rows - len(copied)], rows[copied]]).tocsr()
    return rows[rng.permutation(n_rows)].astype(np.float32)


@pytest.fixture(scope="module")
def large():
    """More than two tiles of the real size, and all similarities of some of its rows."""
    X = news_like_rows(20_000)
    sample = np.linspace(0, X.shape[0] - 1, 60).astype(int)
    unit = sp.diags(1 / np.sqrt(np.maximum(X.multiply(X).sum(axis=1).A1, 1e-300))) @ X.astype(float)
    return X, sample, (unit[sample] @ unit.T).toarray()


def test_real_sizes_keep_every_pair(large, instruction_set):
    X, sample, similarities = large
    result = run(X, threshold=0.4)[sample].toarray()
    others = np.arange(X.shape[0]) != sample[:, None]
    clear = np.abs(similarities - 0.4) > 1e-12
    np.testing.assert_array_equal((result != 0) & clear, (similarities >= 0.4) & others & clear)
    np.testing.assert_allclose(result[result != 0], similarities[result != 0], rtol=1e-6)


def test_real_sizes_keep_the_best(large, instruction_set):
    X, sample, similarities = large
    result = run(X, top_n=10)[sample]
    np.testing.assert_array_equal(np.diff(result.indptr), 10)
    similarities = similarities.copy()
    similarities[np.arange(len(sample)), sample] = -1
    best = -np.sort(-similarities, axis=1)[:, :10]
    found = -np.sort(-result.data.reshape(-1, 10), axis=1)
    np.testing.assert_allclose(found, best, rtol=1e-6)


@pytest.mark.parametrize(
    "join", [{"threshold": 0.3}, {"top_n": 7}, {"top_n": 50, "threshold": 0.05}]
)
def test_threads_and_instruction_sets_give_the_same_bytes(join, monkeypatch):
    X = news_like_rows(3000, seed=3)
    results = set()
    for path in _core.instruction_sets():
        monkeypatch.setenv("SAMESTORY_INSTRUCTION_SET", path)
        for n_jobs in (1, 2, 3, 7):
            result = run(X, n_jobs=n_jobs, **join)
            parts = (result.data, result.indices, result.indptr)
            results.add(b"".join(part.tobytes() for part in parts))
    assert len(results) == 1


def test_copies_reach_a_threshold_of_one():
    rng = np.random.default_rng(0)
    row = rng.random((1, 300))
    result = ss.similarity_join(np.repeat(row, 5, axis=0), threshold=1.0)
    assert result.nnz == 20


def test_thousands_of_copies_tie_to_the_lower_columns():
    X = np.repeat(np.random.default_rng(1).random((1, 12)), 3000, axis=0)
    result = ss.similarity_join(X, top_n=5)
    np.testing.assert_array_equal(result[2000].indices, [0, 1, 2, 3, 4])
    np.testing.assert_array_equal(result[2].indices, [0, 1, 3, 4, 5])


def test_any_kind_of_matrix_is_taken():
    X = news_like_rows(200, n_columns=90)
    expected = ss.similarity_join(X, threshold=0.3)
    wide = X.copy()
    wide.indices, wide.indptr = wide.indices.astype(np.int64), wide.indptr.astype(np.int64)
    shuffled = sp.coo_matrix(X)
    order = np.random.default_rng(0).permutation(shuffled.nnz)
    halves = sp.coo_matrix(
        (
            np.concatenate([shuffled.data[order]] * 2) / 2,
            (np.tile(shuffled.row[order], 2), np.tile(shuffled.col[order], 2)),
        ),
        shape=X.shape,
    )
    for matrix in (wide, X.toarray(), sp.csc_array(X), X.tolil(), halves, sp.csr_array(X)):
        result = ss.similarity_join(matrix, threshold=0.3)
        assert isinstance(result, sp.sparray) == isinstance(matrix, sp.sparray)
        assert abs(sp.csr_matrix(result) - expected).max() < 1e-6


def test_billions_of_columns_take_no_space():
    X = news_like_rows(200, n_columns=90)
    columns = np.linspace(0, 2**31 - 2, 90).astype(np.int64)
    wide = sp.csr_matrix((X.data, columns[X.indices], X.indptr), shape=(200, 2**31 - 1))
    assert abs(ss.similarity_join(wide, top_n=5) - ss.similarity_join(X, top_n=5)).nnz == 0
    found = ss.similarity_join(wide, wide[:50], threshold=0.3)
    assert abs(found - ss.similarity_join(X, X[:50], threshold=0.3)).nnz == 0


def test_unsorted_columns_and_duplicates_are_put_right():
    X = sp.csr_matrix(
        (np.array([1.0, 2.0, 1.0, 3.0]), np.array([2, 0, 2, 2]), np.array([0, 3, 4])), shape=(2, 3)
    )
    result = ss.similarity_join(X, threshold=0.1)
    assert result[0, 1] == pytest.approx(2 / np.sqrt(8))


def test_without_rows_or_columns_nothing_is_found():
    assert ss.similarity_join(sp.csr_matrix((0, 5)), threshold=0.5).shape == (0, 0)
    assert ss.similarity_join(sp.csr_matrix((4, 0)), top_n=2).shape == (4, 4)
    result = ss.similarity_join(sp.csr_matrix((4, 3)), sp.csr_matrix((0, 3)), threshold=0.5)
    assert result.shape == (4, 0)


def rows_with(**changes):
    X = sp.csr_matrix(np.eye(4))
    for name, (place, value) in changes.items():
        array = getattr(X, name).copy()
        array[place] = value
        setattr(X, name, array)
    return X


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (rows_with(data=(2, np.nan)), "X: row 2: .*NaN"),
        (rows_with(data=(1, np.inf)), "X: row 1: .*infinite"),
        (rows_with(indices=(3, 9)), r"X: row 3: column index 9 is outside of \[0, 4\)"),
        (rows_with(indices=(0, -1)), "X: row 0: column index -1"),
        (rows_with(indptr=(2, 4)), "X: row 2: indptr falls"),
        (rows_with(indptr=(0, 1)), "X: indptr starts at 1"),
        (rows_with(indptr=(4, 40)), "X: indptr ends at 40"),
        (np.zeros(3), "X has to have two dimensions"),
    ],
)
def test_broken_matrices_are_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        ss.similarity_join(matrix, threshold=0.5)


def test_a_broken_second_matrix_is_named():
    with pytest.raises(ValueError, match="Y: row 2: .*NaN"):
        ss.similarity_join(np.eye(4), rows_with(data=(2, np.nan)), threshold=0.5)
    with pytest.raises(ValueError, match=r"Y: row 3: column index 9 is outside of \[0, 4\)"):
        ss.similarity_join(np.eye(4), rows_with(indices=(3, 9)), top_n=2)


@pytest.mark.parametrize(
    ("join", "error", "message"),
    [
        ({}, ValueError, "threshold, top_n or both"),
        ({"threshold": 0.0}, ValueError, r"threshold is 0.*\(0, 1\]"),
        ({"threshold": 1.5}, ValueError, r"threshold is 1.5.*\(0, 1\]"),
        ({"threshold": float("nan")}, ValueError, "threshold is nan"),
        ({"threshold": "high"}, TypeError, "threshold has to be a number"),
        ({"top_n": 0}, ValueError, "top_n is 0"),
        ({"top_n": 2.5}, TypeError, "top_n has to be a whole number"),
        ({"threshold": 0.5, "max_gap": 1}, ValueError, "need times"),
        ({"threshold": 0.5, "times": [1, 2], "max_gap": 1}, ValueError, "2 entries.*4 rows"),
        ({"threshold": 0.5, "times": range(4), "max_gap": -1}, ValueError, "max_gap is -1"),
        ({"threshold": 0.5, "times": range(4), "half_life": 0}, ValueError, "half_life is 0"),
        ({"threshold": 0.5, "times": [1, 2, np.inf, 3], "max_gap": 1}, ValueError, "entry 2"),
        ({"threshold": 0.5, "times_y": [1, 2, 3, 4]}, ValueError, "without times"),
        ({"top_n": 3, "triangle": True}, ValueError, "triangle"),
        ({"threshold": 0.5, "Y": np.eye(3)}, ValueError, "X has 4 columns, but Y has 3"),
        ({"threshold": 0.5, "n_jobs": 0}, ValueError, "n_jobs=0"),
        ({"threshold": 0.5, "max_memory": "lots"}, ValueError, "max_memory is 'lots'"),
    ],
)
def test_wrong_arguments_are_refused(join, error, message):
    with pytest.raises(error, match=message):
        ss.similarity_join(np.eye(4), **join)


def test_a_result_that_cannot_fit_is_refused_before_the_work():
    X = np.ones((3000, 2)) + np.eye(3000, 2)
    with pytest.raises(MemoryError, match="pairs are expected.*similarity_blocks"):
        ss.similarity_join(X, threshold=0.1, max_memory="10 MB")
    assert ss.similarity_join(X, top_n=3, max_memory="10 MB").nnz == 9000


def test_the_threshold_that_would_fit_fits():
    X = news_like_rows(3000, n_columns=60, per_row=6)
    with pytest.raises(MemoryError, match="A threshold of 0") as refused:
        ss.similarity_join(X, threshold=0.05, max_memory="20 MB", n_jobs=2)
    fitting = float(str(refused.value).split("A threshold of ")[1].split()[0])
    assert ss.similarity_join(X, threshold=fitting, max_memory="22 MB", n_jobs=2).nnz > 0


def test_the_number_of_expected_pairs_is_near():
    X = news_like_rows(3000, n_columns=60, per_row=6)
    with pytest.raises(MemoryError) as refused:
        ss.similarity_join(X, threshold=0.05, max_memory="20 MB", n_jobs=2)
    expected = float(str(refused.value).split("about ")[1].split()[0])
    assert expected == pytest.approx(ss.similarity_join(X, threshold=0.05).nnz, rel=0.1)


def test_the_top_n_that_would_fit_fits():
    X = news_like_rows(3000, n_columns=60, per_row=6)
    with pytest.raises(MemoryError, match="A top_n of") as refused:
        ss.similarity_join(X, top_n=400, max_memory="20 MB", n_jobs=2)
    fitting = int(str(refused.value).split("A top_n of ")[1].split()[0])
    assert 1 < fitting < 400
    assert ss.similarity_join(X, top_n=fitting, max_memory="20 MB", n_jobs=2).nnz > 0


def test_an_index_that_cannot_fit_is_refused():
    X = news_like_rows(3000)
    with pytest.raises(MemoryError, match="the index of the rows needs.*allows 500 kB"):
        ss.similarity_join(X, threshold=0.9, max_memory="500 kB")
    with pytest.raises(MemoryError, match="the index of the rows needs"):
        ss.similarity_blocks(X, threshold=0.9, max_memory="500 kB")


def test_lists_that_do_not_fit_are_done_without():
    X = news_like_rows(9000)
    joiner = make_joiner(X, top_n=20, n_jobs=2)
    memory = joiner.memory()
    assert memory.lists > 9000 * 20 * 16
    whole = from_core(joiner.all())
    assert abs(from_core(joiner.all(memory.lists - 1)) - whole).nnz == 0
    enough = memory.held + 2 * memory.per_thread + 20 * 9000 * 16 + 9000 * 16
    tight = ss.similarity_join(X, top_n=20, n_jobs=2, max_memory=enough + 1000)
    assert abs(tight - whole).nnz == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system says of a process")
@pytest.mark.parametrize(
    "join", ["threshold=0.5", "threshold=0.12", "top_n=10", "top_n=60", "top_n=300"]
)
def test_a_join_stays_within_what_it_says(join, tmp_path):
    """Run each in a process of its own, so that peaks of memory do not mix."""
    sp.save_npz(tmp_path / "rows.npz", news_like_rows(30_000, n_columns=20_000, per_row=40))
    script = f"""
import scipy.sparse as sp, sys
import samestory as ss
from samestory.similarity.join import make_joiner

def status(name):
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) * 1024

X = sp.load_npz(sys.argv[1]).tocsr()
ss.similarity_join(X[:300], {join}, n_jobs=2, progress=False)
memory = make_joiner(X, {join}, n_jobs=2).memory()
before = status("VmRSS")
found = ss.similarity_join(X, {join}, n_jobs=2, progress=False)
said = memory.held + 2 * memory.per_thread + memory.lists + found.nnz * 16 + X.shape[0] * 16
print(status("VmHWM") - before, said)
"""
    command = [sys.executable, "-c", script, str(tmp_path / "rows.npz")]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    taken, said = map(int, out.split())
    # Pages are whole, and what is freed is not always given back.
    assert taken < 1.25 * said + 16e6


@pytest.mark.parametrize("signs", ["both", "queries", "targets"])
def test_negative_values_meet_dense_columns(signs, instruction_set):
    """Columns that every row has, whose values cancel, as embeddings have them."""
    rng = np.random.default_rng(3)
    X, Y = (rng.normal(size=(n, 40)).astype(np.float32) for n in (200, 700))
    Y[:, 20:] *= rng.random((700, 20)) < 0.1
    X, Y = (np.abs(X) if signs == "targets" else X), (np.abs(Y) if signs == "queries" else Y)
    for join in ({"threshold": 0.4}, {"threshold": 0.01}, {"top_n": 5}, {"top_n": 650}):
        case = Case(sp.csr_matrix(X), sp.csr_matrix(Y), join, None)
        assert_equals_reference(case, run(case.X, case.Y, tuning=all_dense(), **join))


@pytest.mark.parametrize("is_swapped", [False, True])
def test_pairs_whose_rounded_products_cancel_are_found(is_swapped, instruction_set):
    # In steps of 1 these are 127 and 100 of -1, 100 and 100 of 127: in steps their product is zero.
    x = sp.csr_matrix([[127.0] + [-0.6] * 100])
    y = sp.csr_matrix([[100.4] + [127.0] * 100])
    x, y = (y, x) if is_swapped else (x, y)
    assert 0.0316 < run(x, y, tuning=all_dense(), threshold=0.03)[0, 0] < 0.0318


def all_dense():
    tuning = _core.JoinTuning()
    tuning.dense_share = 0.01
    tuning.cut_share_threshold = 0.0
    return tuning


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX signals")
@pytest.mark.parametrize("n_jobs", [1, 2])
def test_an_interrupt_is_answered_at_once(n_jobs):
    X = news_like_rows(40_000, n_columns=300, per_row=60)
    sent = []

    def interrupt():
        sent.append(time.monotonic())
        os.kill(os.getpid(), signal.SIGINT)

    timer = threading.Timer(0.7, interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        ss.similarity_join(X, top_n=50, n_jobs=n_jobs, progress=False)
    # 0.1 s is what is promised on an idle machine; a busy one may take longer to get round to it.
    assert time.monotonic() - sent[0] < 0.5
    assert threading.active_count() < 10
