"""Groups of copies: the same wire text in many outlets."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from samestory._lookup import shown
from samestory._sparse import to_csr
from samestory.similarity.join import similarity_join

if TYPE_CHECKING:
    from samestory.articles import Articles

Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, repr=False)
class NearDuplicates:
    """Groups of rows that are copies of each other.

    Attributes
    ----------
    labels : ndarray of int64
        The group of each row: 0 is the largest, ties by first row; a row without a copy is a group
        of its own.
    groups : list of ndarray
        The rows of each group of two or more, the largest group first.
    earliest : ndarray of int64
        For each of `groups` the row that was written first: that with the earliest date, those
        without a date last, the lowest row where dates tie.
    similarity : scipy.sparse.csr_matrix
        The similarity of each pair at the threshold.
    articles : Articles or None
        What was compared, where articles were given.
    """

    labels: Indices
    groups: list[Indices]
    earliest: Indices
    similarity: Any
    articles: "Articles | None" = None

    @property
    def is_copy(self) -> npt.NDArray[np.bool_]:
        """Whether a row is a later copy: in a group, and not its earliest."""
        copies = np.zeros(len(self.labels), dtype=bool)
        for rows in self.groups:
            copies[rows] = True
        copies[self.earliest] = False
        return copies

    def rows_by_date(self) -> list[list[int]]:
        """Return the rows of each group, the earliest first and those without a date last."""
        if self.articles is None:
            return [group.tolist() for group in self.groups]
        dates = self.articles.dates
        return [group[np.argsort(dates[group], kind="stable")].tolist() for group in self.groups]

    def __len__(self) -> int:
        return len(self.groups)

    def __repr__(self) -> str:
        return shown("copies_text", self)

    def _repr_html_(self) -> str:
        return shown("copies_html", self)


def near_duplicates(
    X: Any,
    threshold: float = 0.9,
    *,
    times: Any = None,
    max_gap: Any = None,
    n_jobs: int | None = -1,
) -> NearDuplicates:
    """Group copies: the connected components of the pairs at a similarity or more.

    Parameters
    ----------
    X : sparse matrix, array-like, or articles
        TF-IDF rows; or anything else that `read_articles` takes, which is then counted first.
    threshold : float, default=0.9
        The similarity of copies.
    times : array-like, optional
        When each row was written; the dates of articles by default.
    max_gap : timedelta or number, optional
        Rows further apart in time are not compared.
    n_jobs : int, default=-1
        Threads.

    Returns
    -------
    NearDuplicates

    Examples
    --------
    >>> import samestory as ss
    >>> copies = ss.near_duplicates(
    ...     ["Rain floods the old harbour", "A quiet day in town", "Rain floods the old harbour"]
    ... )
    >>> copies
    3 articles · 1 group of copies · 1 later copy
      0  2 articles  Rain floods the old harbour
    >>> copies.groups
    [array([0, 2])]
    """
    articles = None if _is_matrix(X) else _articles(X)
    if articles is not None:
        X = _counted(articles, n_jobs)
        times = articles.dates if times is None else times
    rows = to_csr(X, "X")
    when = times if max_gap is not None else None
    pairs = similarity_join(rows, threshold=threshold, times=when, max_gap=max_gap, n_jobs=n_jobs)
    labels = _labels(pairs)
    groups = _groups(labels)
    order = _ranks(times, rows.shape[0])
    earliest = np.array([group[np.argmin(order[group])] for group in groups], dtype=np.int64)
    return NearDuplicates(labels, groups, earliest, pairs, articles)


def _is_matrix(X: Any) -> bool:
    from scipy import sparse

    return sparse.issparse(X) or (isinstance(X, np.ndarray) and X.dtype.kind in "biuf")


def _articles(source: Any) -> "Articles":
    from samestory.articles import Articles, read_articles

    return source if isinstance(source, Articles) else read_articles(source)


def _counted(articles: "Articles", n_jobs: int | None) -> Any:
    from samestory.vectorizers import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, n_jobs=n_jobs)
    return vectorizer.fit_transform(articles.documents())


def _labels(pairs: Any) -> Indices:
    from scipy.sparse.csgraph import connected_components

    n_groups, raw = connected_components(pairs, directed=False)
    sizes = np.bincount(raw, minlength=n_groups)
    first = np.full(n_groups, len(raw))
    np.minimum.at(first, raw, np.arange(len(raw)))
    rank = np.empty(n_groups, dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(n_groups)
    labels: Indices = rank[raw]
    return labels


def _groups(labels: Indices) -> list[Indices]:
    sizes = np.bincount(labels)
    by_group = np.split(np.argsort(labels, kind="stable"), np.cumsum(sizes)[:-1])
    return [group.astype(np.int64) for group, size in zip(by_group, sizes, strict=True) if size > 1]


def _ranks(times: Any, n_rows: int) -> Indices:
    """Return each row's place in time; without dates, its place in the input."""
    from samestory.similarity.times import time_arguments

    ranks = np.empty(n_rows, dtype=np.int64)
    when = time_arguments(times, None, None, None).times
    if when is None:
        return np.arange(n_rows)
    if len(when) != n_rows:
        raise ValueError(f"times has {len(when)} entries; it needs one for each of {n_rows} rows")
    ranks[np.lexsort((np.arange(n_rows), when))] = np.arange(n_rows)
    return ranks
