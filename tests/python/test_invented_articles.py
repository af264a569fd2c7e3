"""The generator of invented news: the same for one seed, plausible, and found to be stories."""

from datetime import datetime

import pytest

import samestory as ss
from samestory.data import invented_articles


@pytest.fixture(scope="module")
def articles():
    return invented_articles(200, seed=1)


def test_a_seed_gives_the_same_and_another_gives_others(articles):
    assert invented_articles(200, seed=1) == articles
    assert invented_articles(200, seed=2) != articles


def test_articles_are_whole(articles):
    assert len({article["id"] for article in articles}) == len(articles) > 300
    assert sorted({article["gold"] for article in articles}) == list(range(200))
    for article in articles:
        assert article["title"]
        assert not {"{", "}"} & set(article["title"] + article["text"])
        assert 40 < len(article["text"].split()) < 200
        assert datetime.fromisoformat(article["date"]).tzinfo is not None


def test_outlets_copy_are_quick_and_go_on(articles):
    read = ss.read_articles(articles)
    assert not read.skipped
    assert ss.near_duplicates(read, 0.99).groups
    stories = ss.find_stories(read, progress=False)
    first = stories.outlets().set_index("outlet")["first"]
    assert first.idxmax() == "Northern Wire"
    gold = [article["gold"] for article in articles]
    assert stories.score(gold)["b_cubed_f1"] > 0.85


@pytest.mark.parametrize("options", [{"n_stories": 0}, {"weeks": 0}])
def test_numbers_out_of_range_are_refused(options):
    ((name, value),) = options.items()
    with pytest.raises(ValueError, match=f"{name}={value}"):
        invented_articles(**options)
