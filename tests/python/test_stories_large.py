"""Large stories, and the background that neighbours have to stand out from."""

import numpy as np
import pytest
import reference_stories as reference
import scipy.sparse as sp
from scipy.cluster.hierarchy import linkage

import samestory as ss
from samestory.similarity.join import similarity_join
from samestory.stories.branches import join_large_branches, settle_branches
from samestory.stories.dendrogram import cut as cut_tree
from samestory.stories.pipeline import background_similarity


def blocks(seed, sizes, inside, across):
    """Similarities of stories: about `inside` within one, about `across` between two."""
    rng = np.random.default_rng(seed)
    story = np.repeat(np.arange(len(sizes)), sizes)
    base = np.where(story[:, None] == story, inside, across)
    noise = np.triu(rng.uniform(-0.6, 0.6, base.shape) * base, 1)
    similarity = base + noise + noise.T
    np.fill_diagonal(similarity, 1.0)
    return similarity, linkage(1 - similarity[np.triu_indices(len(story), 1)], "average")


def same(labels):
    return labels[:, None] == labels


def labels_of(groups, n):
    labels = np.empty(n, dtype=int)
    for label, rows in enumerate(groups):
        labels[rows] = label
    return labels


@pytest.mark.parametrize("days_apart", [0.0, 10.0, 40.0, np.nan])
@pytest.mark.parametrize("level", [0.3, 0.4, 0.5])
@pytest.mark.parametrize("across", [0.04, 0.08])
@pytest.mark.parametrize("n_alone", [2, 200])
@pytest.mark.parametrize("seed", range(4))
def test_large_branches_equal_the_reference(seed, n_alone, across, level, days_apart):
    similarity, tree = blocks(seed, (70, 45, 30, 5, *[1] * n_alone), 0.35, across)
    days = np.arange(len(similarity)) * days_apart / 20
    joined = join_large_branches(tree.copy(), level, days, 0.0)
    found = cut_tree(joined, len(similarity), level)
    expected = labels_of(reference.large_stories(similarity, tree, level, days), len(similarity))
    np.testing.assert_array_equal(same(found), same(expected))


@pytest.mark.parametrize(("across", "is_one"), [(0.03, True), (0.09, False)])
def test_of_undated_texts_that_stand_alone_a_large_branch_is_a_topic(across, is_one):
    """Unless next to nothing else is like it."""
    _, tree = blocks(0, (70, 45, 30, *[1] * 200), 0.35, across)
    n = 345
    undated, dated = (
        np.bincount(cut_tree(join_large_branches(tree, 0.5, days, 0.0), n, 0.5)).max()
        for days in (np.full(n, np.nan), np.zeros(n))
    )
    assert dated == 70
    assert (undated == 70) == is_one


def test_a_large_story_is_whole_and_a_small_one_as_the_level_has_it():
    similarity, tree = blocks(0, (70, 45, 30, 5, 1, 1), 0.35, 0.04)
    n = len(similarity)
    undated = np.full(n, np.nan)
    sizes = [
        np.bincount(cut_tree(t, n, 0.5))
        for t in (tree, join_large_branches(tree, 0.5, undated, 0.0))
    ]
    assert max(sizes[0]) < 30
    assert sorted(sizes[1])[-2:] == [45, 70]


def test_merges_stay_in_order_where_two_are_a_hair_apart():
    # The level lies between two merges, the lower one less than a millionth below.
    level = 0.5
    tree = np.array([[0, 1, 0.45, 2], [2, 4, 0.5 + 2e-7, 3], [3, 5, 0.9, 4]])
    settled = settle_branches(tree, 4, level)
    sizes = [1] * 4
    for left, right, _, size in settled.tolist():
        assert max(left, right) < len(sizes)
        assert sizes[int(left)] + sizes[int(right)] == size
        sizes.append(int(size))
    for granularity in (0.4, level, level * (1 - 1e-6), 0.6):
        assert len(cut_tree(settled, 4, granularity)) == 4


@pytest.mark.parametrize("n", [60, 100, 180, 320])
def test_the_background_is_the_last_neighbour(n):
    rows = sp.random(n, 40, density=0.2, random_state=n, format="csr")
    rows.data += 0.1
    graph = similarity_join(rows, top_n=20)
    dense = rows.toarray()
    unit = dense / np.maximum(np.linalg.norm(dense, axis=1, keepdims=True), 1e-300)
    expected = reference.background(unit @ unit.T, 20)
    np.testing.assert_allclose(background_similarity(graph, 20), expected, atol=1e-12)


def test_few_neighbours_tell_no_background():
    rows = sp.random(400, 40, density=0.2, random_state=0, format="csr")
    assert not background_similarity(similarity_join(rows, top_n=5), 5).any()


def test_stories_stay_apart_from_a_thousand_unrelated_articles(shared, read_set):
    story_rows = [row for i, row in enumerate(read_set("ecbplus")) if i % 3 == 0]
    others = [row for row in read_set("allsides_articles") if row["text"]][::37][:1000]
    alone = [
        {**row, "id": f"alone {i}", "story": f"alone {i}", "date": None}
        for i, row in enumerate(others)
    ]
    rows = story_rows + alone
    stories = ss.find_stories(rows, progress=False)
    assert stories.sizes[0] <= 0.05 * len(rows)
    assert ss.metrics.b_cubed([row["story"] for row in rows], stories.labels)[2] >= 0.9
