"""Lines that open or close many pages of one site."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

_AT_END = 12
_AT_START = 4
_MIN_PAGES = 3
_MIN_SHARE = 0.002
_MAX_OPENING_WORDS = 8
_WORD = re.compile(r"\w{4,}")


class RepeatedLines:
    """What opens and closes at least three different pages of an outlet.

    Copies and reports of one story share lines, too: pages with a common first or longest
    paragraph, or two common words in their first lines, count as one.

    Parameters
    ----------
    pages : sequence of sequence of str
        The lines of each page.
    """

    def __init__(self, pages: Sequence[Sequence[str]]) -> None:
        opening: dict[str, list[int]] = defaultdict(list)
        closing: dict[str, list[int]] = defaultdict(list)
        filled = [[line.strip() for line in page if line and not line.isspace()] for page in pages]
        for i, lines in enumerate(filled):
            half = len(lines) // 2
            for line in dict.fromkeys(lines[: min(_AT_START, half)]):
                if line.count(" ") < _MAX_OPENING_WORDS:
                    opening[line].append(i)
            first = len(lines) - min(_AT_END, half)
            for line in {lines[j] for j in range(first, len(lines)) if _begins(lines, j)}:
                closing[line].append(i)
        least = max(_MIN_PAGES, round(_MIN_SHARE * len(pages)))
        self._opening = _frequent(opening, filled, max(least, len(pages) // 10))
        self._closing = _frequent(closing, filled, least)

    def opens(self, line: str) -> bool:
        """Whether a line opens many pages."""
        return line in self._opening

    def closes(self, line: str) -> bool:
        """Whether a line closes many pages."""
        return line in self._closing


def _begins(lines: Sequence[str], i: int) -> bool:
    """Whether a line is not the middle of a sentence that goes over several lines."""
    if not lines[i][0].isupper() and lines[i][0].isalnum():
        return False
    return i == 0 or lines[i - 1].count(" ") < _MAX_OPENING_WORDS or not lines[i - 1][-1].isalnum()


def _frequent(
    where: dict[str, list[int]], pages: Sequence[Sequence[str]], least: int
) -> frozenset[str]:
    return frozenset(
        line
        for line, rows in where.items()
        if len(rows) >= least and _different(line, [pages[i] for i in rows]) >= least
    )


def _marks(line: str, page: Sequence[str]) -> tuple[str, str, frozenset[str]]:
    """What tells a page from others: its first and longest paragraphs and its headline's words."""
    prose = [one for one in page if one.count(" ") > 15 and one != line] or list(page)
    title = next((one for one in page if one != line), "")
    words = frozenset(word.casefold() for word in _WORD.findall(title))
    return prose[0], max(prose, key=len), words


def _different(line: str, pages: Sequence[Sequence[str]]) -> int:
    """Count pages, those of one story as one; counting ends when there are plenty."""
    kept: list[tuple[str, str, frozenset[str]]] = []
    for page in pages:
        marks = _marks(line, page)
        if not any(_same(marks, other) for other in kept):
            kept.append(marks)
        if len(kept) >= 200:
            return len(pages)
    return len(kept)


def _same(a: tuple[str, str, frozenset[str]], b: tuple[str, str, frozenset[str]]) -> bool:
    return a[0] == b[0] or a[1] == b[1] or len(a[2] & b[2]) >= 2
