"""Languages side by side: each as if it were alone, whatever it is called; embeddings may cross."""

import random

import numpy as np
import pytest
from test_recurring import pairs_of

import samestory as ss

NAMES = {
    "en": ["English", "eng", "en-GB", "EN_us", "en"],
    "fr": ["French", "fra", "fr-CA", "français", "fr"],
    "ar": ["Arabic", "ara", "ar"],
    "hi": ["Hindi", "hin", "hi"],
    "cs": ["Czech", "ces", "cze", "cs-CZ"],
    "el": ["Greek", "ell", "el"],
    "he": ["Hebrew", "heb", "iw", "he"],
}
NOTHING = ["und", "nan", None, "", float("nan"), "xx"]


@pytest.fixture(scope="module")
def rows(read_set):
    """Return half of multiling2011: five stories in seven languages, mixed."""
    chosen = [row for row in read_set("multiling2011") if row["story"][-1] in "01234"]
    return random.Random(0).sample(chosen, len(chosen))


def grouped(rows, name_of, **options):
    articles = [{"text": row["text"], "language": name_of(row)} for row in rows]
    return ss.find_stories(articles, progress=False, **options).labels.tolist()


@pytest.fixture(scope="module")
def named(rows):
    return grouped(rows, lambda row: row["lang"])


def test_no_language_disturbs_another(rows, named):
    for language in NAMES:
        of_it = [i for i, row in enumerate(rows) if row["lang"] == language]
        alone = grouped([rows[i] for i in of_it], lambda row: row["lang"])
        assert pairs_of(alone) == pairs_of([named[i] for i in of_it])
    for label in set(named):
        assert len({row["lang"] for row, own in zip(rows, named, strict=True) if own == label}) == 1


def test_names_of_all_kinds_some_or_none_give_the_same_stories(rows, named):
    chance = random.Random(1)
    of_all_kinds = grouped(rows, lambda row: chance.choice(NAMES[row["lang"]]))
    some = grouped(rows, lambda row: chance.choice([row["lang"]] * 6 + NOTHING))
    with pytest.warns(UserWarning, match="several languages .* no story crosses languages"):
        none = grouped(rows, lambda row: None)
    assert pairs_of(of_all_kinds) == pairs_of(some) == pairs_of(none) == pairs_of(named)


def test_a_small_language_among_many_texts_of_another(rows, read_set):
    few = [row for row in rows if row["lang"] == "fr"]
    many = [{"text": row["text"], "lang": "en"} for row in read_set("basil")]
    among = grouped(few + many, lambda row: row["lang"])
    alone = grouped(few, lambda row: row["lang"])
    assert pairs_of(among[: len(few)]) == pairs_of(alone)


def test_embeddings_link_across_languages_and_terms_do_not(rows):
    chance = np.random.default_rng(0)
    topics = [row["story"][-4:] for row in rows]
    centres = {topic: chance.normal(size=32) for topic in sorted(set(topics))}
    embeddings = np.array([centres[topic] + 0.3 * chance.normal(size=32) for topic in topics])
    by_both = grouped(rows, lambda row: row["lang"], embeddings=embeddings, embeddings_weight=0.8)
    assert ss.metrics.b_cubed(topics, by_both)[2] > 0.95
    without = embeddings * 0.0
    without[:, 0] = 1.0  # they tell nothing
    by_terms = grouped(rows, lambda row: row["lang"], embeddings=without, embeddings_weight=0.0)
    pairs = pairs_of(by_terms)
    assert not any(rows[a]["lang"] != rows[b]["lang"] for a, b in pairs)
    with pytest.warns(UserWarning, match="the embeddings alone link languages"):
        grouped(rows, lambda row: None, embeddings=embeddings)


def test_vectorizers_of_the_user_see_one_named_language_at_a_time(rows):
    from samestory import TfidfVectorizer

    some = [row for row in rows if row["lang"] in ("en", "fr")]
    labels = grouped(some, lambda row: row["lang"], vectorizer=TfidfVectorizer())
    for language in ("en", "fr"):
        of_it = [i for i, row in enumerate(some) if row["lang"] == language]
        alone = grouped([some[i] for i in of_it], lambda row: "en", vectorizer=TfidfVectorizer())
        assert pairs_of(alone) == pairs_of([labels[i] for i in of_it])
