"""SQLite: the tables of a database that have titles or texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import quote

from samestory.articles.batch import Batch
from samestory.articles.readers.delimited import distinct_names
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.rows import Row, batches_of
from samestory.articles.skipped import Skipped


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every table with titles or texts; the others are skipped with the reason."""
    reasons: list[Skipped] = []
    usable = False
    with file.on_disk() as path:
        # A path of bytes that are not UTF-8 goes as these.
        address = f"file:{quote(str(path).encode('utf-8', 'surrogateescape'))}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(address, uri=True)) as database:
                database.text_factory = _text
                for table in _tables(database):
                    try:
                        for found in batches_of(file, _rows(database, table), options):
                            usable = True
                            yield found
                    except UnreadableError as error:
                        reasons.append(Skipped(f"{file.label}#{table}", None, str(error)))
        except (sqlite3.Error, UnicodeError) as error:
            if not usable:
                raise UnreadableError(f"damaged SQLite database: {error}") from error
            reasons.append(Skipped(file.label, None, f"damaged SQLite database: {error}"))
    if not usable:
        raise UnreadableError(reasons[0].reason if reasons else "a database without tables")
    yield from reasons


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in rows if not name.startswith("sqlite_")]


def _rows(database: sqlite3.Connection, table: str) -> Iterator[Row]:
    escaped = table.replace('"', '""')
    cursor = database.execute(f'SELECT * FROM "{escaped}"')
    names = distinct_names([column[0] for column in cursor.description])
    for cells in cursor:
        yield dict(zip(names, cells, strict=True))
