"""Random parameters, random documents: no difference from scikit-learn, down to the error's type.

2,000 cases a run, 20,000 in the long run (`make test-long`); SAMESTORY_CASES sets any number.
"""

import os
import warnings

import numpy as np
import pytest
import sklearn.feature_extraction.text as theirs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import samestory as ours

IS_LONG = bool(os.environ.get("SAMESTORY_LONG"))
CASES = int(os.environ.get("SAMESTORY_CASES", "20000" if IS_LONG else "2000"))
pytestmark = [pytest.mark.long] if IS_LONG else []
BY_KIND = settings(
    max_examples=max(1, CASES // 4),
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)

# Characters that tokenizing, lowercasing and stripping accents treat in ways of their own.
ODD = "_'’\t\n\x00\x1c\x85\u00a0\u200bΣσςßİıŉǰΐﬁ\u0300\u0307\u0345é½²٣\ud800Ⱥ"
ODD += "한글東京\u3000ไทยहिन्दी𝒜𐐀😀"
WORDS = ["the", "The", "and", "a", "to", "rain", "Rain", "ÉTÉ", "été", "ΟΔΟΣ", "naïve", "x" * 20]
text = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.text(alphabet=st.sampled_from("ab Z9-." + ODD), max_size=8),
        st.text(max_size=6),
        st.text(alphabet=st.sampled_from(ODD + "Aa"), min_size=1, max_size=20),
    ),
    max_size=12,
).map(" ".join)
# Long enough to cross the stretches in which the core reads a document.
long_text = st.tuples(text, st.integers(1, 1200)).map(lambda pair: (pair[0] + " ") * pair[1])
document = st.one_of(text, text, text, long_text.map(lambda s: s[:6000]))
encoded = text.map(lambda s: s.encode("utf-8", "replace"))
garbage = st.binary(max_size=8)
odd_document = st.sampled_from([None, 3, np.nan, float("nan"), b"\xff", ["a"]])
documents = st.one_of(
    st.lists(document, max_size=6),
    st.lists(document, min_size=2, max_size=6),
    st.lists(st.one_of(document, encoded, garbage), max_size=5),
    st.lists(st.one_of(document, odd_document), max_size=4),
)


def upper(text):
    return text.upper()


def tokenize(text):
    return text.split()


def analyze(text):
    return list(text.lower())


def replace_e(text):
    return text.replace("é", "e")


ranges = st.tuples(st.integers(1, 3), st.integers(0, 3)).map(lambda p: (p[0], p[0] + p[1]))
share = st.one_of(st.integers(1, 3), st.floats(0, 1), st.sampled_from([0, 1.5, -1, 1.0, 0.5]))
shared_parameters = {
    "input": st.sampled_from(["content"] * 30 + ["file", "filename", "wrong"]),
    "encoding": st.sampled_from(["utf-8", "utf-8", "latin-1", "ascii"]),
    "decode_error": st.sampled_from(["strict", "ignore", "replace"]),
    "strip_accents": st.sampled_from([None, None, "ascii", "unicode", replace_e, "wrong"]),
    "lowercase": st.sampled_from([True, True, False]),
    "preprocessor": st.sampled_from([None] * 8 + [upper]),
    "tokenizer": st.sampled_from([None] * 8 + [tokenize]),
    "stop_words": st.sampled_from([None, None, "english", ["rain", "the"], ["x y"], ("a",), "no"]),
    "token_pattern": st.sampled_from([r"(?u)\b\w\w+\b"] * 6 + [r"\w", r"(a)(b)", r"(\w)\w", None]),
    "ngram_range": st.one_of(ranges, ranges, st.sampled_from([(1, 1), (0, 2), (2, 1), (1, 2, 3)])),
    "analyzer": st.sampled_from(["word"] * 4 + ["char", "char_wb"] * 2 + [analyze, "wrong"]),
    "binary": st.booleans(),
}
dtypes = st.sampled_from([np.float64, np.float32, np.int64, np.int32, np.float16, np.uint8, bool])
vocabularies = st.sampled_from(
    [None] * 8
    + [["rain", "the", "été"], {"rain": 1, "the rain": 0}, {"a", "b "}, [], ["a", "a"], {"a": 3}]
    + [["the rain", "rain", " ra", "ΟΔΟΣ", "\x00"], {"a": 0, 3: 1}]
)
count_parameters = shared_parameters | {
    "max_df": share,
    "min_df": share,
    "max_features": st.sampled_from([None, None, 1, 3, 0]),
    "vocabulary": vocabularies,
    "dtype": dtypes,
}
weights = {
    "norm": st.sampled_from(["l2", "l1", None, "max"]),
    "use_idf": st.booleans(),
    "smooth_idf": st.booleans(),
    "sublinear_tf": st.booleans(),
}
hashing_parameters = shared_parameters | {
    "n_features": st.sampled_from([1, 7, 2**20, 2**31 - 2]),
    "norm": st.sampled_from(["l2", "l1", None]),
    "alternate_sign": st.booleans(),
    "dtype": st.sampled_from([np.float64, np.float32, np.int64]),
}


def some_of(parameters):
    """Most parameters at their defaults: a few changed ones find each other more often."""
    names = st.sets(st.sampled_from(sorted(parameters)), max_size=5)
    return names.flatmap(lambda chosen: st.fixed_dictionaries({n: parameters[n] for n in chosen}))


def outcome(make, steps):
    """What a run of steps gives: their values, or the error and where it came."""
    results = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            vectorizer = make()
            for step in steps:
                results.append(step(vectorizer))
        except Exception as error:
            results.append(error)
    return results, sorted({(w.category, str(w.message)) for w in caught}, key=str)


def matrix_parts(X):
    return X.indptr, X.indices, X.data, X.dtype, X.shape, type(X)


def assert_same_matrix(mine, other):
    assert mine.dtype == other.dtype
    assert mine.shape == other.shape
    assert type(mine) is type(other)
    assert mine.indptr.dtype == other.indptr.dtype
    assert mine.indices.dtype == other.indices.dtype
    # scikit-learn's fit_transform leaves rows in the order in which terms were first met.
    other.sort_indices()
    assert mine.has_sorted_indices
    np.testing.assert_array_equal(mine.indptr, other.indptr)
    np.testing.assert_array_equal(mine.indices, other.indices)
    precise = mine.dtype != np.float32
    np.testing.assert_allclose(mine.data, other.data, rtol=1e-12 if precise else 3e-7, atol=1e-300)


def assert_same(mine, other):
    """Compare outcomes of the two libraries."""
    (results, warned), (expected, expected_warnings) = mine, other
    assert len(results) == len(expected), (results, expected)
    for got, wanted in zip(results, expected, strict=True):
        if isinstance(wanted, Exception):
            assert isinstance(got, type(wanted)), (repr(got), repr(wanted))
        elif hasattr(wanted, "indptr"):
            assert not isinstance(got, Exception), got
            assert_same_matrix(got, wanted)
        elif isinstance(wanted, dict):
            assert got == wanted
        elif isinstance(wanted, np.ndarray):
            assert wanted.dtype == got.dtype
            if wanted.dtype == object:
                assert list(got) == list(wanted)
            else:
                np.testing.assert_allclose(got, wanted, rtol=1e-12)
        elif isinstance(wanted, list):
            assert [list(row) for row in got] == [list(row) for row in wanted]
    assert warned == expected_warnings


def compare(name, parameters, steps, n_jobs=2):
    assert_same(
        outcome(lambda: getattr(ours, name)(n_jobs=n_jobs, **parameters), steps),
        outcome(lambda: getattr(theirs, name)(**parameters), steps),
    )


def as_given(items, kind):
    """Hand the documents over as a list, as a tuple, as a generator or as an array."""
    if kind == "generator":
        return (item for item in items)
    if kind == "array":
        array = np.empty(len(items), dtype=object)
        array[:] = items
        return array
    return tuple(items) if kind == "tuple" else items


kinds = st.sampled_from(["list", "list", "tuple", "generator", "array"])


@BY_KIND
@given(some_of(count_parameters), documents, documents, kinds)
def test_count_vectorizer(parameters, seen, unseen, kind):
    steps = [
        lambda v: v.fit_transform(as_given(seen, kind)),
        lambda v: v.transform(as_given(unseen, kind)),
        lambda v: v.vocabulary_,
        lambda v: v.transform(unseen[:1]),
        lambda v: v.get_feature_names_out(),
        lambda v: v.inverse_transform(v.transform(seen)),
    ]
    compare("CountVectorizer", parameters, steps)


@BY_KIND
@given(some_of(count_parameters | weights), documents, documents, kinds)
def test_tfidf_vectorizer(parameters, seen, unseen, kind):
    steps = [
        lambda v: v.fit_transform(as_given(seen, kind)),
        lambda v: v.transform(as_given(unseen, kind)),
        lambda v: v.idf_ if v.use_idf else 0,
        lambda v: v.vocabulary_,
        lambda v: v.fit(as_given(unseen, kind)).transform(seen),
    ]
    compare("TfidfVectorizer", parameters, steps)


@BY_KIND
@given(some_of(hashing_parameters), documents, kinds)
def test_hashing_vectorizer(parameters, seen, kind):
    steps = [
        lambda v: v.transform(as_given(seen, kind)),
        lambda v: v.fit_transform(as_given(seen, kind)),
    ]
    compare("HashingVectorizer", parameters, steps)


counts = st.lists(
    st.lists(st.sampled_from([0, 0, 0, 1, 2, 5.5]), min_size=3, max_size=3), max_size=5
)
containers = st.sampled_from(["array", "csr_matrix", "csc_array", "coo_array"])


@BY_KIND
@given(some_of(weights), counts, containers, dtypes, st.booleans())
def test_tfidf_transformer(parameters, rows, container, dtype, copy):
    import scipy.sparse as sp

    array = np.array(rows, dtype=dtype).reshape(-1, 3)

    def made():
        return array.copy() if container == "array" else getattr(sp, container)(array)

    steps = [
        lambda v: v.fit_transform(made()),
        lambda v: v.transform(made(), copy=copy),
        lambda v: v.idf_ if v.use_idf else 0,
        lambda v: v.get_feature_names_out(),
        lambda v: v.transform(made()[:, :2]),
    ]
    mine = outcome(lambda: ours.TfidfTransformer(**parameters), steps)
    assert_same(mine, outcome(lambda: theirs.TfidfTransformer(**parameters), steps))


@settings(BY_KIND, max_examples=max(1, CASES // 20))
@given(some_of(count_parameters), st.lists(document, min_size=1, max_size=40))
def test_threads_and_instruction_sets_change_nothing(parameters, texts):
    from samestory import _core

    def run(n_jobs, instruction_set):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SAMESTORY_INSTRUCTION_SET", instruction_set)
            steps = [lambda v: v.fit_transform(texts * 3), lambda v: v.get_feature_names_out()]
            make = lambda: ours.TfidfVectorizer(n_jobs=n_jobs, **parameters)  # noqa: E731
            results, _ = outcome(make, steps)
        return [
            [part.tobytes() for part in matrix_parts(r)[:3]] if hasattr(r, "indptr") else repr(r)
            for r in results
        ]

    expected = run(1, "portable")
    for instruction_set in _core.instruction_sets():
        for n_jobs in (1, 2, 3, 7):
            assert run(n_jobs, instruction_set) == expected
