"""Stories as a file for other programs: CSV, JSON lines or Parquet, a row an article."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._extras import require

if TYPE_CHECKING:
    from samestory.articles import Article
    from samestory.stories import Stories

COLUMNS = (
    "story",
    "size",
    "id",
    "title",
    "standfirst",
    "author",
    "date",
    "outlet",
    "language",
    "url",
    "path",
)


def write_table(stories: Stories, path: str | os.PathLike[str]) -> Path:
    """Write a row an article, in the order of the input.

    The columns are the story's number (0 the largest; -1 for an article without any word), how
    many articles it has, and what the article says of itself, without its text. A date is in ISO
    8601 with its offset.

    Parameters
    ----------
    stories : Stories
        What to write.
    path : path-like
        Ends in .csv, .jsonl (or .ndjson) or .parquet; the last needs pyarrow.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    ValueError
        If the ending is another one.
    """
    path = Path(path)
    writer_of(path)(stories, path)
    return path


def writer_of(path: Path) -> Callable[[Stories, Path], None]:
    """Return the function that writes a file of this ending.

    It is asked for before any long work: ValueError if there is none for the ending, ImportError
    if it needs what is not installed.
    """
    writers = {
        ".csv": _write_csv,
        ".jsonl": _write_json_lines,
        ".ndjson": _write_json_lines,
        ".parquet": _write_parquet,
    }
    ending = path.suffix.lower()
    if ending not in writers:
        raise ValueError(
            f"a table ends in {', '.join(writers)}; {str(path)!r} does not: name a file that does"
        )
    if ending == ".parquet":
        require("pyarrow", "arrow", "a .parquet file")
    return writers[ending]


def _rows(stories: Stories) -> Iterator[dict[str, Any]]:
    labels = np.asarray(stories.labels)
    sizes = np.bincount(labels[labels >= 0], minlength=1)
    for label, article in zip(labels.tolist(), stories.articles, strict=True):
        yield {
            "story": label,
            "size": int(sizes[label]) if label >= 0 else 1,
            **{name: _cell(article, name) for name in COLUMNS[2:]},
        }


def _cell(article: Article, name: str) -> str | None:
    if name == "date":
        return article.date.isoformat() if article.date else None
    text: str = getattr(article, name)
    # Half of a surrogate pair fits into no file.
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def _write_csv(stories: Stories, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(_rows(stories))


def _write_json_lines(stories: Stories, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in _rows(stories):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_parquet(stories: Stories, path: Path) -> None:
    pyarrow = require("pyarrow", "arrow", "a .parquet file")
    parquet = require("pyarrow.parquet", "arrow", "a .parquet file")
    text = [(name, pyarrow.string()) for name in COLUMNS[2:]]
    schema = pyarrow.schema([("story", pyarrow.int64()), ("size", pyarrow.int64()), *text])
    parquet.write_table(pyarrow.Table.from_pylist(list(_rows(stories)), schema=schema), path)
