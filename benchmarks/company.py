"""The same stories in any company: scores of a set's own articles beside thousands of others.

    python benchmarks/company.py                    B-cubed F1 beside 0, 300 and 3,000 others
    python benchmarks/company.py --others 0 20000   beside other numbers
    python benchmarks/company.py --peers            average linkage at one threshold as well
    python benchmarks/company.py --without-gold     two measures that need no labels

The others are the first of allsides_articles, for headlines those of google_news_headlines. Without
gold: "days apart" counts, in stories of the first n of allsides_articles, pairs at most 3 and more
than 30 days apart; "one day a month" counts, among the headlines of the 15th of each month without
their dates, pairs of one day and of two months. Each article counts once: a story's pairs are
divided by its dated articles less one.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from datasets import read_rows
from quality import average_linkage_groupings, tfidf_rows

import samestory as ss

Rows = list[dict[str, Any]]
Array = np.ndarray[Any, Any]
FULL_TEXTS = (
    "fnc1_articles",
    "ecbplus",
    "basil",
    "giveme5w1h",
    "gva_incidents",
    "cstnews",
    "multinews100",
)
HEADLINES = ("fnc1_headlines",)
DISTANCE = 830  # in thousandths: the one threshold of average linkage


def picked(row: dict[str, Any], is_headline: bool) -> dict[str, Any]:
    """Return what a row gives, without its story and its language."""
    keys = ("title", "date") if is_headline else ("title", "text", "date", "source")
    return {key: row[key] for key in keys if row.get(key)}


def mixed(name: str, n_others: int) -> tuple[Rows, list[str]]:
    """Return a set's articles followed by others, and the set's gold stories."""
    own = [row for row in read_rows(name) if row.get("story") is not None]
    is_headline = name in HEADLINES
    others = read_rows("google_news_headlines" if is_headline else "allsides_articles")
    rows = [picked(row, False) for row in own]
    rows += [picked(row, is_headline) for row in others[:n_others]]
    return rows, [str(row["story"]) for row in own]


def find_stories_labels(rows: Rows) -> Array:
    """Group by the defaults."""
    return ss.find_stories(rows, progress=False).labels


def average_linkage_labels(rows: Rows) -> Array:
    """Group by average linkage on scikit-learn's TF-IDF, at one threshold for all."""
    whole = [{"title": "", "text": "", "lang": "en", **row} for row in rows]
    return average_linkage_groupings(tfidf_rows(whole), [DISTANCE])[0]


def print_company(
    names: tuple[str, ...], counts: list[int], group: Callable[[Rows], Array]
) -> None:
    """Print a row for every set."""
    print(f"{'set':18}" + "".join(f"{n:>9,}" for n in counts))
    for name in names:
        line = f"{name:18}"
        for n_others in counts:
            rows, gold = mixed(name, n_others)
            line += f"{ss.metrics.b_cubed(gold, group(rows)[: len(gold)])[2]:9.3f}"
        print(line, flush=True)


def counted_pairs(labels: Array, place: Array, near: float, far: float) -> tuple[float, float]:
    """Count the pairs within stories at most `near` and more than `far` apart."""
    order = np.argsort(labels, kind="stable")
    totals = np.zeros(2)
    for members in np.split(order, np.flatnonzero(np.diff(labels[order])) + 1):
        places = place[members]
        places = places[~np.isnan(places)]
        if len(places) > 1:
            gap = np.abs(places[:, None] - places)[np.triu_indices(len(places), 1)]
            totals += np.array([(gap <= near).sum(), (gap > far).sum()]) / (len(places) - 1)
    return float(totals[0]), float(totals[1])


def days_apart(n: int) -> tuple[float, float]:
    """Return the pairs of "days apart" among the first `n` of allsides_articles."""
    rows = [picked(row, False) for row in read_rows("allsides_articles")[:n]]
    stories = ss.find_stories(rows, progress=False)
    dates = stories.articles.dates
    days = (dates - dates[~np.isnat(dates)].min()) / np.timedelta64(1, "D")
    return counted_pairs(stories.labels, np.where(np.isnat(dates), np.nan, days), 3, 30)


def one_day_a_month() -> tuple[float, float]:
    """Return the pairs of "one day a month"."""
    rows = [
        row
        for row in read_rows("google_news_headlines")
        if row.get("title") and row["date"][8:10] == "15"
    ]
    labels = find_stories_labels([{"title": row["title"]} for row in rows])
    month = [int(row["date"][:4]) * 12.0 + int(row["date"][5:7]) for row in rows]
    return counted_pairs(labels, np.array(month), 0, 0)


def print_without_gold(sizes: list[int]) -> None:
    """Print both measures."""
    for n in sizes:
        start = time.perf_counter()
        near, far = days_apart(n)
        seconds = time.perf_counter() - start
        print(f"days apart, n = {n:6,}: {near:7,.0f} / {far:5,.0f}  ({seconds:.0f} s)", flush=True)
    near, far = one_day_a_month()
    print(f"one day a month:        {near:7,.0f} / {far:5,.0f}", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--others", type=int, nargs="+", default=[0, 300, 3000])
    parser.add_argument("--sets", nargs="+", default=[*FULL_TEXTS, *HEADLINES])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--without-gold", action="store_true")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3000, 12000, 37554])
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # of archives in two languages
    if options.without_gold:
        print_without_gold(options.sizes)
        return
    print("find_stories, beside others:")
    print_company(tuple(options.sets), options.others, find_stories_labels)
    if options.peers:
        print(f"average linkage at {DISTANCE / 1000}, beside others:")
        print_company(tuple(options.sets), options.others, average_linkage_labels)


if __name__ == "__main__":
    main()
