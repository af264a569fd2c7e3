"""Which of these news articles tell the same story?

``samestory`` groups article pages into stories: TF-IDF, an exact similarity join and average
linkage in a C++ core, with scikit-learn's conventions and pandas' tables around it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from samestory._core import __version__

if TYPE_CHECKING:
    from samestory import metrics as metrics
    from samestory.articles import Article as Article
    from samestory.articles import Articles as Articles
    from samestory.articles import ReadingLimits as ReadingLimits
    from samestory.articles import iter_articles as iter_articles
    from samestory.articles import read_articles as read_articles
    from samestory.background import Background as Background
    from samestory.clustering import StoryClusterer as StoryClusterer
    from samestory.clustering import average_linkage as average_linkage
    from samestory.clustering import connected_components as connected_components
    from samestory.clustering import leiden as leiden
    from samestory.keeping.container import DamagedFileError as DamagedFileError
    from samestory.keeping.files import load_stories as load_stories
    from samestory.keeping.vectorizers import load_vectorizer as load_vectorizer
    from samestory.similarity.blocks import similarity_blocks as similarity_blocks
    from samestory.similarity.blocks import similarity_to_parquet as similarity_to_parquet
    from samestory.similarity.explain import explain_pair as explain_pair
    from samestory.similarity.join import similarity_join as similarity_join
    from samestory.similarity.near_duplicates import near_duplicates as near_duplicates
    from samestory.similarity.neighbors import (
        SimilarityNeighborsTransformer as SimilarityNeighborsTransformer,
    )
    from samestory.similarity.text_reuse import text_reuse as text_reuse
    from samestory.stories import Explanation as Explanation
    from samestory.stories import Stories as Stories
    from samestory.stories import Story as Story
    from samestory.stories import find_stories as find_stories
    from samestory.vectorizers import CountVectorizer as CountVectorizer
    from samestory.vectorizers import HashingVectorizer as HashingVectorizer
    from samestory.vectorizers import TfidfTransformer as TfidfTransformer
    from samestory.vectorizers import TfidfVectorizer as TfidfVectorizer
    from samestory.vectorizers import language_analyzer as language_analyzer

# Every public name and the module that defines it; modules are imported when a name is first used,
# so that `import samestory` costs a few milliseconds.
_PUBLIC = {
    "Article": "samestory.articles",
    "Articles": "samestory.articles",
    "ReadingLimits": "samestory.articles",
    "iter_articles": "samestory.articles",
    "read_articles": "samestory.articles",
    "Explanation": "samestory.stories",
    "Stories": "samestory.stories",
    "Story": "samestory.stories",
    "find_stories": "samestory.stories",
    "DamagedFileError": "samestory.keeping.container",
    "load_stories": "samestory.keeping.files",
    "CountVectorizer": "samestory.vectorizers",
    "HashingVectorizer": "samestory.vectorizers",
    "language_analyzer": "samestory.vectorizers",
    "TfidfTransformer": "samestory.vectorizers",
    "TfidfVectorizer": "samestory.vectorizers",
    "Background": "samestory.background",
    "load_vectorizer": "samestory.keeping.vectorizers",
    "StoryClusterer": "samestory.clustering",
    "average_linkage": "samestory.clustering",
    "connected_components": "samestory.clustering",
    "leiden": "samestory.clustering",
    "metrics": "samestory.metrics",
    "SimilarityNeighborsTransformer": "samestory.similarity.neighbors",
    "explain_pair": "samestory.similarity.explain",
    "near_duplicates": "samestory.similarity.near_duplicates",
    "similarity_blocks": "samestory.similarity.blocks",
    "similarity_join": "samestory.similarity.join",
    "similarity_to_parquet": "samestory.similarity.blocks",
    "text_reuse": "samestory.similarity.text_reuse",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'samestory' has no attribute {name!r}")
    module = import_module(_PUBLIC[name])
    value = module if _PUBLIC[name] == f"samestory.{name}" else getattr(module, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
