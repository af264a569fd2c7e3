"""MHTML: a page and its pictures in one file, as browsers save it."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message

from samestory.articles.batch import Batch
from samestory.articles.readers.htmlfiles import html_page
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.skipped import Skipped


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read the page; its frames and pictures are parts of it."""
    try:
        message = message_from_bytes(file.data().lstrip(), policy=policy.compat32)
        part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
        data = part.get_payload(decode=True) if part is not None else None
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise UnreadableError(f"damaged MHTML file: {error}") from error
    if part is None or not isinstance(data, bytes) or not data.strip():
        raise UnreadableError("no page in the MHTML file")
    url = _header(part, "Content-Location") or _header(message, "Snapshot-Content-Location")
    yield html_page(file, _declared(data, part.get_content_charset()), url=url)


def _header(part: Message, name: str) -> str:
    value = str(part.get(name, "")).strip()
    return value if value.startswith("http") else ""


def _declared(data: bytes, charset: str | None) -> bytes:
    """Say in the page what its header says of its encoding."""
    if charset and charset.isascii() and b"charset" not in data[:2048].lower():
        return f'<meta charset="{charset}">'.encode() + data
    return data
