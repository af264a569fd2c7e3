"""The stages between the terms and the cut: neighbours, smoothing, linkage, criterion."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import similarity_join
from samestory.stories import branches, cut, small
from samestory.stories.evidence import Curve, Evidence, first_rows
from samestory.stories.links import Links
from samestory.stories.terms import term_rows
from samestory.stories.weighting import MANY_TEXTS

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.options import Options

# Neighbours that a row is smoothed by. Those a week apart count about two thirds, those of other
# months half.
_N_SMOOTHING = 5
_DECAY_DAYS = 7.0
_DECAY_FLOOR = 0.5
# What a row is similar to anyway is known from 100 texts on, and in full from 300; of fewer
# neighbours than 20 the last may be of the same story.
_BACKGROUND_FROM, _BACKGROUND_FULL = 100, 300
_BACKGROUND_NEIGHBORS = 20
# The criterion weighs a story of n articles by ln(2 + n), more above 50 (see cut.hpp); a story of
# one counts as if its article had this similarity to itself.
_SIZE_OFFSET = 2.0
_LONE_SIMILARITY = 0.85
# Of the checksummed text of an article; the beginnings of long ones tell them apart.
_CHECKED_LENGTH = 1000


@dataclass(frozen=True)
class Effort:
    """How thoroughly a dendrogram is built and cut.

    Attributes
    ----------
    n_candidates, n_compared : int
        Neighbours whose stories a row may be merged with, and those whose stories it is compared
        with when the level is chosen.
    least_similarity : float
        Averages below this are those of stories that share next to nothing: their merges are not
        sought.
    least_next : float
        How similar the next story of a large one is taken to be at the least.
    slack : float
        How much more similar the parts of two stories that no candidate links are taken to be, at
        most, than those that one does; beyond that, averages are computed only where they matter.
    least_pair : float
        Pairs of texts less similar than this propose no merge.
    max_levels : int
        Levels that the criterion looks at.
    give_up : float
        The coarse levels are looked at until the criterion has fallen to this part of its best.
    n_judges : int or None
        About how many texts the criterion asks; None: all.
    """

    n_candidates: int
    n_compared: int
    least_similarity: float
    least_next: float
    slack: float
    least_pair: float
    max_levels: int
    give_up: float
    n_judges: int | None


FULL_EFFORT = Effort(
    n_candidates=50,
    n_compared=50,
    least_similarity=0.05,
    least_next=0.0,
    slack=np.inf,
    least_pair=0.0,
    max_levels=400,
    give_up=0.0,
    n_judges=None,
)
EFFORT_FOR_SOME = replace(
    FULL_EFFORT, n_candidates=12, n_compared=20, slack=0.02, max_levels=100, give_up=0.8
)
EFFORT_FOR_MANY = replace(
    EFFORT_FOR_SOME,
    least_similarity=0.1,
    least_next=0.1,
    least_pair=0.25,
    give_up=0.96,
    n_judges=20_000,
)
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
    compared : csr_matrix, shape (n, n)
        Those that the criterion looks at.
    dendrogram : _core.Dendrogram
    """

    smoothed: csr_matrix
    pairs: csr_matrix
    compared: csr_matrix
    dendrogram: Any


def gather_evidence(
    articles: Articles,
    options: Options,
    embeddings: NDArray[np.float64] | None,
    links: Links,
    hook: ProgressHook | None,
) -> Evidence:
    """Compute everything that does not depend on where the dendrogram is cut."""
    times = linking_times(articles, options)
    keys = [] if times is None else [times]
    texts = term_rows(articles, options, embeddings, keys, hook)
    first = first_rows(texts.unit_of_row)
    unit_times = None if times is None else times[first]
    graph = neighbor_graph(texts.rows, unit_times, options, hook)
    weights = smoothing_weights(graph, articles.dates[first], options)
    if texts.is_small:
        weights = at_level(weights, texts.levels)
    effort = effort_for(texts.rows.shape[0])
    smoothed = smoothed_rows(texts.rows, weights, options, hook)
    compared = linked_pairs(smoothed, graph, effort.n_compared, options.n_jobs)
    compared = within_gap(compared, unit_times, options)
    forest = grown_forest(
        smoothed,
        graph,
        compared,
        effort,
        options.n_jobs,
        hook,
        links=links.over_units(texts.unit_of_row),
    )
    linkage = forest.dendrogram.linkage()[: forest.dendrogram.n_merges]
    if texts.is_small:
        similarity = (smoothed @ smoothed.T).toarray()
        curve = small.criterion_curve(similarity, texts.levels, linkage)
        level = small.choose_level(curve)
    else:
        judges = None
        if effort.n_judges is not None:
            judges = sampled_units(articles, texts.unit_of_row, effort.n_judges)
        curve = criterion_curve(forest, effort, options.n_jobs, hook, judges)
        curve = cut.with_one_story(curve, linkage, texts.levels)
        level = cut.choose_level(curve)
        linkage = branches.settle_branches(linkage, len(texts.levels), level)
        days = days_of(articles.dates[first])
        linkage = branches.part_at_gaps(linkage, level, days)
        linkage = branches.join_large_branches(linkage, level, days, effort.least_next)
        linkage = branches.leave_out_distant_parts(linkage, level, days)
    return Evidence(
        unit_of_row=texts.unit_of_row,
        rows=texts.rows,
        graph=graph,
        weights=weights,
        smoothed_rows=smoothed,
        smoothed_graph=forest.pairs,
        unit_linkage=linkage,
        curve=curve,
        level=level,
        term_names=texts.term_names,
    )


def smoothing_weights(
    graph: csr_matrix, dates: NDArray[np.datetime64], options: Options
) -> csr_matrix:
    """The nearest neighbours of each row, weaker where both are dated and apart in time.

    Each counts by how much it stands out from what the two texts are similar to anyway.
    """
    days = None if np.isnat(dates).all() else days_of(dates)
    weights: csr_matrix = from_core(
        _core.strongest_neighbors(
            graph, _N_SMOOTHING, options.n_jobs, days, _DECAY_DAYS, _DECAY_FLOOR
        )
    )
    anyway = background_similarity(graph, options.n_neighbors)
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    weights.data -= np.maximum(anyway[row], anyway[weights.indices])
    return kept_entries(weights, weights.data > 0.0)


def days_of(dates: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Days since the first date, NaN where a date is not known."""
    known = ~np.isnat(dates)
    if not known.any():
        return np.full(len(dates), np.nan)
    return np.asarray((dates - dates[known].min()) / np.timedelta64(1, "D"))


def background_similarity(graph: csr_matrix, n_neighbors: int) -> NDArray[np.float64]:
    """How similar each row is to what is similar to it anyway: the last of its neighbours.

    Where there are few texts or neighbours, the last may be of the same story: nothing is known
    then.

    Parameters
    ----------
    graph : csr_matrix, shape (n, n)
        The `n_neighbors` strongest cosines of each row.
    n_neighbors : int

    Returns
    -------
    ndarray of float64, shape (n,)
        0 where nothing is known.
    """
    n = graph.shape[0]
    background = np.zeros(n)
    many = min(max((n - _BACKGROUND_FROM) / (_BACKGROUND_FULL - _BACKGROUND_FROM), 0.0), 1.0)
    if many > 0.0 and n_neighbors >= _BACKGROUND_NEIGHBORS and graph.nnz > 0:
        least = np.minimum.reduceat(graph.data, np.minimum(graph.indptr[:-1], graph.nnz - 1))
        is_full = np.diff(graph.indptr) >= n_neighbors
        background[is_full] = many * least[is_full]
    return background


def at_level(weights: csr_matrix, levels: NDArray[np.float64]) -> csr_matrix:
    """Keep the neighbours that are as similar as two texts of one story are at the least."""
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    return kept_entries(weights, weights.data >= levels[row] * levels[weights.indices])


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
    graph: csr_matrix,
    compared: csr_matrix,
    effort: Effort,
    n_jobs: int,
    hook: ProgressHook | None = None,
    links: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> Forest:
    """Join rows by average linkage over the strongest of the pairs that are compared.

    Parameters
    ----------
    smoothed, compared
        See `Forest`.
    graph : csr_matrix, shape (n, n)
        The direct similarities that tell which pairs are the strongest.
    effort : Effort
    n_jobs : int
        Threads.
    hook : callable, optional
        Told of progress.
    links : tuple of ndarray of int64, shape (m, 2), optional
        Pairs that must, and that must not, be together.
    """
    must_link, cannot_link = (None, None) if links is None else links
    pairs = compared
    if effort.n_candidates < effort.n_compared:
        graph = graph.astype(smoothed.dtype, copy=False)
        pairs = from_core(_core.narrowed_pairs(compared, graph, effort.n_candidates, n_jobs))
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
    is_one = effort.n_candidates >= effort.n_compared
    return Forest(smoothed, pairs, pairs if is_one else compared, dendrogram)


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


def sampled_units(
    articles: Articles, unit_of_row: NDArray[np.int64], n_judges: int
) -> NDArray[np.bool_]:
    """Choose about `n_judges` units by their texts, whatever the order of the articles.

    The share of units to choose is that of checksums below a bound; of copies, the lowest counts.
    """
    columns = (articles.column("title"), articles.column("text"))
    sums = np.array([_checksum(*texts) for texts in zip(*columns, strict=True)], dtype=np.int64)
    n_units = int(unit_of_row.max()) + 1
    lowest = np.full(n_units, 2**32)
    worded = unit_of_row >= 0
    np.minimum.at(lowest, unit_of_row[worded], sums[worded])
    return np.asarray(lowest < n_judges / n_units * 2**32)


def _checksum(title: str | None, text: str | None) -> int:
    title, text = title or "", text or ""
    read = f"{title}\n{len(text)}\n{text[:_CHECKED_LENGTH]}"
    return zlib.crc32(read.encode("utf-8", "surrogatepass"))


def criterion_curve(
    forest: Forest,
    effort: Effort,
    n_jobs: int,
    hook: ProgressHook | None = None,
    judges: NDArray[np.bool_] | None = None,
) -> Curve:
    """The criterion over the levels of the dendrogram; one story for all is no candidate.

    Where there are `judges`, it is their mean.
    """
    criterion = _core.CutCriterion(_SIZE_OFFSET, _LONE_SIMILARITY)
    dendrogram = forest.dendrogram
    n_merges = _core.spread_levels(dendrogram, effort.max_levels)
    n_merges = n_merges[n_merges < max(dendrogram.n_rows - 1, 1)]
    counts, scores = _core.cut_curve(
        forest.smoothed,
        forest.compared,
        dendrogram,
        n_merges,
        criterion,
        effort.give_up,
        judges,
        n_jobs,
        hook,
    )
    similarity = np.concatenate([[1.0], dendrogram.similarity])
    return Curve(similarity[counts], np.asarray(scores))


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
