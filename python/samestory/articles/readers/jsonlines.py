"""JSON lines: an object a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from samestory.articles.batch import Batch
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.jsonshapes import holds_articles, is_article, records_in
from samestory.articles.readers.jsontext import object_or_problem, parse, parse_several
from samestory.articles.readers.lines import text_lines
from samestory.articles.readers.rows import Problem, Row, batches_of
from samestory.articles.skipped import Skipped


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read a file of an object a line; a line that is none is skipped."""
    yield from batches_of(file, line_rows(text_lines(file)), options)


def line_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Yield the rows that lines hold."""
    numbered: Iterator[tuple[int, str]]
    numbered = ((number, line) for number, line in enumerate(lines, 1) if not _is_blank(line))
    first = next(numbered, None)
    if first is None:
        return
    if isinstance(parse(_trimmed(first[1])), Problem) and _opens(first[1]):
        # An object over several lines: all of it, or line by line after all.
        rest = [first, *numbered]
        values = parse_several("\n".join(line for _, line in rest))
        if not isinstance(values, Problem):
            yield from chain.from_iterable(map(_rows, values))
            return
        numbered, first = iter(rest[1:]), rest[0]
    for number, line in chain((first,), numbered):
        yield from _line(line, number)


def _is_blank(line: str) -> bool:
    return not line or line.isspace()


def _trimmed(line: str) -> str:
    """A line without what stands around an object of a list: byte order mark, comma."""
    return line.strip().strip("\ufeff\x1e").rstrip(",")


def _opens(line: str) -> bool:
    return line.count("{") > line.count("}") or line.count("[") > line.count("]")


def _line(line: str, number: int) -> Iterator[Row]:
    value = parse(line)
    if isinstance(value, Problem):
        trimmed = _trimmed(line)
        if trimmed in ("[", "]"):
            return
        again = parse_several(trimmed)
        if isinstance(again, Problem):
            yield Problem(f"line {number}: {value.reason}")
            return
        for one in again:
            yield from _numbered(_rows(one), number)
        return
    yield from _numbered(_rows(value), number)


def _numbered(rows: Iterable[Row], number: int) -> Iterator[Row]:
    for row in rows:
        yield Problem(f"line {number}: {row.reason}") if isinstance(row, Problem) else row


def _rows(value: Any) -> Iterator[Row]:
    """The rows of one value: itself, or the articles in an answer that holds several."""
    if holds_articles(value) or (isinstance(value, dict) and not is_article(value)):
        for one in records_in(value):
            yield object_or_problem(one)
    else:
        yield object_or_problem(value)
