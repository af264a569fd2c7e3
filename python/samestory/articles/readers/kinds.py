"""Of which kind a file is: by what it begins with, else by its suffix."""

from __future__ import annotations

import re

from samestory.articles.readers.archivetexts import archive_kind
from samestory.articles.readers.inputfile import PACKED_SUFFIXES, InputFile, UnreadableError

SUFFIXES: dict[str, tuple[str, ...]] = {
    "text": (".txt", ".text"),
    "html": (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx", ".jsp", ".cfm"),
    "json lines": (".jsonl", ".ndjson", ".jl", ".jsonlines", ".ldjson"),
    "json": (".json",),
    "csv": (".csv", ".tsv", ".tab"),
    "xml": (".xml", ".rss", ".atom", ".rdf"),
    "warc": (".warc",),
    "mhtml": (".mhtml", ".mht"),
    "spreadsheet": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "parquet": (".parquet", ".pq"),
    "sqlite": (".sqlite", ".sqlite3", ".db"),
    "zip": (".zip",),
    "tar": (".tar", ".tgz", ".tbz2", ".txz"),
}
_KIND_OF_SUFFIX = {suffix: kind for kind, names in SUFFIXES.items() for suffix in names}
READ = ", ".join(suffix for names in SUFFIXES.values() for suffix in names)
PACKED = ", ".join(PACKED_SUFFIXES)

_REFUSED = {
    b"{\\rtf": "RTF is not read: save it as plain text (.txt) or HTML",
    b"%PDF": "PDF is not read: extract its text first",
    b"\xd0\xcf\x11\xe0": "an old Office document is not read: save it as .txt, .csv or .xlsx",
}
_MAGIC = {
    b"WARC/": "warc",
    b"PAR1": "parquet",
    b"SQLite format 3\x00": "sqlite",
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
}
# Kinds whose files begin with other bytes than text.
_BINARY = frozenset(("parquet", "sqlite", "zip", "tar", "spreadsheet"))
_COMMENT = r"(?:\s*<!--(?:(?!-->).){0,2000}-->)*"
_HTML = re.compile(
    rf"(?:<\?xml[^>]{{0,200}}\?>)?{_COMMENT}\s*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(
    rf"(?:<\?xml[^>]{{0,200}}\?>)?(?:\s*<\?[^>]{{0,500}}\?>)*{_COMMENT}\s*<(?:rss|feed|rdf:rdf)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTTP = re.compile(r"HTTP/[\d.]{1,3} \d{3}\b")
_MIME = re.compile(
    r"(?:[\w-]{1,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n){0,20}){0,40}?"
    r"Content-Type:\s*multipart/related",
    re.IGNORECASE,
)


def kind_of(file: InputFile) -> str:
    """Return the kind of a file; `UnreadableError` says that it is of none that is read.

    Parameters
    ----------
    file : InputFile
        The file.

    Returns
    -------
    str
        A key of `samestory.articles.readers.MODULES`.
    """
    suffix = file.suffix
    known = _KIND_OF_SUFFIX.get(suffix)
    if known is None and suffix in _OFFICE:
        raise UnreadableError(f"unknown kind of file: {suffix}")
    head = file.head()
    if not head:
        raise UnreadableError("empty file")
    for mark, reason in _REFUSED.items():
        if head.startswith(mark) and suffix != ".xls":
            raise UnreadableError(reason)
    for mark, kind in _MAGIC.items():
        if head.startswith(mark):
            return "spreadsheet" if known == "spreadsheet" or _is_workbook(head) else kind
    if head[257:262] == b"ustar":
        return "tar"
    if known in _BINARY:
        return known
    found = _kind_of_text(head, known)
    if found is None and known is None and not file.is_named:
        raise UnreadableError(f"unknown kind of file: {suffix or 'no suffix'}")
    return found or known or "text"


_OFFICE = frozenset((".docx", ".doc", ".odt", ".pages", ".pptx", ".ppt", ".epub", ".odp"))


def _is_workbook(head: bytes) -> bool:
    return b"xl/workbook.xml" in head or b"xl/_rels" in head


def _kind_of_text(head: bytes, known: str | None) -> str | None:
    """Tell a kind by how a text begins; None where it looks like nothing in particular."""
    start = _text(head)
    if _HTTP.match(start) or _HTML.match(start):
        return "html" if known in ("text", "xml", "html", None) else None
    if known in (None, "text", "html", "xml") and _FEED.match(start):
        return "xml"
    if known in (None, "text", "mhtml") and _MIME.match(start):
        return "mhtml"
    if known in (None, "text"):
        if start[:1] in ("{", "["):
            return _kind_of_json(start)
        return archive_kind(start)
    return None


def _text(head: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1").lstrip()


def _kind_of_json(start: str) -> str | None:
    """Tell JSON from a text that begins with a bracket, such as "[Update] ..."."""
    line = start.partition("\n")[0].rstrip()
    if re.match(r'\{\s*"[^"]{1,200}"\s*:', start):
        return "json lines" if line.endswith("}") else "json"
    return "json" if re.match(r'\[\s*\{\s*"', start) else None
