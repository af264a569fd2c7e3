"""Which story of before a story continues: ids that last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True)
class Lineage:
    """The stories that articles were in before.

    Attributes
    ----------
    names : list of str
        The ids of those stories, the oldest first.
    of_row : ndarray of int64, shape (n_articles,)
        Which of them each article was in; -1 for one that was in none.
    """

    names: list[str]
    of_row: NDArray[np.int64]


class Descent:
    """What became of the stories of before.

    A story of before goes on in the one that has most of its articles, the largest of those that
    have as many. The id of a story is that of the oldest that goes on in it: where one parts, the
    larger part keeps the id, and where two become one, the older id stays.

    Parameters
    ----------
    labels : ndarray of int64, shape (n_articles,)
        Stories by number, -1 for none.
    lineage : Lineage
    """

    def __init__(self, labels: NDArray[np.int64], lineage: Lineage) -> None:
        self._names = lineage.names
        is_told = (labels >= 0) & (lineage.of_row >= 0)
        width = int(labels.max(initial=0)) + 1
        keys = lineage.of_row[is_told] * width + labels[is_told]
        # Of each story of before and each of now: how many articles they share.
        keys, self.shared = np.unique(keys, return_counts=True)
        self.pairs = np.stack(np.divmod(keys, width), axis=1)

    @cached_property
    def heirs(self) -> dict[int, int]:
        """The label in which each story of before goes on; those of which nothing is left lack."""
        before, now = self._heirs
        return dict(zip(before.tolist(), now.tolist(), strict=True))

    @cached_property
    def _heirs(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Stories of before, ascending, and the label in which each goes on."""
        order = np.lexsort((self.pairs[:, 1], -self.shared, self.pairs[:, 0]))
        before, now = self.pairs[order].T
        first = np.append(True, before[1:] != before[:-1])[: len(before)]
        return before[first], now[first]

    def counts(self, n_stories: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many stories of before go on in each of now, and of how many it has articles."""
        now = (self._heirs[1], self.pairs[:, 1])
        of_heirs, of_all = (np.bincount(labels, minlength=n_stories) for labels in now)
        return of_heirs, of_all

    def origins(self, chosen: NDArray[np.bool_]) -> tuple[dict[int, list[int]], ...]:
        """Of some labels, the stories of before that go on in each, and those it has articles of.

        Parameters
        ----------
        chosen : ndarray of bool, shape (n_stories,)

        Returns
        -------
        tuple of two dict
            Label to stories of before, the oldest first.
        """
        found: tuple[dict[int, list[int]], ...] = ({}, {})
        pairs = (self._heirs, tuple(self.pairs.T))
        for origins, (before, now) in zip(found, pairs, strict=True):
            here = chosen[now]
            for k, label in zip(before[here].tolist(), now[here].tolist(), strict=True):
                origins.setdefault(label, []).append(k)
        return found

    def ids(self, earliest: Sequence[str]) -> list[str]:
        """Name the stories.

        Parameters
        ----------
        earliest : sequence of str
            The id of the earliest article of each story: what new ones are named for.
        """
        before, now = (part[::-1].tolist() for part in self._heirs)
        # The oldest comes last, and stays.
        kept = {label: self._names[k] for k, label in zip(before, now, strict=True)}
        taken = set(kept.values())
        ids = []
        for label, article in enumerate(earliest):
            name = kept.get(label) or _free_name(article, taken)
            taken.add(name)
            ids.append(name)
        return ids


def _free_name(article: str, taken: set[str]) -> str:
    name, number = story_id(article), 1
    while name in taken:
        number += 1
        name = story_id(f"{article}\n{number}")
    return name


def story_id(first_id: str) -> str:
    """Return a name for a story that depends on nothing but the id of its earliest article.

    Examples
    --------
    >>> story_id("https://example.org/1")
    's9529d38a31'
    """
    return "s" + blake2b(first_id.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def ids_of(
    labels: NDArray[np.int64], lineage: Lineage | None, earliest: Sequence[str]
) -> list[str]:
    """Return the id of each story.

    Parameters
    ----------
    labels : ndarray of int64, shape (n_articles,)
    lineage : Lineage or None
        None where nothing was before.
    earliest : sequence of str
        The id of the earliest article of each story.

    Examples
    --------
    >>> before = Lineage(["s1", "s2"], np.array([0, 0, 1, -1]))
    >>> ids_of(np.array([0, 0, 0, 1]), before, ["a", "https://example.org/1"])
    ['s1', 's9529d38a31']
    """
    if lineage is None:
        lineage = Lineage([], np.full(len(labels), -1, np.int64))
    return Descent(labels, lineage).ids(earliest)


def next_lineage(
    ids: Sequence[str],
    labels: NDArray[np.int64],
    first_dates: NDArray[np.datetime64],
    before: Lineage | None,
) -> Lineage:
    """Return what the next update is to know: the ids of now, the oldest first.

    Parameters
    ----------
    ids : sequence of str
        Of each story.
    labels : ndarray of int64, shape (n_articles,)
    first_dates : ndarray of datetime64, shape (n_stories,)
        New stories are as old as their earliest articles.
    before : Lineage or None
        The ids of before are older than all others.
    """
    known = {name: k for k, name in enumerate([] if before is None else before.names)}
    place = np.array([known.get(name, len(known)) for name in ids], np.int64)
    order = np.lexsort((np.array(ids, str), first_dates, place))
    rank = np.full(len(ids) + 1, -1, np.int64)
    rank[order] = np.arange(len(ids))
    return Lineage([ids[label] for label in order.tolist()], rank[labels])
