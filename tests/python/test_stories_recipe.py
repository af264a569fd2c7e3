"""find_stories against the slow reference, on made texts of no known language."""

import numpy as np
import pytest
import reference_stories as reference

import samestory as ss


def made_texts(seed, n_stories):
    """Stories of one to six texts: each draws from its story's words and from everybody's."""
    rng = np.random.default_rng(seed)
    texts = []
    for story in range(n_stories):
        own = [f"q{story}w{i}x" for i in range(25)]
        for _ in range(int(rng.integers(1, 7))):
            common = [f"zz{i}y" for i in rng.integers(0, 200, 20)]
            texts.append(" ".join([*rng.choice(own, 12), *common]))
    return texts


@pytest.mark.parametrize("seed", range(6))
def test_the_recipe_equals_the_reference(seed):
    texts = made_texts(seed, 12)
    assert len(texts) <= 51  # then every pair that shares a word is a candidate
    found = ss.find_stories([{"text": text, "language": "xx"} for text in texts], progress=False)
    labels = reference.find_stories(texts)
    np.testing.assert_array_equal(found.labels[:, None] == found.labels, labels[:, None] == labels)


def test_the_rows_equal_the_reference():
    texts = made_texts(9, 8)
    found = ss.find_stories([{"text": text, "language": "xx"} for text in texts], progress=False)
    expected = reference.term_rows(texts)
    cosines = (found.evidence.rows @ found.evidence.rows.T).toarray()
    np.testing.assert_allclose(cosines, expected @ expected.T, rtol=0, atol=1e-12)
    smoothed = found.evidence.smoothed_rows
    slow = reference.smooth(expected, [len(set(text.split())) for text in texts])
    np.testing.assert_allclose((smoothed @ smoothed.T).toarray(), slow @ slow.T, rtol=0, atol=1e-12)
