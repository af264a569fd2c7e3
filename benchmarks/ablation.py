"""What each constant of the recipe is worth: the figures without it, in one table.

    python benchmarks/ablation.py                       everything, some twenty minutes
    python benchmarks/ablation.py --rules silence next  some of it

"two" is the share of pairs of articles alone that are judged rightly, "few" the mean B-cubed F1 of
corpora of 5 to 20 articles, both over English sets and others; "alone" is that of all gold sets,
"beside" that of company.py beside 3,000 others. "days apart" and "one day a month" are pairs within
stories that are probably right and probably wrong; see company.py. A rule is kept if one of the six
falls without it and none rises by as much.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from company import FULL_TEXTS, HEADLINES, days_apart, mixed, one_day_a_month
from datasets import GOLD_SETS
from graded import SETS, balanced_pairs, by_story, draw
from quality import gold_rows, without_gold

import samestory as ss
from samestory import _core
from samestory.stories import pipeline

Recipe = Any


def no_growth(recipe: Recipe) -> None:
    """Large stories count no more than small ones."""
    recipe.growth = _core.ByLength(0.0, 0.0)


def no_price(recipe: Recipe) -> None:
    """Joining others costs nothing."""
    recipe.price = _core.ByLength(0.0, 0.0)


def one_length(recipe: Recipe) -> None:
    """Headlines are judged as articles are."""
    recipe.growth = _core.ByLength(recipe.growth.of_long, recipe.growth.of_long)
    recipe.price = _core.ByLength(recipe.price.of_long, recipe.price.of_long)


def no_cap(recipe: Recipe) -> None:
    """Growth goes on above 200 texts."""
    recipe.worth.large = 1e9


def growth_of_all_times(recipe: Recipe) -> None:
    """All texts of a story count for its growth, not those of two weeks."""
    recipe.worth.at_once_days = 1e9


def no_silence(recipe: Recipe) -> None:
    """Gaps in time cost nothing."""
    recipe.worth.silence = 0.0


def no_unknown_silence(recipe: Recipe) -> None:
    """Undated texts among dated ones cost nothing."""
    recipe.worth.unknown_silence = 0.0


def next_of_any_time(recipe: Recipe) -> None:
    """What a branch merges with next counts in full at any time."""
    recipe.worth.next_floor = 1.0


def no_chance(recipe: Recipe) -> None:
    """Stories of two among many texts have to be worth no more than others."""
    recipe.worth.chance = 0.0


def few_neighbors(recipe: Recipe) -> None:
    """Two neighbours smooth a text, not six."""
    recipe.smoothing.n_neighbors = 2


def all_that_come_closest(recipe: Recipe) -> None:
    """Neighbours need not stand out."""
    recipe.smoothing.in_full_from = 1e-9


def by_cosine(recipe: Recipe) -> None:
    """Neighbours weigh what their cosine is."""
    recipe.smoothing.power_of_long = 1.0
    recipe.smoothing.power_of_short = 1.0
    recipe.smoothing.factor_of_short = 1.0


def neighbors_of_any_time(recipe: Recipe) -> None:
    """Neighbours of other months smooth as those of the same day do."""
    recipe.fading_floor = 1.0


def no_beginnings(recipe: Recipe) -> None:
    """Words alone, not their beginnings."""
    recipe.terms.prefix_share = 0.0


def single_terms(recipe: Recipe) -> None:
    """Terms of one text count in full."""
    recipe.terms.single_weight = 1.0


def no_ngrams(recipe: Recipe) -> None:
    """Runs of letters do not count in headlines."""
    recipe.terms.ngram_share = 0.0


def no_meaning(recipe: Recipe) -> None:
    """What words mean does not count in headlines."""
    recipe.terms.meaning_share = 0.0


def meaning_of_any(recipe: Recipe) -> None:
    """It counts in headlines of unknown words too."""
    recipe.terms.least_known = 0.0


def meaning_of_few(recipe: Recipe) -> None:
    """It counts among few texts too."""
    recipe.terms.meaning_above = 0


def all_is_told(recipe: Recipe) -> None:
    """Few texts are weighed by their own document frequencies alone."""
    recipe.terms.told = _core.Range(1e-300, recipe.terms.told.end)  # the end is that of chance too


def price_for_few(recipe: Recipe) -> None:
    """Few texts pay the whole price."""
    recipe.terms.chance_told = recipe.terms.told.start * 1.0001


def no_least_similarity(recipe: Recipe) -> None:
    """Texts of any similarity may be of one story."""
    recipe.terms.level_factor = 0.0


def words_of_any_length(recipe: Recipe) -> None:
    """Without a background, long words weigh what short ones do."""
    recipe.terms.length_least = 1.0


def with_recurring(recipe: Recipe) -> None:
    """What recurs in unrelated texts is read too."""
    recipe.terms.recurring.run_words = recipe.terms.recurring.edge_words = 0


def no_background_rank(recipe: Recipe) -> None:
    """Neighbours stand out from nothing, not from the 20th."""
    recipe.smoothing.background_rank = 10**6


def any_silence_in_full(recipe: Recipe) -> None:
    """A silence of a day counts as one of months."""
    recipe.worth.silence_days = 1e-9


def no_least_room(recipe: Recipe) -> None:
    """Rounding may decide among copies."""
    recipe.worth.least_room = 1e-9


RULES: dict[str, Callable[[Recipe], None]] = {
    "growth": no_growth,
    "price": no_price,
    "length": one_length,
    "cap": no_cap,
    "at once": growth_of_all_times,
    "silence": no_silence,
    "undated": no_unknown_silence,
    "next": next_of_any_time,
    "neighbors": few_neighbors,
    "standing out": all_that_come_closest,
    "weight": by_cosine,
    "fading": neighbors_of_any_time,
    "beginnings": no_beginnings,
    "single": single_terms,
    "ngrams": no_ngrams,
    "meaning": no_meaning,
    "known": meaning_of_any,
    "meaning few": meaning_of_few,
    "told": all_is_told,
    "price few": price_for_few,
    "chance": no_chance,
    "level": no_least_similarity,
    "length idf": words_of_any_length,
    "recurring": with_recurring,
    "20th": no_background_rank,
    "silence days": any_silence_in_full,
    "least room": no_least_room,
}


def f1(rows: list[dict[str, Any]], gold: list[Any]) -> float:
    """Return B-cubed F1 of the defaults on the first articles."""
    labels = ss.find_stories(rows, progress=False).labels[: len(gold)]
    return float(ss.metrics.b_cubed(gold, labels)[2])


def alone() -> float:
    """Return the mean over all gold sets."""
    sets = [gold_rows(name) for name in GOLD_SETS]
    return float(np.mean([f1(without_gold(rows), [r["story"] for r in rows]) for rows in sets]))


OTHER_LANGUAGES = tuple(f"multiling2011 {code}" for code in ("fr", "ar", "cs", "el", "hi"))
FEW = SETS + OTHER_LANGUAGES


def two_alone(n_pairs: int = 100) -> float:
    """Return the share of pairs of articles that are judged rightly, half of them of one story."""
    right = []
    for name in FEW:
        pairs = balanced_pairs(gold_rows(name), n_pairs, np.random.default_rng(0))
        for rows, same in pairs:
            labels = ss.find_stories(without_gold(rows), progress=False).labels
            right.append((labels[0] == labels[1]) == same)
    return float(np.mean(right))


def few(sizes: tuple[int, ...] = (5, 10, 20), n_draws: int = 5) -> float:
    """Return the mean over corpora of a few articles, half of them in stories of 2 to 5."""
    scores = []
    for seed in range(n_draws):
        for turn, name in enumerate(FEW):
            stories = by_story(gold_rows(name))
            for size in sizes:
                rows = draw(stories, size, np.random.default_rng([seed, size, turn]))
                scores.append(f1(without_gold(rows), [row["story"] for row in rows]))
    return float(np.mean(scores))


def beside(n_others: int = 3000) -> float:
    """Return the mean over the sets of company.py."""
    return float(np.mean([f1(*mixed(name, n_others)) for name in FULL_TEXTS + HEADLINES]))


def print_row(name: str, change: Callable[[Recipe], None] | None) -> None:
    """Print the figures with a changed recipe."""
    as_is = pipeline.RECIPE
    pipeline.RECIPE = _core.StoryOptions(as_is)
    if change is not None:
        change(pipeline.RECIPE)
    (near, far), (same, other) = days_apart(3000), one_day_a_month()
    line = f"{name:14} {two_alone():5.3f} {few():6.4f} {alone():7.4f} {beside():7.4f}"
    line += f" {near:7,.0f} /{far:4,.0f}"
    print(f"{line} {same:9,.0f} /{other:4,.0f}   {change.__doc__ if change else ''}", flush=True)
    pipeline.RECIPE = as_is


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rules", nargs="*", choices=list(RULES), default=list(RULES))
    options = parser.parse_args()
    warnings.simplefilter("ignore")  # of archives in two languages
    heads = f"{'two':>5} {'few':>6} {'alone':>7} {'beside':>7}"
    print(f"{'without':14} {heads} {'days apart':>13} {'one day a month':>16}")
    print_row("nothing", None)
    for name in options.rules:
        print_row(name, RULES[name])


if __name__ == "__main__":
    main()
