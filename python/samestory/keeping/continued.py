"""New texts join many that are there, whose rows and neighbours stay as they are.

Grouping all of them again would count and compare what was counted and compared the day before.
Instead the rows of the texts that are there keep the weights of the day when they came, new ones
are weighed by the document frequencies of both together, and new ones are compared with all,
exactly. From the neighbours on it is the call that groups any texts. Weights change with the
logarithm of frequencies: where the number of texts has changed by a quarter since they were
counted, all are weighed again.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory.articles.fields import has_words
from samestory.articles.languages import family, languages_of
from samestory.keeping.fresh_texts import KeptTexts, fresh_texts, joined_texts
from samestory.keeping.known_graph import continued_graph
from samestory.stories.evidence import Evidence
from samestory.stories.language_groups import settled_languages
from samestory.stories.pipeline import days_of, evidence_of, recipe_of
from samestory.stories.term_names import NGRAM_MARK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.basis import Basis

# Fewer texts are grouped again as a whole, which is exact, and takes a second for headlines.
LEAST_TEXTS = 20_000
# By how much the number of texts may change before all are weighed again.
_MOST_GROWTH = 1.25
# Known texts that tell which language new ones are of, and what recurs in them.
_TELLING = 2000


def can_continue(evidence: Evidence, basis: Basis, n_new: int) -> bool:
    """Whether new texts can join those that are there without weighing all again.

    Parameters
    ----------
    evidence : Evidence
    basis : Basis
    n_new : int
        Articles.
    """
    is_plain = basis.options.max_gap is None and not len(basis.must_link) + len(basis.cannot_link)
    n, counted = evidence.n_texts, basis.counted
    is_near = n + n_new <= _MOST_GROWTH * counted and counted <= _MOST_GROWTH * n
    has_ngrams = NGRAM_MARK in {name[:1] for name in evidence.names.tolist()}
    return n >= LEAST_TEXTS and is_plain and is_near and not has_ngrams


def continued_evidence(
    old: Evidence,
    basis: Basis,
    articles: Articles,
    order: NDArray[np.int64],
    n_before: int,
    hook: ProgressHook | None,
) -> Evidence:
    """Group articles of which the first were grouped before.

    Parameters
    ----------
    old : Evidence
        Of the articles of before, of which some are left.
    basis : Basis
        Of these.
    articles : Articles
        Those of before, then new ones.
    order : ndarray of int64
        The rows of those that are left, then of new ones: what is returned has them in this order.
    n_before : int
        How many articles there were before.
    hook : callable or None
        Told of progress.
    """
    n_old = int((order < n_before).sum())
    text_of_old = old.text_of_row[order[:n_old]]
    new = articles[order[n_old:]]
    families, language = _languages(new, articles[order[:n_old]], text_of_old, basis)
    kept = KeptTexts(old, basis, np.unique(text_of_old[text_of_old >= 0]))
    telling = _telling(articles, order, basis.languages, text_of_old, len(families))
    fresh = fresh_texts(new.documents(), language, families, kept, telling, basis.options, hook)
    texts = joined_texts(kept, fresh, basis.options.n_jobs)
    place = np.full(old.n_texts + 1, -1, np.int64)
    place[kept.numbers] = np.arange(len(kept.numbers))
    text_of_row = np.concatenate([place[text_of_old], texts.text_of_new])
    graph = continued_graph(old.graph, kept.numbers, texts, basis.options)
    recipe = recipe_of(basis.options)
    n_texts = np.bincount(texts.languages, minlength=len(families))
    found = _core.group_texts(
        texts.rows,
        recipe,
        n_words=texts.n_words,
        days=earliest_days(articles.dates[order], text_of_row, len(texts.n_words)),
        **_core.prior_facts(texts.n_words, texts.languages, n_texts, recipe.terms),
        graph=graph,
        n_threads=basis.options.n_jobs,
        progress=hook,
    )
    basis = dataclasses.replace(
        basis, lengths=texts.n_words, languages=texts.languages, families=families
    )
    return evidence_of(
        found,
        text_of_row=text_of_row,
        make_rows=lambda: texts.rows,
        graph=graph,
        cannot_link=np.empty((0, 2), np.int64),
        term_names=lambda: texts.names,
        meanings=texts.meanings,
        basis=basis,
    )


def _languages(
    new: Articles, old: Articles, text_of_old: NDArray[np.int64], basis: Basis
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """The languages of old and new articles, and which of them each new one is of.

    Those that are known tell where an article's own words do not.
    """
    documents = new.documents()
    worded = np.flatnonzero(np.fromiter(map(has_words, documents), bool, len(documents)))
    texts = [documents[row] for row in worded.tolist()]
    language = np.full(len(documents), -1, np.int32)
    language[worded] = 0
    if basis.options.languages == "together" or not texts:
        return basis.families, language
    telling = np.flatnonzero(text_of_old >= 0)[-_TELLING:]
    known = [basis.families[k] for k in basis.languages[text_of_old[telling]].tolist()]
    named = new.column("language")
    both = [*old[telling].documents(), *texts]
    found = languages_of(
        [*known, *(named[row] for row in worded.tolist())], both, basis.options.n_jobs
    )
    if not found.is_sure.any():
        return basis.families, language
    codes = settled_languages(found, both, basis.options.n_jobs)[len(known) :]
    names = [family(code) for code in codes]
    families = (*basis.families, *sorted(set(names) - set(basis.families)))
    language[worded] = [families.index(name) for name in names]
    return families, language


def _telling(
    articles: Articles,
    order: NDArray[np.int64],
    languages: NDArray[np.int64],
    text_of_old: NDArray[np.int64],
    n_languages: int,
) -> list[list[str]]:
    """The last articles of each language, which show what recurs in new ones."""
    language_of_row = np.append(languages, -1)[text_of_old]
    rows = [np.flatnonzero(language_of_row == k)[-_TELLING:] for k in range(n_languages)]
    return [articles[order[some]].documents() for some in rows]


def earliest_days(
    dates: NDArray[np.datetime64], text_of_row: NDArray[np.int64], n_texts: int
) -> NDArray[np.float64]:
    """The day of each distinct text's earliest dated copy, NaN where none has a date."""
    earliest = np.full(n_texts, np.nan)
    worded = text_of_row >= 0
    np.fmin.at(earliest, text_of_row[worded], days_of(dates)[worded])
    return earliest
