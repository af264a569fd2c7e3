"""Vectorizers saved and loaded: fitted as they were, and no file does harm."""

import pickle
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import damage

import samestory as ss
from samestory import CountVectorizer, HashingVectorizer, TfidfTransformer, TfidfVectorizer
from samestory.keeping.container import read_container

TEXTS = ["Rain again in Tarn", "Ferry sinks off Tarn", "Größe und Güte", "Rain, rain and no end"]
MORE = ["Cheese fair in Tarn", "No ferry in the rain", "Nichts als Regen"]


def saved(vectorizer, tmp_path):
    return ss.load_vectorizer(vectorizer.save(tmp_path / "a.samestory"))


def assert_same(a, b):
    assert type(a) is type(b)
    assert (a.dtype, a.shape) == (b.dtype, b.shape)
    assert (a != b).nnz == 0


@pytest.mark.parametrize(
    "vectorizer",
    [
        CountVectorizer(),
        CountVectorizer(ngram_range=(1, 3), analyzer="char_wb", dtype=np.float32, binary=True),
        CountVectorizer(vocabulary=["tarn", "rain"]),
        CountVectorizer(vocabulary={"tarn": 1, "rain": 0}, stop_words=["in"]),
        TfidfVectorizer(sublinear_tf=True, max_df=0.9, min_df=1, stop_words="english"),
        TfidfVectorizer(max_features=4, norm=None, strip_accents="unicode"),
        TfidfVectorizer(use_idf=False, token_pattern=r"\w+", dtype=np.float32),
        TfidfVectorizer(analyzer=ss.language_analyzer("de")),
        HashingVectorizer(n_features=64, alternate_sign=False, norm="l1"),
    ],
    ids=repr,
)
def test_what_is_loaded_transforms_as_what_was_saved(vectorizer, tmp_path):
    vectorizer.fit(TEXTS)
    again = saved(vectorizer, tmp_path)
    assert repr(again) == repr(vectorizer)
    assert_same(again.transform(MORE), vectorizer.transform(MORE))
    if not isinstance(vectorizer, HashingVectorizer):
        assert again.vocabulary_ == vectorizer.vocabulary_
        assert again.fixed_vocabulary_ == vectorizer.fixed_vocabulary_
        names = vectorizer.get_feature_names_out().tolist()
        assert again.get_feature_names_out().tolist() == names


@pytest.mark.parametrize("kind", [CountVectorizer, TfidfVectorizer])
@pytest.mark.parametrize("parameters", [{}, {"min_df": 2}, {"max_features": 3}])
def test_what_is_loaded_goes_on_learning(kind, parameters, tmp_path):
    whole = kind(**parameters).fit(TEXTS + MORE)
    first = kind(**parameters).partial_fit(TEXTS)
    added = saved(first, tmp_path).partial_fit(MORE)
    merged = saved(first, tmp_path).merge(saved(kind(**parameters).partial_fit(MORE), tmp_path))
    for other in (added, merged):
        assert other.vocabulary_ == whole.vocabulary_
        assert_same(other.transform(TEXTS), whole.transform(TEXTS))


def test_one_that_is_not_fitted_stays_so(tmp_path):
    for kind in (CountVectorizer, TfidfVectorizer):
        with pytest.raises(ValueError, match="not fitted"):
            saved(kind(), tmp_path).transform(TEXTS)
    assert not hasattr(saved(TfidfTransformer(), tmp_path), "idf_")


def test_weights_that_were_set_are_kept(tmp_path):
    vectorizer = TfidfVectorizer(vocabulary=["rain", "tarn"])
    vectorizer.idf_ = np.array([1.5, 2.5])
    again = saved(vectorizer, tmp_path)
    assert_same(again.transform(TEXTS), vectorizer.transform(TEXTS))


def test_functions_and_classes_of_ones_own_are_refused(tmp_path):
    class Own(CountVectorizer):
        pass

    for vectorizer, message in (
        (CountVectorizer(tokenizer=str.split), "tokenizer=.*cannot be saved.*no functions"),
        (TfidfVectorizer(analyzer=str.split), "analyzer=.*cannot be saved"),
        (Own(), "Own cannot be saved"),
        (CountVectorizer(vocabulary=[("a", "b")]), "terms are str"),
    ):
        with pytest.raises(TypeError, match=message):
            vectorizer.save(tmp_path / "a.samestory")
    assert list(tmp_path.iterdir()) == []


# -- the transformer -------------------------------------------------------------------------

COUNTS = st.lists(st.lists(st.integers(0, 3), min_size=4, max_size=4), min_size=2, max_size=12)


@given(COUNTS, st.data(), st.sampled_from([np.float64, np.float32]))
def test_parts_of_counts_add_up_to_the_whole(rows, data, dtype):
    cut = data.draw(st.integers(1, len(rows) - 1))
    counts = np.array(rows, dtype=dtype)
    whole = TfidfTransformer().fit(counts)
    added = TfidfTransformer().partial_fit(counts[:cut]).partial_fit(counts[cut:])
    merged = TfidfTransformer().fit(counts[:cut]).merge(TfidfTransformer().fit(counts[cut:]))
    for other in (added, merged, pickle.loads(pickle.dumps(merged))):
        assert other.idf_.dtype == whole.idf_.dtype
        assert np.array_equal(other.idf_, whole.idf_)


def test_a_transformer_comes_back(tmp_path):
    import pandas as pd

    frame = pd.DataFrame({"rain": [1, 0, 2], "sun": [0, 1, 1]})
    fitted = TfidfTransformer(norm="l1").fit(frame)
    again = saved(fitted, tmp_path)
    assert again.get_feature_names_out().tolist() == ["rain", "sun"]
    assert_same(again.transform(frame), fitted.transform(frame))
    assert np.array_equal(again.partial_fit(frame).idf_, fitted.partial_fit(frame).idf_)


def test_parts_of_other_columns_are_refused():
    fitted = TfidfTransformer().fit([[1, 0]])
    with pytest.raises(ValueError, match="3 features.* seen 2"):
        fitted.partial_fit([[1, 0, 2]])
    with pytest.raises(ValueError, match="3 features.* seen 2"):
        fitted.merge(TfidfTransformer().fit([[1, 0, 2]]))
    with pytest.raises(ValueError, match="fit both first"):
        fitted.merge(TfidfTransformer())


# -- files from elsewhere --------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "a.samestory"
    return TfidfVectorizer(min_df=1).partial_fit(TEXTS).save(path).read_bytes()


@settings(max_examples=300)
@given(seed=st.integers(0, 2**32))
def test_damaged_files_are_errors(packed, tmp_path_factory, seed):
    path = tmp_path_factory.getbasetemp() / "damaged.samestory"
    damaged = damage(packed, random.Random(seed))
    path.write_bytes(damaged)
    if damaged == packed:
        return
    with pytest.raises(ss.DamagedFileError):
        ss.load_vectorizer(path)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("class", "Popen", "names 'Popen'"),
        ("parameters", {}, "are not those of TfidfVectorizer"),
        ("learned/columns", np.zeros(13, np.int64), "does not number"),
        ("seen/n_documents", 1, "counts more than 1"),
        ("seen/n_documents", -1, "out of range"),
        ("n_features", 2, "is 2, not"),
        ("idf", np.array([np.nan] * 13), "no weights"),
        ("idf", np.ones(3), "13 rows"),
    ],
)
def test_forged_parts_are_errors(packed, tmp_path, name, value, message):
    path = tmp_path / "forged.samestory"
    path.write_bytes(packed)
    parts = read_container(path, "vectorizer", 1)._parts | {name: value}
    path.write_bytes(ss_pack(parts))
    with pytest.raises(ss.DamagedFileError, match=message):
        ss.load_vectorizer(path)


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("analyzer", "shell"),
        ("analyzer", {"language_analyzer": ["xx", True, True]}),
        ("analyzer", {"module": "os"}),
        ("ngram_range", {"tuple": [3, 1]}),
        ("dtype", {"dtype": "O"}),
        ("dtype", {"dtype": "nothing"}),
        ("min_df", -3),
        ("stop_words", {"list": [1]}),
        ("n_jobs", 0),
    ],
)
def test_forged_parameters_are_errors(packed, tmp_path, parameter, value):
    path = tmp_path / "forged.samestory"
    path.write_bytes(packed)
    parts = dict(read_container(path, "vectorizer", 1)._parts)
    parts["parameters"] = parts["parameters"] | {parameter: value}
    path.write_bytes(ss_pack(parts))
    with pytest.raises(ss.DamagedFileError, match="'parameters'"):
        ss.load_vectorizer(path)


def ss_pack(parts):
    from samestory.keeping.container import pack_container

    return pack_container("vectorizer", 1, parts)


def test_stories_are_no_vectorizer(tmp_path):
    stories = ss.find_stories(["Ferry sinks off Tarn", "Tarn ferry sinks"], progress=False)
    path = stories.save(tmp_path / "stories.samestory")
    with pytest.raises(ss.DamagedFileError, match="holds 'stories', not 'vectorizer'"):
        ss.load_vectorizer(path)
