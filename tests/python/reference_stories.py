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


def told_by(n, all_told=300):
    return min(max(math.log(n / 2) / math.log(all_told / 2), 0), 1)


def length_weights(words):
    """7 clip(length / mean - .4, .1, 1) by word, and for each beginning the mean of its words."""
    counts = collections.Counter(word for document in words for word in document)
    mean = sum(len(w) * c for w, c in counts.items()) / sum(counts.values())
    weight = {w: 7 * min(max(len(w) / mean - 0.4, 0.1), 1) for w in counts}
    beginnings = collections.defaultdict(list)
    for w, c in counts.items():
        beginnings[w[:6]] += [weight[w]] * c
    return weight, {w: float(np.mean(values)) for w, values in beginnings.items()}


def tfidf(documents, elsewhere=None):
    """(1 + ln tf) (ln((1 + n) / (1 + df)) + 1), terms of one document by half, unit rows.

    With weights from elsewhere: mixed with them, as far as the documents do not tell.
    """
    terms = sorted({term for document in documents for term in document})
    rows = np.zeros((len(documents), len(terms)))
    for i, document in enumerate(documents):
        for term, count in collections.Counter(document).items():
            rows[i, terms.index(term)] = 1 + math.log(count)
    df = (rows > 0).sum(axis=0)
    told = 1 if elsewhere is None else told_by(len(documents), 150)
    idf = told * (np.log((1 + len(documents)) / (1 + df)) + 1)
    if elsewhere is not None:
        idf += (1 - told) * np.array([elsewhere[term] for term in terms])
    idf[df <= 1] *= 1 - 0.5 * told
    return unit(rows * idf)


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
    of_words, of_beginnings = length_weights(words)
    rows = unit(np.hstack([tfidf(words, of_words), tfidf(beginnings, of_beginnings)]))
    runs = tfidf(shared_only([ngrams(document) for document in words]))
    share = ngram_share(words)
    return unit(np.hstack([rows * math.sqrt(1 - share), runs * math.sqrt(share)]))


def least_cosine(lengths):
    """The least cosine of two texts of one story, by their distinct words."""
    root = np.sqrt(0.022 * np.asarray(lengths) ** 0.3)
    return np.outer(root, root)


def smooth(rows, lengths):
    """Each row with its six nearest neighbours, by how far they stand out from the twentieth."""
    cosine = rows @ rows.T
    np.fill_diagonal(cosine, 0)
    least = least_cosine(lengths)
    smoothed = rows.copy()
    for i in range(len(rows)):
        order = np.argsort(-cosine[i], kind="stable")
        best, far = cosine[i, order[0]], cosine[i, order[19]] if len(rows) > 20 else 0
        for j in order[:6]:
            if not cosine[i, j] >= least[i, j]:
                continue
            share = np.clip((cosine[i, j] - far) / max(0.5 * (best - far), 1e-9), 0, 1)
            smoothed[i] += (
                share
                * max(cosine[i, j], 0) ** ramp(lengths[i], 2.0, 0.7)
                * rows[j]
                * 3 ** ramp(lengths[i], 1, 0)
            )
    return unit(smoothed)


def ramp(length, short, long):
    way = min(max(math.log(length / 20) / math.log(3), 0), 1)
    return short + (long - short) * way


def silences(days):
    """Articles beyond the worst silence among days, and between dated and undated."""
    n_undated = sum(np.isnan(d) for d in days)
    days = sorted(d for d in days if not np.isnan(d))
    return 0.3 * 2 * min(n_undated, len(days)) + max(
        (
            2 * min(i, len(days) - i) * (1 - math.exp(-(days[i] - days[i - 1]) / 30))
            for i in range(1, len(days))
        ),
        default=0,
    )


def at_once(days):
    """The most texts that lie within 14 days, those without a date among them."""
    dated = [d for d in days if not np.isnan(d)]
    most = max((sum(first <= d <= first + 14 for d in dated) for first in dated), default=0)
    return most + len(days) - len(dated)


def time_factor(days, others):
    """What the similarity to the next counts if it is, or may be, of another time."""
    days, others = ([d for d in part if not np.isnan(d)] for part in (days, others))
    if not days or not others:
        return 0.75 if days or others else 1.0
    gap = max(min(others) - max(days), min(days) - max(others), 0)
    return 0.75 + 0.25 * math.exp(-gap / 7)


class Worth:
    """What each branch of a linkage (distance 1 - similarity) is worth as a story."""

    def __init__(
        self, tree, n_articles, days, growth, price, least_next=None, remitted=0.0, compared=0.0
    ):
        n = len(n_articles)
        self.n, self.tree = n, tree
        self.members = {i: [i] for i in range(n)}
        self.total, self.parent = dict.fromkeys(range(n), 0.0), {}
        for k, (a, b, distance, _) in enumerate(tree.tolist()):
            a, b = int(a), int(b)
            self.members[n + k] = self.members[a] + self.members[b]
            pairs = len(self.members[a]) * len(self.members[b])
            self.total[n + k] = self.total[a] + self.total[b] + pairs * (1 - distance)
            self.parent[a] = self.parent[b] = n + k
        self.value, self.price = {}, {}
        for node, rows in self.members.items():
            articles, leaves = sum(n_articles[r] for r in rows), len(rows)
            paid = sum(price[r] * n_articles[r] for r in rows)
            self.price[node] = paid - max(price[r] for r in rows)
            if node < n:
                self.value[node] = 0.0
                continue
            a = self.total[node] / (leaves * (leaves - 1) / 2)
            b = 1 - tree[self.parent[node] - n, 2] if node in self.parent else 0.0
            if node in self.parent:
                above = self.members[self.parent[node]]
                b *= time_factor([days[r] for r in rows], [days[r] for r in above if r not in rows])
            if least_next is not None:
                pairs = [least_next[i] * least_next[j] for i in rows for j in rows if i != j]
                b = max(b, float(np.mean(pairs)))
            silhouette = (a - b) / max(1 - a, 1 - b, 0.01)
            exponent = sum(growth[r] for r in rows) / leaves
            of_one_time = at_once([days[r] for r in rows])
            self.value[node] = articles * min(of_one_time, 200) ** exponent * silhouette
            self.value[node] -= 0.65 * silences([days[r] for r in rows])
            self.value[node] += remitted * self.price[node]
            self.value[node] -= 0.3 * compared / (leaves * (leaves - 1) / 2)

    def stories(self, factor=1.0):
        """The partition of the highest sum at a factor on all prices; ties stay whole."""
        best, groups = {}, {}
        for node, rows in self.members.items():
            best[node] = self.value[node] - factor * self.price[node]
            groups[node] = [rows]
            if node < self.n:
                continue
            a, b = (int(x) for x in self.tree[node - self.n, :2])
            height = self.tree[node - self.n, 2]
            above = self.parent.get(node)
            is_part = above is not None and self.tree[above - self.n, 2] == height
            if is_part or best[a] + best[b] > best[node]:
                best[node], groups[node] = best[a] + best[b], groups[a] + groups[b]
        roots = [node for node in self.members if node not in self.parent]
        return [group for root in roots for group in groups[root]]


def find_stories(texts):
    """Each text's story."""
    lengths = [len(set(unicode_words(text.lower()))) for text in texts]
    smoothed = smooth(term_rows(texts), lengths)
    similarity = smoothed @ smoothed.T
    distances = 1 - similarity[np.triu_indices(len(texts), 1)]
    tree = linkage(np.maximum(distances, 0), "average")
    tree = tree[tree[:, 2] <= 1 - 0.05]
    growth = [ramp(length, 0.5, 0.12) for length in lengths]
    price = [ramp(length, 2.02, 0.15) for length in lengths]
    ones, undated = np.ones(len(texts)), np.full(len(texts), np.nan)
    labels = np.empty(len(texts), dtype=int)
    told = told_by(len(texts))
    least = np.sqrt((1 - told) * np.diag(least_cosine(lengths)))
    remitted = 1 - told_by(len(texts), 10)
    compared = max(math.log10(len(texts) / 300), 0)
    worth = Worth(tree, ones, undated, growth, price, least, remitted, compared)
    for label, rows in enumerate(worth.stories()):
        labels[rows] = label
    return labels
