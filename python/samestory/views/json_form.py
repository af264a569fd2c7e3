"""Results as plain dicts and lists, as ``--json`` prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._frames import whole_text
from samestory.stories.earliest import story_places
from samestory.stories.summary import summary_columns
from samestory.views.wording import stamp

if TYPE_CHECKING:
    from samestory.articles import Article, Articles
    from samestory.similarity.near_duplicates import NearDuplicates
    from samestory.stories import Explanation, Stories

_FIELDS = ("id", "title", "author", "outlet", "language", "url", "path")


def stories_json(stories: Stories) -> dict[str, Any]:
    """Return all stories with their articles, the largest first.

    Parameters
    ----------
    stories : Stories
    """
    columns = summary_columns(stories)
    for name in ("first_date", "last_date"):
        columns[name] = [_moment(date) for date in columns[name]]
    columns |= {name: columns[name].tolist() for name in ("story", "articles", "outlets")}
    places = story_places(stories)
    told = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    for row, story in zip(told, stories, strict=True):
        rows = story.rows[np.argsort(places[story.rows])].tolist()
        row["title"] = whole_text(row["title"])
        row["keywords"] = story.keywords
        row["articles"] = [article_json(stories.articles[i], i) for i in rows]
    return {
        "articles": len(stories.articles),
        "granularity": stories.granularity,
        "stories": told,
        "skipped": _skipped(stories.articles),
    }


def changes_json(stories: Stories) -> dict[str, Any]:
    """Return what the last update changed, the largest stories first.

    Parameters
    ----------
    stories : Stories
    """
    changes = [asdict(change) for change in stories.changes]
    for change in changes:
        change["previous_ids"] = list(change["previous_ids"])
        change["title"] = whole_text(change["title"])
    return {
        "articles": len(stories.articles),
        "stories": len(stories),
        "changes": changes,
        "skipped": _skipped(stories.articles),
    }


def explanation_json(explanation: Explanation, rows: Sequence[int]) -> dict[str, Any]:
    """Return an explanation with all its terms.

    Parameters
    ----------
    explanation : Explanation
    rows : sequence of int
        The input rows of its two articles.
    """
    gap = explanation.gap
    return {
        "a": article_json(explanation.a, rows[0]),
        "b": article_json(explanation.b, rows[1]),
        "same_story": explanation.same_story,
        "joined_at": explanation.joined_at,
        "granularity": explanation.granularity,
        "score": explanation.score,
        "similarity": explanation.similarity,
        "gap_seconds": None if gap is None else gap.total_seconds(),
        "terms": [term._asdict() for term in explanation.terms],
    }


def copies_json(copies: NearDuplicates) -> dict[str, Any]:
    """Return all groups of copies of articles, the earliest of each first.

    Parameters
    ----------
    copies : NearDuplicates
        Of articles.
    """
    articles = copies.articles
    assert articles is not None
    groups = [[article_json(articles[row], row) for row in rows] for rows in copies.rows_by_date()]
    return {"articles": len(articles), "groups": groups, "skipped": _skipped(articles)}


def reading_json(articles: Articles) -> dict[str, Any]:
    """Return what was read, used, taken out and skipped.

    Parameters
    ----------
    articles : Articles
    """
    told = asdict(articles.report())
    for name in ("first_date", "last_date"):
        told[name] = _moment(np.datetime64(told[name]))
    told["removed"] = {
        why: {"passages": passages, "characters": characters}
        for why, (passages, characters) in told["removed"].items()
    }
    told["outlets"] = {whole_text(name): n for name, n in told["outlets"].items()}
    return {"articles": told.pop("n_articles"), **told, "skipped": _skipped(articles)}


def article_json(article: Article, row: int) -> dict[str, Any]:
    """Return what an article says of itself, without its text.

    Parameters
    ----------
    article : Article
    row : int
        Its row in the input.
    """
    fields = {name: whole_text(getattr(article, name)) for name in _FIELDS}
    return {"row": row, **fields, "date": stamp(article) or None}


def _skipped(articles: Articles) -> list[dict[str, Any]]:
    return [
        {"input": whole_text(row.input), "row": row.row, "reason": whole_text(row.reason)}
        for row in articles.skipped
    ]


def _moment(date: np.datetime64) -> str | None:
    return None if np.isnat(date) else f"{date.astype('datetime64[s]')}Z"
