"""The whole path from articles to stories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestory._progress import Progress, ProgressHook
from samestory.articles import Articles, read_articles
from samestory.articles.fields import has_words
from samestory.stories.links import Links
from samestory.stories.model import Stories
from samestory.stories.options import checked_embeddings, checked_options, checked_pairs
from samestory.stories.pipeline import gather_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import ArrayLike

    from samestory.articles import Article
    from samestory.background import Background


def find_stories(
    source_or_articles: Any,
    *,
    granularity: float | str = "auto",
    vectorizer: Any = None,
    embeddings: ArrayLike | None = None,
    embeddings_weight: float = 0.5,
    background: Background | str | None = "auto",
    max_gap: Any = None,
    undated: str = "link",
    languages: str = "apart",
    must_link: Iterable[tuple[str | Article, str | Article]] | None = None,
    cannot_link: Iterable[tuple[str | Article, str | Article]] | None = None,
    n_neighbors: int = 50,
    n_jobs: int | None = -1,
    progress: bool | ProgressHook | None = None,
    columns: Mapping[str, str] | None = None,
    clean: str = "auto",
) -> Stories:
    """Group articles into stories; nothing has to be set.

    Words are weighed by TF-IDF, each article's row is smoothed by its nearest neighbours, average
    linkage builds a dendrogram, and the stories are the branches of it that are worth most. See the
    guide, "How a story is decided".

    Parameters
    ----------
    source_or_articles : str, path, list, DataFrame, Table, iterable of dict or Articles
        Articles, or what `read_articles` reads them from.
    granularity : "auto" or float in [0, 1], default="auto"
        How fine the stories are: .5, which "auto" means, is what is decided by itself, above it
        finer, below it coarser; 0 joins everything, 1 only copies. Stories of one granularity lie
        within those of any lower one.
    vectorizer : object with fit_transform, optional
        Makes rows of texts in place of the default weighting, e.g. a `TfidfVectorizer`.
    embeddings : array-like of shape (n_articles, d), optional
        A row an article, in input order; the similarity is then a mean of the cosines of terms and
        of embeddings.
    embeddings_weight : float in [0, 1], default=0.5
        What part of that mean is the embeddings': 0 leaves the terms alone, 1 the embeddings.
    background : "auto", Background or None, default="auto"
        Few articles are weighed with the document frequencies of many: by default English ones,
        with those that ship. `Background.from_articles` counts those of another language or of an
        archive.
    max_gap : timedelta or str, optional
        Pairs further apart in time are not linked, e.g. ``"3 days"``; a story may span longer.
    undated : {"link", "alone"}, default="link"
        With `max_gap`, whether an article without a date may be linked to any other, or to none.
    languages : {"apart", "together"}, default="apart"
        Whether articles of different languages are kept apart: those that the input names, else
        those that the words show; see `Articles.languages`. Only embeddings then link across them.
    must_link, cannot_link : iterable of (article, article), optional
        Pairs of articles, or of their ids, that are to be in one story, or in two.
    n_neighbors : int, default=50
        How many of each article's strongest similarities are kept; the 20th tells how similar an
        article is to texts that only come closest.
    n_jobs : int or None, default=-1
        Threads; -1 means every processor. The result does not depend on it.
    progress : bool, callable or None, default=None
        ``None``: a bar after one second; ``False``: none; or called as
        ``progress(stage, done, total)``.
    columns, clean
        Passed to `read_articles`.

    Returns
    -------
    Stories
        A label for each article, the stories, and what explains them.

    Raises
    ------
    ValueError
        If there is no article, or an option is out of its range; the message names it.

    References
    ----------
    J. Rocchio (1971), Relevance feedback in information retrieval; R. Sokal and C. Michener (1958),
    average linkage; P. Rousseeuw (1987), Silhouettes; L. Breiman, J. Friedman, R. Olshen and
    C. Stone (1984), Classification and regression trees, chapter 3.

    Examples
    --------
    >>> import samestory as ss
    >>> stories = ss.find_stories([
    ...     "Ferry runs aground off Lisbon with 200 passengers aboard",
    ...     "Passengers rescued after a ferry runs aground near Lisbon",
    ...     "Central bank raises interest rates again",
    ... ])
    >>> stories.labels.tolist()
    [0, 0, 1]
    """
    options = checked_options(
        granularity,
        vectorizer,
        embeddings_weight,
        background,
        max_gap,
        undated,
        languages,
        n_neighbors,
        n_jobs,
    )
    articles = as_articles(source_or_articles, columns, clean, progress)
    if len(articles) == 0:
        raise ValueError("there are 0 articles; find_stories needs at least 1")
    _check_words(articles)
    vectors = checked_embeddings(embeddings, len(articles))
    links = Links(
        checked_pairs("must_link", must_link, articles),
        checked_pairs("cannot_link", cannot_link, articles),
        articles,
    )
    with Progress(progress) as bar:
        evidence = gather_evidence(articles, options, vectors, links, bar.hook)
    return Stories(articles, evidence, options.granularity)


def _check_words(articles: Articles) -> None:
    if any(has_words(article.document) for article in articles):
        return
    reason = f" ({articles.skipped[0].reason})" if articles.skipped else ""
    which = "the article has no word" if len(articles) == 1 else "no article has a word"
    raise ValueError(
        f"{which} in its title, standfirst or text{reason}: there is nothing to compare. Which "
        "column is which field can be told, as in columns={'text': 'body'}"
    )


def as_articles(
    source: Any,
    columns: Mapping[str, str] | None,
    clean: str,
    progress: bool | ProgressHook | None = False,
) -> Articles:
    """Return articles as they are, and read everything else."""
    if not isinstance(source, Articles):
        return read_articles(source, columns=columns, clean=clean, progress=progress)
    if columns is not None:
        raise ValueError("columns has no meaning for Articles; pass it to read_articles")
    return source
