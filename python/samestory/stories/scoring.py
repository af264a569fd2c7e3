"""A grouping compared with gold stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.score import Score

if TYPE_CHECKING:
    from samestory.stories.grouping import Grouping


def score(stories: Grouping, gold: Any) -> Score:
    """Compare with gold stories; see `Stories.score`."""
    if is_pairs(gold):
        return Score(_pair_scores(stories, gold))
    return Score(_group_scores(stories.labels, gold_by_row(stories, gold)))


def gold_by_row(stories: Grouping, gold: Any) -> Any:
    """Return a gold story for each row, None or NaN where there is none.

    Parameters
    ----------
    stories : Grouping
    gold : array-like or Series
        A Series is aligned by index.
    """
    if hasattr(gold, "reindex"):
        return _aligned(stories, gold)
    values = np.asarray(gold, dtype=object)
    if values.ndim != 1 or len(values) != len(stories.labels):
        raise ValueError(
            f"gold has shape {values.shape}; it needs one story for each of the "
            f"{len(stories.labels):,} articles (None where not labelled), or (id, id, same) triples"
        )
    return values


def _aligned(stories: Grouping, gold: Any) -> Any:
    index = stories.articles.index
    if index is None:
        if len(gold) != len(stories.labels):
            raise ValueError(
                f"gold has {len(gold):,} rows, the articles {len(stories.labels):,}, and the "
                "articles did not come from a DataFrame whose index could align them"
            )
        return gold.to_numpy(dtype=object)
    return gold.reindex(index).to_numpy(dtype=object)


def is_pairs(gold: Any) -> bool:
    """Whether gold is made of (id, id, same) triples."""
    return (
        not isinstance(gold, np.ndarray)
        and len(gold) > 0
        and all(isinstance(row, tuple) and len(row) == 3 for row in gold)
    )


def _group_scores(labels: Any, gold: Any) -> dict[str, float]:
    from samestory import metrics

    return metrics.all_scores(gold, labels)


def _pair_scores(stories: Grouping, pairs: Any) -> dict[str, float]:
    position, labels = stories.articles.position, stories.labels
    predicted = np.array([labels[position(a)] == labels[position(b)] for a, b, _ in pairs])
    actual = np.array([bool(same) for _, _, same in pairs])
    hits = float((predicted & actual).sum())
    precision = hits / max(int(predicted.sum()), 1)
    recall = hits / max(int(actual.sum()), 1)
    return {
        "pair_precision": precision,
        "pair_recall": recall,
        "pair_f1": 2 * precision * recall / max(precision + recall, 1e-300),
        "accuracy": float((predicted == actual).mean()),
    }
