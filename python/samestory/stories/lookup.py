"""Articles and stories named by a user: by id, by row, by number."""

from __future__ import annotations

from operator import index as as_index
from typing import TYPE_CHECKING, Any

from samestory.articles import Article, Articles

if TYPE_CHECKING:
    from samestory.stories.grouping import Grouping


def row_of(articles: Articles, article: Any) -> int:
    """Return the input row of an article.

    Parameters
    ----------
    articles : Articles
    article : Article, str or int
        A str is an id, an int an input row.

    Raises
    ------
    KeyError
        If no article has the id.
    IndexError
        If there are fewer rows.
    TypeError
        If it is none of these.
    """
    if isinstance(article, Article):
        return articles.position(article.id)
    if isinstance(article, str):
        return _row_of_id(articles, article)
    try:
        row = as_index(article)
    except TypeError:
        raise TypeError(
            "an article is named by its id (a str), by its row in the input (an int), or given "
            f"as an Article, not {article!r}"
        ) from None
    if not -len(articles) <= row < len(articles):
        raise IndexError(f"article {row}: there are {len(articles):,}, from 0")
    return row % len(articles)


def _row_of_id(articles: Articles, name: str) -> int:
    try:
        return articles.position(name)
    except KeyError:
        note = f"; the row {name} is the int {name}, not the str" if name.isdecimal() else ""
        raise KeyError(f"no article has the id {name!r}{note}") from None


def label_of(stories: Grouping, key: Any) -> int:
    """Return the number of a story chosen by it, counted from the end where it is negative.

    Parameters
    ----------
    stories : Grouping
    key : int

    Raises
    ------
    IndexError
        If there are fewer stories.
    TypeError
        If it is no number; the message says what to use instead.
    """
    try:
        label = as_index(key)
    except TypeError:
        raise TypeError(_no_number(stories, key)) from None
    if not -len(stories) <= label < len(stories):
        raise IndexError(f"story {label}: there are {len(stories):,}, from 0")
    return label % len(stories)


def _no_number(stories: Grouping, key: Any) -> str:
    message = f"stories are chosen by number, from 0 (the largest) to {len(stories) - 1:,}"
    if isinstance(key, Article) or (isinstance(key, str) and key in stories.articles.ids):
        name = repr(key.id if isinstance(key, Article) else key)
        return f"{message}; for the story of the article {name}: stories.story_of({name})"
    if isinstance(key, str):
        return f"{message}, not by {key!r}; for stories that tell of it: stories.search({key!r})"
    return f"{message}, or several by a slice, not by {key!r}"
