"""
Say how much agency copy `text_reuse` finds, beside a cosine of .9, and how long it takes.

    python benchmarks/text_reuse.py

Wire texts are those of Reuters and of the BBC; what outlets make of them is made by
``tests/python/wire_copies.py``. Time is that of all texts of allsides_articles.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from datasets import read_rows

import samestory as ss

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "python"))
from wire_copies import WAYS, connected, wires_and_copies

N_WIRES = 400


def without_versions(texts: list[str]) -> list[str]:
    """Drop texts that look like another one."""
    counts = ss.TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    alike = ss.similarity_join(counts, threshold=0.5, triangle=True)
    return [text for text, n in zip(texts, np.diff(alike.indptr), strict=True) if n == 0]


def gold_of(name: str) -> tuple[list[dict[str, Any]], set[tuple[str, str]]]:
    texts = dict.fromkeys(row["text"] for row in read_rows(name))
    long = [text for text in texts if 100 < text.count(" ") < 2000]
    chosen = without_versions(random.Random(3).sample(long, 3 * N_WIRES))
    return wires_and_copies(chosen[:N_WIRES], chosen[N_WIRES:])


def say(found: set[tuple[str, str]], gold: set[tuple[str, str]], label: str) -> None:
    wire = connected(gold)
    right = Counter(copy.rpartition("-")[0] for _, copy in gold & found)
    shares = "  ".join(f"{way.__name__} {right[way.__name__] / N_WIRES:.3f}" for way in WAYS)
    wrong = sum(wire[a] != wire[b] for a, b in found)
    print(f"{label}: found {len(gold & found) / len(gold):.4f}, wrong {wrong / len(found):.4f}")
    print(f"    {shares}")


def quality(name: str) -> None:
    rows, gold = gold_of(name)
    articles = ss.read_articles(rows)
    reuse = ss.text_reuse(articles)
    ids = articles.ids
    pairs = zip(reuse.earlier.tolist(), reuse.later.tolist(), strict=True)
    say({(ids[a], ids[b]) for a, b in pairs}, gold, f"{name}, text_reuse")
    alike = ss.near_duplicates(articles, 0.9).similarity.tocoo()
    both = zip(alike.row.tolist(), alike.col.tolist(), strict=True)
    say({(ids[a], ids[b]) for a, b in both}, gold, f"{name}, cosine .9")


def speed() -> None:
    articles = ss.read_articles(read_rows("allsides_articles"))
    start, used = time.perf_counter(), time.process_time()
    reuse = ss.text_reuse(articles)
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    print(f"{len(articles):,} articles: {len(reuse):,} pairs in {seconds:.1f} s")
    print(f"    processor {processor:.1f} s")
    start = time.perf_counter()
    n_passages = sum(len(pair.passages) for pair in reuse[:])
    print(f"    {n_passages:,} passages in {time.perf_counter() - start:.1f} s")
    outlets = articles.column("outlet")
    across = sum(
        outlets[a] != outlets[b]
        for a, b in zip(reuse.earlier.tolist(), reuse.later.tolist(), strict=True)
    )
    print(f"    {across:,} of them between outlets")


if __name__ == "__main__":
    for name in ("reuters21578", "bbc"):
        quality(name)
    speed()
