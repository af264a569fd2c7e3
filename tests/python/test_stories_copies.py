"""Copies of a text are recognized by their counts and by when they appeared."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from samestory import _core


def texts_of(documents, times=None):
    batch = _core.DocumentBatch()
    batch.fill(iter(documents), 2**62, False)
    language = np.zeros(len(documents), np.int32)
    words = _core.WordData({})
    options = _core.StoryOptions()
    return _core.text_rows(
        batch, words, options, languages=["xx"], language=language, times=times, n_threads=2
    ).text_of_article.tolist()


ROWS = st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([0.0, 1.0, np.nan]))


@given(st.lists(ROWS, max_size=25))
def test_texts_are_those_of_a_dictionary(rows):
    """A single letter makes a text without a word of two."""
    documents = [" ".join(["a"] + ["one"] * row[0] + ["two"] * row[1]) for row in rows]
    seen = {}
    expected = [
        seen.setdefault(i if row[:2] == (0, 0) or np.isnan(row[2]) else row, len(seen))
        for i, row in enumerate(rows)
    ]
    assert texts_of(documents, np.array([row[2] for row in rows])) == expected


def test_counts_tell_texts_apart():
    assert texts_of(["on at at", "at on on", "on on on", "at at at", "at on at"]) == [0, 1, 2, 3, 0]
