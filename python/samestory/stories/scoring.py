"""A grouping compared with gold stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._extras import require

if TYPE_CHECKING:
    from samestory.stories.model import Stories


def score(stories: Stories, gold: Any) -> Any:
    """Return a pandas Series of scores; see `Stories.score`."""
    pandas = require("pandas", "pandas", "Stories.score()")
    if isinstance(gold, pandas.Series):
        return pandas.Series(_group_scores(stories.labels, _aligned(stories, gold)), name="score")
    if _is_pairs(gold):
        return pandas.Series(_pair_scores(stories, gold), name="score")
    values = np.asarray(gold, dtype=object)
    if values.ndim != 1 or len(values) != len(stories.labels):
        raise ValueError(
            f"gold has shape {values.shape}; it needs one story for each of the "
            f"{len(stories.labels):,} articles (None where not labelled), or (id, id, same) triples"
        )
    return pandas.Series(_group_scores(stories.labels, values), name="score")


def _aligned(stories: Stories, gold: Any) -> Any:
    index = stories.articles.index
    if index is None:
        if len(gold) != len(stories.labels):
            raise ValueError(
                f"gold has {len(gold):,} rows, the articles {len(stories.labels):,}, and the "
                "articles did not come from a DataFrame whose index could align them"
            )
        return gold.to_numpy(dtype=object)
    return gold.reindex(index).to_numpy(dtype=object)


def _is_pairs(gold: Any) -> bool:
    return (
        not isinstance(gold, np.ndarray)
        and len(gold) > 0
        and all(isinstance(row, tuple) and len(row) == 3 for row in gold)
    )


def _group_scores(labels: Any, gold: Any) -> dict[str, float]:
    from samestory import metrics

    return metrics.all_scores(gold, labels)


def _pair_scores(stories: Stories, pairs: Any) -> dict[str, float]:
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
