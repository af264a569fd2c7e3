"""Readers of files: one module a format.

A reader is a function ``read(file, options)`` that yields batches of articles and the rows it
skipped; `UnreadableError` says why a file has none. A new one is a module here and a line in
`MODULES`; its suffixes, or what its content begins with, go to ``kinds.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from samestory.articles.batch import Batch
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.skipped import Skipped

Reader = Callable[[InputFile, ReadOptions], Iterator[Batch | Skipped]]

MODULES = {
    "text": "textpages",
    "html": "htmlfiles",
    "json": "jsonfiles",
    "json lines": "jsonlines",
    "csv": "delimited",
    "xml": "xmlfiles",
    "warc": "warcfiles",
    "mhtml": "mhtmlfiles",
    "spreadsheet": "spreadsheets",
    "parquet": "parquetfiles",
    "sqlite": "sqlitefiles",
    "zip": "zipfiles",
    "tar": "tarfiles",
    "nexis": "nexis",
    "factiva": "factiva",
    "proquest": "proquest",
}


def reader_of(kind: str) -> Reader:
    """Return the reader of a kind of file."""
    module = import_module(f"samestory.articles.readers.{MODULES[kind]}")
    return cast(Reader, module.read)
