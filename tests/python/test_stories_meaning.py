"""Words that mean alike, against plain loops over their vectors."""

import random
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reference_terms import vectors_of

import samestory as ss
from samestory import _core, word_vectors
from samestory._sparse import from_core
from samestory.background import load_background
from samestory.languages import word_data
from samestory.stories.meaning import alike_words, found_meanings
from samestory.word_vectors import word_numbers

HEADLINES = [
    "Coach crash leaves nine pupils injured on coastal road",
    "Bus accident: nine schoolchildren hurt near the coast",
    "Central bank raises interest rates for the third time",
    "Rates lifted again by central bank",
    "Museum opens wing for modern sculpture",
    "Football club sacks manager after defeat",
    "Volcano erupts on remote island",
    "Parliament votes down budget",
    "Orchestra cancels summer tour",
    "Scientists map ocean floor",
    "Retailer closes two hundred shops",
    "Drought threatens wheat harvest",
    "Novel about lighthouse keeper wins prize",
    "Court rejects appeal by former minister",
    "Airline orders electric planes",
    "Mayor announces free public transport",
    "Archaeologists uncover bronze age village",
    "Chess champion retires at thirty",
    "Hospital staff walk out over pay",
    "Satellite reaches orbit after delay",
    "Dairy farmers block motorway",
    "Swimmer breaks world record",
]
VOCABULARY = ["coach", "bus", "crash", "pupils", "museum", "bank", "zyzzyvaish", "defeat"]


def found(titles=HEADLINES, **named):
    return ss.find_stories([{"title": title} for title in titles], progress=False, **named)


def vector_of(word):
    """One word's numbers, taken out of their bytes one by one."""
    place = load_background().terms.index(word)
    numbers = []
    for byte in word_numbers()[:, place].tolist():
        numbers += [byte // 16 - 8, byte % 16 - 8]
    return np.array(numbers)


def cosine(a, b):
    x, y = vector_of(a), vector_of(b)
    return float(x @ y / np.sqrt((x @ x) * (y @ y)))


def texts_of(groups, languages=("en",)):
    """What the core makes of texts, each a list of words; few are enough for meaning to count."""
    documents = [" ".join([*words, "a"]) for group in groups for words in group]
    options = _core.StoryOptions()
    options.terms.meaning_above = 0
    options.terms.recurring.run_words = options.terms.recurring.edge_words = 0
    batch = _core.DocumentBatch()
    batch.fill(iter(documents), 2**62, False)
    language = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
    return _core.text_rows(
        batch,
        word_data(frozenset(languages)),
        options,
        languages=list(languages),
        language=language,
    )


def vectors_in(texts):
    """The columns of meaning of each article."""
    meanings = found_meanings(texts.meanings)
    text_of_article = texts.text_of_article
    n_columns = texts.rows[3][1]
    rows = from_core(texts.rows_with_meaning()).toarray()
    return meanings, rows[text_of_article, n_columns:]


def plain_rows(texts, share=0.1):
    """The vectors of texts, in one loop after the other."""
    background = load_background()
    rows = []
    for text in texts:
        known = [word for word in set(text) if background.df_of([word])[0]]
        total = np.zeros(120)
        if text and len(known) >= 0.8 * len(set(text)):
            for word in known:
                weight = (1 + np.log(text.count(word))) * background.idf_of([word])[0]
                total += round(64 * weight) * vector_of(word)
        size = np.sqrt(total @ total)
        rows.append(total / size * np.sqrt(share) if size else total)
    return np.array(rows)


def test_the_table_is_of_the_background_words_and_small_enough():
    assert word_numbers().shape == (60, len(load_background()))
    data = files("samestory") / "data"
    assert len((data / "word_vectors_en.npz").read_bytes()) <= 6_000_000
    licence = (data / "word_vectors.LICENSE").read_text()
    assert "all-MiniLM-L6-v2" in licence and "Apache License" in licence


def test_a_table_of_other_words_is_refused(monkeypatch):
    other = ss.background.Background(["other"], [1], 10)
    monkeypatch.setattr(word_vectors, "load_background", lambda: other)
    with pytest.raises(ValueError, match="other words"):
        word_numbers.__wrapped__()


def test_vectors_are_unpacked():
    words = ["bus", "coach", "parliament"]
    positions = load_background().positions_of(words)
    assert np.array_equal(vectors_of(positions), [vector_of(word) for word in words])
    assert np.abs(vectors_of(np.arange(1000))).max() <= 7


@pytest.mark.parametrize(
    ("word", "alike", "other"),
    [
        ("coach", "bus", "parliament"),
        ("pupils", "schoolchildren", "oil"),
        ("quake", "tremor", "vote"),
    ],
)
def test_words_that_mean_alike_are_nearer(word, alike, other):
    assert cosine(word, alike) > cosine(word, other) + 0.2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=12), min_size=1, max_size=6))
def test_columns_are_weighted_means_of_vectors(texts):
    expected = plain_rows(texts)
    found_texts = texts_of([texts])
    if found_texts.meanings is None:
        assert not expected.any()
        return
    place = found_texts.text_of_article
    meanings, products = vectors_in(found_texts)
    assert products == pytest.approx(expected, abs=1e-12)
    for i in range(len(texts)):
        for j in range(len(texts)):
            pairs = dict(alike_words(meanings, place[i], place[j]))
            assert len(pairs) <= 10
            if len(set(texts[i])) * len(set(texts[j])) <= 10:  # all pairs are named
                assert sum(pairs.values()) == pytest.approx(products[i] @ products[j], abs=1e-12)


def test_groups_are_joined_in_their_order():
    german, english = [["haus", "boot"], ["brand"]], [["coach"], ["bank", "bus"]]
    groups = [german, english, [["quai"]], [["museum"]]]
    _, columns = vectors_in(texts_of(groups, ["de", "en", "fr", "en"]))
    empty = np.zeros(120)
    expected = [empty, empty, *plain_rows(english), empty, *plain_rows([["museum"]])]
    assert columns == pytest.approx(np.array(expected), abs=1e-12)
    assert texts_of([german, [["quai"]]], ["de", "fr"]).meanings is None


def test_rows_stay_of_unit_length_and_the_graph_has_their_cosines():
    evidence = found().evidence
    rows = evidence.rows.toarray()
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0)
    graph = evidence.graph.tocoo()
    assert graph.nnz and graph.data == pytest.approx((rows @ rows.T)[graph.row, graph.col])


def test_words_propose_the_pairs():
    titles = ["Pupils injured", "Schoolchildren hurt", *HEADLINES[2:]]
    evidence = found(titles).evidence
    assert evidence.rows[[0]].multiply(evidence.rows[[1]]).sum() > 0.0
    assert evidence.graph[0, 1] == 0.0


LONG = " ".join(load_background().terms[20_000:90_000:1000])


@pytest.mark.parametrize(
    ("articles", "named"),
    [
        ([{"title": title} for title in HEADLINES], {"background": None}),
        ([{"title": title} for title in HEADLINES], {"embeddings": np.eye(len(HEADLINES))}),
        ([{"title": title, "language": "de"} for title in HEADLINES], {}),
        ([{"text": f"{LONG} {title}", "language": "en"} for title in HEADLINES], {}),
        ([{"title": title[::-1], "language": "en"} for title in HEADLINES], {}),
        ([{"title": title} for title in HEADLINES[:20]], {}),
    ],
    ids=["no background", "embeddings", "another language", "full texts", "unknown words", "few"],
)
def test_where_meaning_does_not_count(articles, named):
    assert ss.find_stories(articles, progress=False, **named).evidence.meanings is None


def test_the_table_is_not_read_for_full_texts(monkeypatch):
    monkeypatch.setattr(word_vectors, "word_numbers", lambda: pytest.fail("the table was read"))
    articles = [{"text": f"{LONG} {title}", "language": "en"} for title in HEADLINES]
    ss.find_stories(articles, progress=False)


def test_explanations_name_pairs_of_words_and_sum():
    stories = found()
    for a, b in ((0, 1), (1, 0), (2, 3), (0, 4)):
        explanation = stories.explain(a, b)
        total = sum(term.weight for term in explanation.terms)
        assert total == pytest.approx(explanation.score, abs=1e-9)
    named = {(term.term, term.via) for term in stories.explain(0, 1).terms}
    assert {("coach ~ bus", "meaning"), ("pupils ~ schoolchildren", "meaning")} <= named
    assert "coach ~ bus" in repr(stories.explain(0, 1))


def test_explanations_sum_in_single_precision_as_well(monkeypatch):
    from samestory.stories import pipeline

    monkeypatch.setattr(pipeline.RECIPE, "many_texts", 3)
    stories = found()
    assert stories.evidence.smoothed_rows.dtype == np.float32
    explanation = stories.explain(2, 3)
    total = sum(term.weight for term in explanation.terms)
    assert total == pytest.approx(explanation.score, abs=1e-9)


def test_same_bits_for_any_number_of_threads():
    rng = random.Random(0)
    words = [word for title in HEADLINES for word in title.split()]
    titles = [" ".join(rng.sample(words, 7)) for _ in range(300)]
    one, two = (found(titles, n_jobs=n).evidence for n in (1, 3))
    assert one.meanings is not None
    assert np.array_equal(one.rows.data, two.rows.data)
    assert np.array_equal(one.graph.data, two.graph.data)
    assert np.array_equal(one.text_linkage, two.text_linkage)
