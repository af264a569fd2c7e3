"""Reading news articles: from pages, files, frames and lists to one table."""

from samestory.articles.model import Article, Articles
from samestory.articles.read import read_articles
from samestory.articles.removed import Removed, RemovedParts
from samestory.articles.skipped import Skipped, SkippedRows

__all__ = [
    "Article",
    "Articles",
    "Removed",
    "RemovedParts",
    "Skipped",
    "SkippedRows",
    "read_articles",
]
