"""What the explorer answers to its front end: stories, one story, two articles side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.stories.granularity import checked_granularity
from samestory.stories.term_names import ALIKE_MARK
from samestory.views.explore_filter import Filter, Wanted, searched_words
from samestory.views.firsts import first_of
from samestory.views.markup import web_address
from samestory.views.overview import overview
from samestory.views.terms import ALIKE, LETTERS, WAYS, term_shares
from samestory.views.wording import (
    count,
    decided,
    duration,
    heading,
    joined,
    moment,
    names,
    shorten,
    span,
    summary,
    teller,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Article
    from samestory.stories import Stories, Story

_CUTS_KEPT = 8
_STORIES_AT_ONCE = 50
_ARTICLES_AT_ONCE = 100
_OUTLETS_OFFERED = 300
_TERMS_SHOWN = 15
_TERMS_MARKED = 40
_TITLE_LENGTH = 300
_TEXT_LENGTH = 20_000


class Session:
    """Answers to one explorer.

    Parameters
    ----------
    stories : Stories
    """

    def __init__(self, stories: Stories) -> None:
        self.stories = stories
        self._filter = Filter(stories.articles)
        self.at = lru_cache(_CUTS_KEPT)(self._at)

    def _at(self, granularity: float) -> Stories:
        if granularity == self.stories.granularity:
            return self.stories
        return self.stories.at(granularity)

    def start(self) -> dict[str, Any]:
        """Return what the front end has to know from the first."""
        days = self._filter.days()
        return {
            "found": self.stories.granularity,
            "outlets": self._filter.outlets(_OUTLETS_OFFERED),
            "days": None if days is None else list(days),
            "ways": WAYS,
        }

    def answer(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Answer a question of the front end.

        Parameters
        ----------
        question : mapping
            `ask` names what is asked: "stories", "story", "pair" or "why"; `granularity` where the
            stories are cut; the others what that answer takes.

        Returns
        -------
        dict
            With `error` where it cannot be answered.
        """
        answers = {
            "stories": self._stories,
            "story": self._story,
            "pair": self._pair,
            "why": self._why,
        }
        ask = str(question.get("ask"))
        try:
            stories = self.at(checked_granularity(question.get("granularity")))
            return {"ask": ask, **answers[ask](stories, question)}
        except (ValueError, LookupError, TypeError) as error:
            return {"ask": ask, "error": str(error)}

    # -- the list ------------------------------------------------------------------------------

    def _stories(self, stories: Stories, question: Mapping[str, Any]) -> dict[str, Any]:
        wanted = _wanted(question)
        labels = self._filter.labels(wanted, stories.labels)
        labels = _ordered(stories, labels, str(question.get("order", "")))
        start = max(int(question.get("start", 0)), 0)
        shown = labels[start : start + _STORIES_AT_ONCE].tolist()
        return {
            "facts": str(overview(stories)),
            "narrow": wanted.is_narrow,
            "total": len(labels),
            "start": start,
            "stories": [_item(stories, label) for label in shown],
        }

    # -- one story -----------------------------------------------------------------------------

    def _story(self, stories: Stories, question: Mapping[str, Any]) -> dict[str, Any]:
        story = stories.story_of(_row(stories, question.get("row")))
        rows = _by_moment(stories, story.rows)
        matches = self._filter.matches(_wanted(question))
        start = max(int(question.get("start", 0)), 0)
        articles = [stories.articles[row] for row in rows.tolist()]
        seconds = [int(a.date.timestamp()) for a in articles if a.date is not None]
        return {
            **_item(stories, story.label),
            "n": len(story),
            "first": str(first_of(articles)),
            "keywords": story.keywords,
            "seconds": seconds if start == 0 else [],
            "start": start,
            "articles": [
                {**_article(articles[i], int(rows[i])), "matches": bool(matches[rows[i]])}
                for i in range(start, min(start + _ARTICLES_AT_ONCE, len(rows)))
            ],
        }

    # -- two articles --------------------------------------------------------------------------

    def _pair(self, stories: Stories, question: Mapping[str, Any]) -> dict[str, Any]:
        a, b = (_row(stories, question.get(name)) for name in ("a", "b"))
        why = stories.explain(a, b)
        shares = term_shares(why.terms, why.a.document, why.b.document)
        facts = joined(
            (
                "one story" if why.same_story else "two stories",
                f"similarity {why.score:.3f}",
                f"{why.similarity:.3f} by their own words",
                "" if why.gap is None else f"{duration(why.gap)} apart",
            )
        )
        named = [s.term for s in shares if s.is_shared and s.term not in (ALIKE, LETTERS)]
        marks = [word for term in named[:_TERMS_MARKED] for word in _words(term)]
        return {
            "facts": facts,
            "rule": decided(why.same_story, why.granularity, why.joined_at),
            "same": why.same_story,
            "marks": marks,
            "terms": [
                {"term": share.term, "weight": share.weight, "parts": share.parts}
                for share in shares[:_TERMS_SHOWN]
            ],
            "rest": why.score - sum(share.weight for share in shares[:_TERMS_SHOWN]),
            "sides": [_side(why.a, a), _side(why.b, b)],
        }

    def _why(self, stories: Stories, question: Mapping[str, Any]) -> dict[str, Any]:
        """An article beside the one of its story that it is most like."""
        row = _row(stories, question.get("row"))
        nearest = stories.why(row).nearest
        if not nearest:
            return {"alone": True}
        other = stories.articles.position(nearest[0][0].id)
        return self._pair(stories, {"a": row, "b": other})


def _row(stories: Stories, value: Any) -> int:
    row = int(value)
    if not 0 <= row < len(stories.labels):
        raise IndexError(f"article {row}: there are {len(stories.labels):,}")
    return row


def _wanted(question: Mapping[str, Any]) -> Wanted:
    return Wanted(
        searched_words(str(question.get("q", ""))),
        str(question.get("outlet", "")),
        _day(question.get("from")),
        _day(question.get("to")),
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def _ordered(stories: Stories, labels: NDArray[np.int64], order: str) -> NDArray[np.int64]:
    """Stories in an order of time; those without a date last."""
    if order not in ("newest", "oldest"):
        return labels
    rows, starts = stories.rows_by_story
    dates = stories.articles.dates[rows]
    if not len(rows):
        return labels
    # fmin and fmax pass over NaT where there is a date.
    ends = (np.fmax if order == "newest" else np.fmin).reduceat(dates, starts[:-1])[labels]
    seconds = ends.astype("datetime64[s]").astype(np.int64)
    key = -seconds if order == "newest" else seconds
    return labels[np.lexsort((labels, key, np.isnat(ends)))]


def _by_moment(stories: Stories, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    # NaT sorts behind every date.
    return rows[np.argsort(stories.articles.dates[rows], kind="stable")]


def _item(stories: Stories, label: int) -> dict[str, Any]:
    story: Story = stories[label]
    rows = _by_moment(stories, story.rows)
    dates = stories.articles.dates[rows]
    dated = rows[~np.isnat(dates)]
    ends = [stories.articles[int(row)].date for row in (dated[[0, -1]] if len(dated) else [])]
    when = span(*ends) if ends else "no date"
    n_outlets = len(story.outlets)
    return {
        "label": label,
        "id": story.id,
        # A story is known by its earliest article: a row is the same in all cuts.
        "row": int(rows[0]),
        "title": shorten(story.title, _TITLE_LENGTH),
        "articles": len(story),
        "facts": joined(
            (
                count(len(story), "article"),
                names(story.outlets) if n_outlets <= 2 else count(n_outlets, "outlet"),
                when,
            )
        ),
    }


def _article(article: Article, row: int) -> dict[str, Any]:
    return {
        "row": row,
        "title": shorten(heading(article), _TITLE_LENGTH),
        "standfirst": summary(article),
        "url": web_address(article.url),
        "teller": teller(article),
        "moment": moment(article),
    }


def _words(term: str) -> list[str]:
    """The words that an entry names."""
    return term.replace(ALIKE_MARK, ", ").split(", ")


def _side(article: Article, row: int) -> dict[str, Any]:
    words = article.text if article.title else article.document
    text = words[:_TEXT_LENGTH]
    paragraphs = [" ".join(part.split()) for part in text.splitlines() if part.strip()]
    return {
        **_article(article, row),
        "standfirst": article.standfirst,
        "text": paragraphs,
        "cut": len(words) > _TEXT_LENGTH,
    }
