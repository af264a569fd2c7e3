"""find_stories as a user meets it: right on the sample, defined on odd input, repeatable."""

import datetime
import itertools
import os

import numpy as np
import pandas as pd
import pytest
from reference_clustering import cut

import samestory as ss
from samestory.data import sample_pages_path, sample_stories

FERRY = "Ferry runs aground off Lisbon with 200 passengers aboard, coast guard says"
FERRY_TOO = "Coast guard: all 200 passengers rescued after ferry runs aground near Lisbon"
BANK = "Central bank raises interest rates again to curb inflation"


@pytest.fixture(scope="module")
def sample():
    return ss.find_stories(sample_pages_path(), progress=False)


@pytest.fixture(scope="module")
def sample_gold(sample):
    gold = sample_stories()
    return [gold[os.path.basename(article.path)] for article in sample.articles]


def pairs(labels):
    """The pairs of rows that share a story."""
    together = {}
    for row, label in enumerate(np.asarray(labels).tolist()):
        together.setdefault(label, []).append(row)
    return {p for rows in together.values() for p in itertools.combinations(rows, 2)}


# -- the sample ------------------------------------------------------------------------------


def test_every_story_of_the_sample_is_exactly_right(sample, sample_gold):
    assert pairs(sample.labels) == pairs(pd.factorize(np.array(sample_gold))[0])


def test_the_raw_page_alone_is_one_story(shared):
    stories = ss.find_stories(shared / "samples" / "raw_page.txt", progress=False)
    assert len(stories) == 1
    article = stories[0].articles[0]
    assert stories[0].title == article.title
    assert article.title.startswith("Russia warns on influx")
    assert article.date.isoformat() == "2021-07-28T11:57:00+01:00"
    assert "commenting forum" not in article.text
    assert "Shoigu\n\nRussian Defence Minister Sergei Shoigu\n" not in article.text


def test_stories_are_ordered_and_described(sample):
    assert [len(story) for story in sample] == sorted(sample.sizes.tolist(), reverse=True)
    assert sum(len(story) for story in sample) == len(sample.articles)
    for story in sample:
        assert story.title in [article.title for article in story.articles]
        assert story.first_date <= story.last_date
        assert story.keywords
        assert not any("*" in word for word in story.keywords)
    assert len({story.id for story in sample}) == len(sample)
    assert sample[-1].label == len(sample) - 1
    with pytest.raises(IndexError, match="story 99: there are"):
        sample[99]


def test_every_link_is_explained_to_the_last_bit(sample):
    for story in sample[:6]:
        for a, b in itertools.combinations(story.articles, 2):
            explanation = sample.explain(a, b.id)
            total = sum(term.weight for term in explanation.terms)
            assert total == pytest.approx(explanation.score, abs=1e-9)
            assert explanation.same_story
            assert explanation.gap == abs(a.date - b.date)
            assert {term.via for term in explanation.terms} <= {"direct", "neighbour"}
            direct = sample.similarity[sample.articles.position(a.id)]
            expected = direct[0, sample.articles.position(b.id)]
            assert explanation.similarity == pytest.approx(expected, abs=1e-9)


def test_frames_and_series(sample):
    frame = sample.to_frame()
    assert frame["story"].tolist() == sample.labels.tolist()
    assert sample.to_series().tolist() == sample.labels.tolist()


def test_score_takes_arrays_series_and_pairs(sample, sample_gold):
    assert sample.score(sample_gold)["b_cubed_f1"] == pytest.approx(1.0)
    partly = [gold if i % 2 else None for i, gold in enumerate(sample_gold)]
    assert sample.score(partly)["b_cubed_f1"] == pytest.approx(1.0)
    ids = sample.articles.ids
    triples = [(ids[0], ids[i], sample_gold[0] == sample_gold[i]) for i in range(1, len(ids))]
    assert sample.score(triples)["accuracy"] == pytest.approx(1.0)
    with pytest.raises(ValueError, match=r"gold has shape \(1,\)"):
        sample.score(["a"])


def test_score_aligns_a_series_by_index():
    frame = pd.DataFrame({"text": [FERRY, BANK, FERRY_TOO]}, index=["x", "y", "z"])
    stories = ss.find_stories(frame, progress=False)
    gold = pd.Series({"z": 1, "x": 1, "y": 2})
    assert stories.score(gold)["b_cubed_f1"] == pytest.approx(1.0)
    assert stories.to_series().index.tolist() == ["x", "y", "z"]


# -- the dendrogram --------------------------------------------------------------------------


def test_cutting_elsewhere(sample):
    assert len(sample.at(0.0)) == 1
    assert len(sample.at(1.0)) == len(sample.articles)
    assert sample.at(sample.granularity).labels.tolist() == sample.labels.tolist()
    sizes = [len(sample.at(g)) for g in np.linspace(0, 1, 21)]
    assert sizes == sorted(sizes)
    nested = sample.groupings(4)
    assert len(nested) == 4
    for coarse, fine in itertools.pairwise(nested):
        assert pairs(fine.labels) <= pairs(coarse.labels)
    linkage = sample.linkage
    assert linkage.shape == (len(sample.articles) - 1, 4)
    groups = cut(linkage, len(sample.articles), sample.granularity)
    assert pairs(groups) == pairs(sample.labels)


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan"), "high", None])
def test_granularity_out_of_range_is_refused(sample, wrong):
    with pytest.raises(ValueError, match="granularity="):
        sample.at(wrong)


def test_similar_why_and_advice(sample):
    story = sample[0]
    near = sample.similar_to(story.articles[0], 4)
    assert {article.id for article, _ in near} == {a.id for a in story.articles[1:]}
    why = sample.why(story.articles[0].id)
    assert why.story.label == 0
    assert why.similarity > why.next_similarity
    advice = sample.advice()
    assert advice.stable_range[0] <= sample.granularity <= advice.stable_range[1]
    assert all(change.granularity < sample.granularity for change in advice.merges)
    assert all(change.granularity >= sample.granularity for change in advice.splits)
    assert str(advice).startswith("Granularity 0.500")
    assert str(why)


# -- odd input -------------------------------------------------------------------------------


def test_no_one_and_identical_articles():
    with pytest.raises(ValueError, match="0 articles"):
        ss.find_stories([], progress=False)
    assert ss.find_stories([FERRY], progress=False).labels.tolist() == [0]
    assert ss.find_stories([FERRY] * 5, progress=False).labels.tolist() == [0] * 5
    assert len(ss.find_stories([FERRY] * 5, progress=False).linkage) == 4


def test_articles_that_share_no_word_stay_apart():
    texts = [f"{word} {word}x {word}y" for word in ("alpha", "beta", "gamma", "delta")]
    assert len(ss.find_stories(texts, progress=False)) == 4


def test_rows_without_words_are_marked_and_named():
    stories = ss.find_stories([FERRY, "", "...", FERRY_TOO, "a"], progress=False)
    assert stories.labels.tolist() == [0, -1, -1, 0, 1]
    assert [skipped.row for skipped in stories.articles.skipped] == [1, 2]
    assert len(stories.linkage) == 4
    with pytest.raises(ValueError, match="no words"):
        stories.explain(stories.articles.ids[0], stories.articles.ids[1])


def test_two_articles():
    assert ss.find_stories([FERRY, FERRY_TOO], progress=False).labels.tolist() == [0, 0]
    assert ss.find_stories([FERRY, BANK], progress=False).labels.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"background": "english"}, "background='english'"),
        ({"undated": "drop"}, 'undated=\'drop\': it has to be "link" or "alone"'),
        ({"languages": "mixed"}, "languages='mixed'"),
        ({"n_neighbors": 0}, "n_neighbors=0"),
        ({"max_gap": "soon"}, "max_gap='soon'"),
        ({"max_gap": datetime.timedelta(-1)}, "max_gap="),
        ({"embeddings": np.zeros((3, 2))}, r"embeddings have shape \(3, 2\)"),
        ({"embeddings": np.full((2, 2), np.nan)}, "embeddings: row 0"),
        ({"n_jobs": 0}, "n_jobs=0"),
        ({"must_link": [("a", "b")]}, "must_link: entry 0: no article has the id"),
        ({"cannot_link": [3]}, "cannot_link: entry 0 is 3"),
    ],
)
def test_wrong_options_are_named(option, message):
    with pytest.raises(ValueError, match=message):
        ss.find_stories([FERRY, BANK], progress=False, **option)


# -- always the same -------------------------------------------------------------------------


def test_threads_and_order_change_nothing(sample, n_jobs):
    again = ss.find_stories(sample.articles, progress=False, n_jobs=n_jobs)
    assert again.labels.tolist() == sample.labels.tolist()
    assert again.granularity == sample.granularity
    assert again.linkage.tobytes() == sample.linkage.tobytes()
    order = np.random.default_rng(n_jobs).permutation(len(sample.articles))
    permuted = ss.find_stories(sample.articles[order], progress=False, n_jobs=n_jobs)
    expected = {tuple(sorted((order[a], order[b]))) for a, b in pairs(permuted.labels)}
    assert expected == pairs(sample.labels)


def test_a_copy_of_every_article_changes_nothing(sample):
    texts = sample.articles.documents()
    doubled = ss.find_stories(texts + texts, progress=False)
    n = len(texts)
    assert doubled.labels[:n].tolist() == doubled.labels[n:].tolist()
    assert pairs(doubled.labels[:n]) == pairs(ss.find_stories(texts, progress=False).labels)


# -- options ---------------------------------------------------------------------------------


def test_a_gap_keeps_events_apart():
    rows = [
        {"text": FERRY, "date": "2024-03-01"},
        {"text": FERRY_TOO, "date": "2024-03-02"},
        {"text": FERRY + " today", "date": "2024-05-01"},
        {"text": FERRY_TOO + " today", "date": None},
    ]
    assert ss.find_stories(rows[:3], progress=False).labels.tolist() == [0, 0, 0]
    apart = ss.find_stories(rows[:3], max_gap="3 days", progress=False)
    assert apart.labels.tolist() == [0, 0, 1]
    alone = ss.find_stories(rows, max_gap=3, undated="alone", progress=False)
    assert alone.labels.tolist() == [0, 0, 1, 2]


def test_languages_are_kept_apart_where_named():
    rows = [
        {"text": "Hotel Central Lisboa 2024 incendio", "language": "pt"},
        {"text": "Hotel Central Lisboa 2024 incendio", "language": "es"},
    ]
    assert len(ss.find_stories(rows, progress=False)) == 2
    assert len(ss.find_stories(rows, languages="together", progress=False)) == 1


def test_links_that_the_user_knows():
    texts = {"a": FERRY, "b": FERRY_TOO, "c": BANK, "d": "Tennis final ends in a draw"}
    rows = [{"id": key, "text": text} for key, text in texts.items()]
    linked = ss.find_stories(rows, must_link=[("c", "d")], progress=False)
    assert pairs(linked.labels) == {(0, 1), (2, 3)}
    parted = ss.find_stories(rows, cannot_link=[("a", "b")], progress=False)
    assert pairs(parted.labels) == set()
    with pytest.raises(ValueError, match=r"cannot_link parts 'c' and 'a'"):
        ss.find_stories(
            rows, must_link=[("a", "b"), ("b", "c")], cannot_link=[("c", "a")], progress=False
        )


def test_a_vectorizer_of_the_users_own():
    from sklearn.feature_extraction.text import TfidfVectorizer

    for vectorizer in (TfidfVectorizer(stop_words="english"), ss.TfidfVectorizer()):
        stories = ss.find_stories([FERRY, BANK, FERRY_TOO], vectorizer=vectorizer, progress=False)
        assert stories.labels.tolist() == [0, 1, 0]
        assert stories.explain(*stories.articles.ids[::2]).terms
    with pytest.raises(TypeError, match="fit_transform"):
        ss.find_stories([FERRY, BANK], vectorizer="tfidf", progress=False)


def test_embeddings_add_their_share():
    texts = ["Ship hits rocks", "Vessel strikes reef", "Bank raises rates"]
    vectors = np.array([[1.0, 0.02], [1.0, 0.0], [0.0, 1.0]])
    stories = ss.find_stories(texts, embeddings=vectors, progress=False)
    assert stories.labels.tolist() == [0, 0, 1]
    explanation = stories.explain(*stories.articles.ids[:2])
    assert sum(t.weight for t in explanation.terms) == pytest.approx(explanation.score, abs=1e-9)
    assert {t.via for t in explanation.terms} == {"embedding", "neighbour"}


# -- large corpora, made small ------------------------------------------------------------------


@pytest.fixture
def treated_as_large(monkeypatch):
    """Every corpus of more than ten texts takes the way of large ones."""
    from samestory.stories import pipeline

    monkeypatch.setattr(pipeline.RECIPE, "many_texts", 10)


def test_a_middling_corpus_is_grouped_as_well(monkeypatch, sample, sample_gold):
    from samestory.stories import pipeline

    monkeypatch.setattr(pipeline.RECIPE, "some_texts", 10)
    stories = ss.find_stories(sample.articles, progress=False)
    assert pairs(stories.labels) == pairs(pd.factorize(np.array(sample_gold))[0])


def test_merges_are_sought_the_less_thoroughly_the_more_texts_there_are():
    from samestory.stories.pipeline import RECIPE

    searches = [RECIPE.search_for(n) for n in (3_000, 3_001, 20_000, 20_001)]
    assert [search.n_candidates for search in searches] == [50, 12, 12, 12]
    assert [search.slack for search in searches] == [np.inf, 0.02, 0.02, 0.02]
    assert [search.min_pair for search in searches] == [0.0, 0.0, 0.0, 0.25]


def test_a_large_corpus_is_grouped_as_well(treated_as_large, sample, sample_gold):
    stories = ss.find_stories(sample.articles, progress=False)
    assert stories.evidence.smoothed_rows.dtype == np.float32
    assert stories.similarity.dtype == stories.smoothed.dtype == np.float64
    assert pairs(stories.labels) == pairs(pd.factorize(np.array(sample_gold))[0])
    a, b = sorted(pairs(stories.labels))[0]
    found = stories.explain(stories.articles[a], stories.articles[b])
    assert sum(term.weight for term in found.terms) == pytest.approx(found.score, abs=1e-9)


# -- granularity ------------------------------------------------------------------------------


def test_every_granularity_is_a_cut_of_one_dendrogram(sample):
    from scipy.cluster.hierarchy import fcluster

    for g in [*np.linspace(0.01, 1, 40), *(1.0 - sample.linkage[:, 2])[:20]]:
        if g > 0:
            flat = fcluster(sample.linkage, 1.0 - g, "distance")
            assert pairs(flat) == pairs(sample.at(float(g)).labels)


def test_the_decision_says_what_was_done(sample):
    for story in sample:
        decided = sample.why(story.articles[0]).decision
        assert decided.joins_at < sample.granularity <= decided.parts_at
        assert decided.worth - decided.price >= decided.worth_of_parts - 1e-9 or len(story) == 1
        if decided.worth_with_next is not None:
            assert decided.worth_with_next < decided.worth_beside_next + 1e-9
        assert story.margin == min(
            decided.parts_at - sample.granularity, sample.granularity - decided.joins_at
        )
        assert str(decided)


def test_links_hold_at_every_granularity():
    texts = [FERRY, FERRY_TOO, BANK]
    ids = [f"a{i}" for i in range(3)]
    rows = [{"id": i, "text": text} for i, text in zip(ids, texts, strict=True)]
    stories = ss.find_stories(
        rows, must_link=[("a0", "a2")], cannot_link=[("a0", "a1")], progress=False
    )
    for g in (0.0, 0.3, 0.5, 0.9, 1.0):
        labels = stories.at(g).labels
        assert labels[0] == labels[2] != labels[1]
