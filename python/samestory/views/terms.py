"""The terms of an explanation, one entry a term whatever ways it counts in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from samestory import _core
from samestory.stories.term_names import (
    MEANING_TERM,
    PREFIX_MARK,
    is_beginning,
    is_ngram,
    is_word,
)

# The ways in which a term counts, in the order in which they are drawn, and what they are called.
WAYS = {
    "direct": "in both articles",
    "meaning": "by words that mean alike",
    "neighbour": "through articles like them",
    "embedding": "by the embeddings",
}

# All n-grams together: one run of letters alone tells a reader nothing.
LETTERS = "parts of words"
# All words that mean alike besides the pairs that are named.
ALIKE = "other words alike"
# What is said of words that differ in their endings.
_MOST_WORDS = 3
# Shares that would be printed as zero.
_LEAST_LENGTH = 0.0005


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
    def is_shared(self) -> bool:
        """Whether both articles have it."""
        return any(way != "neighbour" for way, _ in self.parts)

    @property
    def length(self) -> float:
        """The length of its bar: a part that takes away is as long as one that adds."""
        return sum(abs(weight) for _, weight in self.parts)


def term_shares(terms: Sequence[tuple[str, float, str]], *texts: str) -> list[TermShare]:
    """Bring the weights of each word together, those that both articles have first.

    Words of one prefix are one entry, and so are all n-grams. A prefix that no term spells out is
    shown by the words of the texts that start with it.

    Parameters
    ----------
    terms : sequence of (str, float, str)
        Term, weight and way.
    *texts : str
        The articles.

    Returns
    -------
    list of TermShare
        Without those of next to no weight.

    Examples
    --------
    >>> shares = term_shares([("ferry", 0.3, "direct"), ("hacked*", 0.2, "direct"),
    ...                       ("ferry*", 0.1, "neighbour")], "Bank hacked", "Hackers, hacked: bank")
    >>> [(share.term, share.parts) for share in shares]
    [('ferry', [('direct', 0.3), ('neighbour', 0.1)]), ('hacked', [('direct', 0.2)])]
    """
    parts: dict[str, dict[str, float]] = {}
    words: dict[str, list[str]] = {}
    for term, weight, way in terms:
        key = _key(term)
        ways = parts.setdefault(key, {})
        ways[way] = ways.get(way, 0.0) + weight
        if is_word(term) and term not in words.setdefault(key, []):
            words[key].append(term)
    names = _names(list(parts), words, texts)
    order = list(WAYS)
    shares = [
        TermShare(names[key], sorted(ways.items(), key=lambda part: order.index(part[0])))
        for key, ways in parts.items()
    ]
    kept = [share for share in shares if share.length >= _LEAST_LENGTH]
    return sorted(kept, key=lambda share: (not share.is_shared, -share.length))


def _key(term: str) -> str:
    """Return what terms of one entry have in common."""
    if is_ngram(term):
        return LETTERS
    if term == MEANING_TERM:
        return ALIKE
    if is_beginning(term) or is_word(term):
        return _core.word_beginning(term.removesuffix(PREFIX_MARK)) + PREFIX_MARK
    return term


def _names(
    keys: Sequence[str], words: dict[str, list[str]], texts: Sequence[str]
) -> dict[str, str]:
    """Return what each entry is called: its words, else those of the texts with its prefix."""
    nameless = {key for key in keys if is_beginning(key) and not words.get(key)}
    if nameless:
        from samestory.vectorizers.preprocessing import unicode_words

        in_texts = dict.fromkeys(word for text in texts for word in unicode_words(text.lower()))
        for word in in_texts:
            if (key := _key(word)) in nameless:
                words.setdefault(key, []).append(word)
    return {key: ", ".join(words.get(key, [])[:_MOST_WORDS]) or key for key in keys}
