"""The stages between the terms and the cut: neighbours, smoothing, linkage, criterion."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.similarity.join import similarity_join
from samestory.stories import cut, small
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

# Neighbours that a row is smoothed by; neighbours whose stories a row may be merged with, and those
# whose stories it is compared with when the level is chosen.
_N_SMOOTHING = 5
_N_CANDIDATES, _N_CANDIDATES_LARGE, _N_COMPARED_LARGE = 50, 12, 20
# Neighbours a week apart count about two thirds, those of other months half.
_DECAY_DAYS = 7.0
_DECAY_FLOOR = 0.5
# The criterion weighs a story of n articles by ln(2 + n), more above 50 (see cut.hpp); a story of
# one counts as if its article had this similarity to itself.
_SIZE_OFFSET = 2.0
_LONE_SIMILARITY = 0.85
_MAX_LEVELS = 400
# Of large corpora fewer levels are looked at, the coarse ones until the criterion has fallen far,
# and about so many texts are asked.
_MAX_LEVELS_LARGE, _GIVE_UP_LARGE = 100, 0.96
_N_JUDGES = 20_000
# Averages below this are those of stories that share next to nothing: their merges are not sought.
_LEAST_SIMILARITY, _LEAST_SIMILARITY_LARGE = 0.05, 0.1


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
    unit_times = None if times is None else times[first_rows(texts.unit_of_row)]
    graph = neighbor_graph(texts.rows, unit_times, options, hook)
    unit_dates = articles.dates[first_rows(texts.unit_of_row)]
    weights = from_core(
        _core.strongest_neighbors(decayed(graph, unit_dates), _N_SMOOTHING, options.n_jobs)
    )
    if texts.is_small:
        weights = at_level(weights, texts.levels)
    is_large = texts.rows.shape[0] > MANY_TEXTS
    smoothed = smoothed_rows(texts.rows, weights, is_large, options, hook)
    n_candidates = _N_CANDIDATES_LARGE if is_large else _N_CANDIDATES
    pairs = linked_pairs(smoothed, graph, n_candidates, unit_times, options)
    must_link, cannot_link = links.over_units(texts.unit_of_row)
    pairs = with_pairs(pairs, must_link, smoothed)
    dendrogram = _core.forest_linkage(
        smoothed,
        pairs,
        _LEAST_SIMILARITY_LARGE if is_large else _LEAST_SIMILARITY,
        must_link,
        cannot_link,
        options.n_jobs,
        hook,
    )
    linkage = dendrogram.linkage()[: dendrogram.n_merges]
    if texts.is_small:
        similarity = (smoothed @ smoothed.T).toarray()
        curve = small.criterion_curve(similarity, texts.levels, linkage)
        level = small.choose_level(curve)
    else:
        compared = pairs
        if is_large:
            compared = linked_pairs(smoothed, graph, _N_COMPARED_LARGE, unit_times, options)
        judges = sampled_units(articles, texts.unit_of_row) if is_large else None
        curve = criterion_curve(smoothed, compared, dendrogram, judges, options, hook)
        curve = cut.with_one_story(curve, linkage, texts.levels)
        level = cut.choose_level(curve)
        linkage = cut.settle_branches(linkage, len(texts.levels), level)
    return Evidence(
        unit_of_row=texts.unit_of_row,
        rows=texts.rows,
        graph=graph,
        weights=weights,
        smoothed_rows=smoothed,
        smoothed_graph=pairs,
        unit_linkage=linkage,
        curve=curve,
        level=level,
        term_names=texts.term_names,
    )


def with_pairs(graph: csr_matrix, pairs: NDArray[np.int64], smoothed: csr_matrix) -> csr_matrix:
    """Add pairs of rows to a symmetric graph, with the dot products of their rows."""
    if len(pairs) == 0:
        return graph
    from scipy import sparse

    first, second = pairs.T
    products = np.asarray(smoothed[first].multiply(smoothed[second]).sum(axis=1)).ravel()
    # A stored entry is what counts, so a pair that shares nothing gets the least there is.
    values = np.maximum(products, np.finfo(np.float64).tiny)
    rows, columns = np.concatenate([first, second]), np.concatenate([second, first])
    added = sparse.csr_matrix((np.tile(values, 2), (rows, columns)), shape=graph.shape)
    return sparse.csr_matrix(graph.maximum(added))


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
    rows: csr_matrix,
    weights: csr_matrix,
    is_large: bool,
    options: Options,
    hook: ProgressHook | None,
) -> csr_matrix:
    """Each row with its neighbours; in single precision where there are many."""
    if is_large:
        rows = rows.astype(np.float32, copy=False)
    weights = weights.astype(rows.dtype, copy=False)
    return from_core(_core.smooth_rows(rows, weights, options.n_jobs, hook))


def linked_pairs(
    smoothed: csr_matrix, graph: csr_matrix, n_candidates: int, times: Any, options: Options
) -> csr_matrix:
    """The smoothed similarities of each row to its strongest direct neighbours."""
    graph = graph.astype(smoothed.dtype, copy=False)
    pairs = _core.candidate_pairs(smoothed, graph, n_candidates, options.n_jobs)
    return within_gap(from_core(pairs), times, options)


def sampled_units(articles: Articles, unit_of_row: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Choose about `_N_JUDGES` units by their texts, whatever the order of the articles.

    The share of units to choose is that of checksums below a bound; of copies, the lowest counts.
    """
    columns = (articles.column("title"), articles.column("text"))
    sums = np.array([_checksum(*texts) for texts in zip(*columns, strict=True)], dtype=np.int64)
    n_units = int(unit_of_row.max()) + 1
    lowest = np.full(n_units, 2**32)
    worded = unit_of_row >= 0
    np.minimum.at(lowest, unit_of_row[worded], sums[worded])
    return np.asarray(lowest < _N_JUDGES / n_units * 2**32)


def _checksum(title: str | None, text: str | None) -> int:
    value = zlib.crc32((title or "").encode("utf-8", "surrogatepass"))
    return zlib.crc32((text or "").encode("utf-8", "surrogatepass"), value)


def criterion_curve(
    smoothed: csr_matrix,
    pairs: csr_matrix,
    dendrogram: Any,
    judges: NDArray[np.bool_] | None,
    options: Options,
    hook: ProgressHook | None,
) -> Curve:
    """The criterion over the levels of the dendrogram; one story for all is no candidate.

    Where there are `judges`, it is their mean.
    """
    criterion = _core.CutCriterion(_SIZE_OFFSET, _LONE_SIMILARITY)
    n = smoothed.shape[0]
    is_large = judges is not None
    n_merges = _core.spread_levels(dendrogram, _MAX_LEVELS_LARGE if is_large else _MAX_LEVELS)
    n_merges = n_merges[n_merges < max(n - 1, 1)]
    counts, scores = _core.cut_curve(
        smoothed,
        pairs,
        dendrogram,
        n_merges,
        criterion,
        _GIVE_UP_LARGE if is_large else 0.0,
        judges,
        options.n_jobs,
        hook,
    )
    similarity = np.concatenate([[1.0], dendrogram.similarity])
    return Curve(similarity[counts], np.asarray(scores))


def decayed(graph: csr_matrix, dates: NDArray[np.datetime64]) -> csr_matrix:
    """Weaken the similarities of articles apart in time, where both are dated."""
    from scipy import sparse

    if np.isnat(dates).all():
        return graph
    days = (dates - dates[~np.isnat(dates)].min()) / np.timedelta64(1, "D")
    gap = np.repeat(days, np.diff(graph.indptr))
    gap -= days[graph.indices]
    np.abs(gap, out=gap)
    gap /= -_DECAY_DAYS
    factor = np.exp(gap, out=gap)
    factor *= 1.0 - _DECAY_FLOOR
    factor += _DECAY_FLOOR
    factor[np.isnan(factor)] = 1.0
    data = graph.data * factor
    return sparse.csr_matrix((data, graph.indices, graph.indptr), shape=graph.shape)


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
