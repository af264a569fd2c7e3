"""Text to stories: seconds, peak memory, and the ratio to scikit-learn's TfidfVectorizer.

    python benchmarks/stories.py                       headlines and full texts
    python benchmarks/stories.py --snippets 1000000    45-word windows of full texts

Every measurement is a process of its own, so that peaks of memory do not mix. What is imported
before the clock starts is not counted, on either side.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

from datasets import documents, read_rows


def load(name: str) -> Any:
    """Return articles as dicts, or windows of 45 words as texts."""
    kind, _, count = name.partition(":")
    return windows(int(count)) if kind == "snippets" else read_rows(name)


def windows(count: int, n_words: int = 45) -> list[str]:
    """Cut full texts into windows of 45 words, until there are enough.

    Where all windows side by side are not enough, more begin in the middle of those.
    """
    texts: list[str] = []
    for first in (0, n_words // 2):
        for row in read_rows("allsides_articles"):
            words = row["text"].split()
            starts = range(first, len(words), n_words)
            texts += [" ".join(words[start : start + n_words]) for start in starts]
            if len(texts) >= count:
                return texts[:count]
    raise SystemExit(f"only {len(texts):,} windows can be cut; asked for {count:,}")


def peak_mb() -> float:
    """Peak resident memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_stories(name: str) -> dict[str, Any]:
    """Group one set and say what it took and what came out."""
    from samestory import find_stories

    source = load(name)
    before = peak_mb()
    stages: dict[str, float] = {}
    start = time.perf_counter()

    def note(stage: str, done: int, total: int) -> None:
        stages[stage] = round(time.perf_counter() - start, 1)

    stories = find_stories(source, progress=note)
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "input_mb": before,
        "peak_mb": peak_mb(),
        "articles": len(stories.labels),
        "stories": len(stories),
        "largest": int(stories.sizes[0]),
        "alone": int((stories.sizes == 1).sum()),
        "granularity": round(stories.granularity, 3),
        "stage_ends": stages,
    }


def measure_tfidf(name: str) -> dict[str, Any]:
    """Run scikit-learn's TfidfVectorizer on the same texts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    source = load(name)
    texts = source if isinstance(source[0], str) else documents(source)
    before = peak_mb()
    start = time.perf_counter()
    TfidfVectorizer().fit_transform(texts)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "input_mb": before, "peak_mb": peak_mb()}


def in_own_process(work: str, name: str) -> dict[str, Any]:
    """Run one measurement in a fresh interpreter."""
    command = [sys.executable, __file__, "--measure", work, name]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    result: dict[str, Any] = json.loads(out.splitlines()[-1])
    return result


def main() -> None:
    """Print a table, or one measurement as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", nargs=2, metavar=("WORK", "SET"), help=argparse.SUPPRESS)
    parser.add_argument("--snippets", type=int, default=0, help="windows to group as well")
    options = parser.parse_args()
    if options.measure:
        work = {"stories": measure_stories, "tfidf": measure_tfidf}[options.measure[0]]
        print(json.dumps(work(options.measure[1])))
        return
    names = ["google_news_headlines", "allsides_articles"]
    if options.snippets:
        names = [f"snippets:{options.snippets}"]
    for name in names:
        ours, theirs = in_own_process("stories", name), in_own_process("tfidf", name)
        print(f"{name}: {ours['articles']:,} articles, {ours['stories']:,} stories,")
        print(f"  the largest {ours['largest']:,}, {ours['alone']:,} alone, ", end="")
        print(f"granularity {ours['granularity']}")
        print(f"  find_stories {ours['seconds']:.1f} s, peak {ours['peak_mb']:,.0f} MB", end="")
        print(f" (texts alone {ours['input_mb']:,.0f} MB)")
        print(
            f"  TfidfVectorizer {theirs['seconds']:.1f} s, peak {theirs['peak_mb']:,.0f} MB;",
            end="",
        )
        print(f" ratio {ours['seconds'] / theirs['seconds']:.2f}")
        print(f"  stage ends: {ours['stage_ends']}", flush=True)


if __name__ == "__main__":
    main()
