"""One call of the core, against the same steps one after another."""

import numpy as np
import pytest
import reference_recipe as reference
import reference_terms as reference_texts
from hypothesis import given
from hypothesis import strategies as st
from reference_clustering import cut, ordered
from scipy import sparse

import samestory as ss
from samestory import _core
from samestory._sparse import from_core
from samestory.clustering import StoryClusterer
from samestory.stories import pipeline

MATRICES = ("graph", "weights", "smoothed", "pairs")


def assert_same_matrix(found, expected):
    found, expected = found.tocsr(), expected.tocsr()
    expected.sort_indices()
    assert found.shape == expected.shape and found.dtype == expected.dtype
    np.testing.assert_array_equal(found.indptr, expected.indptr)
    np.testing.assert_array_equal(found.indices, expected.indices)
    tolerance = 1e-12 if found.dtype == np.float64 else 1e-6
    np.testing.assert_allclose(found.data, expected.data, rtol=0, atol=tolerance)


def assert_same(found, expected):
    for name in MATRICES:
        assert_same_matrix(from_core(found[name]), expected[name])
    if found["rows"] is not None:
        assert_same_matrix(from_core(found["rows"]), expected["rows"])
    assert_same_tree(found["tree"], expected["tree"])


def assert_same_tree(found, expected):
    for name in ("linkage", "similarity", "within", "next", "silhouette", "worth", "price"):
        one, other = getattr(found, name), getattr(expected, name)
        np.testing.assert_allclose(one, other, rtol=0, atol=1e-12, err_msg=name)
    np.testing.assert_array_equal(found.is_leaf, expected.is_leaf)


def made_rows(seed, n, dtype=np.float64):
    """Unit rows of a few words each, and what else is known of the texts."""
    rng = np.random.default_rng(seed)
    dense = rng.random((n, 40)) * (rng.random((n, 40)) < 0.15)
    norms = np.linalg.norm(dense, axis=1, keepdims=True)
    rows = sparse.csr_matrix((dense / np.where(norms == 0, 1, norms)).astype(dtype))
    facts = {
        "n_words": rng.integers(0, 90, n),
        "least_similarity": rng.uniform(0, 0.5, n),
        "days": np.where(rng.random(n) < 0.8, rng.uniform(0, 90, n), np.nan),
        "remitted": rng.uniform(0, 1, n),
        "least_next": rng.uniform(0, 0.4, n),
        "compared": rng.uniform(0, 2, n),
    }
    return rows, facts


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 60), n_threads=st.integers(1, 4))
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_rows_to_stories_step_by_step(dtype, seed, n, n_threads):
    rows, facts = made_rows(seed, n, dtype)
    rng = np.random.default_rng(seed)
    options = _core.StoryOptions()
    options.n_neighbors = int(rng.integers(1, 60))
    named = {}
    if n > 5 and rng.random() < 0.5:
        named["must_link"] = np.array([[0, 3], [3, 4], [3, 0]])
        named["cannot_link"] = np.array([[1, 2], [0, 5]])
    gap = {}
    if rng.random() < 0.5:
        times = np.where(rng.random(n) < 0.8, rng.integers(0, 9, n).astype(float), np.nan)
        named["times"] = times
        options.max_gap = gap["max_gap"] = 3.0
    found = _core.group_texts(rows, options, **facts, **named, n_threads=n_threads)
    expected = reference.group_texts(rows, **facts, **named, **gap, n_neighbors=options.n_neighbors)
    assert_same(found, expected)


def test_many_texts_are_smoothed_in_single_precision(monkeypatch):
    monkeypatch.setattr(reference, "MANY_TEXTS", 10)
    options = _core.StoryOptions()
    options.many_texts = 10
    rows, facts = made_rows(3, 200)
    links = {"must_link": np.array([[0, 9]]), "cannot_link": np.array([[1, 2]])}
    found = _core.group_texts(rows, options, **facts, **links, n_threads=2)
    assert from_core(found["graph"]).dtype == np.float64
    assert from_core(found["smoothed"]).dtype == from_core(found["pairs"]).dtype == np.float32
    assert_same(found, reference.group_texts(rows, **facts, **links))


QUICK_SETS = (
    "basil",
    "cstnews",
    "ecbplus",
    "fnc1_headlines",
    "giveme5w1h",
    "lee50",
    "multiling2011",
    "multinews100",
    "rpm2_fr",
)
OTHER_SETS = (
    "allsides_articles",
    "allsides_roundups",
    "bbc",
    "fnc1_articles",
    "google_news_headlines",
    "googlenews_T",
    "googlenews_TS",
    "gva_incidents",
    "og2021_titles",
    "reuters21578",
    "uci_sample",
)


# Sets of pairs: the titles of both sides.
PAIR_SETS = {
    "msrp_sentence_pairs": ("a", "b"),
    "paraphraser_ru_headline_pairs": ("a", "b"),
    "sts_headline_pairs": ("a", "b"),
    "telegram_pairs": ("a_title", "b_title"),
}


def check_set(rows, gap=None):
    """Texts to stories, once by the core and once step by step from the texts."""
    articles = ss.read_articles(rows, progress=False)
    stories = ss.find_stories(articles, progress=False, max_gap=gap)
    evidence, basis = stories.evidence, stories.evidence.basis
    languages = np.append(basis.languages, -1)[evidence.text_of_row]
    expected = reference_texts.text_rows(
        articles.documents(),
        languages,
        basis.families,
        pipeline.days_of(articles.dates),
        None if gap is None else pipeline.linking_times(articles, basis.options),
    )
    np.testing.assert_array_equal(evidence.text_of_row, expected.pop("text_of_article"))
    limits = {} if gap is None else {"max_gap": basis.options.gap_in_microseconds}
    expected = reference.group_texts(**expected, **limits)
    assert_same_matrix(evidence.rows, expected["rows"])
    assert_same_matrix(evidence.graph, expected["graph"])
    assert_same_matrix(evidence.smoothed_rows, expected["smoothed"])
    assert_same_matrix(evidence.smoothed_graph, expected["pairs"])
    assert_same_tree(evidence.tree, expected["tree"])
    groups = np.append(cut(expected["tree"].linkage, evidence.n_texts, 0.5), -1)
    np.testing.assert_array_equal(stories.labels, ordered(groups[evidence.text_of_row]))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", QUICK_SETS)
def test_sets_step_by_step(read_set, name):
    check_set(read_set(name))


def test_a_set_with_a_limited_gap_step_by_step(read_set):
    check_set(read_set("giveme5w1h"), gap="3 days")


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", OTHER_SETS)
def test_other_sets_step_by_step(read_set, name):
    check_set(read_set(name))


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", PAIR_SETS)
def test_sets_of_pairs_step_by_step(read_set, name):
    rows = read_set(name)
    check_set([{"title": row[side]} for side in PAIR_SETS[name] for row in rows])


def test_the_clusterer_makes_the_same_call():
    rows = made_rows(5, 120)[0]
    options = pipeline.recipe_for(30)
    options.of_few.n_candidates = 10
    lengths = np.diff(rows.indptr).astype(np.int64)
    tree = _core.group_texts(rows, options, n_words=lengths)["tree"]
    found = StoryClusterer(n_neighbors=30, granularity=0.6).fit(rows)
    expected = ordered(cut(np.asarray(tree.linkage), 120, 0.6))
    np.testing.assert_array_equal(found.labels_, expected)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"n_words": np.ones(3, np.int64)}, "n_words has 3 entries; there are 5 texts"),
        ({"days": np.ones(6)}, "days has 6 entries"),
        ({"must_link": [[0, 5]]}, "must_link"),
        ({"cannot_link": [[2, 2]]}, "cannot_link"),
        ({"must_link": [[0, 1]], "cannot_link": [[1, 0]]}, "must_link"),
    ],
)
def test_what_does_not_fit_is_refused(named, message):
    rows = made_rows(0, 5)[0]
    with pytest.raises(ValueError, match=message):
        _core.group_texts(rows, _core.StoryOptions(), **named)
