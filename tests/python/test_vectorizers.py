"""The vectorizers' behaviour: what scikit-learn's tests do not ask, and what goes beyond it."""

import os
import pickle
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import sklearn.feature_extraction.text as theirs
from sklearn.base import clone

import samestory as ss
from samestory import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer, _core
from samestory.vectorizers.preprocessing import unicode_words

TEXTS = ["Rain again", "Again and again", "naïve ΟΔΟΣ", "", "rain on the plain"]


def parts(X):
    return X.indptr.tobytes(), X.indices.tobytes(), X.data.tobytes(), X.shape, X.dtype


def test_scikit_learns_own_tests_pass():
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull),
        *("-p", "swap_vectorizers", "--rootdir", str(Path(__file__).parent)),
        *("--pyargs", "sklearn.feature_extraction.tests.test_text"),
    ]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    run = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert "131 passed" in run.stdout, run.stdout[-3000:]


def test_works_without_scikit_learn():
    code = (
        "import sys; sys.modules['sklearn'] = None\n"
        "import samestory as ss\n"
        "v = ss.TfidfVectorizer().fit(['rain again', 'rain'])\n"
        "assert ss.HashingVectorizer().transform(['rain']).nnz == 1\n"
        "assert v.transform(['rain']).nnz == 1\n"
        "assert 'min_df=2' in repr(ss.CountVectorizer(min_df=2))\n"
        "try: ss.CountVectorizer().transform(['rain'])\n"
        "except (ValueError, AttributeError) as e: print(type(e).__name__)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "NotFittedError"


def test_equals_scikit_learn_on_reuters(read_set, n_jobs):
    texts = [row["text"] for row in read_set("reuters21578")]
    mine, other = TfidfVectorizer(n_jobs=n_jobs), theirs.TfidfVectorizer()
    X, Y = mine.fit_transform(texts), other.fit_transform(texts)
    Y.sort_indices()
    assert mine.vocabulary_ == other.vocabulary_
    np.testing.assert_array_equal(X.indptr, Y.indptr)
    np.testing.assert_array_equal(X.indices, Y.indices)
    np.testing.assert_allclose(X.data, Y.data, rtol=1e-12)


@pytest.mark.parametrize("Vectorizer", [CountVectorizer, TfidfVectorizer, HashingVectorizer])
def test_parameters_are_scikit_learns_and_n_jobs(Vectorizer):
    expected = getattr(theirs, Vectorizer.__name__)().get_params()
    assert Vectorizer().get_params() == expected | {"n_jobs": -1}
    assert clone(Vectorizer(binary=True)).binary


@pytest.mark.parametrize(
    ("documents", "error", "message"),
    [
        (["a b", None], AttributeError, r"'NoneType' object has no attribute 'lower'.*Row 1 is"),
        (["rain", "rain", 3], AttributeError, r"Row 2 is int \(3\)"),
        (["rain", np.nan], ValueError, "np.nan is an invalid document.*Row 1"),
        (["rain", b"\xff"], UnicodeDecodeError, "invalid start byte"),
        (["rain", bytearray(b"rain")], TypeError, "Row 1 is bytearray"),
        ("rain", ValueError, "string object received"),
        ([], ValueError, "empty vocabulary"),
        ([" ", "a"], ValueError, "empty vocabulary"),
    ],
)
@pytest.mark.parametrize("Vectorizer", [CountVectorizer, TfidfVectorizer])
def test_bad_input_is_refused_with_its_row(Vectorizer, documents, error, message):
    with pytest.raises(error, match=message):
        Vectorizer().fit_transform(documents)
    with pytest.raises(error, match=message):
        Vectorizer().fit_transform(iter(documents) if isinstance(documents, list) else documents)


@pytest.mark.parametrize("lowercase", [True, False])
def test_what_an_unknown_input_lets_through_is_refused_alike(lowercase):
    # scikit-learn checks `input` in fit only; transform takes documents as they come.
    parameters = {"input": "wrong", "lowercase": lowercase}
    with pytest.raises((AttributeError, TypeError)) as theirs_raised:
        theirs.HashingVectorizer(**parameters).transform([None])
    with pytest.raises(theirs_raised.type, match="Row 0 is NoneType"):
        HashingVectorizer(**parameters).transform([None])


def test_empty_hashing_is_both_errors():
    with pytest.raises(ValueError, match="empty sequence"):
        HashingVectorizer().transform([])
    with pytest.raises(StopIteration):
        HashingVectorizer().transform([])


def test_surrogates_and_nul():
    texts = ["a\ud800b ab", "a\x00b\x00 a\x00", "\x00"]
    for analyzer in ("word", "char", "char_wb"):
        mine, other = CountVectorizer(analyzer=analyzer), theirs.CountVectorizer(analyzer=analyzer)
        X, Y = mine.fit_transform(texts), other.fit_transform(texts)
        assert mine.vocabulary_ == other.vocabulary_
        assert (X != Y).nnz == 0
    with pytest.raises(UnicodeEncodeError, match="surrogates not allowed"):
        HashingVectorizer(analyzer="char").transform(texts)


def test_a_huge_document():
    text = "rain and more rain " * 500_000
    X = CountVectorizer().fit_transform([text, "rain"])
    assert X[0].toarray().tolist() == [[500_000, 500_000, 1_000_000]]


@pytest.mark.parametrize("start", ["", "é", "東京", "-" * 4095 + "é"])
def test_words_where_the_core_stops_reading_and_goes_on(start):
    # The core reads 4,096 bytes at a time: letters of one and more bytes, alone and not, there.
    pieces = ["a", "é", "’", " ", "東"]
    texts = [
        start + "-" * (8192 - back - len(start.encode())) + "".join(ends)
        for back in range(5)
        for ends in product(pieces, repeat=3)
    ]
    mine, other = CountVectorizer(), theirs.CountVectorizer()
    X, Y = mine.fit_transform(texts), other.fit_transform(texts)
    assert mine.vocabulary_ == other.vocabulary_
    assert (X != Y).nnz == 0
    by_core = CountVectorizer(analyzer="unicode_word")
    in_python = theirs.CountVectorizer(analyzer=lambda text: unicode_words(text.lower()))
    X, Y = by_core.fit_transform(texts), in_python.fit_transform(texts)
    assert by_core.vocabulary_ == in_python.vocabulary_
    assert (X != Y).nnz == 0


def test_counts_that_take_more_than_a_byte():
    texts = [" ".join(f"w{n}" for n in (2, 254, 255, 256, 70_000) for _ in range(n))] * 2
    texts += ["w2 w254 w255", "rain " * 1_100_000 + "w2"]
    for parameters in ({}, {"min_df": 2}, {"max_features": 3}, {"binary": True}):
        mine = CountVectorizer(**parameters)
        X, Y = mine.fit_transform(texts), theirs.CountVectorizer(**parameters).fit_transform(texts)
        assert (X != Y).nnz == 0
        assert (mine.transform(texts) != Y).nnz == 0
    weights = TfidfVectorizer(sublinear_tf=True, norm="l1")
    other = theirs.TfidfVectorizer(sublinear_tf=True, norm="l1")
    expected = other.fit_transform(texts).toarray()
    np.testing.assert_allclose(weights.fit_transform(texts).toarray(), expected, rtol=1e-12)
    hashed = HashingVectorizer(n_features=16).transform(texts)
    expected = theirs.HashingVectorizer(n_features=16).transform(texts).toarray()
    np.testing.assert_allclose(hashed.toarray(), expected, rtol=1e-12)


def test_generators_are_read_once_and_let_go():
    seen = []

    def documents():
        for i in range(5):
            seen.append(i)
            yield f"rain {i}{i}"

    assert CountVectorizer().fit_transform(documents()).shape == (5, 6)
    assert seen == list(range(5))


def columns_of_strings():
    pa, pl, pd = map(pytest.importorskip, ("pyarrow", "polars", "pandas"))
    array = pa.array(TEXTS)
    yield array
    yield pa.chunked_array([TEXTS[:2], [], TEXTS[2:]])
    yield array.cast(pa.large_string())
    yield array.cast(pa.string_view())
    yield array.dictionary_encode()
    yield pa.array(["x", *TEXTS, "y"]).slice(1, len(TEXTS))
    yield pa.array([t.encode() for t in TEXTS])
    yield pl.Series(TEXTS)
    yield pl.Series(TEXTS).cast(pl.Categorical)
    yield pd.Series(TEXTS)
    yield pd.Series(TEXTS, dtype=pd.ArrowDtype(pa.string()))
    yield np.array(TEXTS)
    yield [text.encode() for text in TEXTS]


def test_columns_give_what_lists_give():
    expected = parts(TfidfVectorizer().fit_transform(TEXTS))
    for column in columns_of_strings():
        assert parts(TfidfVectorizer().fit_transform(column)) == expected, type(column)
    by_pattern = TfidfVectorizer(token_pattern=r"\w+")
    expected = parts(by_pattern.fit_transform(TEXTS))
    for column in columns_of_strings():
        assert parts(by_pattern.fit_transform(column)) == expected, type(column)


def test_missing_values_in_columns_are_named():
    pa, pl = map(pytest.importorskip, ("pyarrow", "polars"))
    for column in (pa.array(["rain", None]), pl.Series(["rain", None])):
        with pytest.raises(AttributeError, match="Row 1 is NoneType"):
            CountVectorizer().fit(column)
    with pytest.raises(TypeError, match="column of strings"):
        CountVectorizer().fit(pa.array([1, 2]))


@pytest.mark.parametrize("Vectorizer", [CountVectorizer, TfidfVectorizer])
@pytest.mark.parametrize(
    "parameters",
    [{}, {"min_df": 2}, {"max_features": 3, "ngram_range": (1, 2)}, {"token_pattern": r"\w+"}],
)
def test_parts_add_up_to_the_whole(Vectorizer, parameters):
    texts = TEXTS * 2 + ["rain once more", "plain and simple"]
    whole = Vectorizer(**parameters).fit(texts)
    by_parts = Vectorizer(**parameters).partial_fit(texts[:4]).partial_fit(iter(texts[4:]))
    first = pickle.loads(pickle.dumps(Vectorizer(**parameters).partial_fit(texts[:7])))
    merged = first.merge(Vectorizer(**parameters).partial_fit(texts[7:]))
    for other in (by_parts, merged):
        assert other.vocabulary_ == whole.vocabulary_
        assert parts(other.transform(texts)) == parts(whole.transform(texts))
    with pytest.raises(ValueError, match="fit both first"):
        merged.merge(Vectorizer())


def test_a_changed_vocabulary_is_honoured():
    vectorizer = CountVectorizer().fit(TEXTS)
    before = vectorizer.transform(TEXTS)
    assert vectorizer.transform(TEXTS).nnz == before.nnz
    rain, plain = vectorizer.vocabulary_["rain"], vectorizer.vocabulary_["plain"]
    vectorizer.vocabulary_["rain"], vectorizer.vocabulary_["plain"] = plain, rain
    after = vectorizer.transform(TEXTS)
    assert after[0, plain] == 1
    assert after[0, rain] == 0


def test_subclasses_are_taken_at_their_word():
    class Shouting(CountVectorizer):
        def build_preprocessor(self):
            return str.upper

    class Halves(CountVectorizer):
        def build_tokenizer(self):
            return lambda text: [text[: len(text) // 2], text[len(text) // 2 :]]

    assert set(Shouting().fit(TEXTS[:2]).vocabulary_) == {"RAIN", "AGAIN", "AND"}
    assert set(Halves().fit(["rain"]).vocabulary_) == {"ra", "in"}


def test_callables_may_return_anything_hashable():
    vectorizer = CountVectorizer(analyzer=lambda text: [len(word) for word in text.split()])
    assert vectorizer.fit_transform(["a bb bb", "ccc"]).toarray().tolist() == [[1, 2, 0], [0, 0, 1]]
    assert vectorizer.vocabulary_ == {1: 0, 2: 1, 3: 2}


def test_unicode_word_keeps_marks_and_pairs_unspaced_scripts():
    vectorizer = CountVectorizer(analyzer="unicode_word")
    text = "हिन्दी में a 2nd_place 東京都 東"
    vectorizer.fit([text])
    expected = {"हिन्दी", "में", "2nd", "place", "東京", "京都", "東"}
    assert set(vectorizer.vocabulary_) == expected
    assert set(vectorizer.build_analyzer()(text)) == expected


def test_progress_is_told():
    told = []
    vectorizer = CountVectorizer(n_jobs=2).set_progress(lambda *step: told.append(step))
    vectorizer.fit_transform(["rain " * 200_000] * 4)
    assert {stage for stage, _, _ in told} == {"counting terms", "weighing terms"}


def test_pickles_hold_no_core_objects():
    vectorizer = TfidfVectorizer(min_df=2).fit(TEXTS)
    copy = pickle.loads(pickle.dumps(vectorizer))
    assert copy.vocabulary_ == vectorizer.vocabulary_
    assert parts(copy.transform(TEXTS)) == parts(vectorizer.transform(TEXTS))


def test_transformer_on_arrays():
    counts = [[1, 1, 0], [2, 0, 0]]
    mine, other = TfidfTransformer(sublinear_tf=True), theirs.TfidfTransformer(sublinear_tf=True)
    X, Y = mine.fit_transform(counts), other.fit_transform(counts)
    np.testing.assert_allclose(X.toarray(), Y.toarray(), rtol=1e-15)
    with pytest.raises(ValueError, match="X has 2 features, but TfidfTransformer is expecting 3"):
        mine.transform([[1, 2]])


def test_instruction_sets_agree(instruction_set, n_jobs):
    texts = [f"{a}x{'é' * (i % 70)}{a * (i % 67)} Rain_{i}" for i in range(300) for a in "a-"]
    expected = theirs.CountVectorizer().fit_transform(texts)
    expected.sort_indices()
    X = CountVectorizer(n_jobs=n_jobs).fit_transform(texts)
    assert _core.active_instruction_set() == instruction_set
    assert abs(X - expected).nnz == 0


def test_language_analyzer():
    for module in ("Stemmer", "stopwordsiso"):
        pytest.importorskip(module)
    analyzer = ss.language_analyzer("de")
    assert analyzer("Die Häuser am Hafen") == ["haus", "haf"]
    assert pickle.loads(pickle.dumps(analyzer))("Häuser") == ["haus"]
    assert ss.language_analyzer("pt-BR", stem=False)("as casas") == ["casas"]
    vectorizer = TfidfVectorizer(analyzer=analyzer).fit(["Die Häuser", "Das Haus"])
    assert set(vectorizer.vocabulary_) == {"haus"}
    known = ["ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he"]
    known += ["hi", "hr", "hu", "id", "it", "ko", "lt", "nl", "no", "pl", "pt", "ro", "ru", "sk"]
    known += ["sl", "sv", "tr", "uk", "vi"]
    for code in known:
        assert ss.language_analyzer(code)._left_out
    with pytest.raises(ValueError, match="nothing is known of the language 'xx'"):
        ss.language_analyzer("xx")


@pytest.mark.parametrize(
    ("language", "module", "text", "word"),
    [
        ("zh", "jieba", "我来到北京清华大学", "北京"),
        ("ja", "fugashi", "東京都に住む", "東京"),
        ("th", "pythainlp", "ฉันรักภาษาไทย", "ภาษาไทย"),
    ],
)
def test_segmentation(language, module, text, word):
    pytest.importorskip(module)
    assert word in ss.language_analyzer(language, stop_words=False)(text)


def test_a_learnt_vocabulary_of_pairs_alone_counts_new_texts():
    # The single words that pairs begin with are features of the counter, but no columns.
    vectorizer = TfidfVectorizer(ngram_range=(2, 2)).fit(["grey heron", "grey owl"])
    assert vectorizer.transform(["the grey owl", ""]).toarray().tolist() == [[0.0, 1.0], [0.0, 0.0]]
