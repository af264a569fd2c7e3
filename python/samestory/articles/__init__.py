"""Reading news articles: from pages, files, frames and lists to one table."""

from samestory.articles.limits import ReadingLimits
from samestory.articles.model import Article, Articles
from samestory.articles.read import iter_articles, read_articles
from samestory.articles.removed import Removed, RemovedParts
from samestory.articles.report import ReadingReport
from samestory.articles.skipped import Skipped, SkippedRows

__all__ = [
    "Article",
    "Articles",
    "ReadingLimits",
    "ReadingReport",
    "Removed",
    "RemovedParts",
    "Skipped",
    "SkippedRows",
    "iter_articles",
    "read_articles",
]
