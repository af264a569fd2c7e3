"""Dated headlines without labels: do the stories make sense in similarity, size and time?

    python benchmarks/headlines.py
    python benchmarks/headlines.py --sample 50 --seed 1    prints pairs to be read by eye, too

Similarity here is the cosine of scikit-learn's tf-idf rows (sublinear), which owes nothing to
find_stories. Of google_news_headlines, without its exact copies:

- the nearest neighbours of all headlines by similarity and by days between: how many share a story
- all pairs of .8 and above within two days: how many share a story
- the largest story, and how long the stories of three and more last

A sample to read is one pair inside the story of each of N random headlines, and for each of N other
random headlines whose nearest neighbour is in another story that neighbour.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from datasets import read_rows

import samestory as ss

Array = np.ndarray[Any, Any]
Random = np.random.Generator

BANDS = (0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
GAPS = ((1, "within 1 day"), (2, "2"), (7, "7"), (30, "30"), (90, "90"), (np.inf, "more"))


def unique_headlines() -> tuple[list[dict[str, Any]], Array]:
    """Return the headlines that are no copy of an earlier one, and their times in days."""
    first: dict[str, dict[str, Any]] = {}
    for row in read_rows("google_news_headlines"):
        first.setdefault(row["title"], row)
    rows = list(first.values())
    times = np.array([row["date"] for row in rows], dtype="datetime64[s]")
    return rows, times.astype(np.int64) / 86400


def similarity_rows(rows: list[dict[str, Any]]) -> Any:
    """Return scikit-learn's rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True).fit_transform([row["title"] for row in rows])


def nearest(matrix: Any) -> tuple[Array, Array, Array]:
    """Return what has a neighbour, its nearest one, and their similarity."""
    found = ss.similarity_join(matrix, top_n=1).tocoo()
    return found.row, found.col, found.data


def print_neighbours(shared: Array, gaps: Array, similarities: Array) -> None:
    """Print the share of nearest neighbours in one story by similarity and gap."""
    heads = "".join(f" {name:>14}" for _, name in GAPS)
    print(
        f"nearest neighbours that share a story, of how many, by similarity and days\n{'':5}{heads}"
    )
    band_of = np.searchsorted(-np.array(BANDS), -similarities)
    gap_of = np.searchsorted([most for most, _ in GAPS], gaps)
    for band, least in enumerate(BANDS):
        line = f"{least:5.2f}"
        for gap in range(len(GAPS)):
            chosen = shared[(band_of == band) & (gap_of == gap)]
            share = f"{chosen.mean():6.1%}" if len(chosen) else f"{'':6}"
            line += f" {share} {len(chosen):7,}"
        print(line)


def print_close_pairs(matrix: Any, times: Array, labels: Array) -> None:
    """Print how many of the pairs that are near in words and time share a story."""
    pairs = ss.similarity_join(matrix, threshold=0.8, times=times, max_gap=2.0, triangle=True)
    pairs = pairs.tocoo()
    shared = labels[pairs.row] == labels[pairs.col]
    print(
        f"\n{shared.mean():.2%} of {len(shared):,} pairs of .8 and above in two days share a story"
    )


def print_spans(labels: Array, times: Array) -> None:
    """Print sizes of stories, and how long they last."""
    sizes = np.bincount(labels)
    last, first = np.full(len(sizes), -np.inf), np.full(len(sizes), np.inf)
    np.maximum.at(last, labels, times)
    np.minimum.at(first, labels, times)
    print(f"{len(sizes):,} stories, {(sizes == 1).sum():,} of one; ", end="")
    print(f"the largest {sizes.max():,}, {sizes.max() / sizes.sum():.2%} of all")
    print(f"{'stories of':12} {'number':>7} {'median days':>12}", end="")
    print("".join(f" {f'over {days}':>8}" for days in (3, 14, 30, 90)))
    for least, most in ((2, 2), (3, 5), (6, 10), (11, 50), (51, 10**9), (3, 10**9)):
        chosen = (sizes >= least) & (sizes <= most)
        spans = (last - first)[chosen]
        name = f"{least} and more" if most == 10**9 else f"{least} to {most}"
        shares = "".join(f" {(spans > days).mean():8.1%}" for days in (3, 14, 30, 90))
        print(f"{name:12} {chosen.sum():7,} {np.median(spans) if len(spans) else 0:12.1f}{shares}")


def pairs_inside(labels: Array, n: int, random: Random) -> list[tuple[int, int]]:
    """Draw headlines of stories of two and more, and another of the story of each."""
    sizes = np.bincount(labels)
    pairs = []
    for i in random.choice(np.flatnonzero(sizes[labels] > 1), n, replace=False):
        others = np.flatnonzero(labels == labels[i])
        pairs.append((int(i), int(random.choice(others[others != i]))))
    return pairs


def print_sample(
    title: str, pairs: list[tuple[int, int]], matrix: Any, rows: list[dict[str, Any]]
) -> None:
    """Print pairs with their dates and similarity."""
    print(f"\n{title}")
    for number, (i, j) in enumerate(pairs, 1):
        similarity = (matrix[[i]] @ matrix[[j]].T).toarray()[0, 0]
        print(f"{number:3} {similarity:.2f}")
        for row in (rows[i], rows[j]):
            print(f"    {row['date'][:10]} {row['title']}")


def main() -> None:
    """Print the tables, and a sample if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="pairs of each kind to print")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rows, times = unique_headlines()
    labels = ss.find_stories(rows, progress=False).labels
    worded = labels >= 0
    rows = [row for row, keep in zip(rows, worded, strict=True) if keep]
    times, labels = times[worded], labels[worded]
    matrix = similarity_rows(rows)
    ones, neighbours, similarities = nearest(matrix)
    shared = labels[ones] == labels[neighbours]
    print_neighbours(shared, np.abs(times[ones] - times[neighbours]), similarities)
    print_close_pairs(matrix, times, labels)
    print_spans(labels, times)
    if options.sample:
        random = np.random.default_rng(options.seed)
        inside = pairs_inside(labels, options.sample, random)
        print_sample("inside one story: wrong where the events differ", inside, matrix, rows)
        chosen = random.choice(np.flatnonzero(~shared), options.sample, replace=False)
        across = [(int(ones[k]), int(neighbours[k])) for k in chosen]
        print_sample("of two stories: wrong where it is one event", across, matrix, rows)


if __name__ == "__main__":
    main()
