"""What stands for an article where there is room for a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory._wording import one_line, shorten

if TYPE_CHECKING:
    from samestory.articles.model import Article


def heading(article: Article) -> str:
    """Return the title of an article; without one, how its text begins; else its id."""
    begins = shorten(article.standfirst or article.text, 90)
    return one_line(article.title) or begins or one_line(article.id)
