"""Lines that recur in articles which share nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory.articles.batch import Batch
from samestory.articles.datewords import MONTHS, WEEKDAYS
from samestory.articles.fields import has_words
from samestory.articles.languages import languages_of
from samestory.languages import word_data

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory._progress import ProgressHook

RECURRING = "line of many articles"
LINK = "link to another article"
_LEAST_ARTICLES = 3
_READ_LENGTH = 200
_WRAPPED_WORDS = 7
_WRAPPED_LENGTH = 240
_SENTENCE_ENDS = '.!?…。”"»’:'
_BETWEEN = re.compile(r"[^\W\d_]{3,}[.!?…] +[^\W\d_]")


def take_recurring_lines(
    rows: Sequence[tuple[Batch, int]], hook: ProgressHook | None = None
) -> None:
    """Take out the lines of texts that recur in others, in place; see ``recurring_lines.hpp``.

    A text of an article without a headline is left alone where no other line of it would remain.

    Parameters
    ----------
    rows : sequence of (Batch, int)
        All that have a text.
    hook : callable, optional
        Told of progress.
    """
    if len(rows) < _LEAST_ARTICLES:
        return
    titles = [batch.texts["title"][row] for batch, row in rows]
    texts = [batch.texts["text"][row] for batch, row in rows]
    found = _find(titles, texts, _language(rows, texts), hook)
    firsts = np.flatnonzero(np.diff(found[:, 0], prepend=-1)).tolist()
    for first, last in pairwise([*firsts, len(found)]):
        reasons = {
            line: LINK if is_link else RECURRING for _, line, is_link in found[first:last].tolist()
        }
        batch, row = rows[found[first, 0]]
        _take_out(batch, row, batch.texts["text"][row].split("\n"), reasons)


def _find(
    titles: Sequence[str], texts: Sequence[str], language: str, hook: ProgressHook | None
) -> NDArray[np.int64]:
    """Return text, line and whether it is a link of each line that recurs."""
    weights = word_data(frozenset({language})).weights(language)
    names = _batch([*MONTHS, *WEEKDAYS])
    found: NDArray[np.int64] = _core.recurring_lines(
        _batch(titles), _batch(texts), names, weights, n_threads=0, progress=hook
    )
    return found


def _batch(texts: Sequence[str]) -> _core.DocumentBatch:
    batch = _core.DocumentBatch()
    batch.fill(iter(texts), np.iinfo(np.int64).max, False)
    return batch


def _take_out(batch: Batch, row: int, lines: Sequence[str], reasons: dict[int, str]) -> None:
    kept, gone = _parted(lines, reasons)
    if gone and (batch.texts["title"][row] or any(map(has_words, kept))):
        text = "\n".join(kept).strip("\n")
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        batch.set_text(row, text)
        for i in gone:
            batch.note_removed(row, lines[i].strip(), reasons[i])


def _parted(lines: Sequence[str], reasons: Mapping[int, str]) -> tuple[list[str], list[int]]:
    """Return the lines of a text that are its own, and the numbers of the others."""
    is_wrapped = max(map(len, lines)) <= _WRAPPED_LENGTH
    gone: list[int] = []
    for i in reasons:
        before = lines[i - 1] if is_wrapped and i and i - 1 not in reasons else ""
        if _is_whole(lines[i], before):
            gone.append(i)
    left = dict(enumerate(lines))
    for i in gone:
        del left[i]
    return list(left.values()), gone


def _is_whole(line: str, before: str) -> bool:
    """Whether a line is not the rest of a sentence that goes over several lines."""
    first, before = line.lstrip()[:1], before.rstrip()
    if first.isupper() and line.rstrip()[-1] in _SENTENCE_ENDS and _BETWEEN.search(line):
        return True  # several sentences
    is_wrapped = before.count(" ") >= _WRAPPED_WORDS and before[-1] not in _SENTENCE_ENDS
    return not (first.islower() or is_wrapped or (before and first.isdigit()))


def _language(rows: Sequence[tuple[Batch, int]], texts: Sequence[str]) -> str:
    """Return the language of most of them."""
    names = [batch.texts["language"][row] for batch, row in rows]
    codes = languages_of(names, [text[:_READ_LENGTH] for text in texts], 1).codes
    return max(Counter(codes).items(), key=lambda item: (item[1], item[0]))[0]
