"""How much one unrelated article changes the stories of others.

    python benchmarks/stability.py --trials 100

Each trial adds one article of another collection (bbc; its first words where the set has headlines)
and compares the pairs of articles that share a story before and after: those in one grouping only,
over those in either.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from datasets import GOLD_SETS, documents, read_rows

import samestory as ss

Labels = np.ndarray[Any, Any]


def n_pairs(sizes: Labels) -> float:
    """Count the pairs within groups of these sizes."""
    return float((sizes * (sizes - 1) / 2).sum())


def difference(before: Labels, after: Labels) -> float:
    """Return the share of same-story pairs that only one of two groupings has."""
    both = np.unique(np.stack([before, after]), axis=1, return_counts=True)[1]
    shared = n_pairs(both)
    union = n_pairs(np.bincount(before)) + n_pairs(np.bincount(after)) - shared
    return 1.0 - shared / union if union else 0.0


def trials(rows: list[dict[str, Any]], unrelated: list[str], n: int) -> list[float]:
    """Return the difference that each of `n` unrelated articles makes."""
    random = np.random.default_rng(0)
    before = ss.find_stories(rows, progress=False).labels
    differences = []
    for text in random.choice(np.array(unrelated, dtype=object), n, replace=False):
        added = {**dict.fromkeys(rows[0]), "id": "unrelated", "text": text, "lang": rows[0]["lang"]}
        after = ss.find_stories([*rows, added], progress=False).labels[:-1]
        differences.append(difference(before, after))
    return differences


def main() -> None:
    """Print the median and the maximum for every development set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    options = parser.parse_args()
    unrelated = [text for text in documents(read_rows("bbc")) if text]
    print(f"{'set':20}{'articles':>9}{'median':>9}{'90%':>9}{'maximum':>9}")
    for name in GOLD_SETS:
        rows = read_rows(name)
        are_short = np.median([len(text) for text in documents(rows)]) < 200
        texts = [" ".join(text.split()[:10]) for text in unrelated] if are_short else unrelated
        found = trials(rows, texts, options.trials)
        median, high, most = np.quantile(found, [0.5, 0.9, 1.0])
        print(f"{name:20}{len(rows):9,}{median:9.2%}{high:9.2%}{most:9.2%}", flush=True)


if __name__ == "__main__":
    main()
