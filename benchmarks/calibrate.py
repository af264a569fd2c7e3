"""
Learn the least cosine of two articles of one story, as a function of their lengths.

    python benchmarks/calibrate.py

Balanced random pairs of each development set are told apart by
``cosine >= min(scale * sqrt(n_i * n_j) ** exponent, 0.3)``, n being distinct terms, with the
cosines of words and of their first five characters averaged and weighed by the background alone.
Each row of the table shows constants learnt without that set's family and how they do on it. The
last column takes negatives at their hardest: for each article the nearest one of another story.
"""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import scipy.sparse as sp
from background import word_pattern
from datasets import documents, read_rows
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from samestory.background import Background, load_background

SETS = ("fnc1_articles", "fnc1_headlines", "ecbplus", "basil", "multiling2011 en")
VARIANTS = {
    **{name: (name, None) for name in SETS},
    "basil, 45 words": ("basil", 45),
    "fnc1_articles, 45 words": ("fnc1_articles", 45),
    "ecbplus, 12 words": ("ecbplus", 12),
    "multiling2011 en, 45 words": ("multiling2011 en", 45),
}
SCALES = np.round(np.geomspace(0.006, 0.06, 24), 4)
EXPONENTS = (0.0, 0.15, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
CAP = 0.3
N_PAIRS = 1500


def family(variant: str) -> str:
    return VARIANTS[variant][0].split("_")[0].split()[0]


def unit_rows(texts: list[list[str]], table: Background) -> sp.csr_matrix:
    vocabulary = sorted({term for text in texts for term in text})
    column = {term: index for index, term in enumerate(vocabulary)}
    idf = table.idf_of(vocabulary)
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        for term, tf in Counter(text).items():
            rows.append(row)
            columns.append(column[term])
            values.append((1 + np.log(tf)) * idf[column[term]])
    shape = (len(texts), len(vocabulary))
    matrix = sp.csr_matrix((values, (rows, columns)), shape=shape)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sp.diags_array(1 / np.where(norms > 0, norms, 1)) @ matrix


def cosines(words: list[list[str]]) -> np.ndarray:
    table = load_background()
    prefixes = table.prefixes(5, leave_out=ENGLISH_STOP_WORDS)
    a = unit_rows(words, table)
    b = unit_rows([[word[:5] for word in text] for text in words], prefixes)
    return ((a @ a.T).toarray() + (b @ b.T).toarray()) / 2


def read(variant: str) -> tuple[list[list[str]], np.ndarray]:
    name, n_words = VARIANTS[variant]
    pattern = word_pattern()
    rows = [row for row in read_rows(name) if row["story"] is not None]
    words = [pattern.findall(text.lower())[:n_words] for text in documents(rows)]
    kept = [[word for word in text if word not in ENGLISH_STOP_WORDS] for text in words]
    return kept, np.unique([row["story"] for row in rows], return_inverse=True)[1]


def draw(story: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Draw pairs of one story (article first, then a mate of it) and pairs of two stories."""
    mates = story[:, None] == story
    np.fill_diagonal(mates, False)
    first = rng.choice(np.flatnonzero(mates.any(axis=1)), N_PAIRS)
    same = np.array([(i, rng.choice(np.flatnonzero(mates[i]))) for i in first])
    pairs = rng.integers(len(story), size=(4 * N_PAIRS, 2))
    return same, pairs[story[pairs[:, 0]] != story[pairs[:, 1]]][:N_PAIRS]


class Pairs:
    """Cosines and lengths of the pairs drawn from one variant of a set."""

    def __init__(self, variant: str) -> None:
        words, story = read(variant)
        cosine = cosines(words)
        terms = np.maximum([len(set(text)) for text in words], 1)
        same, apart = draw(story, np.random.default_rng(0))
        others = np.where(story[:, None] == story, -1.0, cosine)
        hard = np.column_stack([np.arange(len(story)), others.argmax(axis=1)])
        self.kinds = [
            (cosine[pairs[:, 0], pairs[:, 1]], np.sqrt(terms[pairs[:, 0]] * terms[pairs[:, 1]]))
            for pairs in (same, apart, hard)
        ]

    def judged_same(self, scale: float, exponent: float) -> list[float]:
        """Return the share judged the same story of each kind: same, apart, hard."""
        return [
            float(np.mean(cosine >= np.minimum(scale * length**exponent, CAP)))
            for cosine, length in self.kinds
        ]

    def accuracy(self, scale: float, exponent: float) -> float:
        """Return the share judged right of same and apart together."""
        same, apart, _ = self.judged_same(scale, exponent)
        return (same + 1 - apart) / 2


def learn(pairs: list[Pairs]) -> tuple[float, float]:
    grid = itertools.product(SCALES, EXPONENTS)
    return max(grid, key=lambda constants: np.mean([p.accuracy(*constants) for p in pairs]))


def main() -> None:
    pairs = {variant: Pairs(variant) for variant in VARIANTS}
    print(f"{'set':28} scale exponent accuracy  same  apart  apart, hard")
    for variant, own in pairs.items():
        others = [p for v, p in pairs.items() if family(v) != family(variant)]
        scale, exponent = learn(others)
        same, apart, hard = own.judged_same(scale, exponent)
        print(
            f"{variant:28} {scale:.4f} {exponent:.2f}     {(same + 1 - apart) / 2:.4f} "
            f"{same:.4f} {1 - apart:.4f} {1 - hard:.4f}"
        )
    print("learnt from all: scale {:.4f}, exponent {:.2f}".format(*learn(list(pairs.values()))))


if __name__ == "__main__":
    main()
