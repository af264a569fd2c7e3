"""The terms of an explanation, one entry a term whatever ways it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samestory.stories.term_names import is_beginning, is_ngram

# The ways in which a term counts, in the order in which they are drawn, and what they are called.
WAYS = {
    "direct": "in both articles",
    "neighbour": "through articles like them",
    "embedding": "by the embeddings",
}

BEGINNING = "words that begin so"
# All n-grams together: one run of letters alone tells a reader nothing.
LETTERS = "parts of words"


@dataclass(frozen=True)
class TermShare:
    """What one term adds to a similarity.

    Attributes
    ----------
    term : str
        The term.
    parts : list of (str, float)
        Way and weight, in the order of `WAYS`.
    """

    term: str
    parts: list[tuple[str, float]]

    @property
    def weight(self) -> float:
        """The sum over all ways."""
        return sum(weight for _, weight in self.parts)

    @property
    def is_beginning(self) -> bool:
        """Whether it stands for all words that begin alike, as ``elect*`` does."""
        return is_beginning(self.term)

    @property
    def length(self) -> float:
        """The length of its bar: a part that takes away is as long as one that adds."""
        return sum(abs(weight) for _, weight in self.parts)


def term_shares(terms: Sequence[tuple[str, float, str]]) -> list[TermShare]:
    """Bring the weights of each term together, the heaviest term first.

    All n-grams become one entry.

    Examples
    --------
    >>> shares = term_shares([("ferry", 0.3, "direct"), ("reef", 0.2, "direct"),
    ...                       ("ferry", 0.1, "neighbour")])
    >>> [(share.term, share.parts) for share in shares]
    [('ferry', [('direct', 0.3), ('neighbour', 0.1)]), ('reef', [('direct', 0.2)])]
    """
    parts: dict[str, dict[str, float]] = {}
    for term, weight, way in terms:
        ways = parts.setdefault(LETTERS if is_ngram(term) else term, {})
        ways[way] = ways.get(way, 0.0) + weight
    order = list(WAYS)
    shares = [
        TermShare(term, sorted(ways.items(), key=lambda part: order.index(part[0])))
        for term, ways in parts.items()
    ]
    return sorted(shares, key=lambda share: -share.length)
