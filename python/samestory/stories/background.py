"""The background of one's own articles: in how many of them each word occurs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from samestory.articles import Articles, read_articles
from samestory.vectorizers import CountVectorizer

if TYPE_CHECKING:
    from numpy.typing import NDArray


def count_background(
    source: Any, language: str | None, least_texts: int, n_jobs: int | None
) -> tuple[list[str], NDArray[Any], int, str]:
    """Return words, in how many texts each is, how many texts there are, and their language.

    The parameters are those of `Background.from_articles`.
    """
    if isinstance(least_texts, bool) or not hasattr(least_texts, "__index__") or least_texts < 1:
        raise ValueError(f"least_texts={least_texts!r}: it has to be a whole number from 1 up")
    articles = source if isinstance(source, Articles) else read_articles(source)
    documents, code = _of_language(articles, language)
    if not documents:
        raise ValueError(
            f"none of the {len(articles):,} articles is in the language {code!r}: nothing can "
            "be counted"
        )
    counter = CountVectorizer(
        analyzer="unicode_word", min_df=int(least_texts), binary=True, n_jobs=n_jobs
    )
    terms, df = counter.fit(documents)._kept_frequencies()
    return terms, df, len(documents), code


def _of_language(articles: Articles, language: str | None) -> tuple[list[str], str]:
    """Return the distinct texts of a language, that of most articles by default, and its code."""
    documents = list(zip(articles.documents(), articles.languages(), strict=True))
    documents = [one for one in documents if one[0]]
    if language is None:
        language = Counter(code for _, code in documents).most_common(1)[0][0] if documents else ""
    return list(dict.fromkeys(t for t, code in documents if language in ("", code))), language
