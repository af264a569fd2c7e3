"""From articles to the unit-length rows of terms that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import to_csr
from samestory.articles.fields import has_words
from samestory.articles.languages import batch_of
from samestory.languages import word_data
from samestory.stories.language_groups import language_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.options import Options

Group = tuple[str, "NDArray[np.int64]"]


@dataclass(frozen=True)
class TermRows:
    """Distinct texts as rows.

    Attributes
    ----------
    texts : TextRows
        Unit-length rows in the core, and what is known of each text.
    families : tuple of str
        The languages that were kept apart; "" for one that is not known.
    language : ndarray of int32, shape (n_articles,)
        Which of them each article is in, -1 for articles without any word.
    terms : callable
        Returns the names of the columns of terms.
    """

    texts: _core.TextRows
    families: tuple[str, ...]
    language: NDArray[np.int32]
    terms: Callable[[], list[str]]

    @property
    def language_of_text(self) -> NDArray[np.int64]:
        """The language of each distinct text."""
        text_of_article = self.texts.text_of_article
        worded = text_of_article >= 0
        languages = np.zeros(len(self.texts.n_words), dtype=np.int64)
        languages[text_of_article[worded]] = self.language[worded]
        return languages


def term_rows(
    articles: Articles,
    options: Options,
    recipe: _core.StoryOptions,
    facts: dict[str, Any],
    hook: ProgressHook | None,
) -> TermRows:
    """Return the distinct texts as rows.

    Articles of different languages share no column where languages are to be kept apart.

    Parameters
    ----------
    articles : Articles
    options : Options
    recipe : StoryOptions
        The constants.
    facts : dict
        Days, times and embeddings of the articles.
    hook : callable or None
        Told of progress.
    """
    documents = articles.documents()
    worded = np.flatnonzero(np.fromiter(map(has_words, documents), bool, len(documents)))
    batch = batch_of(documents)
    has_embeddings = facts["embeddings"] is not None
    groups = language_groups(articles, documents, worded, options, batch, has_embeddings)
    families = tuple(name for name, _ in groups)
    language = np.full(len(documents), -1, dtype=np.int32)
    for number, (_, rows) in enumerate(groups):
        language[rows] = number
    if options.vectorizer is not None:
        texts, terms = _brought_rows(documents, groups, options, recipe, facts)
        return TermRows(texts, families, language, terms)
    texts = _core.text_rows(
        batch,
        word_data(frozenset(families), options.own_background),
        recipe,
        languages=list(families),
        language=language,
        **facts,
        n_threads=options.n_jobs,
        progress=hook,
    )
    return TermRows(texts, families, language, texts.terms)


def _brought_rows(
    documents: list[str],
    groups: list[Group],
    options: Options,
    recipe: _core.StoryOptions,
    facts: dict[str, Any],
) -> tuple[_core.TextRows, Callable[[], list[str]]]:
    """Rows of a vectorizer that the user brings, as it makes them."""
    text_of_article = np.full(len(documents), -1, dtype=np.int64)
    blocks: list[Any] = []
    names = []
    for _, rows in groups:
        distinct, text_of_row = _distinct(documents, rows, facts["times"])
        text_of_article[rows] = text_of_row + sum(block.shape[0] for block in blocks)
        blocks.append(_fitted(options.vectorizer, distinct))
        names.append(_names(options.vectorizer, blocks[-1].shape[1]))
    texts = _core.text_rows_of(blocks, text_of_article, recipe, **facts, n_threads=options.n_jobs)
    return texts, lambda: [str(name) for own in names for name in own()]


def _distinct(
    documents: list[str], rows: NDArray[np.int64], times: NDArray[np.float64] | None
) -> tuple[list[str], NDArray[np.int64]]:
    """The different texts of one language, and which one each document is."""
    numbers: dict[tuple[str, float], int] = {}
    own_times = [0.0] * len(rows) if times is None else times[rows].tolist()
    table = zip([documents[row] for row in rows.tolist()], own_times, strict=True)
    of_row = np.array([numbers.setdefault(entry, len(numbers)) for entry in table], np.int64)
    return [text for text, _ in numbers], of_row


def _fitted(vectorizer: Any, texts: list[str]) -> Any:
    from scipy import sparse

    made = to_csr(vectorizer.fit_transform(texts), "the matrix of vectorizer")
    rows = sparse.csr_matrix(made, dtype=np.float64)
    if rows.shape[0] != len(texts):
        raise ValueError(
            f"vectorizer gave {rows.shape[0]:,} rows for {len(texts):,} texts; it has to give "
            "one for each"
        )
    return rows


def _names(vectorizer: Any, n_columns: int) -> Callable[[], Any]:
    """What names the columns of a vectorizer."""
    names: Callable[[], Any] | None = getattr(vectorizer, "get_feature_names_out", None)
    return names or (lambda: [f"term {i}" for i in range(n_columns)])
