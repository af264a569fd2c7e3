"""The similarity join beside sparse_dot_topn and SciPy: seconds, pairs and peak memory.

    python benchmarks/joins.py                         headlines, Reuters, snippets, articles
    python benchmarks/joins.py --full                  250,000 snippets, all paragraphs, growth
    python benchmarks/joins.py --full --plot growth.png

Needs scikit-learn and sparse_dot_topn. Every measurement is a process of its own, so that peaks of
memory do not mix. Seconds are from Python call to Python result, building of indices included; the
processor's seconds say more where the machine is shared.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from datasets import documents, read_rows, snippets

N_JOBS = 2
TASKS: dict[str, dict[str, Any]] = {
    "t = .5": {"threshold": 0.5},
    "t = .3": {"threshold": 0.3},
    "top 10": {"top_n": 10},
    "top 50": {"top_n": 50, "threshold": 0.05},
    "top 50, no floor": {"top_n": 50},
    "t = .5, 3 days": {"threshold": 0.5, "max_gap": 3},
    "top 10, 3 days": {"top_n": 10, "max_gap": 3},
}
# What find_stories asks for; on full articles it is most of a join's work.
LONG_TASKS = ("top 10", "top 50", "top 50, no floor")
SHORT_TASKS = ("t = .5", "t = .3", "top 10", "top 50")
# SciPy's whole product is held in memory: only where it is small.
SCIPY_ROWS = 25_000
# As many as peers are told to keep of each row where only a threshold is wanted.
PEER_TOP_N = 1000
GROWTH = (60_000, 120_000, 250_000, 529_025)


def texts_of(name: str) -> tuple[list[str], list[str | None]]:
    """Return the texts of a set and their dates."""
    kind, _, count = name.partition(" ")
    if kind == "snippets":
        return list(snippets(limit=int(count))), []
    if kind == "articles":
        return documents(read_rows("allsides_articles")[: int(count)]), []
    if kind == "paragraphs":
        pairs = list(paragraphs(int(count)))
        return [text for text, _ in pairs], [date for _, date in pairs]
    rows = read_rows(kind)
    return documents(rows), [row["date"] for row in rows]


def paragraphs(limit: int) -> Iterator[tuple[str, str | None]]:
    """Yield `limit` of the paragraphs of allsides_articles, evenly spread over all of them."""
    found = [
        (paragraph, row["date"])
        for row in read_rows("allsides_articles")
        for paragraph in row["text"].split("\n")
        if len(paragraph.split()) >= 30
    ]
    for place in np.linspace(0, len(found) - 1, min(limit, len(found))).astype(int):
        yield found[place]


def write_rows(name: str, folder: Path) -> Path:
    """Count a set as the targets say, and write its rows and dates."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import TfidfVectorizer

    path = folder / (name.replace(" ", "_") + ".npz")
    texts, dates = texts_of(name)
    vectorizer = TfidfVectorizer(
        stop_words="english", sublinear_tf=True, min_df=2, dtype=np.float32
    )
    sp.save_npz(path, vectorizer.fit_transform(texts), compressed=False)
    days = [(date or "NaT")[:10] for date in dates]
    np.save(path.with_suffix(".npy"), np.array(days, dtype="datetime64[D]"))
    return path


def join_samestory(X: Any, days: Any, task: dict[str, Any]) -> Any:
    import samestory as ss

    times = days if "max_gap" in task else None
    return ss.similarity_join(X, times=times, n_jobs=N_JOBS, progress=False, **task)


def join_sparse_dot_topn(X: Any, days: Any, task: dict[str, Any]) -> Any:
    from sparse_dot_topn import sp_matmul_topn

    # A row's own entry takes a place, so one more is asked for.
    top_n = task["top_n"] + 1 if "top_n" in task else PEER_TOP_N
    return without_diagonal(
        sp_matmul_topn(
            X, X.T, top_n=top_n, threshold=task.get("threshold"), n_threads=N_JOBS, sort=False
        )
    )


def join_scipy(X: Any, days: Any, task: dict[str, Any]) -> Any:
    product = X @ X.T
    product.data[product.data < task["threshold"]] = 0
    product.eliminate_zeros()
    return without_diagonal(product)


def without_diagonal(found: Any) -> Any:
    found = found.tocsr()
    rows = np.repeat(np.arange(found.shape[0]), np.diff(found.indptr))
    found.data[rows == found.indices] = 0
    found.eliminate_zeros()
    return found


TOOLS: dict[str, Callable[[Any, Any, dict[str, Any]], Any]] = {
    "samestory": join_samestory,
    "sparse_dot_topn": join_sparse_dot_topn,
    "scipy": join_scipy,
}


def measure(tool: str, path: str, task: str) -> dict[str, Any]:
    """Run one tool on one task in this process."""
    import scipy.sparse as sp

    X = sp.load_npz(path).tocsr()
    days = np.load(Path(path).with_suffix(".npy"))
    TOOLS[tool](X[:500], days[:500], TASKS[task])  # imports and first-call costs
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    found = TOOLS[tool](X, days, TASKS[task])
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "tool": tool,
        "task": task,
        "seconds": seconds,
        "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "pairs": int(found.nnz),
        "peak_mb": peak_mb(),
    }


def peak_mb() -> float:
    """Peak resident memory of this process alone; getrusage counts its parent's before exec too."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_apart(tool: str, path: Path, task: str) -> dict[str, Any]:
    """Run one tool on one task in a process of its own."""
    command = [sys.executable, __file__, "--measure", tool, str(path), task]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def tools_for(task: str, n_rows: int) -> list[str]:
    if "days" in task:
        return ["samestory"]
    tools = ["samestory", "sparse_dot_topn"]
    if "top_n" not in TASKS[task] and n_rows <= SCIPY_ROWS:
        tools.append("scipy")
    return tools


def report(name: str, path: Path, tasks: tuple[str, ...], peers: bool) -> list[dict[str, Any]]:
    """Print one table and return its rows."""
    import scipy.sparse as sp

    n_rows = sp.load_npz(path).shape[0]
    print(f"\n{name}: {n_rows:,} rows, {N_JOBS} threads")
    print("task             tool               seconds  processor        pairs   peak MB  ratio")
    results = []
    for task in tasks:
        tools = tools_for(task, n_rows) if peers else ["samestory"]
        found = [measure_apart(tool, path, task) for tool in tools]
        for result in found:
            ratio = result["seconds"] / found[0]["seconds"]
            print(
                f"{task:16} {result['tool']:17} {result['seconds']:8.2f} "
                f"{result['processor']:10.2f} {result['pairs']:12,} {result['peak_mb']:9,.0f} "
                f"{ratio:6.1f}",
                flush=True,
            )
        results += found
    return results


def report_growth(folder: Path, plot: str | None) -> None:
    """Print, and draw, how the processor's time grows with rows."""
    tasks = ("t = .5", "top 10", "t = .5, 3 days", "top 10, 3 days")
    seconds: dict[str, list[float]] = {task: [] for task in tasks}
    for count in GROWTH:
        path = write_rows(f"paragraphs {count}", folder)
        for result in report(f"paragraphs {count}", path, tasks, peers=False):
            seconds[result["task"]].append(result["processor"])
    for task, times in seconds.items():
        exponent = np.polyfit(np.log(GROWTH), np.log(times), 1)[0]
        print(f"{task}: processor seconds grow as rows to the power of {exponent:.2f}")
    if plot is not None:
        draw_growth(seconds, plot)


def draw_growth(seconds: dict[str, list[float]], plot: str) -> None:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 4.2), layout="constrained")
    # The slowest first, as the lines lie.
    for task, times in sorted(seconds.items(), key=lambda item: -item[1][-1]):
        axes.loglog(GROWTH[: len(times)], times, marker="o", label=f"{task}: {times[-1]:.3g} s")
    axes.set_yticks([1, 10, 100], ["1", "10", "100"])
    axes.set_xticks(GROWTH, [f"{count:,}" for count in GROWTH])
    axes.minorticks_off()
    axes.set(
        xlabel="paragraphs of news",
        ylabel="processor seconds",
        title="The exact join of a corpus with itself",
    )
    axes.legend(frameon=False, title=f"at {GROWTH[-1]:,} paragraphs")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(plot, dpi=110)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="250,000 snippets, all paragraphs")
    parser.add_argument("--growth", action="store_true", help="only the growth over paragraphs")
    parser.add_argument("--plot", help="where to draw the growth")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measure(*arguments.measure)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if not arguments.growth:
            count = 250_000 if arguments.full else 60_000
            for name in ("google_news_headlines", "reuters21578", f"snippets {count}"):
                report(name, write_rows(name, folder), SHORT_TASKS, peers=True)
            report("articles 12000", write_rows("articles 12000", folder), LONG_TASKS, peers=True)
        if arguments.full or arguments.growth:
            report_growth(folder, arguments.plot)


if __name__ == "__main__":
    main()
