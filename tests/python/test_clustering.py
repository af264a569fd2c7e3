"""average_linkage, connected_components, leiden and StoryClusterer."""

import numpy as np
import pytest
import reference_clustering as reference
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import cophenet, fcluster, is_valid_linkage, linkage
from sklearn.utils.estimator_checks import parametrize_with_checks

import samestory as ss


def random_graph(rng, n, density=1.0):
    graph = np.triu(rng.random((n, n)) * (rng.random((n, n)) < density), 1)
    return graph + graph.T


def planted_graph(rng, n, n_groups, inside, outside):
    group = rng.integers(0, n_groups, n)
    share = np.where(group[:, None] == group, inside, outside)
    graph = np.triu(rng.random((n, n)) * (rng.random((n, n)) < share), 1)
    return graph + graph.T


def test_average_linkage_equals_scipy_on_a_thousand_graphs():
    rng = np.random.default_rng(0)
    for trial in range(1000):
        n = int(rng.integers(2, 40))
        graph = random_graph(rng, n, density=1.0 if trial % 2 else 0.3)
        expected = linkage((1 - graph)[np.triu_indices(n, 1)], "average")
        found = ss.average_linkage(sp.csr_matrix(graph), n_jobs=1)
        assert is_valid_linkage(found)
        np.testing.assert_allclose(found[:, 2], expected[:, 2], atol=1e-9)
        np.testing.assert_allclose(cophenet(found), cophenet(expected), atol=1e-9)


def test_average_linkage_takes_float32_arrays_and_any_format(n_jobs):
    graph = random_graph(np.random.default_rng(1), 400, 0.05).astype(np.float32)
    found = ss.average_linkage(graph, n_jobs=n_jobs)
    for form in ("csc", "coo", "lil"):
        other = ss.average_linkage(sp.csr_array(graph).asformat(form), n_jobs=1)
        assert other.tobytes() == found.tobytes()


def test_equal_similarities_merge_the_lowest_rows_first():
    graph = np.full((4, 4), 0.5)
    assert ss.average_linkage(graph)[:, :2].tolist() == [[0, 1], [2, 4], [3, 5]]


@pytest.mark.parametrize("n", [1, 2, 7])
def test_rows_that_share_nothing_join_at_distance_one(n):
    found = ss.average_linkage(sp.csr_matrix((n, n)))
    assert found.shape == (n - 1, 4)
    assert (found[:, 2] == 1).all()
    assert n == 1 or is_valid_linkage(found)


@pytest.mark.parametrize("method", [ss.average_linkage, ss.leiden])
@pytest.mark.parametrize(
    ("graph", "message"),
    [
        ([[0, 0.5], [0.25, 0]], "not symmetric.*differs from its mirror image"),
        ([[0, 0.5], [0, 0]], "not symmetric: only one of"),
        ([[0, -0.5], [-0.5, 0]], r"graph\[0, 1\] is -0.5"),
        ([[0, np.nan], [np.nan, 0]], "row 0: .*NaN or infinite"),
        ([[0, 1, 0], [1, 0, 0]], "has to be square"),
    ],
)
def test_bad_graphs_are_refused(method, graph, message):
    with pytest.raises(ValueError, match=message):
        method(np.array(graph, dtype=float))


def test_similarities_above_one_are_refused_but_rounding_is_not():
    with pytest.raises(ValueError, match=r"graph\[0, 1\] is 1.5.*in \[0, 1\]"):
        ss.average_linkage([[0, 1.5], [1.5, 0]])
    assert ss.average_linkage([[0, 1 + 1e-7], [1 + 1e-7, 0]])[0, 2] == 0


@given(seed=st.integers(0, 2**32 - 1), n=st.integers(1, 40), density=st.floats(0, 0.1))
@settings(max_examples=100, deadline=None)
def test_components_equal_flooding(seed, n, density):
    rng = np.random.default_rng(seed)
    graph = rng.random((n, n)) * (rng.random((n, n)) < density)
    labels = ss.connected_components(graph)
    names = reference.components(graph)
    np.testing.assert_array_equal(labels[:, None] == labels, names[:, None] == names)
    sizes = np.bincount(labels)
    assert (np.diff(sizes) <= 0).all()
    first = [int(np.flatnonzero(labels == label)[0]) for label in range(len(sizes))]
    assert all(first[i] < first[i + 1] for i in range(len(sizes) - 1) if sizes[i] == sizes[i + 1])


GRAPHS = [
    (200, 5, 0.3, 0.02),
    (300, 10, 0.3, 0.02),
    (500, 10, 0.2, 0.02),
    (500, 25, 0.4, 0.01),
    (1000, 50, 0.4, 0.005),
]


@pytest.mark.parametrize("objective", ["modularity", "cpm"])
@pytest.mark.parametrize("shape", GRAPHS)
def test_leiden_is_as_good_as_leidenalg(shape, objective):
    igraph = pytest.importorskip("igraph", reason="the test extra has leidenalg and igraph")
    import leidenalg

    graph = planted_graph(np.random.default_rng(shape[0]), *shape)
    upper = sp.triu(sp.csr_matrix(graph)).tocoo()
    peer_graph = igraph.Graph(
        n=len(graph), edges=list(zip(upper.row.tolist(), upper.col.tolist(), strict=True))
    )
    kind, resolution = {
        "modularity": (leidenalg.RBConfigurationVertexPartition, 1.0),
        "cpm": (leidenalg.CPMVertexPartition, 0.05),
    }[objective]
    peer = leidenalg.find_partition(
        peer_graph,
        kind,
        weights=upper.data.tolist(),
        resolution_parameter=resolution,
        seed=0,
        n_iterations=10,
    )
    labels = ss.leiden(graph, objective=objective, resolution=resolution)
    found = reference.partition_quality(graph, labels, objective, resolution)
    best = reference.partition_quality(graph, np.array(peer.membership), objective, resolution)
    assert found >= best - 0.001 * abs(best)


def test_leiden_communities_are_connected_and_seeded(n_jobs):
    graph = planted_graph(np.random.default_rng(3), 400, 20, 0.2, 0.01)
    labels = ss.leiden(graph, seed=7)
    np.testing.assert_array_equal(labels, ss.leiden(sp.coo_matrix(graph), seed=7, n_jobs=n_jobs))
    for label in np.unique(labels):
        inside = graph[np.ix_(labels == label, labels == label)]
        assert len(np.unique(reference.components(inside))) == 1


def test_leiden_takes_loops_and_nothing():
    assert ss.leiden(np.zeros((3, 3))).tolist() == [0, 1, 2]
    assert ss.leiden(np.eye(2)).tolist() == [0, 1]
    assert ss.leiden(sp.csr_matrix((0, 0))).tolist() == []


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"objective": "surprise"}, "objective has to be one of"),
        ({"resolution": -1.0}, "resolution has to be"),
        ({"resolution": np.nan}, "resolution has to be"),
        ({"seed": -1}, "seed has to be"),
        ({"n_runs": 0}, "n_runs has to be at least 1"),
        ({"max_iterations": 0}, "max_iterations has to be at least 1"),
    ],
)
def test_leiden_names_bad_parameters(parameters, message):
    with pytest.raises(ValueError, match=message):
        ss.leiden(np.zeros((2, 2)), **parameters)


@parametrize_with_checks([ss.StoryClusterer()])
def test_story_clusterer_follows_the_conventions(estimator, check):
    check(estimator)


STORIES = [
    f"{subject} {verb} {place}"
    for subject, place in (
        ("flood water rain", "valley bridge"),
        ("election vote ballot", "capital senate"),
        ("striker goal penalty", "stadium final"),
    )
    for verb in ("hits", "shakes", "stuns", "after", "before")
]


def test_story_clusterer_finds_stories_and_cuts_anywhere():
    rows = ss.TfidfVectorizer().fit_transform(STORIES)
    clusterer = ss.StoryClusterer().fit(rows)
    assert clusterer.labels_.tolist() == [0] * 5 + [1] * 5 + [2] * 5
    assert is_valid_linkage(clusterer.linkage_)
    assert 0 < clusterer.granularity_ < 1
    assert set(ss.StoryClusterer(granularity=0).fit_predict(rows)) == {0}
    assert len(set(ss.StoryClusterer(granularity=1.0).fit_predict(rows))) == 15
    level = 0.3
    cut = ss.StoryClusterer(granularity=level).fit(rows)
    groups = fcluster(cut.linkage_, 1 - level, "distance")
    np.testing.assert_array_equal(groups[:, None] == groups, cut.labels_[:, None] == cut.labels_)


@pytest.mark.parametrize(
    "parameters",
    [
        {"granularity": 1.5},
        {"granularity": "fine"},
        {"granularity": True},
        {"n_neighbors": 0},
        {"n_candidates": 2.5},
    ],
)
def test_story_clusterer_names_bad_parameters(parameters):
    with pytest.raises(ValueError, match=next(iter(parameters))):
        ss.StoryClusterer(**parameters).fit(np.eye(4))


def test_story_clusterer_takes_rows_without_words():
    labels = ss.StoryClusterer().fit_predict(sp.csr_matrix((5, 3)))
    assert labels.tolist() == [0, 1, 2, 3, 4]
