"""The vectorizers beside scikit-learn's: seconds, ratios and peak memory, in one run.

scikit-learn runs each row ``--peer-repeat`` times (once by default), samestory ``--repeat`` times
(nine) after one run that does not count; of both the median is printed. ``--full`` adds transform
on all of allsides_articles, and the peak memory of fit_transform and of transform there: beyond
that of the texts, and of the whole process, each in a process of its own.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SAMESTORY_SHARED", ROOT.parent / "shared"))

ROWS: dict[str, tuple[str, dict[str, Any], str]] = {
    "TfidfVectorizer": ("TfidfVectorizer", {}, "20x 30x"),
    "TfidfVectorizer, (1, 2)": ("TfidfVectorizer", {"ngram_range": (1, 2)}, "30x 45x"),
    "TfidfVectorizer, char_wb (3, 5)": (
        "TfidfVectorizer",
        {"analyzer": "char_wb", "ngram_range": (3, 5)},
        "12x 18x",
    ),
    "HashingVectorizer": ("HashingVectorizer", {}, "15x 22x"),
}
# On a machine that others use too, processor time tells more (of one thread: "2T" means nothing).
CLOCK = time.process_time if "--processor-time" in sys.argv else time.perf_counter
LARGE = {"min_df": 2, "sublinear_tf": True, "stop_words": "english"}


def read_texts(name: str) -> list[str]:
    with gzip.open(SHARED / "data" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def seconds(run: Callable[[], Any]) -> float:
    start = CLOCK()
    run()
    return CLOCK() - start


def median_seconds(run: Callable[[], Any], repeat: int) -> float:
    return statistics.median(seconds(run) for _ in range(repeat))


def fitting_seconds(vectorizer: Any, texts: list[str], repeat: int) -> float:
    if hasattr(vectorizer, "set_progress"):
        vectorizer.set_progress(False)
        vectorizer.fit_transform(texts)
    return median_seconds(lambda: vectorizer.fit_transform(texts), repeat)


def reuters_rows(repeat: int, peer_repeat: int) -> Iterator[tuple[str, float, float, float, str]]:
    import sklearn.feature_extraction.text as theirs

    import samestory as ours

    texts = read_texts("reuters21578")
    for label, (name, parameters, bar) in ROWS.items():
        peer = fitting_seconds(getattr(theirs, name)(**parameters), texts, peer_repeat)
        mine = [
            fitting_seconds(getattr(ours, name)(n_jobs=n, **parameters), texts, repeat)
            for n in (1, 2)
        ]
        yield f"{label}, reuters21578", peer, *mine, bar


def transform_row(repeat: int) -> tuple[str, float, float, float, str]:
    import sklearn.feature_extraction.text as theirs

    import samestory as ours

    texts = read_texts("allsides_articles")
    peer = theirs.TfidfVectorizer(**LARGE).fit(texts)
    mine = [ours.TfidfVectorizer(n_jobs=n, **LARGE).set_progress(False).fit(texts) for n in (1, 2)]
    times = [median_seconds(lambda v=v: v.transform(texts), repeat) for v in mine]
    return "transform, allsides_articles", seconds(lambda: peer.transform(texts)), *times, "20x 30x"


def megabytes(field: str) -> float:
    """VmRSS or VmHWM of this process (Linux)."""
    status = Path("/proc/self/status").read_text()
    return float(status.split(f"{field}:")[1].split()[0]) / 1024


def peak_memory(library: str, work: str) -> list[float]:
    """Megabytes that a method takes on allsides_articles: beyond the texts, and in all."""
    command = [sys.executable, __file__, "--memory-of", library, work]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(part) for part in run.stdout.split()]


def print_memory(library: str, work: str) -> None:
    texts = read_texts("allsides_articles")
    if library == "sklearn":
        import sklearn.feature_extraction.text as module
    else:
        import samestory as module
    vectorizer = module.TfidfVectorizer(**LARGE)
    vectorizer.fit_transform(texts[:10])  # what libraries load late is no part of it
    before = megabytes("VmRSS")
    if work == "transform":
        vectorizer.fit(texts)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    rows = getattr(vectorizer, work)(texts)
    sys.stdout.write(f"{megabytes('VmHWM') - before} {megabytes('VmHWM')}\n")
    del rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--processor-time", action="store_true")
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--peer-repeat", type=int, default=1)
    parser.add_argument("--memory-of", nargs=2, metavar=("LIBRARY", "METHOD"))
    options = parser.parse_args()
    if options.memory_of:
        print_memory(*options.memory_of)
        return
    print(f"{'work':48}{'sklearn s':>10}{'1T s':>8}{'2T s':>8}{'1T':>7}{'2T':>7}  bar")
    rows = reuters_rows(options.repeat, options.peer_repeat)
    more = (transform_row(options.repeat) for _ in range(options.full))
    for row in chain(rows, more):
        label, peer, one, two, bar = row
        ratios = f"{peer / one:6.1f}x{peer / two:6.1f}x"
        print(f"{label:48}{peer:10.2f}{one:8.3f}{two:8.3f}{ratios}  {bar}", flush=True)
    if options.full:
        for work in ("fit_transform", "transform"):
            peaks = {name: peak_memory(name, work) for name in ("sklearn", "samestory")}
            for name, (beyond, in_all) in peaks.items():
                print(f"peak of {work}, {name}: {beyond:.0f} MB beyond texts, {in_all:.0f} in all")


if __name__ == "__main__":
    main()
