"""Stories as a file for other programs: CSV, JSON lines or Parquet, a row an article or a story."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._extras import require
from samestory._files import check_no_null
from samestory._frames import to_table, whole_text, written
from samestory.stories.summary import article_columns, summary_columns

if TYPE_CHECKING:
    from samestory.stories import Stories

_STORY_COLUMNS = ("story", "story_id", "story_title", "story_size", "story_place")
_DAY_OR_LONGER = {"year": 4, "month": 7, "day": 10}
# Spreadsheets take a cell that begins so for a formula; one with an apostrophe before it is text.
# Cells that begin as if they had been made safe get one more, so that reading can take it away.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_table(stories: Stories, path: str | os.PathLike[str]) -> Path:
    """Write a row an article, in the order of the input.

    The columns are those of `Stories.to_frame`, the story first: enough to read the articles again
    and find the same stories. A date is as precise as it is known, in ISO 8601 with its offset.

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
    columns = article_columns(stories)
    columns = {name: columns[name] for name in (*_STORY_COLUMNS, *columns)}
    path = Path(path)
    writer = writer_of(path)
    if path.suffix.lower() != ".parquet":
        columns["date"] = _written_dates(stories)
    writer(columns, path)
    return path


def write_summary(stories: Stories, path: str | os.PathLike[str]) -> Path:
    """Write a row a story, with the columns of `Stories.summary`.

    Parameters
    ----------
    stories : Stories
        What to write.
    path : path-like
        Ends as for `write_table`.

    Returns
    -------
    pathlib.Path
        The file written.
    """
    path = Path(path)
    writer_of(path)(summary_columns(stories), path)
    return path


def writer_of(path: Path) -> Callable[[Mapping[str, Any], Path], None]:
    """Return the function that writes columns as a file of this ending.

    It is asked for before any long work: ValueError if there is none for the ending, ImportError
    if it needs what is not installed.
    """
    writers = {
        ".csv": _write_csv,
        ".jsonl": _write_json_lines,
        ".ndjson": _write_json_lines,
        ".parquet": _write_parquet,
    }
    check_no_null(path)
    ending = path.suffix.lower()
    if ending not in writers:
        raise ValueError(
            f"a table ends in {', '.join(writers)}; {str(path)!r} does not: name a file that does"
        )
    if ending == ".parquet":
        require("pyarrow", "arrow", "a .parquet file")
    return writers[ending]


def safe_cell(cell: Any) -> Any:
    """Keep a spreadsheet from taking a text for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("rain = 1"), safe_cell(-1), safe_cell("'-")
    ("'=1+1", 'rain = 1', -1, "''-")
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _written_dates(stories: Stories) -> list[str | None]:
    """Return dates as they are written: as precise as known, with the zone that was given."""
    articles = stories.articles
    details = zip(articles.column("date_precision"), articles.date_zone_known.tolist(), strict=True)
    return [
        None if article.date is None else _iso(article.date, precision, zone_known)
        for article, (precision, zone_known) in zip(articles, details, strict=True)
    ]


def _iso(date: datetime, precision: str, zone_known: bool) -> str:
    if precision in _DAY_OR_LONGER:
        return date.date().isoformat()[: _DAY_OR_LONGER[precision]]
    return (date if zone_known else date.replace(tzinfo=None)).isoformat()


def _plain(column: Any) -> list[Any]:
    """Return a column of what JSON and CSV can hold."""
    if isinstance(column, np.ndarray) and column.dtype.kind == "M":
        moments = column.astype("datetime64[us]").tolist()
        return [None if m is None else m.replace(tzinfo=UTC).isoformat() for m in moments]
    cells = column.tolist() if isinstance(column, np.ndarray) else column
    return [cell if isinstance(cell, (int, float)) else written(cell) for cell in cells]


def _rows(columns: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    return zip(*(_plain(column) for column in columns.values()), strict=True)


def _write_csv(columns: Mapping[str, Any], path: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([safe_cell(whole_text(name)) for name in columns])
    writer.writerows([safe_cell(cell) for cell in row] for row in _rows(columns))
    # The mark at its beginning tells Excel that the file is UTF-8.
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _write_json_lines(columns: Mapping[str, Any], path: Path) -> None:
    lines = (
        json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False)
        for row in _rows(columns)
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _write_parquet(columns: Mapping[str, Any], path: Path) -> None:
    parquet = require("pyarrow.parquet", "arrow", "a .parquet file")
    parquet.write_table(to_table(columns, "arrow", "a .parquet file"), path)
