"""Who printed whose text: pairs of articles, one of which has much of the other's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress, ProgressHook
from samestory._sparse import from_core
from samestory.recurring import recurring_spans
from samestory.similarity.join import similarity_join
from samestory.similarity.reused import Pairs, TextReuse, compared_texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Articles

# Two reports of one event share names, titles and short quotes: runs of three or four words. Five
# in a row are rarely met by chance, and short enough that a text with a word changed here and there
# still shares most of them (the length used for newspapers by Smith, Cordell and Mullen 2015).
SHINGLE_WORDS = 5
# Reports of one event that quote the same statement share up to a fifth of their runs of words.
THRESHOLD = 0.3
# A caption or a notice that stands in a text is no article taken from it.
LEAST_SHARED = 20
# Two texts may share anything; what three unrelated ones share is their site's.
_LEAST_TEXTS = 3
# As long as what it stands for, and no word.
_BLANK = "\n"


def text_reuse(
    source: Any,
    threshold: float = THRESHOLD,
    *,
    shingle_words: int = SHINGLE_WORDS,
    least_shared: int = LEAST_SHARED,
    same_outlet: bool = True,
    leave_out_recurring: bool = True,
    max_gap: Any = None,
    n_jobs: int | None = -1,
    progress: bool | ProgressHook | None = None,
) -> TextReuse:
    r"""Find every pair of articles where one has much of the other's text.

    Compared are the distinct word shingles (runs of `shingle_words` words) of the texts, without
    headlines. How much of one text is found in another is their containment,

    .. math:: c(x, y) = \\frac{|S(x) \\cap S(y)|}{|S(x)|},

    by an exact join: an agency's text is found whole in an outlet that lengthened it, and an outlet
    that cut it is found whole in the agency's text; in both cases a cosine would be low.

    Parameters
    ----------
    source : Articles, or anything `read_articles` takes
        The articles. Those without a text (headlines alone) are compared by their standfirst;
        those with fewer words than a shingle have no pairs.
    threshold : float in (0, 1], default=0.3
        A pair is kept if at least this share of either text is found in the other. Independent
        reports of one event share less, even with the same quotes.
    shingle_words : int, default=5
        The words of a shingle. In scripts written without spaces two characters stand for a word.
    least_shared : int, default=20
        Shingles that a pair has to share at the least.
    same_outlet : bool, default=True
        Whether pairs of one outlet are kept too: new versions of its own text.
    leave_out_recurring : bool, default=True
        Whether runs of words are passed over that recur in texts which share nothing else: notices,
        lists of links and captions of a site. They are looked for among three texts or more that
        are linked by pairs.
    max_gap : timedelta, number or str, optional
        Only pairs at most so far apart in time: a number is days, a text such as "36h". Articles
        without a date are paired with all.
    n_jobs : int, default=-1
        Threads. The result does not depend on it.
    progress : bool, callable or None, default=None
        As for `find_stories`.

    Returns
    -------
    TextReuse
        A sequence of `ReusedText`, those with the largest share first.

    Examples
    --------
    >>> import samestory as ss
    >>> wire = "The ferry Kalliope ran onto a reef off Thyrea on Sunday night with 214 on board."
    >>> reuse = ss.text_reuse(
    ...     [
    ...         {"id": "wire", "date": "2024-03-10T21:00Z", "text": wire},
    ...         {"id": "post", "date": "2024-03-10T23:30Z", "text": f"{wire} It was dark."},
    ...     ],
    ...     least_shared=5,
    ... )
    >>> pair = reuse[0]
    >>> pair.earlier.id, pair.later.id, pair.hours, pair.share_of_earlier
    ('wire', 'post', 2.5, 1.0)
    >>> pair.passages[0].words, pair.passages[0].text[:19]
    (16, 'The ferry Kalliope ')
    """
    from samestory._gaps import checked_gap
    from samestory.articles import Articles, read_articles

    gap = checked_gap(max_gap)
    n_words = _checked(shingle_words, "shingle_words", 1)
    least = _checked(least_shared, "least_shared", 1)
    articles = source if isinstance(source, Articles) else read_articles(source)
    texts = compared_texts(articles)
    n_threads = resolve_n_jobs(n_jobs)
    with Progress(progress) as shown:

        def compare(texts: list[str]) -> Pairs:
            rows, n_shingles = shared_shingles(texts, n_words, n_threads, shown.hook)
            when = articles.dates if gap is not None else None
            found = similarity_join(
                weighted_by_row(rows, n_shingles),
                rows,
                threshold=threshold,
                normalize=False,
                times=when,
                times_y=when,
                max_gap=gap,
                n_jobs=n_jobs,
                progress=shown.hook or False,
            )
            return _pairs_of(found, n_shingles, least)

        pairs = compare(texts)
        if leave_out_recurring:
            kept = without_recurring(texts, pairs, n_words, n_threads)
            if kept is not None:
                pairs, texts = compare(_of_rows(kept, pairs)), kept
    if not same_outlet:
        pairs = pairs.take(_between_outlets(articles, pairs))
    return TextReuse(articles, texts, pairs, n_words, n_jobs)


def without_recurring(
    texts: list[str], pairs: Pairs, n_words: int, n_threads: int
) -> list[str] | None:
    """Blank what recurs in otherwise unrelated texts, so that all else stays in its place.

    Searched are the texts of each connected group of pairs by itself: in a whole archive, what one
    site prints is too rare to be met in a sample.

    Returns
    -------
    list of str or None
        All texts; None where nothing recurs.
    """
    kept: list[str] | None = None
    for rows in _connected(pairs, len(texts)):
        spans = recurring_spans(
            [texts[row] for row in rows], run_words=n_words, language="", n_jobs=n_threads
        )
        if len(spans):
            kept = list(texts) if kept is None else kept
            for place, begin, end in spans.tolist():
                row = rows[place]
                kept[row] = f"{kept[row][:begin]}{_BLANK * (end - begin)}{kept[row][end:]}"
    return kept


def _connected(pairs: Pairs, n: int) -> list[list[int]]:
    """Return the rows of each group of three texts or more that pairs connect."""
    from scipy import sparse
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(pairs.first), dtype=np.int8)
    graph = sparse.coo_matrix((ones, (pairs.first, pairs.second)), shape=(n, n))
    labels = connected_components(graph, directed=False)[1]
    paired = np.unique(np.concatenate([pairs.first, pairs.second]))
    order = paired[np.argsort(labels[paired], kind="stable")]
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return [group.tolist() for group in groups if len(group) >= _LEAST_TEXTS]


def _of_rows(texts: list[str], pairs: Pairs) -> list[str]:
    """Return the texts that are in a pair, and nothing in place of all others."""
    paired = set(pairs.first.tolist()) | set(pairs.second.tolist())
    return [text if row in paired else "" for row, text in enumerate(texts)]


def _checked(value: Any, name: str, least: int) -> int:
    if isinstance(value, bool) or not hasattr(value, "__index__") or value < least:
        raise ValueError(f"{name}={value!r}: it has to be a whole number from {least} up")
    return int(value.__index__())


def shared_shingles(
    texts: list[str], n_words: int, n_threads: int, hook: ProgressHook | None = None
) -> tuple[Any, NDArray[np.int64]]:
    """Return which shingles of other texts each text has, and how many it has in all.

    Parameters
    ----------
    texts : list of str
    n_words : int
        The words of a shingle.
    n_threads : int
    hook : callable or None
        Told of progress.

    Returns
    -------
    rows : csr_matrix of float64
        1 where a text has a shingle; columns are those of two texts or more.
    n_shingles : ndarray of int64
        The number of distinct shingles of each text.
    """
    batch = _core.DocumentBatch()
    for text in texts:
        batch.append(text)
    parts, n_shingles = _core.shingle_rows(batch, n_words, n_threads=n_threads, progress=hook)
    return from_core(parts), n_shingles


def weighted_by_row(rows: Any, n_shingles: NDArray[np.int64]) -> Any:
    """Return the rows with 1 / n in place of 1, so that products are shares of the row."""
    weighted = rows.copy()
    weighted.data = np.repeat(1.0 / np.maximum(n_shingles, 1), np.diff(rows.indptr))
    return weighted


def _pairs_of(found: Any, n_shingles: NDArray[np.int64], least: int) -> Pairs:
    """Return each pair once: the lower row and the higher one, and how many shingles they share."""
    entries = found.tocoo()
    a, b = entries.row.astype(np.int64), entries.col.astype(np.int64)
    n_shared = np.rint(entries.data * n_shingles[a]).astype(np.int64)
    kept = (a != b) & (n_shared >= least)
    a, b, n_shared = a[kept], b[kept], n_shared[kept]
    first, second = np.minimum(a, b), np.maximum(a, b)
    order = np.lexsort((second, first))
    is_new = np.ones(len(order), dtype=bool)
    same = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0)
    is_new[1:] = ~same
    one = order[is_new]
    return Pairs(
        first[one],
        second[one],
        n_shared[one] / n_shingles[first[one]],
        n_shared[one] / n_shingles[second[one]],
    )


def _between_outlets(articles: Articles, pairs: Pairs) -> NDArray[np.bool_]:
    """Whether the outlets of each pair differ, or one of them is not known."""
    outlets = articles.column("outlet")
    rows = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    return np.array([outlets[a] != outlets[b] or not outlets[a] for a, b in rows], dtype=bool)
