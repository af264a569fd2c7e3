"""Pages saved as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.decode import decode
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.rows import page
from samestory.articles.skipped import Skipped


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read one page; its parts are told apart when it is cleaned."""
    yield page(file, {"text": decode(file.data())})
