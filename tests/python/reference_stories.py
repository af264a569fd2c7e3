"""How stories are found, slow and readable: dense matrices, plain loops, SciPy's linkage."""

import collections
import math

import numpy as np
from scipy.cluster.hierarchy import linkage

from samestory.vectorizers.preprocessing import unicode_words


def unit(rows):
    norms = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    norms[norms == 0] = 1
    return rows / norms


def tfidf(documents):
    """(1 + ln tf) (ln((1 + n) / (1 + df)) + 1), terms of one document by half, unit rows."""
    terms = sorted({term for document in documents for term in document})
    rows = np.zeros((len(documents), len(terms)))
    for i, document in enumerate(documents):
        for term, count in collections.Counter(document).items():
            rows[i, terms.index(term)] = 1 + math.log(count)
    df = (rows > 0).sum(axis=0)
    rows *= np.log((1 + len(documents)) / (1 + df)) + 1
    rows[:, df <= 1] *= 0.5
    return unit(rows)


def ngrams(document):
    """Runs of three to five characters in words that have a space at either end."""
    padded = [f" {word} " for word in document]
    return [word[i : i + n] for word in padded for n in (3, 4, 5) for i in range(len(word) - n + 1)]


def shared_only(documents):
    df = collections.Counter(term for document in documents for term in set(document))
    return [[term for term in document if df[term] > 1] for document in documents]


def ngram_share(words):
    """A third where texts have up to 15 words, none from 60 on; of 20 to 100 texts a part."""
    median = np.median([len(set(document)) for document in words])
    short = min(max(1 - math.log(median / 15) / math.log(4), 0), 1)
    return 0.33 * short * min(max((len(words) - 20) / 80, 0), 1)


def term_rows(texts):
    """Words and their first six letters, side by side, with the n-grams of short texts."""
    words = [unicode_words(text.lower()) for text in texts]
    beginnings = [[word[:6] for word in document] for document in words]
    rows = unit(np.hstack([tfidf(words), tfidf(beginnings)]))
    runs = tfidf(shared_only([ngrams(document) for document in words]))
    share = ngram_share(words)
    return unit(np.hstack([rows * math.sqrt(1 - share), runs * math.sqrt(share)]))


def smooth(rows, n_neighbors=5):
    cosine = rows @ rows.T
    np.fill_diagonal(cosine, 0)
    smoothed = rows.copy()
    for i in range(len(rows)):
        for j in np.argsort(-cosine[i], kind="stable")[:n_neighbors]:
            smoothed[i] += max(cosine[i, j], 0) * rows[j]
    return unit(smoothed)


def share(own, other):
    return (own - other) / max(1 - own, 1 - other, 1e-3)


def score(similarity, labels):
    """The criterion of one grouping."""
    total = 0.0
    for i, label in enumerate(labels):
        own = [j for j in range(len(labels)) if labels[j] == label and j != i]
        held = similarity[i, own].mean() if own else 0.85
        others = [similarity[i, labels == other].mean() for other in set(labels) - {label}]
        total += math.log(2 + 1 + len(own)) * share(held, max([0.0, *others]))
    return total / len(labels)


def level(similarity, tree):
    """The log-mean over the levels whose score is within 2% of the best."""
    n = len(similarity)
    labels = np.arange(n)
    members = {i: [i] for i in range(n)}
    heights, scores = [1.0], [score(similarity, labels)]
    for k, (left, right, distance, _) in enumerate(tree[:-1].tolist()):
        members[n + k] = members[int(left)] + members[int(right)]
        labels[members[n + k]] = n + k
        heights.append(1 - distance)
        scores.append(score(similarity, labels))
    high = np.maximum(heights, 0.1)
    low = np.append(high[1:], 0.1)
    best = max(scores)
    weights = [
        max(s - (best - 0.02 * abs(best)), 0) * math.log(h / b)
        for s, h, b in zip(scores, high, low, strict=True)
    ]
    middle = (np.log(high) + np.log(low)) / 2
    return math.exp(float(np.average(middle, weights=weights)))


def stories(similarity, tree, at):
    """Groups of rows: the tree cut at a level, branches just above it deciding for themselves."""
    n = len(similarity)
    top = at * (1 + 0.7 * at)

    def leaves(node):
        if node < n:
            return [node]
        return leaves(int(tree[node - n, 0])) + leaves(int(tree[node - n, 1]))

    merged = {row for k in range(n - 1) if 1 - tree[k, 2] >= at for row in leaves(n + k)}
    lone = min(0.7 + 0.8 * max(1 - len(merged) / n - 0.1, 0), 0.92)

    def whole(node, above):
        rows = leaves(node)
        block = similarity[np.ix_(rows, rows)]
        pairs = len(rows) * (len(rows) - 1)
        inside = (block.sum() - np.trace(block)) / pairs if pairs else lone
        return len(rows) * share(inside, above)

    def best(node, above):
        """The best value of a branch, and its groups."""
        if node < n:
            return whole(node, above), [[node]]
        height = 1 - tree[node - n, 2]
        if height >= top:
            return whole(node, above), [leaves(node)]
        (left, in_left), (right, in_right) = (
            best(int(tree[node - n, side]), max(height, 0)) for side in (0, 1)
        )
        parts, one = left + right, whole(node, above)
        if height < at or parts > one + 0.03 * len(leaves(node)):
            return parts, in_left + in_right
        return one, [leaves(node)]

    return best(2 * n - 2, 0.0)[1]


def background(cosine, n_neighbors):
    """The n-th highest similarity of each row that has so many; of 100 to 300 rows a part."""
    known = min(max((len(cosine) - 100) / 200, 0), 1)
    values = np.zeros(len(cosine))
    for i, row in enumerate(cosine):
        positive = sorted((x for j, x in enumerate(row) if j != i and x > 0), reverse=True)
        if len(positive) >= n_neighbors:
            values[i] = known * positive[n_neighbors - 1]
    return values


def large_stories(similarity, tree, at, days):
    """Groups of rows: the tree cut at a level, large branches below it whole if they stand out."""
    n = len(similarity)

    def leaves(node):
        if node < n:
            return [node]
        return leaves(int(tree[node - n, 0])) + leaves(int(tree[node - n, 1]))

    merged = {row for k in range(n - 1) if 1 - tree[k, 2] >= at for row in leaves(n + k)}
    has_topics = 1 - len(merged) / n > 0.4

    def score(rows, above):
        block = similarity[np.ix_(rows, rows)]
        pairs = len(rows) * (len(rows) - 1)
        inside = (block.sum() - np.trace(block)) / pairs if pairs else 0.85
        contrast = math.log(max(inside, above) + 0.3) - math.log(above + 0.3)
        return len(rows) * math.log(2 + len(rows)) * contrast, inside

    def best(node, above):
        rows = leaves(node)
        whole, inside = score(rows, above)
        if node < n or 1 - tree[node - n, 2] >= at:
            return whole, [rows]
        height = 1 - tree[node - n, 2]
        (left, in_left), (right, in_right) = (best(int(tree[node - n, s]), height) for s in (0, 1))
        dated = days[rows][~np.isnan(days[rows])]
        is_short = len(dated) == 0 or np.subtract(*np.quantile(dated, [0.75, 0.25])) <= 14
        if 2 * len(dated) < len(rows):
            is_short &= not has_topics or above <= 0.05
        if len(rows) >= 40 and inside >= 0.2 and whole > 2 * (left + right) and is_short:
            return whole, [rows]
        return left + right, in_left + in_right

    return best(2 * n - 2, 0.0)[1]


def find_stories(texts):
    """The level, and each text's story."""
    smoothed = smooth(term_rows(texts))
    similarity = smoothed @ smoothed.T
    distances = 1 - similarity[np.triu_indices(len(texts), 1)]
    tree = linkage(np.maximum(distances, 0), "average")
    at = level(similarity, tree)
    labels = np.empty(len(texts), dtype=int)
    for label, rows in enumerate(stories(similarity, tree, at)):
        labels[rows] = label
    return at, labels
