"""Pages saved as HTML, with or without what the server said above them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.htmlpages import html_text, read_html
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.rows import page
from samestory.articles.skipped import Skipped

_HTTP_HEADERS = re.compile(
    rb"\s*HTTP/[\d.]{1,3} \d{3}[^\n]{0,500}\n(?:[\w-]+:[^\n]*\n|\s[^\n]+\n)*"
)


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read one page."""
    yield html_page(file, without_headers(file.data()))


def without_headers(data: bytes) -> bytes:
    r"""Drop the HTTP headers that `curl -i` writes above a page; a redirect has them twice.

    Examples
    --------
    >>> without_headers(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It rains.</p>")
    b'<p>It rains.</p>'
    """
    while data[:200].lstrip().startswith(b"HTTP/") and (match := _HTTP_HEADERS.match(data)):
        data = data[match.end() :].lstrip(b"\r\n")
    return data


def html_page(file: InputFile, data: bytes, *, url: str = "") -> Batch:
    """Make the batch of one page of HTML.

    Parameters
    ----------
    file : InputFile
        Where it comes from.
    data : bytes
        The page.
    url : str
        Its address, where the page itself does not give it.
    """
    fields = read_html(data, file.name)
    if url and not fields.get("url"):
        fields["url"] = url
    return page(file, fields, html_text(data))
