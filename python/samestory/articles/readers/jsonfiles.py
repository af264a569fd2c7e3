"""JSON: an array of objects, an answer that holds one, or objects one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.decode import decode
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.jsonlines import line_rows
from samestory.articles.readers.jsonshapes import records_in
from samestory.articles.readers.jsontext import json_name, object_or_problem, parse, parse_several
from samestory.articles.readers.rows import Problem, Row, batches_of
from samestory.articles.skipped import Skipped


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read a file of JSON."""
    yield from batches_of(file, _rows(decode(file.data())), options)


def _rows(text: str) -> Iterator[Row]:
    value = parse(text)
    if isinstance(value, Problem):
        values = parse_several(text)
        if not isinstance(values, Problem):
            value = values
        elif "\n" in text.strip():  # JSON lines are often called .json
            yield from line_rows(text.split("\n"))
            return
        else:
            raise UnreadableError(value.reason)
    if not isinstance(value, dict | list):
        raise UnreadableError(f"not a JSON array of objects but {json_name(value)}")
    for one in records_in(value):
        yield object_or_problem(one)
