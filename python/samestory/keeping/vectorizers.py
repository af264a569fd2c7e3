"""Fitted vectorizers in a file, read as untrusted input."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.keeping.container import Texts, read_container, write_container
from samestory.vectorizers.count import CountVectorizer
from samestory.vectorizers.frequencies import Frequencies
from samestory.vectorizers.hashing import HashingVectorizer
from samestory.vectorizers.language import LanguageAnalyzer, language_analyzer
from samestory.vectorizers.parameters import check_parameters
from samestory.vectorizers.tfidf import TfidfVectorizer
from samestory.vectorizers.transformer import TfidfTransformer

if TYPE_CHECKING:
    from pathlib import Path

    from samestory.keeping.container import Parts

_KIND, _VERSION = "vectorizer", 1
_CLASSES: dict[str, Any] = {
    kind.__name__: kind
    for kind in (CountVectorizer, TfidfVectorizer, TfidfTransformer, HashingVectorizer)
}
_PLAIN = (bool, int, float, str, type(None))
_DTYPE_KINDS = "biuf"


def save_vectorizer(vectorizer: Any, path: str | os.PathLike[str]) -> Path:
    """Write a vectorizer to a file; see `CountVectorizer.save`."""
    kind = type(vectorizer).__name__
    if type(vectorizer) is not _CLASSES.get(kind):
        raise TypeError(
            f"{kind} cannot be saved: only {', '.join(_CLASSES)} themselves, not classes of one's "
            "own, can be loaded anywhere"
        )
    parts: dict[str, Any] = {"class": kind}
    given = vectorizer.get_params(deep=False)
    vocabulary = given.pop("vocabulary", None)
    parts["parameters"] = {name: _written(name, value) for name, value in given.items()}
    if vocabulary is not None:
        terms = sorted(vocabulary) if isinstance(vocabulary, set) else vocabulary
        parts |= _vocabulary_parts("given", _numbered(terms))
        parts["given/is_list"] = not isinstance(vocabulary, Mapping)
    if isinstance(vectorizer, CountVectorizer):
        parts |= _fitted_parts(vectorizer)
    transformer = getattr(vectorizer, "_tfidf", vectorizer)
    if isinstance(transformer, TfidfTransformer):
        parts |= _transformer_parts(transformer)
    return write_container(path, _KIND, _VERSION, parts)


def load_vectorizer(path: str | os.PathLike[str]) -> Any:
    """Read a vectorizer or transformer that ``save`` wrote.

    Files may come from anywhere: what is read is checked, and nothing in it is run.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    CountVectorizer, TfidfVectorizer, HashingVectorizer or TfidfTransformer
        With the same parameters, and fitted as it was: to transform, and to go on with
        ``partial_fit`` and ``merge``.

    Raises
    ------
    DamagedFileError
        A ValueError: if it is another file, of a later version, cut short or damaged.

    Examples
    --------
    >>> import os, tempfile
    >>> import samestory as ss
    >>> fitted = ss.TfidfVectorizer().fit(["Ferry sinks off Tarn", "Cheese fair in Tarn"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fitted.save(os.path.join(folder, "tfidf.samestory"))
    ...     again = ss.load_vectorizer(path)
    >>> texts = ["Tarn ferry sinks"]
    >>> (again.transform(texts) != fitted.transform(texts)).nnz
    0
    """
    parts = read_container(path, _KIND, _VERSION)
    kind = parts.json("class", str)
    parts.check("class", kind in _CLASSES, f"names {kind!r}, not one of {', '.join(_CLASSES)}")
    vectorizer = _CLASSES[kind](**_parameters(parts, _CLASSES[kind]))
    _check_all(parts, vectorizer)
    if isinstance(vectorizer, CountVectorizer):
        _fit(parts, vectorizer)
    if kind == "TfidfTransformer":
        _fit_transformer(parts, vectorizer, None)
    elif kind == "TfidfVectorizer" and "n_features" in parts:
        vectorizer._tfidf = vectorizer._new_transformer()
        n_terms = vectorizer._vocabulary_size() if vectorizer._has_vocabulary() else None
        _fit_transformer(parts, vectorizer._tfidf, n_terms)
    return vectorizer


# -- parameters ----------------------------------------------------------------------------


def _written(name: str, value: Any) -> Any:
    """A parameter as JSON has it; what is not plain is a dict that names its type."""
    if isinstance(value, np.generic):
        value = value.item()
    if type(value) in _PLAIN:
        return value
    if name == "dtype":
        return {"dtype": np.dtype(value).str[1:]}
    if isinstance(value, tuple) and all(type(one) in _PLAIN for one in value):
        return {"tuple": list(value)}
    if isinstance(value, list | set | frozenset) and all(isinstance(one, str) for one in value):
        return {"list": list(value) if isinstance(value, list) else sorted(value)}
    if isinstance(value, LanguageAnalyzer):
        return {"language_analyzer": list(value.__getstate__())}
    raise TypeError(
        f"{name}={value!r} cannot be saved: a file holds no functions. Leave it to None, give "
        "language_analyzer(...), or pickle the vectorizer"
    )


def _read(name: str, value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    ((kind, inner),) = value.items()
    if kind == "dtype" and name == "dtype":
        dtype = np.dtype(inner)
        if dtype.kind not in _DTYPE_KINDS or not isinstance(inner, str):
            raise ValueError(f"dtype {inner!r}")
        return dtype.type
    if kind == "tuple":
        return tuple(inner)
    if kind == "list" and all(isinstance(one, str) for one in inner):
        return list(inner)
    if kind == "language_analyzer" and name == "analyzer":
        language, stem, stop_words = inner
        return language_analyzer(language, stem=stem, stop_words=stop_words)
    raise ValueError(f"a value of {kind!r}")


def _parameters(parts: Parts, kind: Any) -> dict[str, Any]:
    written = parts.json("parameters")
    known = set(kind._get_param_names()) - {"vocabulary"}
    parts.check("parameters", set(written) == known, f"are not those of {kind.__name__}")
    try:
        given = {name: _read(name, value) for name, value in written.items()}
    except (TypeError, ValueError, AttributeError) as error:
        raise parts.damaged("parameters", f"holds {error}") from None
    if "given/terms" in parts:
        columns = _vocabulary(parts, "given")
        is_list = parts.json("given/is_list", bool)
        given["vocabulary"] = sorted(columns, key=columns.__getitem__) if is_list else columns
    return given


def _check_all(parts: Parts, vectorizer: Any) -> None:
    """Refuse what no vectorizer may be asked for, before it is used."""
    from samestory.vectorizers.parameters import HASHING_RULES, WEIGHT_RULES

    of_class = {"HashingVectorizer": HASHING_RULES, "TfidfTransformer": WEIGHT_RULES}
    rules = of_class.get(type(vectorizer).__name__) or vectorizer._rules
    try:
        check_parameters(vectorizer, rules)
        if hasattr(vectorizer, "ngram_range"):
            vectorizer._validate_ngram_range()
    except (TypeError, ValueError) as error:
        raise parts.damaged("parameters", f"holds what cannot be: {error}") from None


# -- what was learned ----------------------------------------------------------------------


def _numbered(terms: Any) -> Mapping[str, int]:
    if isinstance(terms, Mapping):
        return terms
    return {term: column for column, term in enumerate(terms)}


def _vocabulary_parts(name: str, columns: Mapping[Any, int]) -> dict[str, Any]:
    terms: Iterable[Any] = columns
    if not all(isinstance(term, str) for term in terms):
        raise TypeError("a vocabulary can be saved if its terms are str; some are not")
    return {
        f"{name}/terms": Texts(columns),
        f"{name}/columns": np.fromiter(columns.values(), np.int64, len(columns)),
    }


def _vocabulary(parts: Parts, name: str) -> dict[str, int]:
    terms = parts.texts(f"{name}/terms")
    columns = parts.array(f"{name}/columns", "i8", (len(terms),))
    is_right = np.array_equal(np.sort(columns), np.arange(len(terms)))
    parts.check(f"{name}/columns", is_right, "does not number the terms")
    parts.check(f"{name}/terms", len(set(terms)) == len(terms), "holds a term twice")
    return dict(zip(terms, columns.tolist(), strict=True))


def _fitted_parts(vectorizer: Any) -> dict[str, Any]:
    if not vectorizer._has_vocabulary():
        return {}
    parts = _vocabulary_parts("learned", vectorizer.vocabulary_)
    parts["is_fixed"] = bool(vectorizer.fixed_vocabulary_)
    seen: Frequencies | None = vectorizer.__dict__.get("_seen")
    if seen is not None:
        terms = seen.term_list()
        if all(isinstance(term, str) for term in terms):
            parts |= {"seen/terms": Texts(terms), "seen/documents": seen.documents}
            parts["seen/n_documents"] = int(seen.n_documents)
            if seen.totals is not None:
                parts["seen/totals"] = np.asarray(seen.totals, np.int64)
    return parts


def _fit(parts: Parts, vectorizer: Any) -> None:
    if "learned/terms" not in parts:
        return
    vectorizer.vocabulary_ = _vocabulary(parts, "learned")
    vectorizer.fixed_vocabulary_ = parts.json("is_fixed", bool)
    if "seen/terms" not in parts:
        return
    terms = parts.texts("seen/terms")
    parts.check("seen/terms", len(set(terms)) == len(terms), "holds a term twice")
    n_documents = parts.json("seen/n_documents", int)
    documents = parts.array("seen/documents", "i8", (len(terms),))
    parts.check("seen/n_documents", 0 <= n_documents < 2**62, "is out of range")
    is_in_range = not len(terms) or 0 <= documents.min() <= documents.max() <= n_documents
    parts.check("seen/documents", bool(is_in_range), f"counts more than {n_documents:,} documents")
    totals = None
    if "seen/totals" in parts:
        totals = parts.array("seen/totals", "i8", (len(terms),))
        fits = bool(np.all((totals >= documents) & (totals < 2**62)))
        parts.check("seen/totals", fits, "counts less than the documents")
    vectorizer._seen = Frequencies(terms, documents, totals, n_documents)


def _transformer_parts(transformer: TfidfTransformer) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    if hasattr(transformer, "n_features_in_"):
        parts["n_features"] = int(transformer.n_features_in_)
    elif hasattr(transformer, "idf_"):
        parts["n_features"] = len(transformer.idf_)
    if hasattr(transformer, "idf_"):
        parts["idf"] = np.asarray(transformer.idf_)
    if hasattr(transformer, "feature_names_in_"):
        parts["feature_names"] = Texts(transformer.feature_names_in_.tolist())
    seen = transformer.__dict__.get("_seen")
    if seen is not None:
        parts["counted/documents"] = np.asarray(seen.documents, np.int64)
        parts["counted/n_documents"] = int(seen.n_documents)
    return parts


def _fit_transformer(parts: Parts, transformer: TfidfTransformer, n_terms: int | None) -> None:
    if "n_features" not in parts:
        return
    n = parts.json("n_features", int)
    parts.check("n_features", n_terms in (None, n) and n >= 0, f"is {n:,}, not {n_terms}")
    transformer.n_features_in_ = n
    if "idf" in parts:
        idf = parts.any_array("idf", n)
        is_right = idf.ndim == 1 and idf.dtype.kind == "f"
        parts.check("idf", is_right and not np.isnan(idf).any(), "holds no weights")
        transformer.idf_ = idf
    if "feature_names" in parts:
        transformer.feature_names_in_ = np.array(parts.texts("feature_names", n), dtype=object)
    if "counted/documents" in parts:
        documents = parts.array("counted/documents", "i8", (n,))
        n_documents = parts.json("counted/n_documents", int)
        fits = 0 <= n_documents < 2**62 and bool(
            np.all((documents >= 0) & (documents <= n_documents))
        )
        parts.check("counted/documents", fits, f"counts more than {n_documents:,} documents")
        transformer._remember(documents, n_documents)
