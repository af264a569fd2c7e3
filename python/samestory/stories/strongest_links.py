"""Which other article of its story each article is most like, and by what words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory.stories.term_names import PREFIX_MARK, is_beginning, is_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.stories.evidence import Evidence
    from samestory.stories.grouping import Grouping

_PAIRS_AT_ONCE = 4096
# Terms looked at for each one named: many are beginnings of words that are named already.
_LOOKED_AT = 4


@dataclass(frozen=True)
class StrongestLinks:
    """The strongest link of each article to another of its story.

    Attributes
    ----------
    to : ndarray of int64, shape (n_rows,)
        The row of the other article; -1 where an article has no link within its story.
    similarity : ndarray of float64, shape (n_rows,)
        How similar they are, as in ``stories.explain``; 1 for copies.
    copy_of : ndarray of int64, shape (n_rows,)
        The earliest article of its story with the very same words, if it is not this one; else -1.
    """

    to: NDArray[np.int64]
    similarity: NDArray[np.float64]
    copy_of: NDArray[np.int64]


def strongest_links(stories: Grouping) -> StrongestLinks:
    """Find the strongest link of each article within its story.

    A copy is linked to the earliest article with its words, all others to the article that they are
    most similar to. Where an article has copies, the earliest one stands for all.

    Parameters
    ----------
    stories : Grouping
    """
    evidence = stories.evidence
    earliest = _earliest_rows(stories)
    n_rows = len(stories.labels)
    to = np.full(n_rows, -1, dtype=np.int64)
    similarity = np.zeros(n_rows)
    other, score = _nearest_texts(evidence, stories.labels[earliest])
    linked = np.flatnonzero(other >= 0)
    to[earliest[linked]] = earliest[other[linked]]
    similarity[earliest[linked]] = score[linked]
    worded = np.flatnonzero(evidence.text_of_row >= 0)
    original = earliest[evidence.text_of_row[worded]]
    is_copy = (original != worded) & (stories.labels[original] == stories.labels[worded])
    copy_of = np.full(n_rows, -1, dtype=np.int64)
    copy_of[worded[is_copy]] = to[worded[is_copy]] = original[is_copy]
    similarity[worded[is_copy]] = 1.0
    return StrongestLinks(to, similarity, copy_of)


def _earliest_rows(stories: Grouping) -> NDArray[np.int64]:
    """The earliest dated row of each text, else its first."""
    texts = stories.evidence.text_of_row
    dates = stories.articles.dates.astype("datetime64[us]").astype(np.int64)
    never = np.isnat(stories.articles.dates)
    order = np.lexsort((np.arange(len(texts)), np.where(never, 0, dates), never, texts))
    order = order[texts[order] >= 0]
    return order[np.diff(texts[order], prepend=-1) > 0]


def _nearest_texts(
    evidence: Evidence, label: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """For each text the most similar other one of its story, the lowest where several are."""
    graph = evidence.smoothed_graph.tocoo()
    a = np.concatenate([graph.row, graph.col]).astype(np.int64)
    b = np.concatenate([graph.col, graph.row]).astype(np.int64)
    similarity = np.concatenate([graph.data, graph.data]).astype(np.float64)
    kept = (label[a] == label[b]) & (a != b) & (similarity > 0.0)
    a, b, similarity = a[kept], b[kept], similarity[kept]
    order = np.lexsort((b, -similarity, a))
    first = order[np.diff(a[order], prepend=-1) > 0]
    nearest = np.full(len(label), -1, dtype=np.int64)
    score = np.zeros(len(label))
    nearest[a[first]], score[a[first]] = b[first], similarity[first]
    return nearest, score


def shared_terms(
    stories: Grouping, a: NDArray[np.int64], b: NDArray[np.int64], top: int
) -> list[list[str]]:
    """Name the words that make pairs of articles similar, the heaviest first.

    Words that both have come first; only where they share none, those of articles like them.
    A beginning of words, as ``elect*``, is named where no word named begins so.

    Parameters
    ----------
    stories : Grouping
    a, b : ndarray of int64, shape (n_pairs,)
        Rows with words.
    top : int
        How many terms a pair.

    Returns
    -------
    list of list of str
    """
    evidence = stories.evidence
    texts_a, texts_b = evidence.text_of_row[a], evidence.text_of_row[b]
    namer = _Namer(evidence.names, top)
    named: list[list[str]] = []
    for start in range(0, len(a), _PAIRS_AT_ONCE):
        chosen = slice(start, start + _PAIRS_AT_ONCE)
        one, two = texts_a[chosen], texts_b[chosen]
        direct = evidence.rows[one].multiply(evidence.rows[two]).tocsr()
        terms = namer.of_rows(direct)
        bare = np.array([place for place, words in enumerate(terms) if not words], dtype=np.int64)
        smoothed = evidence.smoothed_rows
        through = smoothed[one[bare]].multiply(smoothed[two[bare]]).tocsr()
        for place, words in zip(bare.tolist(), namer.of_rows(through), strict=True):
            terms[place] = words
        named += terms
    return named


class _Namer:
    """Names of the heaviest columns, each word once."""

    def __init__(self, names: NDArray[Any], top: int) -> None:
        self._names = names
        self._top = top
        self._terms: dict[int, tuple[str, str]] = {}

    def of_rows(self, products: Any) -> list[list[str]]:
        """Name the heaviest terms of each row of a CSR matrix."""
        ends = products.indptr.tolist()
        return [
            self._of_row(products.indices[start:end], products.data[start:end])
            for start, end in pairwise(ends)
        ]

    def _of_row(self, columns: NDArray[Any], weights: NDArray[Any]) -> list[str]:
        wanted = self._top * _LOOKED_AT
        if len(columns) > wanted:
            kept = np.sort(np.argpartition(-weights, wanted)[:wanted])
            columns, weights = columns[kept], weights[kept]
        # Columns ascend, so that a stable order leaves ties to the lower.
        heaviest = columns[np.argsort(-weights, kind="stable")].tolist()
        named: dict[str, str] = {}
        for column in heaviest:
            term, beginning = self._term(column)
            # A word is said rather than its beginning.
            if beginning and is_beginning(named.get(beginning, PREFIX_MARK)):
                if beginning not in named and len(named) == self._top:
                    continue
                named[beginning] = term
        return list(named.values())

    def _term(self, column: int) -> tuple[str, str]:
        """A term and how it begins; "" for what no reader would look for."""
        if column not in self._terms:
            name = str(self._names[column])
            said = is_beginning(name) or is_word(name)
            beginning = _core.word_beginning(name.removesuffix(PREFIX_MARK)) if said else ""
            self._terms[column] = (name, beginning)
        return self._terms[column]
