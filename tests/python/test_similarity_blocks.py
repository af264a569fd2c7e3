"""A join in blocks and as edges in a file is the join."""

import numpy as np
import pytest
import scipy.sparse as sp

import samestory as ss


@pytest.fixture(scope="module")
def rows():
    X = sp.random(900, 60, 0.1, format="csr", random_state=4, dtype=np.float32)
    return X, np.random.default_rng(0).integers(0, 40, 900)


@pytest.mark.parametrize(
    "join", [{"threshold": 0.4}, {"top_n": 4}, {"threshold": 0.3, "max_gap": 5, "times": "times"}]
)
def test_blocks_make_up_the_whole(rows, join):
    X, times = rows
    join = {name: times if value == "times" else value for name, value in join.items()}
    blocks = list(ss.similarity_blocks(X, block_rows=250, **join))
    assert [r.start for r, _ in blocks] == [0, 250, 500, 750]
    whole = ss.similarity_join(X, **join)
    assert abs(sp.vstack([block for _, block in blocks]) - whole).nnz == 0


def test_a_small_budget_makes_small_blocks(rows):
    X = sp.vstack([rows[0]] * 3).tocsr()
    small = list(ss.similarity_blocks(X, threshold=0.1, max_memory="4 MB"))
    large = list(ss.similarity_blocks(X, threshold=0.1, max_memory="4 GB"))
    assert len(small) > len(large)


def test_edges_in_a_file_are_each_pair_once(rows, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    X, times = rows
    path = tmp_path / "edges.parquet"
    n_pairs = ss.similarity_to_parquet(path, X, threshold=0.3, times=times, max_gap=3)
    table = parquet.read_table(path)
    i, j, s = (table[name].to_numpy() for name in ("i", "j", "similarity"))
    assert len(i) == n_pairs
    expected = ss.similarity_join(X, threshold=0.3, times=times, max_gap=3, triangle=True)
    assert abs(sp.csr_matrix((s, (i, j)), shape=expected.shape) - expected).nnz == 0


def test_edges_of_a_top_n_join_are_its_entries(rows, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    X, _ = rows
    n_pairs = ss.similarity_to_parquet(tmp_path / "edges.parquet", X[:100], X, top_n=3)
    table = parquet.read_table(tmp_path / "edges.parquet")
    assert n_pairs == table.num_rows == ss.similarity_join(X[:100], X, top_n=3).nnz


def test_wrong_arguments_are_refused(rows):
    with pytest.raises(ValueError, match="block_rows is 0"):
        ss.similarity_blocks(rows[0], threshold=0.5, block_rows=0)
    with pytest.raises(ValueError, match="triangle"):
        ss.similarity_blocks(rows[0], threshold=0.5, triangle=True)
