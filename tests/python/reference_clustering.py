"""Slow, readable references for clustering: dense matrices and plain loops."""

import numpy as np


def strongest(similarities, n_neighbors):
    """The n strongest positive neighbours of each row, ties to the lower column; else 0."""
    result = np.zeros_like(similarities)
    for i, row in enumerate(similarities):
        order = [j for j in np.argsort(-row, kind="stable") if j != i and row[j] > 0]
        for j in order[:n_neighbors]:
            result[i, j] = row[j]
    return result


def smooth(rows, weights):
    """normalize(row + weighted neighbours)."""
    smoothed = rows + weights @ rows
    lengths = np.sqrt((smoothed**2).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1
    return smoothed / lengths


def forest_merges(rows, pairs):
    """Merges (members, members, average) of clusters that `pairs` links, by exact averages.

    Rounds, as the core does: all pairs of clusters that are each other's most similar.
    """
    clusters = {i: [i] for i in range(len(rows))}
    merges = []
    while True:
        averages = {
            (a, b): rows[clusters[a]].sum(axis=0)
            @ rows[clusters[b]].sum(axis=0)
            / (len(clusters[a]) * len(clusters[b]))
            for a in clusters
            for b in clusters
            if a < b and pairs[np.ix_(clusters[a], clusters[b])].any()
        }
        best = {}
        for (a, b), average in averages.items():
            for one, other in ((a, b), (b, a)):
                if average > 0 and (one not in best or (-average, other) < best[one]):
                    best[one] = (-average, other)
        chosen = [(a, b) for a, (_, b) in best.items() if a < b and best[b][1] == a]
        if not chosen:
            return merges
        for a, b in chosen:
            merges.append((tuple(sorted(clusters[a])), tuple(sorted(clusters[b])), averages[a, b]))
            clusters[a] = sorted(clusters[a] + clusters.pop(b))


def components(graph):
    """Component names by flooding."""
    linked = (graph != 0) | (graph != 0).T
    names = np.full(len(graph), -1)
    for start in range(len(graph)):
        waiting = [start] if names[start] < 0 else []
        while waiting:
            node = waiting.pop()
            if names[node] < 0:
                names[node] = start
                waiting += np.flatnonzero(linked[node]).tolist()
    return names


def partition_quality(graph, labels, objective, resolution):
    """Modularity or CPM of a dense weighted graph without loops."""
    weight = graph.sum() / 2
    quality = 0.0
    for label in np.unique(labels):
        members = labels == label
        inside = graph[np.ix_(members, members)].sum() / 2
        if objective == "modularity":
            penalty = graph[members].sum() ** 2 / (4 * weight)
        else:
            penalty = members.sum() * (members.sum() - 1) / 2
        quality += inside - resolution * penalty
    return quality


def cut(linkage, n, granularity):
    """A group of each leaf when merges up to a distance of 1 - granularity are kept."""
    groups = np.arange(n)
    members = {leaf: [leaf] for leaf in range(n)}
    for k, (left, right, distance, _) in enumerate(np.asarray(linkage)):
        if distance > 1 - granularity:
            break
        members[n + k] = members.pop(int(left)) + members.pop(int(right))
        groups[members[n + k]] = n + k
    return groups


def ordered(groups):
    """Groups numbered by size, the largest 0, ties by their first row; -1 stays -1."""
    groups = np.asarray(groups)
    rows = {group: np.flatnonzero(groups == group) for group in set(groups.tolist()) - {-1}}
    labels = np.full(len(groups), -1)
    for label, group in enumerate(sorted(rows, key=lambda g: (-len(rows[g]), rows[g][0]))):
        labels[rows[group]] = label
    return labels
