"""WARC: the answers of servers, as crawlers keep them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any

from samestory._extras import require
from samestory.articles.batch import Batch
from samestory.articles.decode import NotTextError, decode
from samestory.articles.readers.htmlfiles import html_page
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.rows import page
from samestory.articles.skipped import Skipped

_HTML = ("text/html", "application/xhtml+xml")
_MAX_PAGE_BYTES = 1 << 26


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every page of an archive; answers that are no pages are skipped, each with a reason."""
    iterator = require("warcio.archiveiterator", "warc", "reading a WARC file").ArchiveIterator
    number = 0
    with file.open() as stream:
        try:
            for record in _records(iterator(stream)):
                if record is None:
                    yield Skipped(file.label, number, "what follows a record is none: not read")
                    continue
                found = _read_record(file, record, number)
                if found is not None:
                    yield found
                    number += 1
                if number > options.limits.files:
                    limits = options.limits
                    raise UnreadableError(
                        f"more than {limits.files:,} pages: {limits.beyond('files')}"
                    )
        except UnreadableError:
            raise
        except Exception as error:  # warcio raises what its parts raise
            note = f"damaged WARC file: {type(error).__name__}: {str(error)[:100]}"
            if not number:
                raise UnreadableError(note) from error
            yield Skipped(file.label, number, note)
    if not number:
        raise UnreadableError("a WARC file without pages")


def _records(records: Iterator[Any]) -> Iterator[Any]:
    """Take the records of an archive; None stands for what warcio only writes of to stderr."""
    while True:
        with redirect_stderr(io.StringIO()) as told:
            record = next(records, None)
        if told.getvalue():
            yield None
        if record is None:
            return
        yield record


def _read_record(file: InputFile, record: Any, number: int) -> Batch | Skipped | None:
    """Read the answer of a server, or a text that was taken from one; None for anything else."""
    if record.rec_type not in ("response", "resource", "conversion"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    try:
        return _page(file, record, url.strip("<>"))
    except (UnreadableError, NotTextError) as error:
        return Skipped(f"{file.label}#{url or number}", None, str(error))


def _page(file: InputFile, record: Any, url: str) -> Batch:
    headers = record.http_headers
    status = (headers.get_statuscode() or "") if headers else ""
    if status and not status.startswith("2"):
        raise UnreadableError(f"the server answered {status}")
    kind = headers.get_header("Content-Type") if headers else None
    kind = (kind or record.rec_headers.get_header("Content-Type") or "").partition(";")[0].strip()
    data = record.content_stream().read(_MAX_PAGE_BYTES)
    if not data.strip():
        raise UnreadableError("empty file")
    if record.rec_type == "conversion" or kind.lower() == "text/plain":
        return page(file, {"text": decode(data), "url": url})
    if kind and kind.lower() not in _HTML:
        raise UnreadableError(f"no page but {kind}")
    return html_page(file, data, url=url)
