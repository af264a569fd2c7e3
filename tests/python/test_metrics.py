"""Metrics against brute force and scikit-learn."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sklearn_metrics

from samestory import metrics

LABELS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(*(st.lists(st.integers(0, 6), min_size=n, max_size=n) for _ in range(2)))
)


def brute_b_cubed(true, pred):
    precision, recall = [], []
    for i in range(len(true)):
        same_pred = [j for j in range(len(true)) if pred[j] == pred[i]]
        same_true = [j for j in range(len(true)) if true[j] == true[i]]
        shared = len(set(same_pred) & set(same_true))
        precision.append(shared / len(same_pred))
        recall.append(shared / len(same_true))
    p, r = np.mean(precision), np.mean(recall)
    return p, r, 2 * p * r / (p + r)


def brute_pairs(true, pred):
    pairs = [(i, j) for i in range(len(true)) for j in range(i)]
    predicted = {(i, j) for i, j in pairs if pred[i] == pred[j]}
    actual = {(i, j) for i, j in pairs if true[i] == true[j]}
    p = len(predicted & actual) / len(predicted) if predicted else 1.0
    r = len(predicted & actual) / len(actual) if actual else 1.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


@given(LABELS)
def test_b_cubed_and_pairs_equal_brute_force(labels):
    assert metrics.b_cubed(*labels) == pytest.approx(brute_b_cubed(*labels))
    assert metrics.pair_scores(*labels) == pytest.approx(brute_pairs(*labels))


@given(LABELS)
def test_the_others_equal_scikit_learn(labels):
    scores = metrics.all_scores(*labels)
    expected = {
        "ari": sklearn_metrics.adjusted_rand_score(*labels),
        "ami": sklearn_metrics.adjusted_mutual_info_score(*labels),
        "nmi": sklearn_metrics.normalized_mutual_info_score(*labels),
    }
    names = ("homogeneity", "completeness", "v_measure")
    together = sklearn_metrics.homogeneity_completeness_v_measure(*labels)
    expected |= dict(zip(names, together, strict=True))
    for name, value in expected.items():
        assert scores[name] == pytest.approx(value, abs=1e-9), name


@pytest.mark.parametrize(
    "gold",
    [
        ["a", "a", None, "b", np.nan],
        [1.0, 1.0, np.nan, 2.0, np.nan],
        pd.Series(["a", "a", pd.NA, "b", pd.NA]),
        [("a", 1), ("a", 1), None, ("b", 1), None],
    ],
)
def test_articles_without_gold_are_left_out(gold):
    pred = [0, 0, 0, 0, 1]
    assert metrics.b_cubed(gold, pred) == metrics.b_cubed([0, 0, 1], [0, 0, 0])
    assert metrics.all_scores(gold, pred) == metrics.all_scores([0, 0, 1], [0, 0, 0])


def test_no_gold_at_all_is_perfect():
    assert set(metrics.all_scores([None, None], [0, 1]).values()) == {1.0}


def test_bad_labels_are_refused():
    with pytest.raises(ValueError, match="true has 2 labels and pred 3"):
        metrics.b_cubed([0, 1], [0, 1, 1])
    with pytest.raises(ValueError, match="one dimension, not 2"):
        metrics.b_cubed(np.eye(2), [0, 1])
    with pytest.raises(ValueError, match=r"pred\[1\] is missing"):
        metrics.b_cubed([0, 1], [0, None])
