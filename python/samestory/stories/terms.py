"""From documents to the unit-length rows of terms that are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._sparse import to_csr
from samestory.articles.fields import has_words
from samestory.recurring import EDGE_WORDS, REACH, RUN_WORDS, recurring_spans, without_spans
from samestory.stories import small
from samestory.stories.copies import group_copies
from samestory.stories.language_groups import language_groups
from samestory.stories.meaning import Meanings, joined_meanings
from samestory.stories.term_names import EMBEDDING_TERM, MEANING_TERM
from samestory.stories.weighting import LanguageTerms, unit_rows, weigh_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.options import Options


@dataclass(frozen=True)
class TermRows:
    """Distinct texts as rows.

    Attributes
    ----------
    rows : csr_matrix of float64, shape (n_units, n_terms)
        Unit-length rows; empty where a text has no term that counts.
    unit_of_row : ndarray of int64, shape (n_articles,)
        -1 for articles without any word.
    levels : ndarray of float64, shape (n_units,)
        The product of those of two texts is the least cosine within a story; see `small`.
    lengths : ndarray of int64, shape (n_units,)
        Distinct words of each text, stop words left out.
    languages : ndarray of int64, shape (n_units,)
        A number for the language of each text; texts of different ones are to be kept apart.
    families : tuple of str
        The language that each number stands for; "" where that is not known.
    remitted, least_next : ndarray of float64, shape (n_units,)
        What is known of the few texts of a language from elsewhere; see `small`.
    term_names : callable
        Returns the names of the columns, and of those that `meaning.third_look` adds.
    meanings : Meanings or None
        What the words of short texts mean, where that counts.
    """

    rows: csr_matrix
    unit_of_row: NDArray[np.int64]
    levels: NDArray[np.float64]
    lengths: NDArray[np.int64]
    languages: NDArray[np.int64]
    families: tuple[str, ...]
    remitted: NDArray[np.float64]
    least_next: NDArray[np.float64]
    term_names: Callable[[], NDArray[Any]]
    meanings: Meanings | None


def term_rows(
    articles: Articles,
    options: Options,
    embeddings: NDArray[np.float64] | None,
    keys: list[NDArray[Any]],
    hook: ProgressHook | None,
) -> TermRows:
    """Count, weigh and normalize the articles' words.

    Articles of different languages share no column where languages are to be kept apart.

    Parameters
    ----------
    articles : Articles
    options : Options
    embeddings : ndarray, shape (n_articles, d), or None
        Unit rows.
    keys : list of ndarray, shape (n_articles,)
        What copies of a text must agree in besides their words.
    hook : callable or None
        Told of progress.
    """
    documents = articles.documents()
    worded = np.flatnonzero(np.fromiter(map(has_words, documents), bool, len(documents)))
    groups = language_groups(articles, documents, worded, options)
    blocks: list[LanguageTerms] = []
    units = np.full(len(documents), -1, dtype=np.int64)
    for language, rows in groups:
        texts = telling_texts([documents[row] for row in rows.tolist()], language, options, hook)
        block, unit_of_row = _block(texts, [key[rows] for key in keys], language, options, hook)
        units[rows] = unit_of_row + sum(b.rows.shape[0] for b in blocks)
        blocks.append(block)
    families = tuple(language for language, _ in groups)
    return _joined(blocks, families, units, embeddings, options.embeddings_weight)


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


def _block(
    documents: list[str],
    keys: list[NDArray[Any]],
    language: str,
    options: Options,
    hook: ProgressHook | None,
) -> tuple[LanguageTerms, NDArray[np.int64]]:
    """Rows of the distinct texts of one language, and which text each document is."""
    if options.vectorizer is not None:
        return _user_block(documents, keys, options)
    from samestory.vectorizers import CountVectorizer

    # Whole numbers, which single precision holds exactly.
    counter = CountVectorizer(analyzer="unicode_word", dtype=np.float32, n_jobs=options.n_jobs)
    counter.set_progress(False if hook is None else hook)
    counts, words = count(counter, documents)
    unit_of_row = group_copies(counts, keys, options.n_jobs)
    firsts = np.unique(unit_of_row, return_index=True)[1]
    if len(firsts) < len(documents):
        counts = counts[firsts]
    terms = weigh_language(counts, words, language, options)
    return terms, unit_of_row


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


def _user_block(
    documents: list[str], keys: list[NDArray[Any]], options: Options
) -> tuple[LanguageTerms, NDArray[np.int64]]:
    """Rows of a vectorizer that the user brings, as it makes them."""
    from scipy import sparse

    distinct: dict[tuple[Any, ...], int] = {}
    table = zip(documents, *(key.tolist() for key in keys), strict=True)
    unit_of_row = np.array([distinct.setdefault(row, len(distinct)) for row in table], np.int64)
    made = options.vectorizer.fit_transform([row[0] for row in distinct])
    rows = sparse.csr_matrix(to_csr(made, "the matrix of vectorizer"), dtype=np.float64)
    if rows.shape[0] != len(distinct):
        raise ValueError(
            f"vectorizer gave {rows.shape[0]:,} rows for {len(distinct):,} texts; it has to give "
            "one for each"
        )
    lengths = np.diff(rows.indptr).astype(np.int64)
    levels = small.levels_of(lengths)
    names = getattr(options.vectorizer, "get_feature_names_out", None)
    numbered = lambda: np.array([f"term {i}" for i in range(rows.shape[1])], dtype=object)  # noqa: E731
    terms = LanguageTerms(unit_rows(rows), levels, lengths, names or numbered)
    return terms, unit_of_row


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


def _joined(
    blocks: list[LanguageTerms],
    families: tuple[str, ...],
    unit_of_row: NDArray[np.int64],
    embeddings: NDArray[np.float64] | None,
    share: float,
) -> TermRows:
    """Blocks side by side in columns and below each other in rows, embeddings to their right."""
    from scipy import sparse

    rows = diagonal([block.rows for block in blocks])
    namers = [block.names for block in blocks]
    sizes = [len(block.levels) for block in blocks]
    levels = np.concatenate([block.levels for block in blocks])
    if embeddings is not None:
        units, first = np.unique(unit_of_row, return_index=True)
        own = embeddings[first[units >= 0]]
        rows = sparse.hstack([rows * np.sqrt(1 - share), sparse.csr_matrix(own * np.sqrt(share))])
        namers.append(lambda: np.full(own.shape[1], EMBEDDING_TERM, dtype=object))
    meanings = None if embeddings is not None else _meanings(blocks)
    if meanings is not None:
        namers.append(lambda: np.full(meanings.numbers.shape[1], MEANING_TERM, dtype=object))
    matrix = sparse.csr_matrix(rows)
    matrix.eliminate_zeros()  # all of one kind where the other has all the weight
    return TermRows(
        rows=matrix if embeddings is None else unit_rows(matrix),
        unit_of_row=unit_of_row,
        levels=levels,
        lengths=np.concatenate([block.lengths for block in blocks]),
        languages=np.repeat(np.arange(len(blocks)), [len(block.levels) for block in blocks]),
        families=families,
        remitted=np.repeat([small.remitted_to(n) for n in sizes], sizes),
        least_next=np.concatenate([small.least_next_of(b.levels, len(b.levels)) for b in blocks]),
        term_names=lambda: np.concatenate([np.asarray(name(), dtype=object) for name in namers]),
        meanings=meanings,
    )


def _meanings(blocks: list[LanguageTerms]) -> Meanings | None:
    return joined_meanings([b.meanings for b in blocks], [len(b.levels) for b in blocks])
