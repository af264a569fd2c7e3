"""From articles to the unit-length rows of terms that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import to_csr
from samestory.articles.fields import has_words
from samestory.languages import word_data
from samestory.recurring import EDGE_WORDS, REACH, RUN_WORDS, recurring_spans, without_spans
from samestory.stories.language_groups import language_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

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
    groups = language_groups(articles, documents, worded, options)
    families = tuple(name for name, _ in groups)
    language = np.full(len(documents), -1, dtype=np.int32)
    for number, (_, rows) in enumerate(groups):
        language[rows] = number
    if options.vectorizer is not None:
        texts, terms = _brought_rows(documents, groups, options, recipe, facts)
        return TermRows(texts, families, language, terms)
    batch = _core.DocumentBatch()
    batch.fill(iter(documents), np.iinfo(np.int64).max, False)
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


def telling_texts(
    documents: list[str], language: str, options: Options, hook: ProgressHook | None
) -> list[str]:
    """Return the documents without what recurs in texts that share nothing else.

    What every text says, says nothing. One of which nothing would be left is kept whole.
    """
    if options.vectorizer is not None:
        return documents
    spans = recurring_spans(
        documents,
        run_words=RUN_WORDS,
        edge_words=EDGE_WORDS,
        reach=REACH,
        language=language,
        n_jobs=options.n_jobs,
        hook=hook,
    )
    left = without_spans(documents, spans)
    for row in np.unique(spans[:, 0]).tolist():
        if not has_words(left[row]):
            left[row] = documents[row]
    return left


def count(counter: Any, documents: list[str]) -> tuple[csr_matrix, NDArray[Any]]:
    """Count words; documents none of which has a word give a matrix without columns."""
    from scipy import sparse

    try:
        counts = counter.fit_transform(documents)
    except ValueError as error:
        if "empty vocabulary" not in str(error):
            raise
        none = np.empty(0, dtype=object)
        return sparse.csr_matrix((len(documents), 0), dtype=np.float32), none
    return counts, counter.get_feature_names_out()


def diagonal(blocks: list[csr_matrix]) -> csr_matrix:
    """Blocks below and beside each other, none sharing a row or a column."""
    from scipy import sparse

    if len(blocks) == 1:
        return blocks[0]
    n_columns = n_entries = 0
    indices, ends = [], [np.zeros(1, dtype=np.int64)]
    for block in blocks:
        indices.append(block.indices + n_columns)
        ends.append(block.indptr[1:].astype(np.int64) + n_entries)
        n_columns += block.shape[1]
        n_entries += block.nnz
    data = np.concatenate([block.data for block in blocks])
    shape = (sum(block.shape[0] for block in blocks), n_columns)
    return sparse.csr_matrix((data, np.concatenate(indices), np.concatenate(ends)), shape=shape)
