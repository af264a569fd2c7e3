"""The evidence of articles of which most were grouped before."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from samestory.keeping.continued import can_continue, continued_evidence
from samestory.stories.links import Links
from samestory.stories.pipeline import gather_evidence

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.basis import Basis
    from samestory.stories.evidence import Evidence
    from samestory.stories.model import Stories


def regrouped(
    old: Stories,
    basis: Basis,
    articles: Articles,
    kept: NDArray[np.int64],
    hook: ProgressHook | None,
) -> Evidence:
    """Group the rows that are kept; the order in which new ones came does not matter.

    Parameters
    ----------
    old : Stories
        Of the first articles.
    basis : Basis
        What they were asked for.
    articles : Articles
        Those of before, then new ones.
    kept : ndarray of int64
        The rows to group, ascending.
    hook : callable or None
        Told of progress.
    """
    order = in_order(articles, kept, len(old.articles))
    n_before = len(old.articles)
    if can_continue(old.evidence, basis, int((order >= n_before).sum())):
        evidence = continued_evidence(old.evidence, basis, articles, order, n_before, hook)
        return reordered(evidence, np.searchsorted(kept, order))
    chosen = articles[order]
    place = np.full(len(articles), -1, np.int64)
    place[order] = np.arange(len(order))
    must, cannot = (place[pairs] for pairs in (basis.must_link, basis.cannot_link))
    links = Links(must[(must >= 0).all(axis=1)], cannot[(cannot >= 0).all(axis=1)], chosen)
    evidence = gather_evidence(chosen, basis.options, None, links, hook)
    return reordered(evidence, np.searchsorted(kept, order))


def in_order(articles: Articles, rows: NDArray[np.int64], n_old: int) -> NDArray[np.int64]:
    """Put rows from `n_old` on by date and id, whatever order they came in."""
    old, new = rows[rows < n_old], rows[rows >= n_old]
    ids = [articles.ids[row] for row in new.tolist()]
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    by_date = np.argsort(articles.dates[new][by_id], kind="stable")
    return np.concatenate([old, new[by_id][by_date]])


def reordered(evidence: Evidence, row_of: NDArray[np.int64]) -> Evidence:
    """Number the articles of evidence differently; the texts keep their numbers.

    Parameters
    ----------
    evidence : Evidence
    row_of : ndarray of int64
        The new row of each row.
    """
    if np.array_equal(row_of, np.arange(len(row_of))):
        return evidence
    text_of_row = np.empty_like(evidence.text_of_row)
    text_of_row[row_of] = evidence.text_of_row
    basis = evidence.basis
    if basis is not None:
        links = {name: row_of[getattr(basis, name)] for name in ("must_link", "cannot_link")}
        basis = dataclasses.replace(basis, **links)
    return dataclasses.replace(evidence, text_of_row=text_of_row, basis=basis)
