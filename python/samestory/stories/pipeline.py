"""From articles to the evidence of their stories: rows of terms, then one call of the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory._memory import available_memory
from samestory._sparse import from_core
from samestory.stories.basis import basis_of
from samestory.stories.evidence import Evidence
from samestory.stories.links import Links
from samestory.stories.meaning import found_meanings
from samestory.stories.term_names import EMBEDDING_TERM, MEANING_TERM
from samestory.stories.terms import term_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.options import Options

# Every constant from rows to stories; `cpp/include/samestory/story_options.hpp` has the reasons.
RECIPE = _core.StoryOptions()
# Lists of all texts' neighbours make the search faster, up to this and a quarter of the memory.
_MOST_LIST_BYTES = 2**32


def gather_evidence(
    articles: Articles,
    options: Options,
    embeddings: NDArray[np.float64] | None,
    links: Links,
    hook: ProgressHook | None,
) -> Evidence:
    """Compute everything that does not depend on the granularity."""
    recipe = recipe_of(options)
    facts = {
        "days": days_of(articles.dates),
        "times": linking_times(articles, options),
        "embeddings": embeddings,
    }
    rows = term_rows(articles, options, recipe, facts, hook)
    _core.give_back_gaps()  # where the texts that were counted have been
    texts, text_of_row = rows.texts, rows.texts.text_of_article
    must_link, cannot_link = links.over_texts(text_of_row)
    found = texts.group(recipe, must_link, cannot_link, options.n_jobs, hook)
    n_columns = found["smoothed"][3][1]
    unnamed = EMBEDDING_TERM if embeddings is not None else MEANING_TERM
    is_own = options.vectorizer is None and embeddings is None
    return evidence_of(
        found,
        text_of_row=text_of_row,
        make_rows=_rows_of(found, texts, options.n_jobs),
        graph=from_core(found["graph"]),
        cannot_link=cannot_link,
        term_names=lambda: named_columns(rows.terms(), n_columns, unnamed),
        meanings=found_meanings(texts.meanings),
        basis=basis_of(rows, options, links) if is_own else None,
    )


def _rows_of(found: dict[str, Any], texts: _core.TextRows, n_jobs: int) -> Callable[[], csr_matrix]:
    """What returns the rows: those with the vectors of short texts are made when asked for."""
    rows = found["rows"]
    if rows is None:
        return lambda: from_core(texts.rows_with_meaning(n_jobs))
    return lambda: from_core(rows)


def evidence_of(found: dict[str, Any], **known: Any) -> Evidence:
    """What the core found and what was known before, as evidence."""
    return Evidence(
        weights=from_core(found["weights"]),
        smoothed_rows=from_core(found["smoothed"]),
        smoothed_graph=from_core(found["pairs"]),
        tree=found["tree"],
        **known,
    )


def recipe_of(options: Options) -> _core.StoryOptions:
    """The constants, with what `find_stories` was asked for."""
    recipe = recipe_for(options.n_neighbors, options.gap_in_microseconds)
    recipe.terms.use_background = options.background
    recipe.terms.embeddings_share = options.embeddings_weight
    return recipe


def recipe_for(n_neighbors: int, max_gap: float | None = None) -> _core.StoryOptions:
    """The constants, with what a call asks for."""
    recipe = _core.StoryOptions(RECIPE)
    recipe.n_neighbors = n_neighbors
    recipe.max_gap = max_gap
    available = available_memory()
    if available is not None:
        recipe.list_bytes = min(_MOST_LIST_BYTES, available // 4)
    return recipe


def named_columns(terms: list[str], n_columns: int, unnamed: str) -> NDArray[Any]:
    """The names of terms, and one for all columns behind them."""
    names = np.full(n_columns, unnamed, dtype=object)
    names[: len(terms)] = terms
    return names


def days_of(dates: NDArray[np.datetime64]) -> NDArray[np.float64]:
    """Days since the first date, NaN where a date is not known."""
    known = ~np.isnat(dates)
    if not known.any():
        return np.full(len(dates), np.nan)
    return np.asarray((dates - dates[known].min()) / np.timedelta64(1, "D"))


def linking_times(articles: Articles, options: Options) -> NDArray[np.float64] | None:
    """Times in microseconds where a gap limits links, NaN where a date is not known.

    Undated articles that are to stay alone get times that no other article is near.
    """
    gap = options.gap_in_microseconds
    if gap is None:
        return None
    dates = articles.dates
    known = ~np.isnat(dates)
    times = np.full(len(dates), np.nan)
    if known.any():
        times[known] = (dates[known] - dates[known].min()).astype(np.float64)
    if options.undated == "alone":
        last = np.nanmax(times) if known.any() else 0.0
        times[~known] = last + (gap + 1.0) * (1.0 + np.arange((~known).sum()))
    return times
