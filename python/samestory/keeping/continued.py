"""New texts join many that are there, whose rows and neighbours stay as they are.

Grouping all of them again would count and compare what was counted and compared the day before.
Instead the rows of the texts that are there keep the weights of the day when they came, new ones
are weighed by the frequencies of today, and new ones are compared with all, exactly. From the
neighbours on everything is done over all texts. Weights change with the logarithm of frequencies:
where the number of texts of a language has changed by a quarter since they were counted, all of its
texts are weighed again.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.articles.fields import has_words
from samestory.articles.languages import family, languages_of
from samestory.keeping import known_graph
from samestory.keeping.fresh_texts import fresh_texts, vectors_of_texts
from samestory.similarity.join import similarity_join
from samestory.stories import small
from samestory.stories.evidence import Evidence
from samestory.stories.language_groups import settled_languages
from samestory.stories.meaning import Meanings
from samestory.stories.pipeline import RECIPE, earliest_days
from samestory.stories.term_names import MEANING_TERM, NGRAM_MARK
from samestory.stories.terms import diagonal
from samestory.stories.worth import shortness

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.basis import Basis
    from samestory.stories.options import Options

# Fewer texts are grouped again as a whole, which is exact, and takes a second for headlines.
LEAST_TEXTS = 20_000
# By how much the number of texts of a language may change before all are weighed again.
_MOST_GROWTH = 1.25
# Known texts that tell which language new ones are of, and what recurs in them.
_TELLING = 2000
# Two texts that have the same terms and are so similar are copies of each other. Less than 1: the
# weight of a term that one text had doubles when a second one has it.
_COPY = 0.9


def can_continue(evidence: Evidence, basis: Basis, n_new: int) -> bool:
    """Whether new texts can join those that are there without weighing all again.

    Parameters
    ----------
    evidence : Evidence
    basis : Basis
    n_new : int
        Articles.
    """
    is_plain = basis.options.max_gap is None and not len(basis.must_link) + len(basis.cannot_link)
    n, counted = evidence.n_units, basis.counted
    is_near = n + n_new <= _MOST_GROWTH * counted and counted <= _MOST_GROWTH * n
    has_ngrams = NGRAM_MARK in {name[:1] for name in evidence.names.tolist()}
    return n >= LEAST_TEXTS and is_plain and is_near and not has_ngrams


@dataclass(frozen=True)
class Block:
    """The texts of one language: those that are there, then fresh ones.

    Attributes
    ----------
    kept : ndarray of int64
        Which texts of before, by number.
    words : csr_matrix, shape (n_texts, n_terms)
    names : ndarray of str, shape (n_terms,)
    lengths : ndarray of int64, shape (n_texts,)
    text_of : ndarray of int64
        Which text of the block each new document is.
    meanings : Meanings or None
        Of the fresh ones.
    """

    kept: NDArray[np.int64]
    words: csr_matrix
    names: NDArray[Any]
    lengths: NDArray[np.int64]
    text_of: NDArray[np.int64]
    meanings: Meanings | None

    @property
    def n_fresh(self) -> int:
        """How many texts are new."""
        return len(self.lengths) - len(self.kept)


def continued_evidence(
    old: Evidence,
    basis: Basis,
    articles: Articles,
    order: NDArray[np.int64],
    n_before: int,
    hook: ProgressHook | None,
) -> Evidence:
    """Group articles of which the first were grouped before.

    Parameters
    ----------
    old : Evidence
        Of the articles of before, of which some are left.
    basis : Basis
        Of these.
    articles : Articles
        Those of before, then new ones.
    order : ndarray of int64
        The rows of those that are left, then of new ones: what is returned has them in this order.
    n_before : int
        How many articles there were before.
    hook : callable or None
        Told of progress.
    """
    options = basis.options
    n_old = int((order < n_before).sum())
    new = articles[order[n_old:]]
    documents = new.documents()
    worded = np.flatnonzero(np.fromiter(map(has_words, documents), bool, len(documents)))
    unit_of_old = old.unit_of_row[order[:n_old]]
    texts = [documents[i] for i in worded.tolist()]
    named = new.column("language")
    telling = np.flatnonzero(unit_of_old >= 0)[-_TELLING:]
    known = basis.languages[unit_of_old[telling]].tolist()
    found = _families(
        [basis.families[k] for k in known],
        articles[order[telling]].documents(),
        [named[i] for i in worded.tolist()],
        texts,
        basis,
    )
    families = (*basis.families, *sorted(set(found) - set(basis.families)))
    group = np.array([families.index(name) for name in found], np.int64)
    kept = np.unique(unit_of_old[unit_of_old >= 0])
    blocks = []
    language_of_row = np.append(basis.languages, -1)[unit_of_old]
    for number, name in enumerate(families):
        here = [texts[i] for i in np.flatnonzero(group == number).tolist()]
        context = np.flatnonzero(language_of_row == number)[-_TELLING:]
        there = articles[order[context]].documents()
        units = kept[basis.languages[kept] == number]
        blocks.append(_block(old, basis, units, here, there, name, options, hook))
    unit_of_row = np.full(len(order), -1, np.int64)
    place_of_old = np.full(old.n_units + 1, -1, np.int64)
    start = 0
    for number, block in enumerate(blocks):
        place_of_old[block.kept] = start + np.arange(len(block.kept))
        unit_of_row[n_old + worded[group == number]] = start + block.text_of
        start += len(block.lengths)
    unit_of_row[:n_old] = place_of_old[unit_of_old]
    texts_now = _assembled(old, blocks)
    basis = dataclasses.replace(
        basis,
        lengths=np.concatenate([block.lengths for block in blocks]),
        languages=np.repeat(np.arange(len(blocks)), [len(block.lengths) for block in blocks]),
        families=families,
    )
    graph = _graph(old, texts_now, options)
    days = earliest_days(articles.dates[order], unit_of_row, start)
    return _grown(texts_now, graph, days, unit_of_row, basis, hook)


def _families(
    known: list[str], telling: list[str], names: list[str], texts: list[str], basis: Basis
) -> list[str]:
    """The language of each new text; those that are known tell where its own words do not."""
    if basis.options.languages == "together" or not texts:
        return [basis.families[0]] * len(texts)
    both = [*telling, *texts]
    found = languages_of([*known, *names], both, basis.options.n_jobs)
    if not found.is_sure.any():
        return [basis.families[0]] * len(texts)
    codes = settled_languages(found, both, basis.options.n_jobs)
    return [family(code) for code in codes[len(known) :]]


def _n_terms(evidence: Evidence) -> int:
    """The columns of terms; those of meanings come after them."""
    names = evidence.names
    if evidence.meanings is None:
        return len(names)
    return len(names) - int(evidence.meanings.numbers.shape[1])


def _block(
    old: Evidence,
    basis: Basis,
    units: NDArray[np.int64],
    documents: list[str],
    context: list[str],
    name: str,
    options: Options,
    hook: ProgressHook | None,
) -> Block:
    """The texts of one language that are there and those that are new, but no copies of these."""
    from scipy import sparse

    n_terms = _n_terms(old)
    known = old.rows[_stretch(units), :n_terms]
    used = np.flatnonzero(np.bincount(known.indices, minlength=n_terms))
    known, names = known[:, used], old.names[used]
    if not documents:
        nothing = np.empty(0, np.int64)
        return Block(units, known, names, basis.lengths[units], nothing, None)
    fresh = fresh_texts(documents, context, name, known, names, options, hook)
    copy_of = _copies(fresh.rows, known, options.n_jobs)
    is_new = copy_of < 0
    text = np.where(is_new, len(units) + np.cumsum(is_new) - 1, copy_of)
    wide = sparse.csr_matrix(
        (known.data, known.indices, known.indptr), shape=(len(units), fresh.rows.shape[1])
    )
    return Block(
        kept=units,
        words=sparse.vstack([wide, fresh.rows[is_new]], format="csr"),
        names=np.concatenate([names, fresh.names]),
        lengths=np.concatenate([basis.lengths[units], fresh.lengths[is_new]]),
        text_of=text[fresh.unit_of_document],
        meanings=_taken(fresh.meanings, is_new),
    )


def _stretch(numbers: NDArray[np.int64]) -> Any:
    """Ascending numbers as a slice where none is left out, which is quicker."""
    if len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers):
        return slice(int(numbers[0]), int(numbers[-1]) + 1)
    return numbers


def _copies(fresh: csr_matrix, known: csr_matrix, n_jobs: int) -> NDArray[np.int64]:
    """Which known text each fresh one is a copy of, -1 for none."""
    from scipy import sparse

    copy_of = np.full(fresh.shape[0], -1, np.int64)
    shape = (known.shape[0], fresh.shape[1])
    wide = sparse.csr_matrix((known.data, known.indices, known.indptr), shape=shape)
    if not (wide.nnz and fresh.nnz):
        return copy_of
    alike = similarity_join(fresh, wide, threshold=_COPY, n_jobs=n_jobs, progress=False)
    for i in np.flatnonzero(np.diff(alike.indptr)).tolist():
        own = fresh.indices[fresh.indptr[i] : fresh.indptr[i + 1]]
        for j in alike.indices[alike.indptr[i] : alike.indptr[i + 1]].tolist():
            others = wide.indices[wide.indptr[j] : wide.indptr[j + 1]]
            if np.array_equal(np.sort(own), np.sort(others)):
                copy_of[i] = j
                break
    return copy_of


def _taken(meanings: Meanings | None, chosen: NDArray[Any]) -> Meanings | None:
    """The meanings of some texts."""
    if meanings is None:
        return None
    weights = meanings.weights[chosen]
    used = np.flatnonzero(np.bincount(weights.indices, minlength=len(meanings.words)))
    return Meanings(
        weights[:, used], meanings.words[used], meanings.numbers[used], meanings.shares[chosen]
    )


@dataclass(frozen=True)
class Texts:
    """All texts, language by language.

    Attributes
    ----------
    kept, fresh : ndarray of int64
        The numbers of those that are there, and of new ones.
    kept_of_old : ndarray of int64, shape (n_kept,)
        What the former were numbered before.
    words, rows : csr_matrix
        Of terms alone, and with what short texts mean.
    names : ndarray of str
    meanings : Meanings or None
    sizes : list of int
        How many texts each language has.
    """

    kept: NDArray[np.int64]
    fresh: NDArray[np.int64]
    kept_of_old: NDArray[np.int64]
    words: csr_matrix
    rows: csr_matrix
    names: NDArray[Any]
    meanings: Meanings | None
    sizes: list[int]


def _assembled(old: Evidence, blocks: list[Block]) -> Texts:
    """Put the languages below each other in rows and beside each other in columns."""
    from scipy import sparse

    is_fresh = np.concatenate(
        [np.repeat([False, True], [len(block.kept), block.n_fresh]) for block in blocks]
    )
    kept, fresh = np.flatnonzero(~is_fresh), np.flatnonzero(is_fresh)
    kept_of_old = np.concatenate([block.kept for block in blocks])
    words = diagonal([block.words for block in blocks])
    names = np.concatenate([block.names for block in blocks])
    order = np.argsort(np.concatenate([kept, fresh]))
    meanings = _joined_meanings(_taken(old.meanings, kept_of_old), blocks, len(kept), order)
    rows = words
    if meanings is not None:
        left = np.ones(len(order))
        left[fresh] = np.sqrt(1.0 - meanings.shares[fresh])  # known rows have been shortened
        data = words.data * np.repeat(left, np.diff(words.indptr)).astype(words.dtype)
        words = sparse.csr_matrix((data, words.indices, words.indptr), shape=words.shape)
        vectors = _vectors(old, kept_of_old, _taken(meanings, fresh), words.dtype)[order]
        rows = sparse.hstack([words, vectors], format="csr")
        names = np.concatenate([names, np.full(vectors.shape[1], MEANING_TERM, dtype=object)])
    sizes = [len(block.lengths) for block in blocks]
    return Texts(kept, fresh, kept_of_old, words, rows, names, meanings, sizes)


def _vectors(
    old: Evidence, kept: NDArray[np.int64], fresh: Meanings | None, dtype: Any
) -> csr_matrix:
    """The columns of meanings: of the texts that are there, then of fresh ones."""
    from scipy import sparse

    assert fresh is not None
    new = vectors_of_texts(fresh, dtype)
    if old.meanings is None:
        there = sparse.csr_matrix((len(kept), new.shape[1]), dtype=dtype)
    else:
        there = old.rows[_stretch(kept), _n_terms(old) :]
    return sparse.vstack([there, new], format="csr")


def _joined_meanings(
    kept: Meanings | None, blocks: list[Block], n_kept: int, order: NDArray[np.int64]
) -> Meanings | None:
    """The meanings of all texts, a word that several have once."""
    from scipy import sparse

    parts = [(kept, n_kept), *((block.meanings, block.n_fresh) for block in blocks)]
    found = [part for part, _ in parts if part is not None]
    if not found:
        return None
    place: dict[str, int] = {}
    numbers: list[NDArray[np.int8]] = []
    weights = []
    for part, n in parts:
        if part is None:
            weights.append(sparse.csr_matrix((n, 0), dtype=np.int64))
            continue
        at = np.array([place.setdefault(w, len(place)) for w in part.words.tolist()], np.int64)
        new = at >= sum(len(some) for some in numbers)
        numbers.append(part.numbers[new])
        shape = (n, len(place))
        indices = at[part.weights.indices]
        weights.append(sparse.csr_matrix((part.weights.data, indices, part.weights.indptr), shape))
    wide = [
        sparse.csr_matrix((w.data, w.indices, w.indptr), shape=(w.shape[0], len(place)))
        for w in weights
    ]
    stacked = sparse.vstack(wide, format="csr", dtype=np.int64)[order]
    stacked.sort_indices()
    shares = [np.zeros(n) if part is None else part.shares for part, n in parts]
    return Meanings(
        stacked,
        np.array([*place, None], dtype=object)[:-1],
        np.concatenate(numbers),
        np.concatenate(shares)[order],
    )


def _graph(old: Evidence, texts: Texts, options: Options) -> csr_matrix:
    """The nearest neighbours of all texts: those of before, and those that new ones bring."""
    n, n_neighbors, n_jobs = len(texts.kept) + len(texts.fresh), options.n_neighbors, options.n_jobs
    there = _between(old.graph, texts.kept_of_old)
    there = known_graph.placed(there, texts.kept, texts.kept, n).astype(texts.rows.dtype)
    if not len(texts.fresh):
        return there
    is_mutual = texts.meanings is not None
    least = known_graph.least_of_nearest(there, n_neighbors)[texts.kept]
    if texts.meanings is not None:
        # The most that meanings can add to the cosine of terms.
        share = float(texts.meanings.shares.max(initial=0.0))
        least = (least - share) / (1.0 - share)
    of_fresh = known_graph.neighbours_of_fresh(texts.words, texts.fresh, n_neighbors, n_jobs)
    of_known = known_graph.neighbours_of_known(
        texts.words, texts.kept, texts.fresh, least, n_neighbors, n_jobs
    )
    everything = np.arange(n)
    added = known_graph.placed(of_fresh, texts.fresh, everything, n)
    added = added + known_graph.placed(of_known, texts.kept, texts.fresh, n)
    added = added.astype(texts.rows.dtype)
    added.sort_indices()
    if is_mutual:
        added = from_core(_core.candidate_pairs(texts.rows, added, n_neighbors, n_jobs))
    return known_graph.nearest_of_both(there, added, is_mutual, n_neighbors, n_jobs)


def _between(graph: csr_matrix, kept: NDArray[np.int64]) -> csr_matrix:
    """A graph between those texts that are kept."""
    if len(kept) == graph.shape[0]:
        return graph
    return graph[kept][:, kept]


def _grown(
    texts: Texts,
    graph: csr_matrix,
    days: NDArray[np.float64],
    unit_of_row: NDArray[np.int64],
    basis: Basis,
    hook: ProgressHook | None,
) -> Evidence:
    """From neighbours to stories: what `_core.group_texts` does after it has compared all texts."""
    n, n_jobs = len(basis.lengths), basis.options.n_jobs
    short, levels = shortness(basis.lengths), small.levels_of(basis.lengths)
    given = None if np.isnan(days).all() else days
    fading = RECIPE.fading_days, RECIPE.fading_floor
    weights = from_core(
        _core.smoothing_weights(graph, short, levels, n_jobs, given, *fading, RECIPE.smoothing)
    )
    dtype = np.float32 if n > RECIPE.many_texts else texts.rows.dtype
    rows, near, by = (m.astype(dtype, copy=False) for m in (texts.rows, graph, weights))
    search = RECIPE.search_for(n)
    smoothed = from_core(_core.smooth_rows(rows, by, n_jobs, hook))
    pairs = from_core(_core.candidate_pairs(smoothed, near, search.n_candidates, n_jobs))
    dendrogram = _core.forest_linkage(
        smoothed,
        pairs,
        search.min_similarity,
        None,
        None,
        search.slack,
        search.min_pair,
        n_jobs,
        hook,
    )
    growth, price = (
        ends.of_long + (ends.of_short - ends.of_long) * short
        for ends in (RECIPE.growth, RECIPE.price)
    )
    starts = np.cumsum([0, *texts.sizes])
    least_next = [
        small.least_next_of(levels[a:b], max(b - a, 1)) for a, b in pairwise(starts.tolist())
    ]
    tree = _core.story_tree(
        dendrogram.linkage()[: dendrogram.n_merges],
        np.ones(n),
        days,
        growth,
        price,
        None,
        np.repeat([small.remitted_to(size) for size in texts.sizes], texts.sizes),
        np.concatenate(least_next),
        RECIPE.worth,
    )
    return Evidence(
        unit_of_row=unit_of_row,
        rows=texts.rows,
        graph=graph,
        weights=weights,
        smoothed_rows=smoothed,
        smoothed_graph=pairs,
        tree=tree,
        cannot_link=np.empty((0, 2), np.int64),
        term_names=lambda: texts.names,
        meanings=texts.meanings,
        basis=basis,
    )
