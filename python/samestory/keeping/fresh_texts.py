"""New texts weighed like those that are there, and put below them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._sparse import from_core
from samestory.articles.languages import batch_of
from samestory.languages import word_data
from samestory.similarity.join import similarity_join
from samestory.stories.meaning import Meanings, found_meanings, joined_meanings
from samestory.stories.pipeline import recipe_of
from samestory.stories.term_names import MEANING_TERM

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.stories.basis import Basis
    from samestory.stories.evidence import Evidence
    from samestory.stories.options import Options

# Two texts that have the same terms and are so similar are copies of each other. Less than 1: the
# weight of a term that one text had doubles when a second one has it.
_COPY = 0.9
# What is known of a language without new texts: it is not asked for.
_NOTHING: tuple[Any, ...] = (0, [], np.empty(0, np.int64), _core.DocumentBatch())


class KeptTexts:
    """The texts that are there and stay.

    Attributes
    ----------
    numbers : ndarray of int64
        What they were numbered before, ascending.
    languages, n_words : ndarray of int64
        Of each text.
    """

    def __init__(self, old: Evidence, basis: Basis, numbers: NDArray[np.int64]) -> None:
        self._old = old
        self.numbers = numbers
        self.languages = basis.languages[numbers]
        self.n_words = basis.lengths[numbers]

    @cached_property
    def rows(self) -> csr_matrix:
        """Unit rows; the last columns are what short texts mean."""
        numbers = self.numbers
        is_stretch = len(numbers) and numbers[-1] - numbers[0] + 1 == len(numbers)
        return self._old.rows[slice(numbers[0], numbers[-1] + 1) if is_stretch else numbers]

    @property
    def n_dimensions(self) -> int:
        """The columns of what short texts mean."""
        meanings = self._old.meanings
        return 0 if meanings is None else int(meanings.numbers.shape[1])

    @cached_property
    def terms(self) -> csr_matrix:
        """The columns of terms that are still used."""
        return self.rows[:, self._used]

    @cached_property
    def names(self) -> NDArray[Any]:
        """The names of the terms."""
        return self._old.names[self._used]

    @cached_property
    def language_of_term(self) -> NDArray[np.int64]:
        """The language of each term: that of any text that has it."""
        return _language_of_columns(self.terms, self.languages)

    @cached_property
    def _used(self) -> NDArray[np.int64]:
        n_terms = self.rows.shape[1] - self.n_dimensions
        return np.flatnonzero(np.bincount(self.rows.indices, minlength=n_terms)[:n_terms])

    @property
    def meanings(self) -> Meanings | None:
        """What the words of short texts mean."""
        meanings = self._old.meanings
        return None if meanings is None else meanings.of(self.numbers)

    def known(self, language: int, some_texts: list[str]) -> tuple[Any, ...]:
        """What the core has to know of the texts of a language."""
        here = np.flatnonzero(self.language_of_term == language)
        df = np.bincount(self.terms.indices, minlength=len(self.names))[here]
        n_texts = int((self.languages == language).sum())
        return n_texts, self.names[here].tolist(), df, batch_of(some_texts)


def _language_of_columns(rows: csr_matrix, languages: NDArray[np.int64]) -> NDArray[np.int64]:
    found = np.zeros(rows.shape[1], np.int64)
    found[rows.indices] = np.repeat(languages, np.diff(rows.indptr))
    return found


@dataclass(frozen=True)
class FreshTexts:
    """New texts, all different.

    Attributes
    ----------
    rows : csr_matrix, shape (n_texts, n_terms + n_dimensions)
        Unit rows.
    names : list of str
        Of the terms.
    text_of_document : ndarray of int64
        Which text each document is, -1 for one without words.
    n_words, languages : ndarray of int64
        Of each text.
    meanings : Meanings or None
    """

    rows: csr_matrix
    names: list[str]
    text_of_document: NDArray[np.int64]
    n_words: NDArray[np.int64]
    languages: NDArray[np.int64]
    meanings: Meanings | None


def fresh_texts(
    documents: list[str],
    language: NDArray[np.int32],
    families: tuple[str, ...],
    kept: KeptTexts,
    telling: list[list[str]],
    options: Options,
    hook: ProgressHook | None,
) -> FreshTexts:
    """Weigh new texts by the document frequencies of the texts that are there and of their own.

    Parameters
    ----------
    documents : list of str
    language : ndarray of int32
        The number of each one's language, -1 for one without words.
    families : tuple of str
        The languages.
    kept : KeptTexts
    telling : list of list of str
        Documents of each language that are there: with them it is seen what recurs in texts that
        share nothing else.
    options : Options
    hook : callable or None
        Told of progress.
    """
    recipe = recipe_of(options)
    recipe.terms.ngram_share = 0.0  # new runs of letters are in no text that is there
    texts = _core.text_rows(
        batch_of(documents),
        word_data(frozenset(families), options.own_background),
        recipe,
        languages=list(families),
        language=language,
        known=[
            kept.known(number, telling[number]) if number in language else _NOTHING
            for number in range(len(families))
        ],
        n_threads=options.n_jobs,
        progress=hook,
    )
    return FreshTexts(
        from_core(texts.rows_with_meaning(options.n_jobs)),
        texts.terms(),
        texts.text_of_article,
        texts.n_words,
        texts.language,
        found_meanings(texts.meanings),
    )


@dataclass(frozen=True)
class JoinedTexts:
    """The texts that are there, then new ones that are no copies of them.

    Attributes
    ----------
    rows : csr_matrix, shape (n_texts, n_terms + n_dimensions)
    names : ndarray of str
        Of the columns.
    n_terms, n_kept : int
    text_of_new : ndarray of int64
        Which text each new document is, -1 for one without words.
    n_words, languages : ndarray of int64
    meanings : Meanings or None
    """

    rows: csr_matrix
    names: NDArray[Any]
    n_terms: int
    n_kept: int
    text_of_new: NDArray[np.int64]
    n_words: NDArray[np.int64]
    languages: NDArray[np.int64]
    meanings: Meanings | None


def joined_texts(kept: KeptTexts, fresh: FreshTexts, n_jobs: int) -> JoinedTexts:
    """Put new texts below those that are there, a column for each term of a language."""
    from scipy import sparse

    n_kept, n_fresh_terms = len(kept.numbers), len(fresh.names)
    languages = _language_of_columns(fresh.rows[:, :n_fresh_terms], fresh.languages)
    columns, names = _columns(kept, fresh.names, languages)
    terms = [
        _moved(kept.terms, np.arange(len(kept.names)), len(names)),
        _moved(fresh.rows[:, :n_fresh_terms].astype(kept.rows.dtype), columns, len(names)),
    ]
    copy_of = _copies(terms[1], terms[0], n_jobs)
    is_new = copy_of < 0
    text_of_fresh = np.where(is_new, n_kept + np.cumsum(is_new) - 1, copy_of)
    n_dimensions = max(kept.n_dimensions, fresh.rows.shape[1] - n_fresh_terms)
    vectors = [
        _widened(part[:, part.shape[1] - own :], n_dimensions)
        for part, own in (
            (kept.rows, kept.n_dimensions),
            (fresh.rows, fresh.rows.shape[1] - n_fresh_terms),
        )
    ]
    stacked = [sparse.vstack([own, new[is_new]], format="csr") for own, new in (terms, vectors)]
    meanings = None if fresh.meanings is None else fresh.meanings.of(np.flatnonzero(is_new))
    return JoinedTexts(
        rows=sparse.hstack(stacked, format="csr", dtype=kept.rows.dtype),
        names=np.concatenate([names, np.full(n_dimensions, MEANING_TERM, dtype=object)]),
        n_terms=len(names),
        n_kept=n_kept,
        text_of_new=np.append(text_of_fresh, -1)[fresh.text_of_document],
        n_words=np.concatenate([kept.n_words, fresh.n_words[is_new]]),
        languages=np.concatenate([kept.languages, fresh.languages[is_new]]),
        meanings=joined_meanings(kept.meanings, meanings, n_kept, int(is_new.sum())),
    )


def _columns(
    kept: KeptTexts, names: list[str], languages: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[Any]]:
    """The column of each new text's term, those that are not known after all others; all names."""
    known = zip(kept.names.tolist(), kept.language_of_term.tolist(), strict=True)
    place = {term: column for column, term in enumerate(known)}
    new = zip(names, languages.tolist(), strict=True)
    columns = np.array([place.setdefault(term, len(place)) for term in new], np.int64)
    return columns, np.array([*(name for name, _ in place), None], dtype=object)[:-1]


def _moved(rows: csr_matrix, columns: NDArray[np.int64], width: int) -> csr_matrix:
    """Rows whose columns are others."""
    from scipy import sparse

    indices = columns[rows.indices]
    moved = sparse.csr_matrix((rows.data, indices, rows.indptr), shape=(rows.shape[0], width))
    moved.sort_indices()
    return moved


def _widened(rows: csr_matrix, width: int) -> csr_matrix:
    """Rows with further columns, which are empty."""
    return _moved(rows, np.arange(rows.shape[1]), width)


def _copies(fresh: csr_matrix, known: csr_matrix, n_jobs: int) -> NDArray[np.int64]:
    """Which known text each fresh one is a copy of, -1 for none."""
    copy_of = np.full(fresh.shape[0], -1, np.int64)
    if not (known.nnz and fresh.nnz):
        return copy_of
    alike = similarity_join(fresh, known, threshold=_COPY, n_jobs=n_jobs, progress=False)
    for i in np.flatnonzero(np.diff(alike.indptr)).tolist():
        own = fresh.indices[fresh.indptr[i] : fresh.indptr[i + 1]]
        for j in alike.indices[alike.indptr[i] : alike.indptr[i + 1]].tolist():
            if np.array_equal(own, known.indices[known.indptr[j] : known.indptr[j + 1]]):
                copy_of[i] = j
                break
    return copy_of
