"""What fitting on parts of a collection has to remember: frequencies of all terms, unpruned."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt


@dataclass
class Frequencies:
    """Terms in order, in how many documents each stands, how often in all, and of how many."""

    terms: Any  # a list, or the core's Vocabulary until it is needed as one
    documents: npt.NDArray[np.int64]
    totals: npt.NDArray[np.int64] | None  # None where a fit had no use for them
    n_documents: int

    def term_list(self) -> list[Any]:
        """Return the terms as Python objects."""
        return self.terms if isinstance(self.terms, list) else list(self.terms.terms())

    def plus(self, other: Self) -> "Frequencies":
        """Add those of other documents; integers, so that the order of adding does not matter."""
        mine, others = self.term_list(), other.term_list()
        terms = sorted({*mine, *others})
        place = {term: i for i, term in enumerate(terms)}
        at_mine = np.fromiter((place[t] for t in mine), np.int64, len(mine))
        at_others = np.fromiter((place[t] for t in others), np.int64, len(others))

        def added(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
            total = np.zeros(len(terms), np.int64)
            total[at_mine] += a
            total[at_others] += b
            return total

        totals = None
        if self.totals is not None and other.totals is not None:
            totals = added(self.totals, other.totals)
        documents = added(self.documents, other.documents)
        return Frequencies(terms, documents, totals, self.n_documents + other.n_documents)
