"""New articles join the stories that are there."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._gaps import checked_gap
from samestory._jobs import resolve_n_jobs
from samestory._progress import Progress
from samestory.keeping.joined import joined_articles, kept_rows, without_known
from samestory.keeping.regroup import regrouped
from samestory.stories.changes import Change, Changes
from samestory.stories.earliest import earliest_ids, earliest_rows
from samestory.stories.find import as_articles
from samestory.stories.lineage import Descent, Lineage, next_lineage
from samestory.stories.model import Stories
from samestory.stories.past import Past
from samestory.stories.summary import titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from samestory._progress import ProgressHook
    from samestory.articles import Articles


def updated(
    stories: Stories,
    source: Any,
    max_age: Any,
    columns: Mapping[str, str] | None,
    clean: str,
    n_jobs: int | None,
    progress: bool | ProgressHook | None,
) -> Stories:
    """Return the stories that those of before and new articles make; see `Stories.update`."""
    basis = stories.evidence.basis
    if basis is None:
        raise ValueError(
            "these stories were made with a vectorizer or embeddings of one's own, and cannot be "
            "updated: group all articles with find_stories"
        )
    age = checked_gap(max_age, "max_age")
    options = dataclasses.replace(basis.options, n_jobs=resolve_n_jobs(n_jobs))
    basis = dataclasses.replace(basis, options=options)
    new = without_known(as_articles(source, columns, clean, progress), stories.articles)
    arrived = _arrivals(stories, new)
    articles = joined_articles(stories.articles, new)
    kept = kept_rows(articles.dates, arrived, age)
    with Progress(progress) as bar:
        evidence = regrouped(stories, basis, articles, kept, bar.hook)
    if len(kept) < len(articles):
        articles = articles[kept]
    return _continued(stories, Stories(articles, evidence, stories.granularity), kept, arrived)


def _arrivals(stories: Stories, new: Articles) -> NDArray[np.datetime64]:
    """The newest date that was known when each article came."""
    dates = stories.articles.dates
    before = np.fmax.reduce(dates, initial=np.datetime64("NaT"))
    now = np.fmax(before, np.fmax.reduce(new.dates, initial=np.datetime64("NaT")))
    known = np.full(len(dates), before) if stories.past is None else stories.past.arrived
    return np.concatenate([known, np.full(len(new), now)])


def _continued(
    old: Stories, new: Stories, kept: NDArray[np.int64], arrived: NDArray[np.datetime64]
) -> Stories:
    """Give the stories their ids, and say what happened."""
    before = _lineage(old)
    of_row = np.append(before.of_row, np.full(len(arrived) - len(before.of_row), -1))
    lineage = Lineage(before.names, of_row[kept])
    new.past = Past(lineage, arrived[kept])
    descent = Descent(new.labels, lineage)
    new.ids = descent.ids(earliest_ids(new))
    new.past = dataclasses.replace(new.past, changes=_changes(new, descent, lineage))
    return new


def _lineage(stories: Stories) -> Lineage:
    first_dates = stories.articles.dates[earliest_rows(stories)]
    before = None if stories.past is None else stories.past.lineage
    return next_lineage(stories.ids, stories.labels, first_dates, before)


def _changes(stories: Stories, descent: Descent, lineage: Lineage) -> Changes:
    """Compare the stories with those of before."""
    labels, n_stories = stories.labels, len(stories)
    fresh = np.bincount(labels[(labels >= 0) & (lineage.of_row < 0)], minlength=n_stories)
    n_heirs, n_origins = descent.counts(n_stories)
    is_told = ~((n_heirs == 1) & (n_origins == 1) & (fresh == 0))
    heirs, origins = descent.origins(is_told)
    told, sizes_of = np.flatnonzero(is_told), stories.sizes
    found = []
    for label, title in zip(told.tolist(), titles_of(stories, told), strict=True):
        kind = _kind(int(n_heirs[label]), int(n_origins[label]))
        was = tuple(lineage.names[k] for k in heirs.get(label) or origins.get(label, []))
        sizes = int(sizes_of[label]), int(fresh[label])
        found.append(Change(kind, stories.ids[label], *sizes, was, title))
    gone = np.ones(len(lineage.names) + 1, dtype=bool)
    gone[lineage.of_row] = False
    ended = [lineage.names[k] for k in np.flatnonzero(gone[:-1]).tolist()]
    return Changes([*found, *(Change("ended", name, 0, 0, (name,), "") for name in ended)])


def _kind(n_continued: int, n_origins: int) -> str:
    """What happened to a story that is not as it was."""
    if n_continued > 1:
        return "merged"
    if n_continued == 1:
        return "grown"
    return "split" if n_origins else "new"
