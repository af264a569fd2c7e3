"""Parquet, a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from samestory._extras import require
from samestory.articles.arrow import pylist
from samestory.articles.batch import Batch
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.rows import Row, batches_of
from samestory.articles.skipped import Skipped

_ROWS_AT_ONCE = 4096


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read a table."""
    parquet = require("pyarrow.parquet", "arrow", "reading a Parquet file")
    with file.on_disk() as path:
        try:
            table = parquet.ParquetFile(path)
        except Exception as error:  # pyarrow's errors have no common base
            raise UnreadableError(f"damaged Parquet file: {str(error)[:200]}") from error
        with table:
            yield from batches_of(file, _rows(table), options)


def _rows(table: Any) -> Iterator[Row]:
    try:
        for batch in table.iter_batches(batch_size=_ROWS_AT_ONCE):
            names = batch.schema.names
            columns = [pylist(column) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                yield dict(zip(names, cells, strict=True))
    except (OSError, ValueError) as error:
        raise UnreadableError(f"damaged Parquet file: {str(error)[:200]}") from error
