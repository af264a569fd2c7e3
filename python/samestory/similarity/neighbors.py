"""The join with scikit-learn's face: a graph of neighbours for what takes a precomputed one."""

from typing import Any, Self

import numpy as np

from samestory._sparse import to_csr
from samestory.similarity.join import similarity_join
from samestory.vectorizers.estimator import Estimator, not_fitted_error


class SimilarityNeighborsTransformer(Estimator):
    """Turn rows into a sparse graph of their exact nearest neighbours by cosine.

    It takes the place of scikit-learn's ``KNeighborsTransformer``: the graph goes to ``DBSCAN``,
    ``HDBSCAN``, ``TSNE``, UMAP or ``SpectralClustering`` as ``metric="precomputed"`` or
    ``affinity="precomputed_nearest_neighbors"``.

    Parameters
    ----------
    n_neighbors : int or None, default=15
        Neighbours of each row, itself not counted. None: all that reach `threshold`.
    threshold : float, optional
        Keep neighbours at this similarity or more.
    mode : {"distance", "similarity"}, default="distance"
        Cosine distances 1 - s, each row's sorted and starting with the row itself at 0; or
        similarities, 1 on the diagonal.
    symmetric : bool, default=False
        Keep a pair in both directions if it was found in one; algorithms that want an affinity
        matrix need that.
    n_jobs : int, default=-1
        Threads.

    Attributes
    ----------
    n_features_in_ : int
        Columns of the fitted rows.
    n_samples_fit_ : int
        Rows that were fitted.

    Examples
    --------
    >>> import numpy as np
    >>> import samestory as ss
    >>> X = np.array([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]])
    >>> graph = ss.SimilarityNeighborsTransformer(n_neighbors=1).fit_transform(X)
    >>> graph.toarray().round(3)
    array([[0.   , 0.005, 0.   ],
           [0.005, 0.   , 0.   ],
           [0.   , 0.9  , 0.   ]])
    """

    def __init__(
        self,
        *,
        n_neighbors: int | None = 15,
        threshold: float | None = None,
        mode: str = "distance",
        symmetric: bool = False,
        n_jobs: int | None = -1,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.threshold = threshold
        self.mode = mode
        self.symmetric = symmetric
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> Self:
        """Keep the rows that later ones are compared with.

        Parameters
        ----------
        X : sparse matrix or array-like of shape (n_samples, n_features)
            The rows.
        y : None
            Ignored.

        Returns
        -------
        self
        """
        if self.mode not in ("distance", "similarity"):
            raise ValueError(f'mode is {self.mode!r}; it has to be "distance" or "similarity"')
        self._rows = to_csr(X, "X")
        self.n_samples_fit_, self.n_features_in_ = self._rows.shape
        return self

    def fit_transform(self, X: Any, y: Any = None) -> Any:
        """Fit the rows and return the graph among them.

        Parameters
        ----------
        X : sparse matrix or array-like of shape (n_samples, n_features)
            The rows.
        y : None
            Ignored.

        Returns
        -------
        scipy.sparse.csr_matrix of shape (n_samples, n_samples)
            The graph.
        """
        self.fit(X)
        found = self._join(None)
        if self.symmetric:
            found = found.maximum(found.T).tocsr()
        return self._graph(found, with_self=True)

    def transform(self, X: Any) -> Any:
        """Return the graph from other rows to the fitted ones.

        Parameters
        ----------
        X : sparse matrix or array-like of shape (n_queries, n_features)
            The rows.

        Returns
        -------
        scipy.sparse.csr_matrix of shape (n_queries, n_samples_fit)
            The graph.
        """
        if not hasattr(self, "_rows"):
            raise not_fitted_error("fit this SimilarityNeighborsTransformer first")
        return self._graph(self._join(X), with_self=False)

    def _join(self, queries: Any) -> Any:
        rows = self._rows if queries is None else to_csr(queries, "X")
        others = None if queries is None else self._rows
        return similarity_join(
            rows, others, threshold=self.threshold, top_n=self.n_neighbors, n_jobs=self.n_jobs
        )

    def _graph(self, found: Any, with_self: bool) -> Any:
        from scipy import sparse

        sizes = np.diff(found.indptr)
        row = np.repeat(np.arange(found.shape[0]), sizes)
        column, value = found.indices, found.data
        if with_self:
            own = np.arange(found.shape[0])
            row, column = np.concatenate([own, row]), np.concatenate([own, column])
            value = np.concatenate([np.ones(len(own), dtype=value.dtype), value])
        if self.mode == "similarity":
            return sparse.csr_matrix((value, (row, column)), shape=found.shape)
        # Rounding may put the similarity of copies a little above 1.
        distance = np.maximum(1 - value, 0)
        is_other = row != column if with_self else np.ones(len(row), dtype=bool)
        order = np.lexsort((column, is_other, distance, row))
        indptr = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=found.shape[0]))])
        return sparse.csr_matrix((distance[order], column[order], indptr), shape=found.shape)
