"""Lines that recur in articles which share nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import pairwise

import numpy as np

from samestory.articles.batch import Batch
from samestory.articles.fields import has_words
from samestory.articles.languages import languages_of
from samestory.articles.line_keys import line_keys
from samestory.articles.recurring_groups import LINK_SPACES, recurring_group_lines
from samestory.recurring import recurring_spans

RECURRING = "line of many articles"
LINK = "link to another article"
_LEAST_ARTICLES = 3
_READ_LENGTH = 200
_WRAPPED_WORDS = 7
_WRAPPED_LENGTH = 240
_SENTENCE_ENDS = '.!?…。”"»’:'
_BETWEEN = re.compile(r"[^\W\d_]{3,}[.!?…] +[^\W\d_]")


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
    language = _language(rows, texts)
    spans = recurring_spans(documents, lines=True, language=language, n_jobs=0)
    bounds = np.searchsorted(spans[:, 0], np.arange(len(rows) + 1)).tolist()
    supposed = [
        _at(texts[i], [begin - len(titles[i]) - 1 for _, begin, _ in spans[first:last].tolist()])
        for i, (first, last) in enumerate(pairwise(bounds))
    ]
    known = recurring_group_lines(titles, texts, language, _keys_at(texts, supposed))
    headlines = frozenset(
        title for title in map(str.strip, titles) if title.count(" ") >= LINK_SPACES
    )
    for i, (batch, row) in enumerate(rows):
        lines, keys = texts[i].split("\n"), line_keys(texts[i])
        reasons = _known(lines, keys, known, headlines, titles[i].strip())
        if reasons:
            _take_out(batch, row, lines, reasons)


def _at(text: str, begins: Iterable[int]) -> list[int]:
    """Return the numbers of the lines that begin at places of a text."""
    return [text.count("\n", 0, begin) for begin in begins if begin >= 0]


def _keys_at(texts: Sequence[str], numbers: Sequence[Sequence[int]]) -> set[str]:
    keys: set[str] = set()
    for text, some in zip(texts, numbers, strict=True):
        if some:
            of_text = line_keys(text)
            keys.update(of_text[number] for number in some)
    return keys


def _known(
    lines: Sequence[str],
    keys: Sequence[str],
    known: frozenset[str],
    headlines: frozenset[str],
    own: str,
) -> dict[int, str]:
    """Return why lines go that are known from other articles; their headlines, but its own."""
    stripped = list(map(str.strip, lines))
    if known.isdisjoint(keys) and headlines.isdisjoint(stripped):
        return {}
    first = next((i for i, line in enumerate(stripped) if line), 0)
    linked = (i for i, line in enumerate(stripped) if i > first and line in headlines)
    reasons = {i: LINK for i in linked if stripped[i] != own}
    reasons |= {i: RECURRING for i, key in enumerate(keys) if key in known}
    return reasons


def _take_out(batch: Batch, row: int, lines: Sequence[str], reasons: dict[int, str]) -> None:
    kept, gone = _parted(lines, reasons)
    if gone and (batch.texts["title"][row] or any(map(has_words, kept))):
        text = "\n".join(kept).strip("\n")
        while "\n\n\n" in text:
            text = text.replace("\n\n\n", "\n\n")
        batch.set_text(row, text)
        for i in gone:
            batch.note_removed(row, lines[i].strip(), reasons[i])


def _parted(lines: Sequence[str], reasons: Container[int]) -> tuple[list[str], list[int]]:
    """Return the lines of a text that are its own, and the numbers of the others."""
    kept: list[str] = []
    gone: list[int] = []
    is_wrapped = max(map(len, lines)) <= _WRAPPED_LENGTH
    for i, line in enumerate(lines):
        before = lines[i - 1] if is_wrapped and i and i - 1 not in reasons else ""
        if i in reasons and _is_whole(line, before):
            gone.append(i)
        else:
            kept.append(line)
    return kept, gone


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
