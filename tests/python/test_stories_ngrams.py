"""Character n-grams of short texts, against scikit-learn's."""

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

import samestory as ss


def made_headlines(n, n_words, seed=0):
    """Texts of made words that have stems and endings in common."""
    rng = np.random.default_rng(seed)
    stems = ["".join(rng.choice(list("abcdefgh"), 5)) for _ in range(60)]
    endings = ["", "s", "ed", "ing", "er"]
    return [
        " ".join(f"{rng.choice(stems)}{rng.choice(endings)}" for _ in range(n_words))
        for _ in range(n)
    ]


def cosines(matrix):
    return (matrix @ matrix.T).toarray()


def found(texts):
    rows = [{"text": text, "language": "eo"} for text in texts]
    return ss.find_stories(rows, progress=False)


def test_the_rows_are_those_of_scikit_learn():
    texts = made_headlines(50, 6)
    evidence = found(texts).evidence
    is_ngram = np.array([name.startswith("~") for name in evidence.names])
    rows = evidence.rows[:, is_ngram]
    peer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    expected = peer.fit_transform(texts)
    share = 0.33 * (50 - 20) / (100 - 20)
    np.testing.assert_allclose(cosines(rows), share * cosines(expected), atol=1e-12)
    names = evidence.names[is_ngram].tolist()
    assert sorted(names) == sorted(f"~{n.strip()}~" for n in peer.get_feature_names_out())


def test_a_third_of_the_similarity_of_short_texts_is_that_of_ngrams():
    texts = made_headlines(300, 6)
    rows = found(texts).evidence.rows
    names = found(texts).evidence.names
    is_ngram = np.array([name.startswith("~") for name in names])
    norms = np.asarray(rows[:, is_ngram].multiply(rows[:, is_ngram]).sum(axis=1)).ravel()
    np.testing.assert_allclose(norms, 0.33)
    np.testing.assert_allclose(np.asarray(rows.multiply(rows).sum(axis=1)).ravel(), 1.0)


def test_explanations_add_up_and_keywords_are_words():
    stories = found(made_headlines(150, 6))
    first, second = stories[0].articles[:2]
    explanation = stories.explain(first, second)
    assert sum(term.weight for term in explanation.terms) == pytest.approx(explanation.score)
    assert any(term.term.startswith("~") for term in explanation.terms)
    assert "parts of words" in repr(explanation)
    assert not any(word.startswith("~") for word in stories[0].keywords)


def test_texts_that_share_no_run_of_letters_stay_alone():
    letters = [chr(0x4E00 + 40 * i) for i in range(150)]
    assert len(found([letter * 4 for letter in letters])) == 150


def test_inflected_headlines_draw_near():
    """Words that share no beginning of six letters share letters."""
    others = [f"q{i}zk vj{i}w x{i}pq" for i in range(200)]
    pair = ["nurses unionised", "nursing unions"]
    stories = found([*others, *pair])
    assert stories.explain(stories.articles[200], stories.articles[201]).similarity > 0.05
