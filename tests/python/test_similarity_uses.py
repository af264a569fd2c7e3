"""What is made of the join: groups of copies, explanations, a graph of neighbours."""

import numpy as np
import pytest
import scipy.sparse as sp

import samestory as ss


def test_copies_are_grouped_and_the_earliest_is_marked():
    X = np.eye(4)[[0, 1, 0, 2, 1, 0]] + 0.01
    copies = ss.near_duplicates(X, times=[3, 9, 1, 5, None, 2])
    np.testing.assert_array_equal(copies.labels, [0, 1, 0, 2, 1, 0])
    assert [group.tolist() for group in copies.groups] == [[0, 2, 5], [1, 4]]
    np.testing.assert_array_equal(copies.earliest, [2, 1])
    np.testing.assert_array_equal(copies.is_copy, [True, False, False, False, True, True])
    assert repr(copies).startswith(
        "6 rows · 2 groups of copies · 3 later copies\n  0  3 rows  row "
    )


def test_articles_are_counted_first():
    articles = ss.read_articles(
        [
            {"title": "Storm hits the coast", "text": "Roofs flew.", "date": "2024-05-02"},
            {"title": "Council meets", "text": "Nothing happened.", "date": "2024-05-01"},
            {"title": "Storm hits the coast", "text": "Roofs flew.", "date": "2024-05-01"},
        ]
    )
    copies = ss.near_duplicates(articles)
    assert [group.tolist() for group in copies.groups] == [[0, 2]]
    np.testing.assert_array_equal(copies.earliest, [2])


def test_without_copies_there_is_no_group():
    copies = ss.near_duplicates(np.eye(3))
    assert len(copies) == 0
    assert not copies.is_copy.any()


@pytest.mark.parametrize("normalize", [True, False])
def test_weights_sum_to_the_similarity(normalize):
    X = sp.random(40, 80, 0.3, format="csr", random_state=0)
    graph = ss.similarity_join(X, top_n=40, normalize=normalize)
    names = np.array([f"word{c}" for c in range(80)])
    for i, j in zip(*graph.nonzero(), strict=True):
        why = ss.explain_pair(X[i], X[j], names, normalize=normalize)
        assert why.similarity == graph[i, j]
        assert sum(weight for _, weight in why) == pytest.approx(graph[i, j], abs=1e-12)
        assert all(X[i, int(term[4:])] * X[j, int(term[4:])] > 0 for term, _ in why.terms)


def test_an_explanation_reads_well_and_refuses_nonsense():
    why = ss.explain_pair([3.0, 4.0, 0.0], np.array([0.0, 1.0, 0.0]), ["rain", "flood", "sun"])
    assert repr(why) == "similarity 0.8000\n  +0.8000  flood"
    assert ss.explain_pair([1, 0], [0, 1]).similarity == 0
    with pytest.raises(ValueError, match="x has 2 columns, but y has 3"):
        ss.explain_pair([1, 0], [0, 1, 0])
    with pytest.raises(ValueError, match="feature_names has 1"):
        ss.explain_pair([1, 0], [0, 1], ["a"])
    with pytest.raises(ValueError, match="one row, not 2"):
        ss.explain_pair(np.eye(2), [0, 1])


@pytest.fixture(scope="module")
def blobs():
    rng = np.random.default_rng(0)
    truth = np.repeat([0, 1, 2], 30)
    return np.abs(np.eye(3)[truth].repeat(4, axis=1) + rng.normal(0, 0.1, (90, 12))), truth


def test_the_graph_is_scikit_learns(blobs):
    neighbors = pytest.importorskip("sklearn.neighbors")
    X, _ = blobs
    theirs = neighbors.KNeighborsTransformer(n_neighbors=6, metric="cosine").fit_transform(X)
    ours = ss.SimilarityNeighborsTransformer(n_neighbors=6).fit_transform(X)
    np.testing.assert_array_equal(ours.indptr, theirs.indptr)
    np.testing.assert_allclose(ours.toarray(), theirs.toarray(), atol=1e-12)
    queries = ss.SimilarityNeighborsTransformer(n_neighbors=6).fit(X).transform(X[:5])
    assert queries.shape == (5, 90)
    assert queries.nnz == 30


def test_clusterers_take_the_graph(blobs):
    cluster = pytest.importorskip("sklearn.cluster")
    X, truth = blobs
    near = ss.SimilarityNeighborsTransformer(n_neighbors=None, threshold=0.9).fit_transform(X)
    labels = cluster.DBSCAN(eps=0.1, metric="precomputed").fit_predict(near)
    np.testing.assert_array_equal(labels, truth)
    affinity = ss.SimilarityNeighborsTransformer(mode="similarity", symmetric=True)
    spectral = cluster.SpectralClustering(3, affinity="precomputed", random_state=0)
    labels = spectral.fit_predict(affinity.set_params(threshold=0.01).fit_transform(X))
    assert all(len(set(labels[truth == story])) == 1 for story in range(3))


def test_the_transformer_follows_the_conventions():
    base = pytest.importorskip("sklearn.base")
    transformer = ss.SimilarityNeighborsTransformer(n_neighbors=3, threshold=0.2)
    assert base.clone(transformer).get_params() == transformer.get_params()
    with pytest.raises(ValueError, match="fit this"):
        transformer.transform(np.eye(2))
    with pytest.raises(ValueError, match="mode is 'near'"):
        ss.SimilarityNeighborsTransformer(mode="near").fit(np.eye(2))
