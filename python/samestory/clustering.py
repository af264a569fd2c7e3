"""Clustering on its own: any sparse graph of similarities, or the rows of a TF-IDF matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from samestory import _core
from samestory._jobs import resolve_n_jobs
from samestory._sparse import from_core, to_csr, without_unused_columns
from samestory.vectorizers.estimator import Estimator

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OBJECTIVES = ("modularity", "cpm")


def average_linkage(graph: Any, *, n_jobs: int | None = -1) -> NDArray[np.float64]:
    r"""Cluster a sparse graph of similarities by average linkage (UPGMA).

    Two clusters are as similar as their members are on average,

    .. math:: s(A, B) = \frac{1}{|A| |B|} \sum_{a \in A} \sum_{b \in B} s_{ab},

    an absent pair counting as 0. This equals ``scipy.cluster.hierarchy.linkage`` on the dense
    distances ``1 - s`` (``method="average"``), in memory that grows with the pairs present. Of
    equally similar clusters, those with the lowest rows merge first.

    Parameters
    ----------
    graph : sparse matrix or array-like of shape (n, n)
        Symmetric similarities in [0, 1]. The diagonal is ignored.
    n_jobs : int, default=-1
        Threads; -1 means one for each processor. The result does not depend on it.

    Returns
    -------
    ndarray of shape (n - 1, 4)
        SciPy's linkage matrix with distance 1 - similarity. Clusters that share nothing are joined
        last, at distance 1.

    Raises
    ------
    ValueError
        If `graph` is not square and symmetric, holds NaN, or a value outside of [0, 1].

    Examples
    --------
    >>> import numpy as np
    >>> import samestory as ss
    >>> graph = np.array([[1.0, 0.75, 0.0], [0.75, 1.0, 0.5], [0.0, 0.5, 1.0]])
    >>> ss.average_linkage(graph)
    array([[0.  , 1.  , 0.25, 2.  ],
           [2.  , 3.  , 0.75, 3.  ]])
    """
    linkage: NDArray[np.float64] = _core.average_linkage(
        to_csr(graph, "graph"), resolve_n_jobs(n_jobs)
    ).linkage()
    return linkage


def connected_components(graph: Any) -> NDArray[np.int64]:
    """Label the connected components of a graph.

    Parameters
    ----------
    graph : sparse matrix or array-like of shape (n, n)
        Every value other than 0 is an edge, both ways.

    Returns
    -------
    ndarray of int64, shape (n,)
        Labels: 0 the largest component, ties by first row.

    Raises
    ------
    ValueError
        If `graph` is not square or holds NaN.

    Examples
    --------
    >>> import samestory as ss
    >>> ss.connected_components([[0, 0, 0], [0, 0, 1], [0, 1, 0]])
    array([1, 0, 0])
    """
    labels: NDArray[np.int64] = _core.connected_components(to_csr(graph, "graph"))
    return labels


def leiden(
    graph: Any,
    *,
    objective: str = "modularity",
    resolution: float = 1.0,
    seed: int = 0,
    n_runs: int = 4,
    max_iterations: int = 10,
    n_jobs: int | None = -1,
) -> NDArray[np.int64]:
    r"""Find communities by the Leiden method (Traag, Waltman and van Eck 2019).

    Maximizes, with :math:`w_c` the weight inside community c, :math:`k_c` the sum of its nodes'
    strengths, :math:`n_c` their number and m the weight of all edges,

    .. math::

        \sum_c \left( w_c - \gamma \frac{k_c^2}{4 m} \right) \quad \text{(modularity)}, \qquad
        \sum_c \left( w_c - \gamma \frac{n_c (n_c - 1)}{2} \right) \quad \text{(CPM)}.

    Parameters
    ----------
    graph : sparse matrix or array-like of shape (n, n)
        Symmetric weights of 0 or more.
    objective : {"modularity", "cpm"}, default="modularity"
        What to maximize.
    resolution : float, default=1.0
        The :math:`\gamma` above: the higher, the smaller the communities.
    seed : int, default=0
        Of the order in which nodes are looked at. One seed gives one result.
    n_runs : int, default=4
        Runs from different random orders; the best result counts.
    max_iterations : int, default=10
        Rounds of a run at most; fewer where rounds change nothing.
    n_jobs : int, default=-1
        Threads; -1 means one for each processor. The result does not depend on it.

    Returns
    -------
    ndarray of int64, shape (n,)
        Labels: 0 the largest community, ties by first row.

    Raises
    ------
    ValueError
        If `graph` is not square and symmetric or holds NaN or negative weights, or if a parameter
        is out of range.

    Examples
    --------
    >>> import numpy as np
    >>> import samestory as ss
    >>> pair = np.array([[0, 1], [1, 0]])
    >>> ss.leiden(np.kron(np.eye(2), pair))
    array([0, 0, 1, 1])
    """
    if objective not in _OBJECTIVES:
        raise ValueError(f"objective has to be one of {_OBJECTIVES}, not {objective!r}")
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed has to be in [0, 2**64), not {seed}")
    labels: NDArray[np.int64] = _core.leiden(
        to_csr(graph, "graph"),
        objective,
        resolution,
        seed,
        n_runs,
        max_iterations,
        resolve_n_jobs(n_jobs),
    )
    return labels


class StoryClusterer(Estimator):
    """Group the rows of a TF-IDF matrix into stories, with scikit-learn's conventions.

    Each row is smoothed by its nearest neighbours, the smoothed rows are joined by average linkage,
    and the stories are the branches that are worth most: what `find_stories` does to texts.

    Parameters
    ----------
    granularity : float or "auto", default="auto"
        How fine the stories are, in [0, 1]: .5, which "auto" means, is what is decided by itself,
        above it finer, below it coarser; 0 joins all, 1 nothing.
    n_neighbors : int, default=50
        Neighbours of each row in the similarity graph.
    n_candidates : int, default=10
        Neighbours that each row proposes to merge with.
    n_jobs : int, default=-1
        Threads; -1 means one for each processor. The result does not depend on it.

    Attributes
    ----------
    labels_ : ndarray of int64, shape (n_samples,)
        0 the largest story, ties by first row. A story of one is a story.
    granularity_ : float
        The granularity as a number.
    linkage_ : ndarray of shape (n_samples - 1, 4)
        SciPy's linkage matrix, distance 1 - granularity.
    n_features_in_ : int
        Columns seen by `fit`.
    feature_names_in_ : ndarray of str
        Their names, where the input has any.

    Examples
    --------
    >>> import samestory as ss
    >>> texts = ["rain floods the valley", "valley floods after rain", "election results are in"]
    >>> rows = ss.TfidfVectorizer().fit_transform(texts)
    >>> ss.StoryClusterer(granularity=0.3).fit_predict(rows)
    array([0, 0, 1])
    """

    def __init__(
        self,
        *,
        granularity: float | str = "auto",
        n_neighbors: int = 50,
        n_candidates: int = 10,
        n_jobs: int | None = -1,
    ) -> None:
        self.granularity = granularity
        self.n_neighbors = n_neighbors
        self.n_candidates = n_candidates
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> Self:
        """Find the stories.

        Parameters
        ----------
        X : sparse matrix or array-like of shape (n_samples, n_features)
            A row for each article, e.g. from `TfidfVectorizer`; rows are normalized first.
        y : object
            Ignored.

        Returns
        -------
        self : object
            The fitted estimator.
        """
        from samestory.stories.granularity import checked_granularity

        self._check_parameters()
        rows = _unit_rows(X)
        names = _feature_names(X)
        n = rows.shape[0]
        merges = self._tree(rows).linkage
        granularity = checked_granularity(self.granularity)
        self.labels_ = _core.story_labels(merges, np.arange(n), n, granularity)
        self.granularity_ = granularity
        self.linkage_ = _whole_linkage(merges, n)
        self.n_features_in_ = np.shape(X)[1]
        if names is not None:
            self.feature_names_in_ = names
        return self

    def fit_predict(self, X: Any, y: Any = None) -> NDArray[np.int64]:
        """Find the stories and return their labels.

        Parameters
        ----------
        X : sparse matrix or array-like of shape (n_samples, n_features)
            As for `fit`.
        y : object
            Ignored.

        Returns
        -------
        ndarray of int64, shape (n_samples,)
            `labels_`.
        """
        return self.fit(X).labels_

    def _check_parameters(self) -> None:
        level = self.granularity
        if isinstance(level, str):
            is_level = level == "auto"
        else:
            is_level = not isinstance(level, bool) and 0 <= level <= 1
        if not is_level:
            raise ValueError(f"granularity has to be 'auto' or in [0, 1], not {level!r}")
        for name, least in (("n_neighbors", 1), ("n_candidates", 1)):
            value = getattr(self, name)
            if isinstance(value, bool) or not hasattr(value, "__index__") or value < least:
                raise ValueError(f"{name} has to be a whole number >= {least}, not {value!r}")

    def _tree(self, rows: Any) -> Any:
        from samestory.stories.pipeline import recipe_for

        recipe = recipe_for(self.n_neighbors)
        for search in (recipe.of_few, recipe.of_some, recipe.of_many):
            search.n_candidates = self.n_candidates
        n_words = np.diff(rows.indptr).astype(np.int64)
        n_threads = resolve_n_jobs(self.n_jobs)
        return _core.group_texts(rows, recipe, n_words=n_words, n_threads=n_threads)["tree"]

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.estimator_type = "clusterer"
        tags.input_tags.sparse = True
        return tags


def _unit_rows(X: Any) -> Any:
    """The rows of X as CSR, of length 1; what scikit-learn refuses is refused in its words."""
    from scipy import sparse

    if not sparse.issparse(X):
        X = np.asarray(X)
        if X.dtype.kind == "O":
            X = X.astype(np.float64)
        if X.ndim == 1:
            raise ValueError(
                "Expected 2D array, got 1D array instead. Reshape your data with "
                "array.reshape(-1, 1) if it has one feature, array.reshape(1, -1) if one sample."
            )
        if X.dtype.kind == "c":
            raise ValueError("Complex data not supported")
    rows = to_csr(X, "X")
    for count, what in zip(rows.shape, ("sample", "feature"), strict=True):
        if count == 0:
            raise ValueError(
                f"Found array with 0 {what}(s) (shape={rows.shape}) while a minimum of 1 is "
                "required."
            )
    (rows,) = without_unused_columns([rows])
    rows = from_core(_core.checked_csr(rows, "X"))
    squares = np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float64).ravel()
    lengths = np.sqrt(squares)
    lengths[lengths == 0] = 1.0
    data = rows.data / np.repeat(lengths, np.diff(rows.indptr)).astype(rows.dtype)
    return sparse.csr_matrix((data, rows.indices, rows.indptr), shape=rows.shape)


def _feature_names(X: Any) -> NDArray[Any] | None:
    columns = getattr(X, "columns", None)
    if columns is None or not all(isinstance(name, str) for name in columns):
        return None
    return np.asarray(columns, dtype=object)


def _whole_linkage(merges: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Add the joins at distance 1 that make one tree of the forest."""
    from samestory.stories.dendrogram import over_rows

    return over_rows(merges, np.arange(n), n)
