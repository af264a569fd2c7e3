"""Copies of a text are recognized by their counts and by what else must agree."""

import numpy as np
import scipy.sparse as sp
from hypothesis import given
from hypothesis import strategies as st

from samestory.stories.copies import group_copies


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 1)), max_size=25))
def test_groups_are_those_of_a_dictionary(rows):
    counts = sp.csr_matrix(np.array([row[:2] for row in rows], dtype=np.float32).reshape(-1, 2))
    key = np.array([row[2] for row in rows], dtype=np.int64)
    seen = {}
    expected = [
        seen.setdefault(("empty", i) if row[:2] == (0, 0) else row, len(seen))
        for i, row in enumerate(rows)
    ]
    assert group_copies(counts, [key]).tolist() == expected


def test_counts_tell_rows_apart():
    counts = sp.csr_matrix(np.array([[1.0, 2.0], [2.0, 1.0], [3.0, 0.0], [0.0, 3.0]]))
    assert group_copies(counts, []).tolist() == [0, 1, 2, 3]
