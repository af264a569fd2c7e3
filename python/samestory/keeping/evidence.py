"""What a grouping rests on as parts of a container, and back.

Smoothed rows are the largest part and follow from the others; they are made again.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._sparse import from_core
from samestory.background import Background
from samestory.keeping.container import Texts
from samestory.stories.basis import Basis
from samestory.stories.evidence import Evidence
from samestory.stories.meaning import Meanings
from samestory.stories.options import checked_options

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.keeping.container import Parts

_ROW_DTYPES = {"f4": np.float32, "f8": np.float64}


@dataclass(frozen=True)
class KeptTree:
    """A dendrogram over granularity as it was saved; see `_core.StoryTree`.

    Attributes
    ----------
    linkage : ndarray, shape (m, 4)
    similarity : ndarray, shape (m,)
    n_texts, n_articles, within, next, silhouette, silence, worth, price : ndarray of float64
        An entry a node.
    is_leaf, is_part : ndarray of bool
        An entry a node.
    """

    linkage: NDArray[np.float64]
    similarity: NDArray[np.float64]
    n_texts: NDArray[np.float64]
    n_articles: NDArray[np.float64]
    within: NDArray[np.float64]
    next: NDArray[np.float64]
    silhouette: NDArray[np.float64]
    silence: NDArray[np.float64]
    worth: NDArray[np.float64]
    price: NDArray[np.float64]
    is_leaf: NDArray[np.bool_]
    is_part: NDArray[np.bool_]


_OF_TREE = [field.name for field in fields(KeptTree)]
_OF_NODES = _OF_TREE[2:]
_ASKED = (
    "granularity",
    "embeddings_weight",
    "background",
    "undated",
    "languages",
    "n_neighbors",
)
_LINKS = ("must_link", "cannot_link")


def evidence_parts(evidence: Evidence) -> dict[str, Any]:
    """Return what evidence is made of, by name.

    Parameters
    ----------
    evidence : Evidence
    """
    parts: dict[str, Any] = {
        "unit_of_row": evidence.text_of_row,
        "rows": evidence.rows,
        "graph": evidence.graph,
        "weights": evidence.weights,
        "smoothed_dtype": evidence.smoothed_rows.dtype.str[1:],
        "pairs": evidence.smoothed_graph,
        "cannot_link": evidence.cannot_link,
        "terms": Texts(map(str, evidence.names.tolist())),
    }
    for name in _OF_TREE:
        parts[f"tree/{name}"] = np.asarray(getattr(evidence.tree, name))
    if evidence.basis is not None:
        parts |= _basis_parts(evidence.basis)
    if evidence.meanings is not None:
        parts["meanings/weights"] = evidence.meanings.weights
        parts["meanings/words"] = Texts(map(str, evidence.meanings.words.tolist()))
        parts["meanings/numbers"] = evidence.meanings.numbers
        parts["meanings/shares"] = evidence.meanings.shares
    return parts


def _basis_parts(basis: Basis) -> dict[str, Any]:
    options = basis.options
    asked = {name: getattr(options, name) for name in _ASKED}
    gap = options.max_gap
    asked["max_gap"] = None if gap is None else int(gap.astype(np.int64))
    own = options.own_background
    return {
        **({} if own is None else own._parts("basis/background/")),
        "basis": asked | {"families": list(basis.families), "counted": basis.counted},
        "basis/must_link": basis.must_link,
        "basis/cannot_link": basis.cannot_link,
        "basis/lengths": basis.lengths,
        "basis/languages": basis.languages,
    }


def evidence_of(parts: Parts, n_rows: int) -> Evidence:
    """Make evidence of what `evidence_parts` returned; every part is checked.

    Parameters
    ----------
    parts : Parts
    n_rows : int
        Articles.
    """
    terms = parts.texts("terms")
    rows = parts.matrix("rows", None, len(terms))
    n = rows.shape[0]
    parts.check("rows", rows.dtype.kind == "f", "holds no real numbers")
    square = {name: parts.matrix(name, n, n) for name in ("graph", "weights", "pairs")}
    for name, matrix in square.items():
        parts.check(name, matrix.dtype.kind == "f", "holds no real numbers")
    dtype = _ROW_DTYPES.get(parts.json("smoothed_dtype", str))
    parts.check("smoothed_dtype", dtype is not None, "is none of f4 and f8")
    cannot_link = parts.array("cannot_link", "i8", (None, 2))
    _check_numbers(parts, "cannot_link", cannot_link, 0, n)
    names = np.array([*terms, None], dtype=object)[:-1]
    return Evidence(
        text_of_row=_text_of_row(parts, n_rows, n),
        make_rows=lambda: rows,
        graph=square["graph"],
        weights=square["weights"],
        smoothed_rows=_smoothed(rows, square["weights"], dtype),
        smoothed_graph=square["pairs"],
        tree=_tree(parts, n),
        cannot_link=cannot_link,
        term_names=lambda: names,
        meanings=_meanings(parts, n),
        basis=_basis(parts, n_rows, n),
    )


def _smoothed(rows: Any, weights: Any, dtype: Any) -> Any:
    rows, weights = rows.astype(dtype, copy=False), weights.astype(dtype, copy=False)
    return from_core(_core.smooth_rows(rows, weights, resolve_n_jobs(-1), None))


def _check_numbers(parts: Parts, name: str, numbers: Any, least: int, end: int) -> None:
    fits = not numbers.size or least <= numbers.min() <= numbers.max() < end
    parts.check(name, bool(fits), f"has numbers outside of [{least}, {end:,})")


def _text_of_row(parts: Parts, n_rows: int, n_texts: int) -> NDArray[np.int64]:
    texts: NDArray[np.int64] = parts.array("unit_of_row", "i8", (n_rows,))
    _check_numbers(parts, "unit_of_row", texts, -1, n_texts)
    found = np.zeros(n_texts + 1, dtype=bool)
    found[texts] = True
    parts.check("unit_of_row", bool(found[:n_texts].all()), "leaves a text without an article")
    return texts


def _tree(parts: Parts, n: int) -> KeptTree:
    linkage = parts.array("tree/linkage", "f8", (None, 4))
    m = len(linkage)
    similarity = parts.array("tree/similarity", "f8", (m,))
    nodes = {
        name: parts.array(f"tree/{name}", "?" if name.startswith("is_") else "f8", (n + m,))
        for name in _OF_NODES
    }
    parts.check("tree/linkage", _is_linkage(linkage, n), "joins no nodes that stand before")
    return KeptTree(linkage, similarity, **nodes)


def _is_linkage(linkage: NDArray[np.float64], n: int) -> bool:
    """Whether each row joins two nodes that stand before it, each once, distances rising."""
    if not np.isfinite(linkage).all():
        return False
    children = linkage[:, :2]
    ends = n + np.arange(len(linkage))[:, None]
    if np.any((children < 0) | (children >= ends) | (children != np.floor(children))):
        return False
    distances = linkage[:, 2]
    is_sorted = bool(np.all(np.diff(distances) >= 0)) and bool(np.all(distances >= 0))
    return is_sorted and len(np.unique(children)) == children.size


def _meanings(parts: Parts, n: int) -> Meanings | None:
    if "meanings/words" not in parts:
        return None
    words = parts.texts("meanings/words")
    weights = parts.matrix("meanings/weights", n, len(words))
    parts.check("meanings/weights", weights.dtype == np.int64, "holds no whole numbers")
    return Meanings(
        weights=weights,
        words=np.array([*words, None], dtype=object)[:-1],
        numbers=parts.array("meanings/numbers", "i1", (len(words), None)),
        shares=parts.array("meanings/shares", "f8", (n,)),
    )


def _basis(parts: Parts, n_rows: int, n: int) -> Basis | None:
    if "basis" not in parts:
        return None
    asked = dict(parts.json("basis"))
    families, gap = asked.pop("families", None), asked.pop("max_gap", None)
    counted = asked.pop("counted", None)
    parts.check("basis", type(counted) is int and counted >= 0, "was counted of no texts")
    is_right = isinstance(families, list) and all(isinstance(name, str) for name in families)
    parts.check("basis", is_right and asked.keys() == set(_ASKED), "is none")
    parts.check("basis", gap is None or (type(gap) is int and 0 <= gap < 2**62), "has no gap")
    try:
        asked["background"] = "auto" if asked["background"] else None
        if "basis/background/about" in parts:
            asked["background"] = Background._of_parts(parts, "basis/background/")
        gap = None if gap is None else np.timedelta64(gap, "us")
        options = checked_options(vectorizer=None, max_gap=gap, n_jobs=-1, **asked)
    except (TypeError, ValueError):
        raise parts.damaged("basis", "holds options that there are not") from None
    links = {name: parts.array(f"basis/{name}", "i8", (None, 2)) for name in _LINKS}
    for name in _LINKS:
        _check_numbers(parts, f"basis/{name}", links[name], 0, n_rows)
    languages = parts.array("basis/languages", "i8", (n,))
    _check_numbers(parts, "basis/languages", languages, 0, len(families))
    lengths = parts.array("basis/lengths", "i8", (n,))
    _check_numbers(parts, "basis/lengths", lengths, 0, 2**40)
    return Basis(
        options=options,
        lengths=lengths,
        languages=languages,
        families=tuple(families),
        counted=counted,
        **links,
    )
