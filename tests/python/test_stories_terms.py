"""From texts to rows of terms in the core, against the same steps one after another."""

import itertools
import unicodedata

import numpy as np
import pytest
import reference_terms as reference
from hypothesis import given, settings
from hypothesis import strategies as st

import samestory as ss
from samestory import _core
from samestory._sparse import from_core
from samestory.languages import word_data

WORDS = [
    "storm",
    "storms",
    "élan",
    "elan",
    "harbour",
    "harbours",
    "ΆΘΗΝΑ",
    "ёлка",
    "the",
    "x",
    "日本",
]
WORDS += ["bridge", "bridges", "closes", "closed", "election", "elections", "in", "of", "budget"]


def assert_same_rows(documents, language, options=None, n_jobs=1, **named):
    options = options or _core.StoryOptions()
    found = reference.core_rows(documents, language, options, n_jobs, **named)
    named["background"] = options.terms.use_background
    expected = reference.language_rows(documents, language, **named)
    assert found.terms() == expected["terms"]
    rows = from_core(found.rows)
    expected["rows"].sort_indices()
    np.testing.assert_array_equal(rows.indptr, expected["rows"].indptr)
    np.testing.assert_array_equal(rows.indices, expected["rows"].indices)
    tolerance = 1e-12 if rows.dtype == np.float64 else 1e-6
    np.testing.assert_allclose(rows.data, expected["rows"].data, rtol=0, atol=tolerance)
    for name in ("text_of_article", "n_words"):
        np.testing.assert_array_equal(getattr(found, name), expected[name])
    for name in ("least_similarity", "remitted", "least_next", "compared"):
        np.testing.assert_allclose(getattr(found, name), expected[name], rtol=0, atol=1e-12)
    assert_same_meanings(found.meanings, expected["meanings"])


def assert_same_meanings(found, expected):
    assert (found is None) == (expected is None)
    if found is None:
        return
    weights, words, vectors, shares = found
    assert words == expected[1]
    assert (from_core(weights) != expected[0]).nnz == 0
    np.testing.assert_array_equal(vectors, expected[2])
    np.testing.assert_allclose(shares, expected[3], rtol=0, atol=1e-12)


@given(
    texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=15), min_size=1),
    language=st.sampled_from(["", "en", "de", "xx"]),
    background=st.booleans(),
    n_jobs=st.integers(1, 3),
)
@settings(max_examples=60)
def test_rows_of_a_few_words(texts, language, background, n_jobs):
    documents = [" ".join(["word", *words]) for words in texts]
    options = _core.StoryOptions()
    options.terms.use_background = background
    assert_same_rows(documents, language, options, n_jobs)


@pytest.mark.parametrize("n_words", [6, 30, 80])
@pytest.mark.parametrize("n", [2, 21, 150, 320])
def test_rows_of_many_texts_long_and_short(n, n_words):
    rng = np.random.default_rng(n)
    stems = ["".join(rng.choice(list("abcdefgh"), 5)) for _ in range(60)]
    documents = [
        " ".join(f"{rng.choice(stems)}{rng.choice(['', 's', 'ed', 'ing'])}" for _ in range(n_words))
        for _ in range(n)
    ]
    documents[1] = documents[0]
    times = np.where(rng.random(n) < 0.8, 0.0, np.nan)
    assert_same_rows(documents, "eo", times=times)


@pytest.mark.parametrize(
    ("name", "language"),
    [("fnc1_headlines", "en"), ("fnc1_headlines", ""), ("rpm2_fr", "fr"), ("cstnews", "")],
)
def test_rows_of_development_sets(read_set, name, language):
    documents = ss.read_articles(read_set(name), progress=False).documents()
    assert_same_rows(documents, language, n_jobs=2)


def test_the_same_rows_for_any_number_of_threads(read_set, n_jobs):
    documents = ss.read_articles(read_set("fnc1_headlines")[:400], progress=False).documents()
    one, many = (
        from_core(reference.core_rows(documents, "en", _core.StoryOptions(), n).rows)
        for n in (1, n_jobs)
    )
    np.testing.assert_array_equal(one.indices, many.indices)
    np.testing.assert_array_equal(one.data, many.data)


def test_terms_that_are_in_every_text_of_the_background_are_not_stored():
    rows = from_core(reference.core_rows(["said", "said so"], "en", _core.StoryOptions()).rows)
    assert (rows.data != 0).all()


def composes(word):
    """Whether letters of a word that are apart are one letter in composed form."""
    return any(
        len(unicodedata.normalize("NFC", a + b)) < len(unicodedata.normalize("NFC", a)) + 1
        for a, b in itertools.pairwise(word)
        if unicodedata.category(b) != "Mn"
    )


@given(st.text(st.characters(categories=["L", "N", "Mn"]), min_size=1, max_size=9))
@settings(max_examples=1000)
def test_the_beginnings_of_words(word):
    for lifted in (word, "a" + word, "Ж" + word):
        folded = unicodedata.normalize("NFC", lifted)
        # Compatibility ideographs stay as they are, and jamo apart.
        if any("\uf900" <= c < "\ufb00" or c > "\U0002f7ff" for c in lifted) or composes(folded):
            continue
        assert _core.word_beginning(folded) == reference.word_beginning(folded)


@pytest.mark.parametrize(
    ("word", "beginning"),
    [
        ("élections", "electi"),
        ("rain", "rain"),
        ("Åse", "Ase"),
        ("ἀθῆναι", "αθηναι"),
        ("λόγος", "λογοσ"),
        ("йога", "йога"),
        ("الانتخابات", "انتخاب"),
        ("الله", "الله"),
        ("", ""),
        ("\ud800abcdefg", "\ud800abcde"),
    ],
)
def test_some_beginnings(word, beginning):
    assert _core.word_beginning(word) == beginning == (reference.word_beginning(word) or "")


def test_every_letter_of_latin_and_greek():
    letters = [chr(code) for code in range(0x250) if chr(code).isalpha()]
    letters += [chr(code) for code in [*range(0x370, 0x400), *range(0x1E00, 0x2000)]]
    for letter in filter(str.isalpha, letters):
        assert _core.word_beginning(letter) == reference.word_beginning(letter)


def call(documents=("one two", "two three"), **named):
    batch = _core.DocumentBatch()
    batch.fill(iter(documents), 2**62, False)
    given = {"languages": ["en"], "language": np.zeros(len(documents), np.int32)} | named
    return _core.text_rows(batch, _core.WordData({}), _core.StoryOptions(), **given)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"language": np.zeros(3, np.int32)}, "language has 3 entries; there have to be 2"),
        ({"language": np.array([0, 1], np.int32)}, "the number of one of the languages"),
        ({"days": np.zeros(1)}, "days has 1 entries"),
        ({"times": np.zeros(5)}, "times has 5 entries"),
        ({"embeddings": np.zeros((1, 4))}, "embeddings has 4 entries; there have to be 8"),
        ({"embeddings": np.zeros(8)}, "two dimensions"),
    ],
)
def test_what_does_not_fit_the_texts_is_refused(named, message):
    with pytest.raises(ValueError, match=message):
        call(**named)


def test_articles_without_words_and_those_left_out_have_no_text():
    texts = call(["one", "  --", "one", "two"], language=np.array([0, 0, -1, 0], np.int32))
    assert texts.text_of_article.tolist() == [0, -1, -1, 1]
    assert call([]).text_of_article.tolist() == []


def test_a_background_in_disorder_is_refused():
    with pytest.raises(ValueError, match="ascend"):
        _core.Background(b"b\na", np.array([1, 1]), 2)
    with pytest.raises(ValueError, match="frequency for each"):
        _core.Background(b"a\nb", np.array([1]), 2)


def test_vectors_of_another_width_are_refused():
    background = _core.Background(b"coach", np.array([1]), 10_000)
    words = _core.WordData({"en": []}, background, lambda: np.zeros((3, 7), np.uint8))
    batch = _core.DocumentBatch()
    batch.fill(iter([f"coach {i}" for i in range(10, 40)]), 2**62, False)
    options = _core.StoryOptions()
    options.terms.least_known = 0.0
    with pytest.raises(ValueError, match="column for each word"):
        _core.text_rows(batch, words, options, languages=["en"], language=np.zeros(30, np.int32))


def test_languages_are_told_by_their_words():
    words = word_data(frozenset({""}))
    told = {
        "en": "the storm closed the harbour and the bridge",
        "fr": "le pont est fermé par la tempête et les autres",
        "": "qqxz zzyw wwvq",
    }
    for code, text in told.items():
        assert words.language_of(text.split(), np.ones(len(text.split()))) == code
    assert words.language_of([], np.zeros(0)) == ""
    with pytest.raises(ValueError, match="entry for each"):
        words.language_of(["one"], np.zeros(2))
