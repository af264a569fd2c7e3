"""Stories searched, compared with others and with one's own labels, and handed on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_views_notebook import Tags

import samestory as ss
from samestory.data import sample_pages_path, sample_stories


@pytest.fixture(scope="module")
def sample():
    return ss.find_stories(str(sample_pages_path()), progress=False)


@pytest.fixture(scope="module")
def gold(sample):
    names = sample_stories()
    return [names[path.rpartition("/")[2]] for path in sample.articles.column("path")]


# -- search and related --------------------------------------------------------------------


def test_search_finds_the_stories_that_have_all_words(sample):
    found = sample.search("ferry")
    assert len(found) == 2
    assert all("ferry" in article.document.lower() for s in found for article in s.articles)
    assert [story.label for story in sample.search("The FERRY of Indonesia")] == [
        story.label for story in found if "Indonesia" in story.title
    ]
    assert sample.search("nosuchword") == []
    assert len(sample.search("people", n=3)) == 3


def test_search_needs_a_word(sample):
    with pytest.raises(TypeError, match="words=3: they have to be one str"):
        sample.search(3)
    with pytest.raises(ValueError, match="has no word to look for"):
        sample.search("... !")
    with pytest.raises(ValueError, match="n=0"):
        sample.search("ferry", n=0)


def test_related_stories_are_the_most_similar(sample):
    first, second = sample.search("ferry")
    (nearest, similarity), *_ = first.related(3)
    assert nearest.label == second.label
    texts = sample.evidence.text_of_row
    smoothed = sample.evidence.smoothed_rows
    between = smoothed[texts[first.rows]] @ smoothed[texts[second.rows]].T
    assert similarity == pytest.approx(between.toarray().mean())


# -- disagreements -------------------------------------------------------------------------


def test_what_agrees_gives_no_disagreement(sample, gold):
    assert len(sample.disagreements(gold)) == 0
    assert repr(sample.disagreements(gold)) == "no pair of articles differs from the labels"


@given(st.lists(st.sampled_from(["a", "b", None]), min_size=6, max_size=6), st.floats(0.0, 1.0))
def test_every_pair_that_differs_is_counted_once(own, granularity):
    texts = ["ferry reef", "ferry reef", "ferry reef tarn", "cheese fair", "cheese fair tarn", "!"]
    stories = ss.find_stories(texts, granularity=granularity, progress=False)
    together = apart = 0
    for i in range(5):
        for j in range(i):
            if own[i] is None or own[j] is None:
                continue
            one_story = stories.labels[i] == stories.labels[j]
            together += one_story and own[i] != own[j]
            apart += not one_story and own[i] == own[j]
    found = stories.disagreements(own)
    assert sum(pair.pairs for pair in found if pair.together) == together
    assert sum(pair.pairs for pair in found if not pair.together) == apart
    assert list(found) == sorted(found, key=lambda pair: -pair.off_by)


def test_the_most_similar_pair_stands_for_all(sample):
    from samestory.stories.joining import joined_at

    own = [i % 3 for i in range(len(sample.labels))]
    found = sample.disagreements(own)
    evidence = sample.evidence
    smoothed = evidence.smoothed_rows[evidence.text_of_row]
    similar = (smoothed @ smoothed.T).toarray()
    own, labels = np.array(own), sample.labels
    a, b = (np.array([sample.articles.position(getattr(p, n).id) for p in found]) for n in "ab")
    assert len(found) > 100
    for pair, one, two in zip(found, a, b, strict=True):
        sides = [(labels == labels[row]) & (own == own[row]) for row in (one, two)]
        assert pair.pairs == sides[0].sum() * sides[1].sum()
        assert pair.similarity == pytest.approx(similar[sides[0]][:, sides[1]].max(), abs=1e-6)
        assert pair.similarity == pytest.approx(similar[one, two], abs=1e-6)
        texts = evidence.text_of_row[[one, two]]
        assert pair.joined_at == joined_at(evidence, *texts.tolist())


def test_what_is_too_much_to_list_is_counted(sample, monkeypatch):
    from samestory.stories import differing

    own = [i % 3 for i in range(len(sample.labels))]
    whole = sample.disagreements(own)
    monkeypatch.setattr(differing, "_MOST_LISTED", 7)
    some = sample.disagreements(own)
    assert list(some) == whole[:7]
    assert (some.n_together, some.n_apart) == (whole.n_together, whole.n_apart)
    assert len(some) + some.left_out == len(whole)
    assert repr(some).endswith(f"... and {len(whole) - 7} more")


def test_pairs_of_ids_are_compared_one_by_one(sample):
    ids = sample.articles.ids
    a, b = sample[0].rows[:2]
    c = sample[1].rows[0]
    pairs = [(ids[a], ids[b], False), (ids[a], ids[c], True), (ids[b], ids[c], False)]
    found = sample.disagreements(pairs)
    assert sorted(pair.together for pair in found) == [False, True]
    assert found.to_frame()["pairs"].tolist() == [1, 1]


def test_disagreements_are_shown(sample, gold):
    parted = [*gold]
    parted[sample[0].rows[0]] = "another"
    found = sample.disagreements(parted)
    assert repr(found).startswith("4 pairs in one story that the labels part, 0 pairs in two")
    html = found._repr_html_()
    assert not Tags(html).open
    assert "two by the labels" in html


# -- networkx ------------------------------------------------------------------------------


def test_a_graph_is_written_and_read_again(sample, tmp_path):
    import networkx as nx

    graph = sample.to_networkx()
    assert list(graph) == sample.articles.ids
    similarity = sample.similarity
    assert graph.number_of_edges() == int((similarity.data >= 0.1).sum()) // 2
    ids = sample.articles.ids
    a, b = (ids[row] for row in sample[0].rows[:2])
    assert graph[a][b]["same_story"]
    assert graph[a][b]["weight"] == pytest.approx(sample.explain(a, b).similarity)
    for write, read, name in (
        (nx.write_gexf, nx.read_gexf, "a.gexf"),
        (nx.write_graphml, nx.read_graphml, "a.graphml"),
    ):
        write(graph, tmp_path / name)
        again = read(tmp_path / name)
        assert set(again) == set(graph)
        assert again.nodes[a]["story_title"] == sample[0].title


def test_what_xml_cannot_hold_is_left_out(tmp_path):
    import networkx as nx

    rows = [{"title": "Rain\x00\x1b \ud800 & <b>\uffff", "id": "a\x01"}, {"title": "Rain <b>"}]
    graph = ss.find_stories(rows, progress=False).to_networkx(0.0)
    nx.write_gexf(graph, tmp_path / "a.gexf")
    titles = nx.get_node_attributes(nx.read_gexf(tmp_path / "a.gexf"), "title")
    assert titles["a"].startswith("Rain")
    assert titles["a"].endswith("& <b>")
    nx.write_graphml(graph, tmp_path / "a.graphml")
    assert nx.read_graphml(tmp_path / "a.graphml").number_of_nodes() == 2
    with pytest.raises(ValueError, match="min_similarity=2"):
        ss.find_stories(["Rain"], progress=False).to_networkx(2)


# -- embeddings ----------------------------------------------------------------------------

TEXTS = ["ferry hits reef", "ferry hits reef again", "cheese fair opens", "cheese fair opens again"]
CROSSED = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0], [0.0, 1.0]])


def test_the_weight_of_embeddings_is_their_part_of_the_similarity():
    plain = ss.find_stories(TEXTS, progress=False).explain(0, 1).similarity
    for weight in (0.0, 0.25, 0.5, 1.0):
        stories = ss.find_stories(
            TEXTS, embeddings=CROSSED, embeddings_weight=weight, progress=False
        )
        assert stories.explain(0, 1).similarity == pytest.approx((1 - weight) * plain)
        assert stories.explain(0, 2).similarity == pytest.approx(weight)
    assert stories.labels.tolist() == [0, 1, 0, 1]


@pytest.mark.parametrize("weight", [-0.1, 1.1, "half", None, float("nan")])
def test_a_weight_out_of_range_is_refused(weight):
    with pytest.raises(ValueError, match=r"embeddings_weight=.*from 0 to 1"):
        ss.find_stories(TEXTS, embeddings=CROSSED, embeddings_weight=weight)
