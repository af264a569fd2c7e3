"""The quality of the defaults on real articles: few of them, and stories of hundreds of headlines.

The measures are those of the scripts in benchmarks, in small; all draws have fixed seeds.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import samestory as ss

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def benchmark(shared: Path) -> Iterator:
    """Return what imports a script of benchmarks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "benchmarks")
        yield importlib.import_module


@pytest.fixture(scope="module")
def graded(benchmark) -> ModuleType:
    return benchmark("graded")


@pytest.fixture(scope="module")
def short_texts(benchmark) -> ModuleType:
    return benchmark("short_texts")


def test_two_articles_alone_are_judged_rightly(graded):
    sides = [graded.share_right(graded.read_rows(name), 100, seed=1) for name in graded.SETS]
    assert np.mean(sides) >= 0.95
    # Neither "always together" nor "always apart" passes on any set.
    assert np.min(sides) >= 0.8


def test_no_size_from_2_to_50_is_a_cliff(graded):
    means = [
        np.mean(
            [
                graded.mean_scores(list(graded.corpora(mix, size, 4)))[0]
                for mix in ("mixed", "topics")
            ]
        )
        for size in graded.SIZES
    ]
    assert graded.largest_cliff(means) <= 0.05
    assert min(means) >= 0.9


def test_articles_of_no_story_stay_alone(graded):
    parts = [graded.with_singles(graded.read_rows("basil"), offset) for offset in range(3)]
    shares, scores = zip(*(graded.share_single(*part) for part in parts), strict=True)
    assert np.mean(shares) >= 0.8
    assert min(scores) >= 0.95


def test_stories_of_hundreds_of_short_texts_are_not_broken_into_slivers(short_texts):
    rows = short_texts.CORPORA["repeated"](np.random.default_rng(0))
    gold = [row["story"] for row in rows]
    labels = ss.find_stories(rows, progress=False).labels
    _, share, purity = short_texts.pieces(gold, labels)
    assert share >= 0.6
    assert purity >= 0.6
    linkage = short_texts.best_linkage(rows)
    assert short_texts.f1(gold, labels) >= short_texts.f1(gold, linkage) - 0.05


def test_bursts_of_real_headlines_score_as_average_linkage_at_its_best(short_texts):
    rows = short_texts.CORPORA["google"](np.random.default_rng(0))
    gold = [row["story"] for row in rows]
    labels = ss.find_stories(rows, progress=False).labels
    linkage = short_texts.best_linkage(rows)
    assert short_texts.f1(gold, labels) >= short_texts.f1(gold, linkage)
