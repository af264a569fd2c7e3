"""The stages between the terms and the stories: neighbours, smoothing, linkage, worth."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import similarity_join
from samestory.stories.evidence import Evidence, first_rows
from samestory.stories.links import Links, components
from samestory.stories.meaning import third_look
from samestory.stories.terms import TermRows, term_rows
from samestory.stories.weighting import MANY_TEXTS
from samestory.stories.worth import shortness, story_tree

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.options import Options

# Neighbours a week apart count about two thirds, those of other months half.
_DECAY_DAYS = 7.0
_DECAY_FLOOR = 0.5
# Averages below this are those of stories that share next to nothing: their merges are not sought.
_LEAST_SIMILARITY = 0.05


@dataclass(frozen=True)
class Effort:
    """How thoroughly a dendrogram is built.

    Attributes
    ----------
    n_candidates : int
        Neighbours whose stories a row may be merged with.
    least_similarity : float
        Merges below this are not sought.
    slack : float
        How much more similar the parts of two stories that no candidate links are taken to be, at
        most, than those that one does; beyond that, averages are computed only where they matter.
    least_pair : float
        Pairs of texts less similar than this propose no merge.
    """

    n_candidates: int = 50
    least_similarity: float = _LEAST_SIMILARITY
    slack: float = np.inf
    least_pair: float = 0.0


FULL_EFFORT = Effort()
EFFORT_FOR_SOME = Effort(n_candidates=12, slack=0.02)
EFFORT_FOR_MANY = replace(EFFORT_FOR_SOME, least_similarity=0.1, least_pair=0.25)
_SOME_TEXTS = 3_000


def effort_for(n_texts: int) -> Effort:
    """Return the effort that this number of texts can be given within seconds."""
    if n_texts > MANY_TEXTS:
        return EFFORT_FOR_MANY
    return EFFORT_FOR_SOME if n_texts > _SOME_TEXTS else FULL_EFFORT


@dataclass(frozen=True)
class Forest:
    """Smoothed rows and what became of them.

    Attributes
    ----------
    smoothed : csr_matrix, shape (n, n_terms)
    pairs : csr_matrix, shape (n, n)
        The pairs that proposed merges.
    dendrogram : _core.Dendrogram
    """

    smoothed: csr_matrix
    pairs: csr_matrix
    dendrogram: Any


def gather_evidence(
    articles: Articles,
    options: Options,
    embeddings: NDArray[np.float64] | None,
    links: Links,
    hook: ProgressHook | None,
) -> Evidence:
    """Compute everything that does not depend on the granularity."""
    times = linking_times(articles, options)
    keys = [] if times is None else [times]
    texts = term_rows(articles, options, embeddings, keys, hook)
    first = first_rows(texts.unit_of_row)
    unit_times = None if times is None else times[first]
    graph = neighbor_graph(texts.rows, unit_times, options, hook)
    rows, graph = third_look(texts.rows, graph, texts.meanings, options)
    days = earliest_days(articles.dates, texts.unit_of_row, texts.rows.shape[0])
    weights = smoothing_weights(graph, texts, days, options)
    effort = effort_for(texts.rows.shape[0])
    smoothed = smoothed_rows(rows, weights, options, hook)
    pairs = linked_pairs(smoothed, graph, effort.n_candidates, options.n_jobs)
    pairs = within_gap(pairs, unit_times, options)
    must_link, cannot_link = links.over_units(texts.unit_of_row)
    forest = grown_forest(smoothed, pairs, effort, options.n_jobs, hook, (must_link, cannot_link))
    unit_of_row = texts.unit_of_row
    n_units = texts.rows.shape[0]
    tree = story_tree(
        forest.dendrogram.linkage()[: forest.dendrogram.n_merges],
        np.ones(n_units),  # copies change nothing
        texts.lengths,
        days,
        components(must_link, n_units) if len(must_link) else None,
        texts.remitted,
        texts.least_next,
    )
    return Evidence(
        unit_of_row=unit_of_row,
        rows=rows,
        graph=graph,
        weights=weights,
        smoothed_rows=smoothed,
        smoothed_graph=forest.pairs,
        tree=tree,
        cannot_link=cannot_link,
        term_names=texts.term_names,
        meanings=texts.meanings,
    )


def smoothing_weights(
    graph: csr_matrix, texts: TermRows, days: NDArray[np.float64], options: Options
) -> csr_matrix:
    """The nearest neighbours of each row that stand out, weaker where they are apart in time."""
    weights: csr_matrix = from_core(
        _core.smoothing_weights(
            graph,
            shortness(texts.lengths),
            texts.levels,
            options.n_jobs,
            None if np.isnan(days).all() else days,
            _DECAY_DAYS,
            _DECAY_FLOOR,
        )
    )
    return weights


def earliest_days(
    dates: NDArray[np.datetime64], unit_of_row: NDArray[np.int64], n_units: int
) -> NDArray[np.float64]:
    """The day of each distinct text's earliest dated copy, NaN where none has a date."""
    days = days_of(dates)
    earliest = np.full(n_units, np.nan)
    worded = unit_of_row >= 0
    np.fmin.at(earliest, unit_of_row[worded], days[worded])
    return earliest


def days_of(dates: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Days since the first date, NaN where a date is not known."""
    known = ~np.isnat(dates)
    if not known.any():
        return np.full(len(dates), np.nan)
    return np.asarray((dates - dates[known].min()) / np.timedelta64(1, "D"))


def kept_entries(graph: csr_matrix, kept: NDArray[np.bool_]) -> csr_matrix:
    """Keep some of a graph's entries."""
    from scipy import sparse

    indptr = np.concatenate([[0], np.cumsum(kept)])[graph.indptr]
    return sparse.csr_matrix((graph.data[kept], graph.indices[kept], indptr), shape=graph.shape)


def smoothed_rows(
    rows: csr_matrix, weights: csr_matrix, options: Options, hook: ProgressHook | None
) -> csr_matrix:
    """Each row with its neighbours; in single precision where there are many."""
    if rows.shape[0] > MANY_TEXTS:
        rows = rows.astype(np.float32, copy=False)
    weights = weights.astype(rows.dtype, copy=False)
    smoothed: csr_matrix = from_core(_core.smooth_rows(rows, weights, options.n_jobs, hook))
    return smoothed


def linked_pairs(
    smoothed: csr_matrix, graph: csr_matrix, n_neighbors: int, n_jobs: int
) -> csr_matrix:
    """The smoothed similarities of each row to its strongest direct neighbours."""
    graph = graph.astype(smoothed.dtype, copy=False)
    pairs: csr_matrix = from_core(_core.candidate_pairs(smoothed, graph, n_neighbors, n_jobs))
    return pairs


def grown_forest(
    smoothed: csr_matrix,
    pairs: csr_matrix,
    effort: Effort,
    n_jobs: int,
    hook: ProgressHook | None = None,
    links: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Forest:
    """Join rows by average linkage over pairs of them.

    Parameters
    ----------
    smoothed, pairs
        See `Forest`.
    effort : Effort
    n_jobs : int
        Threads.
    hook : callable, optional
        Told of progress.
    links : tuple of ndarray of int64, shape (m, 2), optional
        Pairs that must, and that must not, be together.
    """
    must_link, cannot_link = (None, None) if links is None else links
    if must_link is not None and len(must_link):
        pairs = with_pairs(pairs, must_link, smoothed)
    dendrogram = _core.forest_linkage(
        smoothed,
        pairs,
        effort.least_similarity,
        must_link,
        cannot_link,
        effort.slack,
        effort.least_pair,
        n_jobs,
        hook,
    )
    return Forest(smoothed, pairs, dendrogram)


def with_pairs(graph: csr_matrix, pairs: NDArray[np.int64], smoothed: csr_matrix) -> csr_matrix:
    """Add pairs of rows to a symmetric graph, with the dot products of their rows."""
    from scipy import sparse

    first, second = pairs.T
    products = np.asarray(smoothed[first].multiply(smoothed[second]).sum(axis=1)).ravel()
    # A stored entry is what counts, so a pair that shares nothing gets the least there is.
    values = np.maximum(products, np.finfo(np.float64).tiny)
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    added = sparse.csr_matrix((np.tile(values, 2), (rows, columns)), shape=graph.shape)
    return sparse.csr_matrix(graph.maximum(added))


def linking_times(articles: Articles, options: Options) -> NDArray[np.float64] | None:
    """Times in microseconds where a gap limits links, NaN where a date is not known.

    Undated articles that are to stay alone get times that no other article is near.
    """
    gap = options.gap_in_microseconds
    if gap is None:
        return None
    dates = articles.dates
    known = ~np.isnat(dates)
    times = np.full(len(dates), np.nan)
    if known.any():
        times[known] = (dates[known] - dates[known].min()).astype(np.float64)
    if options.undated == "alone":
        last = np.nanmax(times) if known.any() else 0.0
        times[~known] = last + (gap + 1.0) * (1.0 + np.arange((~known).sum()))
    return times


def neighbor_graph(
    rows: csr_matrix, times: Any, options: Options, hook: ProgressHook | None
) -> csr_matrix:
    """The strongest cosines of each row."""
    return similarity_join(
        rows,
        top_n=options.n_neighbors,
        times=times,
        max_gap=options.gap_in_microseconds,
        n_jobs=options.n_jobs,
        progress=hook if hook is not None else False,
    )


def within_gap(pairs: csr_matrix, times: Any, options: Options) -> csr_matrix:
    """Drop pairs further apart in time than the gap."""
    if times is None:
        return pairs
    row = np.repeat(np.arange(pairs.shape[0]), np.diff(pairs.indptr))
    kept = ~(np.abs(times[row] - times[pairs.indices]) > options.gap_in_microseconds)
    return kept_entries(pairs, kept)
