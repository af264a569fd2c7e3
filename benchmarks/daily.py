"""Headlines day by day: do ids last, and are the stories those of grouping each window at once?

    python benchmarks/daily.py
    python benchmarks/daily.py --days 60 --window 7 --first 2026-03-01
    python benchmarks/daily.py --month 60000 --day 2000     one day of many into a month of more

google_news_headlines is played a day at a time; stories of the last days, the window, are updated,
and grouped anew beside it. A story of two articles or more *goes on* from one day to the next if
what is left of its articles is in one story that has no articles of another; its id is *changed* if
that story has another one. Ids of a window that is grouped anew are made of its earliest article.
*Split* and *merged* are the shares of the stories of two and more that parted or became one with
another of two and more.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from datasets import read_rows

import samestory as ss

Rows = list[dict[str, Any]]


def headlines() -> Rows:
    """Return the headlines by date, with the fields that reading takes."""
    rows = [row for row in read_rows("google_news_headlines") if row["date"]]
    names = ("id", "title", "date", "source")
    return sorted(
        ({name: row[name] for name in names} for row in rows),
        key=lambda row: (row["date"], row["id"]),
    )


def by_day(rows: Rows, first: str, n: int) -> list[Rows]:
    """Return the rows of n days from the first on."""
    days: dict[str, Rows] = defaultdict(list)
    for row in rows:
        days[row["date"][:10]].append(row)
    return [days[day] for day in sorted(days) if day >= first][:n]


def told(stories: ss.Stories) -> dict[str, str]:
    """Return the id of the story of each article."""
    names = stories.ids
    pairs = zip(stories.articles.ids, stories.labels.tolist(), strict=True)
    return {article: names[label] for article, label in pairs if label >= 0}


class Fates:
    """What became of the stories of two and more, counted over days."""

    def __init__(self) -> None:
        self.counts = dict.fromkeys(("stories", "go on", "changed", "split", "merged"), 0)

    def add(self, before: dict[str, str], after: dict[str, str]) -> None:
        """Count the fates from one day to the next."""
        parts: dict[str, set[str]] = defaultdict(set)
        sizes: dict[str, int] = defaultdict(int)
        origins: dict[str, set[str]] = defaultdict(set)
        for article, story in before.items():
            if article in after:
                parts[story].add(after[article])
                sizes[story] += 1
                origins[after[article]].add(story)
        for story, size in sizes.items():
            if size < 2:
                continue
            self.counts["stories"] += 1
            here = next(iter(parts[story]))
            others = origins[here] - {story}
            if len(parts[story]) > 1:
                self.counts["split"] += 1
            elif any(sizes[other] > 1 for other in others):
                self.counts["merged"] += 1
            elif not others:
                self.counts["go on"] += 1
                self.counts["changed"] += here != story

    def row(self, name: str) -> str:
        """Return a row of the table."""
        n = self.counts
        shares = (n["split"] / n["stories"], n["merged"] / n["stories"], n["changed"] / n["go on"])
        return f"| {name} | {n['stories']:,} | " + " | ".join(f"{s:.2%}" for s in shares) + " |"


def play(days: Sequence[Rows], window: int) -> None:
    """Print what became of ids, how the two ways agree, and how long a day took."""
    updated = ss.find_stories(days[0], progress=False)
    anew, kept = updated, list(days[0])
    fates = {"updated": Fates(), "grouped anew": Fates()}
    seconds: dict[str, list[float]] = {name: [] for name in fates}
    scores = []
    for day in days[1:]:
        before = told(updated), told(anew)
        started = time.perf_counter()
        updated = updated.update(day, max_age=f"{window} days", progress=False)
        seconds["updated"].append(time.perf_counter() - started)
        there = set(updated.articles.ids)
        kept = [row for row in (*kept, *day) if row["id"] in there]
        started = time.perf_counter()
        anew = ss.find_stories(kept, progress=False)
        seconds["grouped anew"].append(time.perf_counter() - started)
        fates["updated"].add(before[0], told(updated))
        fates["grouped anew"].add(before[1], told(anew))
        place = dict(zip(anew.articles.ids, anew.labels, strict=True))
        others = np.array([place[name] for name in updated.articles.ids])
        pairs = ss.metrics.pair_scores(others, updated.labels)[2]
        scores.append((pairs, ss.metrics.b_cubed(others, updated.labels)[2]))
    print(f"{len(days)} days, a window of {window}, {len(kept):,} articles in the last one\n")
    print("| | stories of two and more, by day | split | merged | id changed of those that go on |")
    print("|---|---|---|---|---|")
    for name, fate in fates.items():
        print(fate.row(name))
    worst = np.min(scores, axis=0)
    mean = np.mean(scores, axis=0)
    print(f"\npair F1 of the two: {mean[0]:.4f}, at worst {worst[0]:.4f};", end=" ")
    print(f"B-cubed F1 {mean[1]:.4f}, at worst {worst[1]:.4f}")
    for name, taken in seconds.items():
        print(f"{name}: {np.median(taken):.2f} s a day, at most {max(taken):.2f} s")


def play_many(rows: Rows, month: int, day: int) -> None:
    """Print how long one day of many takes."""
    first = ss.read_articles(rows[:month], progress=False)
    second = ss.read_articles(rows[month : month + day], progress=False)
    stories = ss.find_stories(first, progress=False)
    started, processor = time.perf_counter(), time.process_time()
    new = stories.update(second, progress=False)
    taken, used = time.perf_counter() - started, time.process_time() - processor
    started = time.perf_counter()
    whole = ss.find_stories([*rows[: month + day]], progress=False)
    anew = time.perf_counter() - started
    print(f"{day:,} articles into {month:,}: {taken:.2f} s ({used:.2f} s of processors),", end=" ")
    print(f"read and grouped anew {anew:.2f} s; what changed: {new.changes.by_kind()}")
    scores = [
        metric(whole.labels, new.labels)[2]
        for metric in (ss.metrics.pair_scores, ss.metrics.b_cubed)
    ]
    print(f"pair F1 of the two: {scores[0]:.4f}, B-cubed F1 {scores[1]:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--window", type=int, default=7)
    parser.add_argument("--first", default="2026-03-01")
    parser.add_argument("--month", type=int, default=0)
    parser.add_argument("--day", type=int, default=2000)
    options = parser.parse_args()
    warnings.simplefilter("ignore", UserWarning)  # of several languages, each day again
    rows = headlines()
    if options.month:
        play_many(rows, options.month, options.day)
    else:
        play(by_day(rows, options.first, options.days), options.window)


if __name__ == "__main__":
    main()
