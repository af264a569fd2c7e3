"""Short texts have few words: runs of letters that they share count as well.

A headline says "hacked" where another says "hackers": one word of eight, and no beginning of six
letters in common. Character n-grams within words see that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.term_names import NGRAM_MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

# The share of the n-grams where the median text has at most so many distinct words; it falls with
# the logarithm of that number to nothing at the second one.
_SHARE = 0.33
_FULL_UNTIL, _NONE_FROM = 15.0, 60.0
# Few texts do not tell which n-grams are rare; among many there are others that say the same in
# the same words, and their rows have to be short.
_TEXTS_FROM, _TEXTS_FULL = 20, 100
_MANY_FROM, _MANY_FULL = 5_000, 10_000
_NGRAM_RANGE = (3, 5)


def ngram_share(lengths: NDArray[np.int64]) -> float:
    """How much of the similarity is that of n-grams: .33 where texts are short.

    Nothing up to 20 texts, in full from 100 to 5,000, nothing from 10,000 on.

    Parameters
    ----------
    lengths : ndarray of int, shape (n_texts,)
        Distinct words of each text, stop words left out.

    Examples
    --------
    >>> ngram_share(np.full(200, 8)), ngram_share(np.full(200, 300))
    (0.33, 0.0)
    """
    n = len(lengths)
    if not lengths.any():
        return 0.0
    median = max(float(np.median(lengths)), 1.0)
    short = np.log(_NONE_FROM / median) / np.log(_NONE_FROM / _FULL_UNTIL)
    enough = (n - _TEXTS_FROM) / (_TEXTS_FULL - _TEXTS_FROM)
    too_many = (n - _MANY_FROM) / (_MANY_FULL - _MANY_FROM)
    return _SHARE * float(np.clip([short, enough, 1.0 - too_many], 0.0, 1.0).prod())


def ngram_rows(
    counts: csr_matrix, words: list[str], n_jobs: int
) -> tuple[csr_matrix, NDArray[Any]]:
    """Count the n-grams of three to five characters in the words, and weigh them.

    Each is (1 + ln tf) (ln((1 + n) / (1 + df)) + 1), n-grams of a single text left out.

    Parameters
    ----------
    counts : csr_matrix, shape (n_texts, n_words)
        Occurrences of each word.
    words : list of str
    n_jobs : int
        Threads.

    Returns
    -------
    rows : csr_matrix of float64
        Unit rows; empty where no n-gram is shared with another text.
    names : ndarray of str
    """
    from samestory.vectorizers import CountVectorizer, TfidfTransformer

    counter = CountVectorizer(
        analyzer="char_wb", ngram_range=_NGRAM_RANGE, lowercase=False, n_jobs=n_jobs
    )
    counter.set_progress(False)
    in_word = counter.fit_transform(words)
    ngram_counts = (counts @ in_word).tocsr()
    df = np.bincount(ngram_counts.indices, minlength=in_word.shape[1])
    shared = np.flatnonzero(df > 1)
    rows = ngram_counts[:, shared].astype(np.float64)
    if len(shared):
        rows = TfidfTransformer(sublinear_tf=True).fit_transform(rows)
    rows.sort_indices()
    names = counter.get_feature_names_out()[shared]
    return rows, np.array([f"{NGRAM_MARK}{name.strip()}{NGRAM_MARK}" for name in names], object)
