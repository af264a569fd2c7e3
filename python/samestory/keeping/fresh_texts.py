"""New texts weighed like those that are there, whose weights stay as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.languages import language_of, stop_mask
from samestory.stories import small
from samestory.stories.copies import group_copies
from samestory.stories.meaning import Meanings, _sums_and_scale, meanings_of
from samestory.stories.term_names import PREFIX_MARK
from samestory.stories.terms import count, telling_texts
from samestory.stories.weighting import _LONE_WEIGHT, _joined_columns, beginnings, side_by_side

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.stories.options import Options


@dataclass(frozen=True)
class FreshTexts:
    """New texts of one language.

    Attributes
    ----------
    rows : csr_matrix, shape (n_texts, n_terms)
        Unit rows; the columns are the terms that are known, then those that are not.
    unit_of_document : ndarray of int64
        Which text each document is.
    lengths : ndarray of int64, shape (n_texts,)
        Distinct words of each, stop words left out.
    names : ndarray of str
        Of the terms that are not known.
    meanings : Meanings or None
    """

    rows: csr_matrix
    unit_of_document: NDArray[np.int64]
    lengths: NDArray[np.int64]
    names: NDArray[Any]
    meanings: Meanings | None


def fresh_texts(
    documents: list[str],
    context: list[str],
    family: str,
    known: csr_matrix,
    names: NDArray[Any],
    options: Options,
    hook: ProgressHook | None,
) -> FreshTexts:
    """Weigh new texts of one language.

    Words and beginnings are weighed as by `weigh_language` with the document frequencies of the
    texts that are known and the new ones together.

    Parameters
    ----------
    documents : list of str
    context : list of str
        Documents that are there: with them it is seen what recurs in texts that share nothing else.
    family : str
        Their language; "" where it is not known.
    known : csr_matrix, shape (n_known, n_terms)
        The rows that are there.
    names : ndarray of str, shape (n_terms,)
    options : Options
    hook : callable or None
        Told of progress.
    """
    from samestory.vectorizers import CountVectorizer

    counter = CountVectorizer(analyzer="unicode_word", dtype=np.float32, n_jobs=options.n_jobs)
    texts = telling_texts([*context, *documents], family, options, hook)[len(context) :]
    counts, words = count(counter.set_progress(False), texts)
    unit_of_document = group_copies(counts, [], options.n_jobs)
    counts = counts[np.unique(unit_of_document, return_index=True)[1]]
    occurrences = np.bincount(counts.indices, weights=counts.data, minlength=len(words))
    language = language_of(family, words, occurrences)
    kept = np.flatnonzero(~stop_mask(language, words))
    kept_words = words[kept].tolist()
    prefixes, prefix_of = beginnings(kept_words)
    fields = [
        _joined_columns(counts, kept, np.arange(len(kept)), len(kept), options.n_jobs),
        _joined_columns(counts, kept, prefix_of, len(prefixes), options.n_jobs),
    ]
    terms = [*kept_words, *(f"{prefix}{PREFIX_MARK}" for prefix in prefixes)]
    columns, new_names = _columns(terms, names)
    background = options.background_of(language)
    has_meaning = options.background and language == "en"
    if background is not None:
        elsewhere = small.background_idf(kept_words, prefix_of, background)
    else:
        elsewhere = small.length_idf(fields[0], kept_words, prefix_of)
    df = _frequencies(known, fields, columns)
    idf = idf_of(df, known.shape[0] + counts.shape[0], np.concatenate(elsewhere))
    n_words = len(kept)
    rows = side_by_side(fields[0], fields[1], idf[:n_words], idf[n_words:], options.n_jobs)
    lengths = np.diff(fields[0].indptr).astype(np.int64)
    return FreshTexts(
        _moved(rows.astype(known.dtype, copy=False), columns, len(names) + len(new_names)),
        unit_of_document,
        lengths,
        new_names,
        meanings_of(fields[0], kept_words) if has_meaning else None,
    )


def _columns(terms: list[str], names: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The column of each term, those that are not known after all others; and their names."""
    place = {name: column for column, name in enumerate(names.tolist())}
    new: list[str] = []
    columns = np.empty(len(terms), np.int64)
    for i, term in enumerate(terms):
        column = place.get(term)
        if column is None:
            column = len(names) + len(new)
            new.append(term)
        columns[i] = column
    return columns, np.array([*new, None], dtype=object)[:-1]


def _frequencies(
    known: csr_matrix, fields: list[csr_matrix], columns: NDArray[np.int64]
) -> NDArray[np.int64]:
    """In how many texts, known and new, each term is."""
    there = np.bincount(known.indices, minlength=int(columns.max(initial=-1)) + 1)
    here = [np.bincount(field.indices, minlength=field.shape[1]) for field in fields]
    return np.asarray(there[columns] + np.concatenate(here))


def idf_of(df: NDArray[np.int64], n: int, elsewhere: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ln((1 + n) / (1 + df)) + 1, half of it for terms of a single text.

    Of few texts, mixed with weights from elsewhere, as by `mixed_idf`.
    """
    told = small.told_by(n)
    idf = np.asarray(np.log((1.0 + n) / (1.0 + df)) + 1.0, dtype=np.float64)
    idf = told * idf + (1.0 - told) * elsewhere
    idf[df <= 1] *= 1.0 - (1.0 - _LONE_WEIGHT) * told
    return idf


def _moved(rows: csr_matrix, columns: NDArray[np.int64], width: int) -> csr_matrix:
    from scipy import sparse

    indices = columns[rows.indices]
    moved = sparse.csr_matrix((rows.data, indices, rows.indptr), shape=(rows.shape[0], width))
    moved.sort_indices()
    return moved


def vectors_of_texts(meanings: Meanings, dtype: Any) -> csr_matrix:
    """Return the vectors of texts, each as long as the square root of its share."""
    from scipy import sparse

    short = np.flatnonzero(meanings.shares)
    n_dimensions = meanings.numbers.shape[1]
    sums, scale = _sums_and_scale(meanings, short)
    sizes = np.zeros(len(meanings.shares), dtype=np.int64)
    sizes[short] = n_dimensions
    indices = np.tile(np.arange(n_dimensions, dtype=np.int32), len(short))
    ends = np.concatenate([[0], np.cumsum(sizes)])
    data = (sums * scale[:, None]).astype(dtype).ravel()
    return sparse.csr_matrix((data, indices, ends), shape=(len(sizes), n_dimensions))
