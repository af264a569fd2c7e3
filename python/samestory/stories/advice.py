"""How sure a grouping is: why an article is where it is, and what would change first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from samestory._lookup import shown
from samestory._wording import count, shorten
from samestory.articles.heading import heading
from samestory.stories.decision import Decision, decision

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories.grouping import Grouping
    from samestory.stories.story import Story, StorySequence

_LISTED = 10
_BETWEEN_MARGIN = 0.02
_TITLE_LENGTH = 100


@dataclass(frozen=True, repr=False)
class Why:
    """Why an article is in its story.

    Attributes
    ----------
    article : Article
    story : Story
        Its story.
    similarity : float
        Mean smoothed similarity to the other articles of its story; 0 if it stands alone.
    next_story : Story or None
        The story that would be next best; None where it shares nothing with any other.
    next_similarity : float
        Mean smoothed similarity to that story.
    nearest : list of (Article, float)
        The most similar articles of its own story.
    next_nearest : list of (Article, float)
        The most similar articles of the next best.
    decision : Decision
        What decided: the story as a whole, not the article's own means.
    """

    article: Article
    story: Story
    similarity: float
    next_story: Story | None
    next_similarity: float
    nearest: list[tuple[Article, float]]
    next_nearest: list[tuple[Article, float]]
    decision: Decision

    def __str__(self) -> str:
        """Say it in a few lines."""
        story = shorten(self.story.title, _TITLE_LENGTH)
        others = count(len(self.story) - 1, "other")
        own = f"{self.similarity:.3f} on average to the {others} of its story"
        if len(self.story) == 1:
            own = "it stands alone"
        lines = [f"{shorten(heading(self.article), _TITLE_LENGTH)}: {own} ({story})"]
        if self.next_story is not None:
            title = shorten(self.next_story.title, _TITLE_LENGTH)
            lines.append(f"next best: {self.next_similarity:.3f} to {title}")
        lines.append(f"the story as a whole: {self.decision}")
        if self.next_similarity > self.similarity > 0.0:
            lines.append("by its own means the next would be nearer; the story as a whole decided")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return shown("why_html", self)


def why(stories: StorySequence, row: int, similarity: NDArray[np.float64]) -> Why:
    """Compare an article's own story with the next best.

    Parameters
    ----------
    stories : StorySequence
    row : int
        The article's input row.
    similarity : ndarray, shape (n_articles,)
        Its smoothed similarity to every row.
    """
    labels, sizes = stories.labels, stories.sizes
    own = int(labels[row])
    member = labels >= 0
    sums = np.bincount(labels[member], weights=similarity[member], minlength=len(sizes))
    means = sums / sizes
    own_mean = (sums[own] - similarity[row]) / max(int(sizes[own]) - 1, 1)
    means[own] = -1.0
    best = int(np.argmax(means))
    exists = means[best] > 0.0
    others = similarity.copy()
    others[row] = 0.0
    return Why(
        article=stories.articles[row],
        story=stories[own],
        similarity=float(own_mean) if sizes[own] > 1 else 0.0,
        next_story=stories[best] if exists else None,
        next_similarity=float(means[best]) if exists else 0.0,
        nearest=_nearest(stories, others, own),
        next_nearest=_nearest(stories, others, best) if exists else [],
        decision=decision(stories, stories[own]),
    )


def _nearest(
    stories: Grouping, similarity: NDArray[np.float64], label: int, n: int = 3
) -> list[tuple[Article, float]]:
    rows = np.flatnonzero((stories.labels == label) & (similarity > 0.0))
    best = rows[np.argsort(-similarity[rows], kind="stable")[:n]]
    return [(stories.articles[int(i)], float(similarity[i])) for i in best]


@dataclass(frozen=True)
class Change:
    """A merge or a split that a small change of granularity would make.

    `granularity` is that up to which the two sides are one; `sides` are their input rows.
    """

    granularity: float
    sides: tuple[NDArray[np.int64], NDArray[np.int64]]
    titles: tuple[str, str]


@dataclass(frozen=True, repr=False)
class Advice:
    """How sure a grouping is.

    Attributes
    ----------
    granularity : float
        That of the grouping.
    stable_range : tuple of float
        The granularities between which the grouping stays exactly as it is.
    merges : list of Change
        What would join first if the granularity fell; what only 0 joins is not told.
    splits : list of Change
        What would part first if it rose.
    between : list of (Article, float)
        Articles that lie between two stories, with how much nearer they are to their own.
    """

    granularity: float
    stable_range: tuple[float, float]
    merges: list[Change]
    splits: list[Change]
    between: list[tuple[Article, float]]

    def __str__(self) -> str:
        """Say it as text."""
        low, high = self.stable_range
        lines = [
            f"Granularity {self.granularity:.3f}; the same stories from {low:.3f} to {high:.3f}."
        ]
        for announced, numbered in (
            ("Would join first:", [(c.granularity, c.titles) for c in self.merges]),
            ("Would part first:", [(c.granularity, c.titles) for c in self.splits]),
            ("Between two stories:", [(m, (heading(a),)) for a, m in self.between]),
        ):
            lines += [announced] if numbered else []
            for number, titles in numbered:
                words = " | ".join(shorten(title, _TITLE_LENGTH) for title in titles)
                lines.append(f"  {number:.3f}  {words}")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return shown("advice_html", self)


def advice(stories: Grouping) -> Advice:
    """Read off the dendrogram how sure a grouping is.

    Parameters
    ----------
    stories : Grouping
    """
    linkage = stories.evidence.text_linkage
    height = 1.0 - linkage[:, 2]
    kept = int(np.searchsorted(linkage[:, 2], 1.0 - stories.granularity, side="right"))
    lower = float(height[kept]) if kept < len(height) else 0.0
    upper = float(height[kept - 1]) if kept else 1.0
    merges = range(kept, min(kept + _LISTED, len(linkage)))
    splits = range(kept - 1, max(kept - 1 - _LISTED, -1), -1)
    return Advice(
        granularity=stories.granularity,
        stable_range=(lower, upper),
        merges=[_change(stories, i) for i in merges if height[i] > 0.0],
        splits=[_change(stories, i) for i in splits if height[i] < 1.0],
        between=_between(stories),
    )


def _change(stories: Grouping, merge: int) -> Change:
    linkage, n = stories.evidence.text_linkage, stories.evidence.n_texts
    texts = [_leaves(linkage, n, int(node)) for node in linkage[merge, :2]]
    rows = [np.flatnonzero(np.isin(stories.evidence.text_of_row, side)) for side in texts]
    titles = [stories.articles[int(side[0])] for side in rows]
    return Change(
        granularity=float(1.0 - linkage[merge, 2]),
        sides=(rows[0], rows[1]),
        titles=(titles[0].title or titles[0].id, titles[1].title or titles[1].id),
    )


def _leaves(linkage: NDArray[np.float64], n: int, node: int) -> list[int]:
    leaves, open_nodes = [], [node]
    while open_nodes:
        node = open_nodes.pop()
        if node < n:
            leaves.append(node)
        else:
            open_nodes += linkage[node - n, :2].astype(int).tolist()
    return leaves


def _between(stories: Grouping) -> list[tuple[Article, float]]:
    """Articles whose best neighbours are split evenly between their own story and another."""
    evidence = stories.evidence
    graph = evidence.smoothed_graph.tocoo()
    label_of_text = stories.labels[evidence.first_row_of_text]
    own = np.zeros(evidence.n_texts)
    other = np.zeros(evidence.n_texts)
    inside = label_of_text[graph.row] == label_of_text[graph.col]
    np.maximum.at(own, graph.row[inside], graph.data[inside])
    np.maximum.at(other, graph.row[~inside], graph.data[~inside])
    margin = own - other
    near = np.flatnonzero((own > 0) & (other > 0) & (margin < _BETWEEN_MARGIN))
    near = near[np.argsort(margin[near], kind="stable")[:_LISTED]]
    rows = evidence.first_row_of_text
    return [(stories.articles[int(rows[i])], float(margin[i])) for i in near]
