"""Lines that recur in articles which share nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from samestory.articles.batch import Batch
from samestory.articles.fields import has_words
from samestory.articles.languages import languages_of
from samestory.recurring import recurring_spans

RECURRING = "line of many articles"
_LEAST_ARTICLES = 3
_READ_LENGTH = 200
_WRAPPED_WORDS = 7


def take_recurring_lines(rows: Sequence[tuple[Batch, int]]) -> None:
    """Take lines out of texts in place that recur in texts of all kinds; see ``recurring.hpp``.

    A text of an article without a headline is left alone where no other line of it would remain.

    Parameters
    ----------
    rows : sequence of (Batch, int)
        All that have a text.
    """
    if len(rows) < _LEAST_ARTICLES:
        return
    titles = [batch.texts["title"][row] for batch, row in rows]
    texts = [batch.texts["text"][row] for batch, row in rows]
    documents = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
    spans = recurring_spans(documents, lines=True, language=_language(rows, texts), n_jobs=0)
    bounds = np.searchsorted(spans[:, 0], np.arange(len(rows) + 1)).tolist()
    for i, (batch, row) in enumerate(rows):
        start = len(titles[i]) + 1
        begins = [begin - start for _, begin, _ in spans[bounds[i] : bounds[i + 1]].tolist()]
        kept, gone = _parted(texts[i], [begin for begin in begins if begin >= 0])
        if gone and (titles[i] or any(map(has_words, kept))):
            text = "\n".join(kept).strip("\n")
            while "\n\n\n" in text:
                text = text.replace("\n\n\n", "\n\n")
            batch.set_text(row, text)
            for line in gone:
                batch.note_removed(row, line.strip(), RECURRING)


def _parted(text: str, begins: Sequence[int]) -> tuple[list[str], list[str]]:
    """Return the lines of a text in which nothing begins, and the others."""
    parted: tuple[list[str], list[str]] = ([], [])
    numbers = {text.count("\n", 0, begin) for begin in begins}
    lines = text.split("\n") if numbers else []
    for i, line in enumerate(lines):
        parted[i in numbers and _is_whole(lines, i)].append(line)
    return parted


def _is_whole(lines: Sequence[str], i: int) -> bool:
    """Whether a line is not the rest of a sentence that goes over several lines."""
    first = lines[i].lstrip()[:1]
    before = lines[i - 1].rstrip() if i else ""
    is_wrapped = before.count(" ") >= _WRAPPED_WORDS and before[-1].isalnum()
    return not (first.islower() or first.isdigit() or is_wrapped)


def _language(rows: Sequence[tuple[Batch, int]], texts: Sequence[str]) -> str:
    """Return the language of most of them."""
    names = [batch.texts["language"][row] for batch, row in rows]
    codes = languages_of(names, [text[:_READ_LENGTH] for text in texts], 1).codes
    return max(Counter(codes).items(), key=lambda item: (item[1], item[0]))[0]
