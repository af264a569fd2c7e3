"""A grouping of articles as it stands: which are one story, and what that rests on."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory.articles import Articles
    from samestory.stories.evidence import Evidence
    from samestory.stories.past import Past


class Grouping:
    """Articles, the label of each, and what the labels rest on.

    What is said of stories is computed from this by functions, which know it alone; `Stories` has
    them as its methods. Its attributes are described there.
    """

    def __init__(
        self, articles: Articles, evidence: Evidence, granularity: float, past: Past | None = None
    ) -> None:
        self.articles = articles
        self.evidence = evidence
        self.granularity = granularity
        self.past = past
        self.labels: NDArray[np.int64] = _core.story_labels(
            evidence.text_linkage,
            evidence.text_of_row,
            evidence.n_texts,
            granularity,
            evidence.cannot_link,
        )

    @cached_property
    def _starts(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rows in order of label, and where each story starts."""
        order = np.argsort(self.labels, kind="stable")
        n_stories = int(self.labels.max(initial=-1)) + 1
        starts = np.searchsorted(self.labels[order], np.arange(n_stories + 1))
        return order, starts

    @property
    def rows_by_story(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of all stories, one story after the other, and where each begins and ends."""
        order, starts = self._starts
        return order[starts[0] :], starts - starts[0]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """The number of articles of each story, falling."""
        return np.diff(self._starts[1])

    def __len__(self) -> int:
        """Return the number of stories, stories of one included."""
        return len(self._starts[1]) - 1

    @property
    def linkage(self) -> NDArray[np.float64]:
        """The SciPy linkage matrix over all input rows; distance is 1 - granularity."""
        return self.evidence.linkage

    @cached_property
    def similarity(self) -> csr_matrix:
        """The direct cosines kept, over input rows; copies of one text have 1."""
        return self.evidence.expand(self.evidence.graph).astype(np.float64, copy=False)

    @cached_property
    def smoothed(self) -> csr_matrix:
        """The smoothed similarities that proposed merges, over input rows."""
        return self.evidence.expand(self.evidence.smoothed_graph).astype(np.float64, copy=False)
