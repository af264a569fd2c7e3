"""Stories of hundreds of short texts: are they found whole, or broken into slivers?

    python benchmarks/short_texts.py
    python benchmarks/short_texts.py --seeds 3

No development set has such stories with labels, so each corpus here makes them from what has:

    windows    windows of 10 to 20 words of the articles of six stories of fnc1_articles, 100 to 400
               a story, beside headlines of 1 to 5 of every other story
    repeated   the headlines of six stories of fnc1_headlines again and again, each time with words
               dropped, moved or borrowed from an article of the story; beside the same others
    en ... he  windows of the ten stories of multiling2011 in one language: 25 to 110 a story
    basil      windows of all 100 stories of basil: 20 to 100 a story
    google     real headlines: those with a pair of names that four times of five is met within two
               weeks, beside single headlines
    allsides   the same within two months

A window counts only if it shares two words with its story's centre: the twenty words of most tf-idf
weight. P, R and F1 are B-cubed. Of the stories of 20 texts and more, in the mean: how many stories
found hold their texts, the share of the largest of them, and how much of that is of the story. "AL
best" is average linkage at the threshold that scores best on the very corpus, "best cut" the F1 of
find_stories' own dendrogram at the level that does: what is lost to the level, and what before it.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from datasets import documents, read_rows
from graded import by_story
from quality import average_linkage_groupings, f1, tfidf_rows

import samestory as ss

Rows = list[dict[str, Any]]
Random = np.random.Generator

BIG = (400, 250, 200, 150, 100, 100)
LARGE = 20
SENTENCE_END = re.compile(r"(?<=[.!?।؟])\s+|\n")
WORD = re.compile(r"\w+")
CAPITALIZED = re.compile(r"\b[A-Z][a-z]+(?:['’]?[a-z]+)?\b")


def short_text(text: str, story: Any, lang: str = "en") -> dict[str, Any]:
    """Return a row of a corpus."""
    return {"title": text, "text": "", "story": story, "lang": lang}


# Windows of articles


def centres(stories: list[Rows], n_words: int = 20) -> list[set[str]]:
    """Return the words of most tf-idf weight of every story."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    stop_words = "english" if stories[0][0]["lang"] == "en" else None
    vectorizer = TfidfVectorizer(
        sublinear_tf=True, stop_words=stop_words, token_pattern=r"\w\w+", min_df=2, max_df=0.5
    )
    weights = vectorizer.fit_transform([row for story in stories for row in documents(story)])
    words = vectorizer.get_feature_names_out()
    ends = np.cumsum([0] + [len(story) for story in stories])
    means = [np.asarray(weights[i:j].mean(axis=0))[0] for i, j in pairwise(ends)]
    return [set(words[np.argsort(-mean)[:n_words]]) for mean in means]


def windows(text: str, random: Random) -> Iterator[str]:
    """Cut the sentences of a text into windows of 10 to 20 words."""
    for sentence in SENTENCE_END.split(text):
        words = sentence.split()
        while len(words) >= 10:
            n = int(random.integers(10, 21))
            yield " ".join(words[:n])
            words = words[n:]


def central_windows(story: Rows, centre: set[str], random: Random) -> list[str]:
    """Return the different windows of a story that share three words with its centre."""
    found = [window for row in story for window in windows(row["text"], random)]
    return [
        text for text in dict.fromkeys(found) if len(centre & set(WORD.findall(text.lower()))) >= 2
    ]


def small_stories(but: set[Any], random: Random) -> Rows:
    """Return 1 to 5 headlines of every story of fnc1_headlines but some."""
    rows = []
    for story in by_story(read_rows("fnc1_headlines")):
        if story[0]["story"] not in but:
            texts = list(dict.fromkeys(row["title"] for row in story))
            chosen = random.permutation(len(texts))[: random.integers(1, 6)]
            rows += [short_text(texts[i], story[0]["story"]) for i in chosen]
    return rows


def of_articles(random: Random) -> Rows:
    """Make the corpus "windows"."""
    stories = by_story(read_rows("fnc1_articles"))
    texts = [
        central_windows(story, centre, random)
        for story, centre in zip(stories, centres(stories), strict=True)
    ]
    rows, used = [], set()
    for size in BIG:
        fits = [s for s in range(len(texts)) if len(texts[s]) >= size and s not in used]
        chosen = int(random.choice(fits))
        used.add(chosen)
        some = random.permutation(len(texts[chosen]))[:size]
        rows += [short_text(texts[chosen][i], stories[chosen][0]["story"]) for i in some]
    return rows + small_stories({stories[s][0]["story"] for s in used}, random)


def of_set(name: str, least: int, most: int) -> Callable[[Random], Rows]:
    """Return what makes a corpus of windows of every story of a set."""

    def make(random: Random) -> Rows:
        stories = by_story(read_rows(name))
        rows = []
        for story, centre in zip(stories, centres(stories), strict=True):
            texts = central_windows(story, centre, random)
            if len(texts) >= least:
                some = random.permutation(len(texts))[:most]
                lang, label = story[0]["lang"], story[0]["story"]
                rows += [short_text(texts[i], label, lang) for i in some]
        return rows

    return make


# Repeated headlines


def varied(headline: str, borrowed: str, random: Random) -> str:
    """Drop, move or add words of a headline."""
    words = headline.split()
    kept = [word for word in words if random.random() > 0.15] or words
    if random.random() < 0.3:
        turn = int(random.integers(len(kept)))
        kept = kept[turn:] + kept[:turn]
    if random.random() < 0.5:
        kept += borrowed.split()[: random.integers(2, 7)]
    return " ".join(kept)


def of_headlines(random: Random) -> Rows:
    """Make the corpus "repeated"."""
    articles = {story[0]["story"]: story for story in by_story(read_rows("fnc1_articles"))}
    stories = by_story(read_rows("fnc1_headlines"))
    long = [story for story in stories if len(story) >= 12 and story[0]["story"] in articles]
    rows, used = [], set()
    for size, chosen in zip(BIG, random.permutation(len(long)), strict=False):
        label = long[chosen][0]["story"]
        used.add(label)
        for _ in range(size):
            headline = long[chosen][random.integers(len(long[chosen]))]["title"]
            article = articles[label][random.integers(len(articles[label]))]["text"]
            rows.append(short_text(varied(headline, article, random), label))
    return rows + small_stories(used, random)


# Real headlines of one burst


def day_of(row: dict[str, Any]) -> int:
    """Number the day of a row."""
    return date.fromisoformat(row["date"][:10]).toordinal()


def names(title: str) -> set[str]:
    """Return the capitalized words of a title."""
    return {word for word in CAPITALIZED.findall(title) if len(word) > 3}


def pairs_of(title: str) -> set[tuple[str, str]]:
    """Return the pairs of capitalized words of a title, each in alphabetical order."""
    return set(combinations(sorted(names(title)), 2))


def bursts(rows: Rows, least: int, days: int) -> tuple[list[set[int]], set[str]]:
    """Return the headlines of every pair of names that is met in one span of days, and those names.

    Four of five headlines with the pair must lie in the span. Pairs that share half of the
    headlines of the rarer are one event.
    """
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for pair in pairs_of(row["title"]):
            holders[pair].append(i)
    events: list[set[int]] = []
    met: set[str] = set()
    for pair, holding in sorted(holders.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(holding) < least:
            break
        middle = np.median([day_of(rows[i]) for i in holding])
        inside = {i for i in holding if abs(day_of(rows[i]) - middle) <= days / 2}
        if len(inside) >= max(least, 0.8 * len(holding)):
            add_event(events, inside)
            met.update(pair)
    return events, met


def add_event(events: list[set[int]], event: set[int]) -> None:
    """Join an event with those that it shares half of its headlines with."""
    same = [other for other in events if 2 * len(other & event) >= min(len(other), len(event))]
    for other in same:
        events.remove(other)
    events.append(event.union(*same))


def of_bursts(name: str, least: int, days: int, n_alone: int) -> Callable[[Random], Rows]:
    """Return what makes a corpus of the bursts of a set beside single headlines."""

    def make(random: Random) -> Rows:
        dated = [row for row in read_rows(name) if row["date"] and len(row["title"]) > 25]
        rows = list({row["title"]: row for row in reversed(dated)}.values())
        events, met = bursts(rows, least, days)
        counts = Counter(i for event in events for i in event)
        chosen = [
            (i, f"event {number}")
            for number, event in enumerate(events)
            for i in sorted(event)
            if counts[i] == 1
        ]
        chosen += [(i, f"alone {i}") for i in lone_headlines(rows, met, n_alone, random)]
        return [
            {**short_text(rows[i]["title"], story), "date": rows[i]["date"]} for i, story in chosen
        ]

    return make


def lone_headlines(rows: Rows, met: set[str], n: int, random: Random) -> list[int]:
    """Draw headlines of which no two share a pair of names, without the names of events.

    A name in more than one of 200 headlines is no event's own.
    """
    common = Counter(name for row in rows for name in names(row["title"]))
    own = {name for name in met if common[name] * 200 <= len(rows)}
    seen: set[tuple[str, str]] = set()
    lone: list[int] = []
    for i in random.permutation(len(rows)):
        pairs = pairs_of(rows[i]["title"])
        if len(pairs) > 2 and not pairs & seen and not names(rows[i]["title"]) & own:
            seen |= pairs
            lone.append(int(i))
        if len(lone) == n:
            break
    return lone


CORPORA: dict[str, Callable[[Random], Rows]] = {
    "windows": of_articles,
    "repeated": of_headlines,
    **{
        language: of_set(f"multiling2011 {language}", 20, 200)
        for language in ("en", "fr", "ar", "hi", "cs", "el", "he")
    },
    "basil": of_set("basil", 20, 150),
    "google": of_bursts("google_news_headlines", 20, 14, 1000),
    "allsides": of_bursts("allsides_articles", 12, 60, 1000),
}


# What is measured


def pieces(gold: Any, labels: Any, least: int = LARGE) -> tuple[float, float, float]:
    """Of gold stories of so many texts: pieces, share of the largest, and its purity; the means."""
    sizes = np.bincount(labels)
    found = []
    for story, n in Counter(gold).items():
        if n >= least:
            parts = np.bincount(labels[np.array([g == story for g in gold])], minlength=len(sizes))
            largest = parts.argmax()
            found.append(((parts > 0).sum(), parts[largest] / n, parts[largest] / sizes[largest]))
    mean = np.mean(found, axis=0) if found else np.full(3, np.nan)
    return float(mean[0]), float(mean[1]), float(mean[2])


def best_linkage(rows: Rows) -> Any:
    """Return average linkage at the threshold that scores best on this corpus."""
    gold = [row["story"] for row in rows]
    groupings = [np.asarray(g) for g in average_linkage_groupings(tfidf_rows(rows))]
    return max(groupings, key=lambda labels: f1(gold, labels))


def best_cut(gold: Any, stories: ss.Stories) -> tuple[float, float]:
    """Return the F1 of the same dendrogram at its best level, in steps of .01, and that level."""
    levels = [level / 100 for level in range(1, 100)]
    return max((f1(gold, stories.at(level).labels), level) for level in levels)


def line(gold: Any, labels: Any) -> str:
    """Return the figures of a grouping."""
    precision, recall, score = ss.metrics.b_cubed(gold, labels)
    n, share, purity = pieces(gold, labels)
    return f" {precision:5.3f} {recall:5.3f} {score:5.3f} {n:6.1f} {share:7.1%} {purity:6.1%}"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--only", choices=CORPORA, nargs="*", default=list(CORPORA))
    options = parser.parse_args()
    heads = f" {'P':>5} {'R':>5} {'F1':>5} {'pieces':>6} {'largest':>7} {'purity':>6}"
    print(
        f"{'corpus':10} {'seed':>4} {'texts':>6} {'stories':>7} {'large':>6} {'level':>5} |", end=""
    )
    print(f"{heads} | best cut at {'':4} | AL best{heads}")
    for name in options.only:
        for seed in range(options.seeds):
            rows = CORPORA[name](np.random.default_rng(seed))
            gold = [row["story"] for row in rows]
            big = sum(n >= LARGE for n in Counter(gold).values())
            stories = ss.find_stories(rows, progress=False)
            print(f"{name:10} {seed:4} {len(rows):6,} {len(set(gold)):7,} {big:6}", end="")
            print(f" {stories.granularity:5.3f} |{line(gold, stories.labels)}", end="", flush=True)
            score, level = best_cut(gold, stories)
            print(f" | {score:8.3f} at {level:4.2f}", end="", flush=True)
            print(f" |        {line(gold, best_linkage(rows))}", flush=True)


if __name__ == "__main__":
    main()
