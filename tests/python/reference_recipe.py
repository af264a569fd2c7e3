"""From rows to stories step by step, on SciPy matrices; each kernel has tests of its own."""

import math

import numpy as np
from scipy import sparse

import samestory as ss
from samestory import _core
from samestory._sparse import from_core

MANY_TEXTS = 20_000


def shortness(n_words):
    """1 up to 20 words, 0 from 60 on, linear in the logarithm between."""
    way = [math.log(max(n, 1) / 20) / math.log(60 / 20) for n in np.asarray(n_words).tolist()]
    return 1 - np.clip(way, 0, 1)


def search_for(n):
    """Candidates, least similarity, slack and least pair."""
    if n > MANY_TEXTS:
        return 12, 0.1, 0.02, 0.25
    return (12, 0.05, 0.02, 0.0) if n > 3_000 else (50, 0.05, np.inf, 0.0)


def meaning_columns(weights, vectors, shares):
    """The mean vectors of texts, each as long as the square root of its share."""
    sums = (weights @ vectors.astype(np.int64)).astype(np.float64)
    scale = np.sqrt(shares) / np.sqrt(np.maximum((sums * sums).sum(axis=1), 1))
    return sums * scale[:, None]


def with_meaning(rows, weights, vectors, shares):
    left = sparse.diags(np.sqrt(1 - shares)).astype(rows.dtype) @ rows
    columns = meaning_columns(weights, vectors, shares).astype(rows.dtype)
    short = shares > 0  # their vectors are stored whole, zeros too
    ends = np.concatenate([[0], np.cumsum(short * columns.shape[1])])
    indices = np.tile(np.arange(columns.shape[1]), short.sum())
    right = sparse.csr_matrix((columns[short].ravel(), indices, ends), shape=columns.shape)
    return sparse.csr_matrix(sparse.hstack([left, right], format="csr"))


def within_gap(pairs, times, gap):
    pairs = pairs.tocoo()
    kept = ~(np.abs(times[pairs.row] - times[pairs.col]) > gap)
    entries = pairs.data[kept], (pairs.row[kept], pairs.col[kept])
    return sparse.csr_matrix(entries, shape=pairs.shape)


def with_pairs(graph, pairs, smoothed):
    """Pairs added to a symmetric graph, with the dot products of their rows."""
    first, second = np.unique(np.sort(pairs, axis=1), axis=0).T
    products = np.asarray(smoothed[first].multiply(smoothed[second]).sum(axis=1)).ravel()
    values = np.maximum(products, np.finfo(np.float64).tiny)
    places = np.concatenate([first, second]), np.concatenate([second, first])
    added = sparse.csr_matrix((np.tile(values, 2), places), shape=graph.shape)
    return sparse.csr_matrix(graph.maximum(added)).astype(graph.dtype)


def group_texts(
    rows,
    n_words,
    least_similarity,
    days,
    remitted,
    least_next,
    compared=None,
    *,
    times=None,
    max_gap=None,
    must_link=None,
    cannot_link=None,
    meanings=None,
    n_neighbors=50,
):
    """Everything that stories rest on, as a dict."""
    n = rows.shape[0]
    graph = ss.similarity_join(
        rows, top_n=n_neighbors, times=times, max_gap=max_gap, progress=False
    )
    if meanings is not None:
        rows = with_meaning(rows, *meanings)
        graph = from_core(_core.candidate_pairs(rows, graph, n_neighbors))
    short = shortness(n_words)
    dated = None if np.isnan(days).all() else days
    weights = from_core(
        _core.smoothing_weights(graph, short, least_similarity, 1, dated, 5.5, 0.45)
    )
    dtype = np.float32 if n > MANY_TEXTS else rows.dtype
    smoothed = from_core(_core.smooth_rows(rows.astype(dtype), weights.astype(dtype)))
    n_candidates, least, slack, least_pair = search_for(n)
    pairs = from_core(_core.candidate_pairs(smoothed, graph.astype(dtype), n_candidates))
    if times is not None:
        pairs = within_gap(pairs, times, max_gap)
    group = None
    if must_link is not None and len(must_link):
        pairs = with_pairs(pairs, must_link, smoothed)
        joined = sparse.csr_matrix((np.ones(len(must_link)), must_link.T), shape=(n, n))
        group = sparse.csgraph.connected_components(joined, directed=False)[1].astype(np.int64)
    dendrogram = _core.average_linkage_of_rows(
        smoothed, pairs, least, must_link, cannot_link, slack, least_pair, 1
    )
    tree = _core.story_tree(
        dendrogram.linkage()[: dendrogram.n_merges],
        np.ones(n),
        days,
        0.12 + (0.5 - 0.12) * short,
        0.15 + (2.02 - 0.15) * short,
        group,
        remitted,
        least_next,
        compared,
    )
    return {
        "rows": rows,
        "graph": graph,
        "weights": weights,
        "smoothed": smoothed,
        "pairs": pairs,
        "tree": tree,
    }
