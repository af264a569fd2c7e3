"""The extension module's foundations: import cost, threads, interruption, matrix checks."""

import io
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import scipy.sparse as sp

import samestory
from samestory import _core
from samestory._extras import require
from samestory._jobs import available_cpus, resolve_n_jobs
from samestory._progress import Progress


def test_import_is_light():
    code = (
        "import sys, samestory;"
        "print([m for m in ('scipy','pandas','sklearn','matplotlib','tqdm') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_every_public_name_resolves():
    for name in samestory.__all__:
        assert getattr(samestory, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = samestory.nothing


def test_jobs():
    assert resolve_n_jobs(None) == 1
    assert resolve_n_jobs(-1) == available_cpus()
    assert resolve_n_jobs(-1000) == 1
    with pytest.raises(ValueError, match="n_jobs=0"):
        resolve_n_jobs(0)
    with pytest.raises(TypeError, match=r"not 1\.5"):
        resolve_n_jobs(1.5)


@pytest.mark.parametrize("n_threads", [1, 3])
def test_ctrl_c_is_answered_soon(n_threads):
    def interrupt():
        time.sleep(0.2)
        sent.append(time.monotonic())
        signal.raise_signal(signal.SIGINT)

    sent = []
    thread = threading.Thread(target=interrupt)
    thread.start()
    with pytest.raises(KeyboardInterrupt):
        _core.busy_wait(30.0, n_threads)
    delay = time.monotonic() - sent[0]
    thread.join()
    assert delay < 5.0  # a hang would last 30 s; the latency itself is measured in benchmarks


def test_progress_calls_back_in_order():
    seen = []
    _core.busy_wait(0.3, 2, lambda stage, done, total: seen.append((stage, done, total)))
    assert seen[-1] == ("waiting", 300, 300)
    assert [done for _, done, _ in seen] == sorted(done for _, done, _ in seen)


def test_an_error_in_the_progress_hook_ends_the_call():
    def hook(stage, done, total):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        _core.busy_wait(30.0, 2, hook)


def test_progress_options():
    assert Progress(False).hook is None
    assert Progress(print).hook is print
    with Progress(True) as progress:
        progress.hook("counting", 1, 2)


def test_bars_name_stages_for_users_and_show_no_rate(capsys):
    with Progress(True) as progress:
        progress.hook("counting terms", 0, 2)
        progress.hook("merging stories", 1, 2)
    drawn = capsys.readouterr().err
    assert "reading   0%" in drawn
    assert "grouping  50%" in drawn
    assert "?" not in drawn
    assert "/s" not in drawn


def test_no_bar_is_drawn_where_nobody_looks(monkeypatch):
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert Progress(None).hook is None
    assert Progress(True).hook is not None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert Progress(None).hook is not None


def test_missing_extra_is_named():
    with pytest.raises(ImportError, match=r'pip install "samestory\[plot\]"'):
        require("no_such_module_anywhere", "plot", "a plot")


def broken(**parts):
    matrix = sp.random(4, 5, density=0.6, format="csr", random_state=0)
    arrays = {"data": matrix.data, "indices": matrix.indices, "indptr": matrix.indptr}

    class Raw:
        shape = (4, 5)

    for name, array in (arrays | parts).items():
        setattr(Raw, name, array)
    return Raw


@pytest.mark.parametrize("index", [np.int32, np.int64])
@pytest.mark.parametrize("value", [np.float32, np.float64])
def test_any_sound_matrix_comes_back_canonical(index, value):
    rng = np.random.default_rng(0)
    for _ in range(50):
        nnz = int(rng.integers(0, 40))
        indptr = np.sort(rng.integers(0, nnz + 1, 7)).astype(index)
        indptr[0], indptr[-1] = 0, nnz
        raw = broken(
            data=rng.random(nnz).astype(value),
            indices=rng.integers(0, 5, nnz).astype(index),
            indptr=indptr,
        )
        raw.shape = (6, 5)
        expected = sp.csr_array((raw.data, raw.indices, raw.indptr), shape=(6, 5))
        expected.sum_duplicates()
        data, indices, indptr, shape = _core.checked_csr(raw, "X")
        assert shape == (6, 5)
        assert data.dtype == value
        np.testing.assert_array_equal(indices, expected.indices)
        np.testing.assert_array_equal(indptr, expected.indptr)
        np.testing.assert_allclose(data, expected.data, rtol=1e-6)


def test_broken_matrices_are_refused_by_name():
    good = sp.random(4, 5, density=0.6, format="csr", random_state=0)
    with pytest.raises(ValueError, match=r"X: row \d: column index 9 is outside of \[0, 5\)"):
        _core.checked_csr(broken(indices=np.full_like(good.indices, 9)), "X")
    with pytest.raises(ValueError, match="Y: row 0: .* NaN or infinite"):
        _core.checked_csr(broken(data=np.full_like(good.data, np.nan)), "Y")
    with pytest.raises(ValueError, match="X: indptr has 2 entries"):
        _core.checked_csr(broken(indptr=np.array([0, 2], dtype=np.int32)), "X")
    with pytest.raises(TypeError, match="X: the values have to be float32 or float64"):
        _core.checked_csr(broken(data=good.data.astype(int)), "X")
    with pytest.raises(TypeError, match="X has to be a scipy.sparse matrix by rows"):
        _core.checked_csr(np.eye(3), "X")


def test_misaligned_and_strided_data_is_read_right():
    good = sp.random(4, 5, density=0.6, format="csr", random_state=0)
    buffer = np.zeros(good.nnz * 8 + 1, dtype=np.uint8)
    misaligned = buffer[1:].view(np.float64)
    misaligned[:] = good.data
    strided = np.repeat(good.indices, 2)[::2]
    data, indices, _, _ = _core.checked_csr(broken(data=misaligned, indices=strided), "X")
    np.testing.assert_array_equal(data, good.data)
    np.testing.assert_array_equal(indices, good.indices)


def test_an_unknown_instruction_set_is_refused(monkeypatch):
    monkeypatch.setenv("SAMESTORY_INSTRUCTION_SET", "mmx")
    with pytest.raises(ValueError, match="'mmx'.* portable"):
        _core.active_instruction_set()


def test_every_instruction_set_can_be_forced(instruction_set):
    assert _core.active_instruction_set() == instruction_set
