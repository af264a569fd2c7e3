"""Few articles: two alone, then corpora of 2 to 50, beside average linkage.

    python benchmarks/graded.py
    python benchmarks/graded.py --pairs 1000 --seeds 10

Two alone: balanced random pairs, half of one story, half of two; the share judged rightly.

Corpora: drawn from one development set, or of several. The mixes:

    mixed   half of the articles in stories of 2 to 5, the rest alone, all from one set
    topics  the same from all sets of full texts, at most one story of a topic
    alone   every article of another story, all from one set

"AL .83" is average linkage at one threshold, "AL best" at the one that is best for each line of the
table in hindsight; "one level" cuts the dendrograms of find_stories so. Singles: basil with one
article kept of every third story.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from datasets import read_rows
from quality import average_linkage_groupings, tfidf_rows

import samestory as ss

Rows = list[dict[str, Any]]
Random = np.random.Generator

FULL_TEXTS = ("fnc1_articles", "ecbplus", "basil", "multiling2011 en")
SETS = ("fnc1_articles", "fnc1_headlines", "ecbplus", "basil", "multiling2011 en")
SIZES = (2, 3, 5, 8, 12, 16, 20, 21, 25, 30, 40, 50)
THRESHOLDS = range(300, 990, 10)  # of average linkage, in thousandths
LEVELS = range(20, 1000, 20)  # of find_stories' own dendrogram, in thousandths
MIXES = ("mixed", "topics", "alone")


def by_story(rows: Rows) -> list[Rows]:
    """Collect the articles of every story."""
    stories: dict[Any, Rows] = defaultdict(list)
    for row in rows:
        stories[row["story"]].append(row)
    return list(stories.values())


def balanced_pairs(rows: Rows, n: int, random: Random) -> Iterator[tuple[Rows, bool]]:
    """Yield n pairs of articles, in turn of one story and of two."""
    stories = by_story(rows)
    several = [story for story in stories if len(story) > 1]
    for turn in range(n):
        if turn % 2 == 0:
            story = several[random.integers(len(several))]
            yield [story[i] for i in random.choice(len(story), 2, replace=False)], True
        else:
            chosen = random.choice(len(stories), 2, replace=False)
            yield [stories[s][random.integers(len(stories[s]))] for s in chosen], False


def share_right(rows: Rows, n: int, seed: int) -> tuple[float, float]:
    """Return the share judged rightly among pairs of one story, and among pairs of two."""
    right: dict[bool, list[bool]] = {True: [], False: []}
    for pair, same in balanced_pairs(rows, n, np.random.default_rng(seed)):
        labels = defaults(pair).labels
        right[same].append((labels[0] == labels[1]) == same)
    return float(np.mean(right[True])), float(np.mean(right[False]))


def draw(stories: list[Rows], size: int, random: Random, in_stories: float = 0.5) -> Rows:
    """Draw articles: a share of them in stories of 2 to 5, the rest alone.

    Where there are not enough stories for the rest, those drawn already give more.
    """
    order = [stories[s] for s in random.permutation(len(stories))]
    shuffled = [[story[i] for i in random.permutation(len(story))] for story in order]
    drawn: Rows = []
    while shuffled and len(drawn) < in_stories * size:
        story = shuffled.pop(0)
        drawn += story[: min(int(random.integers(2, 6)), size - len(drawn))]
    drawn += [story[0] for story in shuffled[: size - len(drawn)]]
    taken = {row["id"] for row in drawn}
    spare = [row for story in order for row in story if row["id"] not in taken]
    return drawn + spare[: size - len(drawn)]


def one_a_topic(stories: list[Rows], random: Random) -> list[Rows]:
    """Keep one random story of every topic; a story without a topic is one of its own."""
    topics: dict[Any, Rows] = {}
    for s in random.permutation(len(stories)):
        row = stories[s][0]
        topics.setdefault(row.get("topic") or row["story"], stories[s])
    return list(topics.values())


def corpora(mix: str, size: int, seeds: int) -> Iterator[Rows]:
    """Yield the corpora of one line of the table, as many for every seed as there are sets."""
    sets = {name: by_story(read_rows(name)) for name in SETS}
    for seed in range(seeds):
        for turn, name in enumerate(SETS):
            random = np.random.default_rng([seed, size, turn])
            if mix == "topics":
                pool = [story for full in FULL_TEXTS for story in sets[full]]
                yield draw(one_a_topic(pool, random), size, random)
            elif mix == "mixed":
                yield draw(sets[name], size, random)
            elif len(sets[name]) >= size:
                yield draw(sets[name], size, random, in_stories=0.0)


def defaults(rows: Rows) -> ss.Stories:
    """Return the stories of find_stories."""
    return ss.find_stories(rows, progress=False)


def scores(rows: Rows, labels: Any) -> tuple[float, float]:
    """Return the B-cubed F1 and the pair F1; without a pair to find or found, that is 1."""
    gold = [row["story"] for row in rows]
    if len(set(gold)) == len(rows) == len(set(labels.tolist())):
        return 1.0, 1.0
    return ss.metrics.b_cubed(gold, labels)[2], ss.metrics.pair_scores(gold, labels)[2]


def mean_scores(drawn: list[Rows]) -> tuple[float, float]:
    """Return the mean B-cubed F1 and pair F1 of the defaults."""
    found = np.array([scores(rows, defaults(rows).labels) for rows in drawn])
    return float(found[:, 0].mean()), float(found[:, 1].mean())


def level_scores(drawn: list[Rows]) -> np.ndarray[Any, Any]:
    """Return the mean B-cubed F1 of find_stories' own dendrograms at every level."""
    table = []
    for rows in drawn:
        gold, stories = [row["story"] for row in rows], defaults(rows)
        cuts = [stories.at(level / 1000).labels for level in LEVELS]
        table.append([ss.metrics.b_cubed(gold, labels)[2] for labels in cuts])
    return np.array(table).mean(axis=0)


def linkage_scores(drawn: list[Rows]) -> np.ndarray[Any, Any]:
    """Return the mean B-cubed F1 of average linkage at every threshold."""
    table = []
    for rows in drawn:
        gold = [row["story"] for row in rows]
        groupings = average_linkage_groupings(tfidf_rows(rows), THRESHOLDS)
        table.append([ss.metrics.b_cubed(gold, labels)[2] for labels in groupings])
    return np.array(table).mean(axis=0)


def largest_cliff(means: list[float]) -> float:
    """Return how far the worst size falls below the mean of its two neighbours."""
    middle = np.array(means[1:-1])
    return float(((np.array(means[:-2]) + np.array(means[2:])) / 2 - middle).max())


def with_singles(rows: Rows, offset: int) -> tuple[Rows, set[str]]:
    """Keep one article of every third story; return what is left and the ids of those alone."""
    kept: Rows = []
    alone = set()
    for number, story in enumerate(by_story(rows)):
        if number % 3 == offset:
            story = [story[number // 3 % len(story)]]
            alone.add(story[0]["id"])
        kept += story
    return kept, alone


def share_single(rows: Rows, alone: set[str]) -> tuple[float, float]:
    """Return the share of the articles alone that stay so, and the B-cubed F1 of all."""
    labels = defaults(rows).labels
    sizes = np.bincount(labels)
    singles = [
        sizes[label] == 1 for row, label in zip(rows, labels, strict=True) if row["id"] in alone
    ]
    return float(np.mean(singles)), scores(rows, labels)[0]


def print_pairs(n: int) -> None:
    """Print how pairs alone are judged."""
    print(f"{'two alone':18} {'pairs':>6} {'of one':>7} {'of two':>7} {'right':>7}")
    shares = []
    for name in SETS:
        together, apart = share_right(read_rows(name), n, seed=0)
        shares.append((together + apart) / 2)
        print(f"{name:18} {n:6} {together:7.1%} {apart:7.1%} {shares[-1]:7.1%}", flush=True)
    print(f"{'all':18} {n * len(SETS):6} {'':15} {np.mean(shares):7.1%}\n")


def print_corpora(mix: str, seeds: int) -> None:
    """Print the means of every size."""
    print(f"{mix:8} {'articles':>8} {'corpora':>8} {'F1':>6} {'pair F1':>8}", end="")
    print(f" {'one level':>9} {'at':>5} {'AL .83':>7} {'AL best':>8} {'at':>5}")
    means = []
    for size in SIZES:
        drawn = list(corpora(mix, size, seeds))
        score, pair = mean_scores(drawn)
        pairs = f"{'':8}" if mix == "alone" else f"{pair:8.3f}"
        means.append(score)
        linkage, levels = linkage_scores(drawn), level_scores(drawn)
        line = f"{'':8} {size:8} {len(drawn):8} {score:6.3f} {pairs}"
        line += f" {levels.max():9.3f} {LEVELS[levels.argmax()] / 1000:5.2f}"
        line += f" {linkage[THRESHOLDS.index(830)]:7.3f} {linkage.max():8.3f}"
        print(f"{line} {THRESHOLDS[linkage.argmax()] / 1000:5.2f}", flush=True)
    print(f"{'':8} no size is more than {largest_cliff(means):.3f} below its neighbours' mean\n")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=300, help="pairs of each set")
    parser.add_argument("--seeds", type=int, default=4, help="corpora of each set, size and mix")
    options = parser.parse_args()
    print_pairs(options.pairs)
    for mix in MIXES:
        print_corpora(mix, options.seeds)
    print("singles: basil with one article of every third story")
    for offset in range(3):
        share, score = share_single(*with_singles(read_rows("basil"), offset))
        print(f"  {share:.1%} stay single, F1 {score:.3f}")


if __name__ == "__main__":
    main()
