"""The text exports of ProQuest: documents between lines, their parts named by keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.decode import decode
from samestory.articles.readers.archivetexts import groups, keyed, paragraphs
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.rows import Problem, Row, batches_of
from samestory.articles.skipped import Skipped

_LINE = re.compile(r"^_{20,}[ \t]*\r?$", re.M)
_NUMBER = re.compile(r"Document \d+ of \d+")
_FIELDS = {
    "title": "title",
    "author": "author",
    "abstract": "standfirst",
    "full text": "text",
    "fulltext": "text",
    "publication title": "outlet",
    "publication info": "publication_info",
    "publication date": "date",
    "language of publication": "language",
    "document url": "url",
    "proquest document id": "id",
}
_OTHERS = """subject|location|company / organization|company|people|classification|identifier /
keyword|pages|first page|start page|publication year|year|publisher|place of publication|country of
publication|publication subject|issn|source type|document type|document feature|accession number|
copyright|last updated|database|links|section|volume|issue|credit|dateline|column|business
indexing term|illustration caption|contact|correction date|edition|isbn|word count|report number"""
_KEYS = frozenset((*_FIELDS, *(" ".join(key.split()) for key in _OTHERS.split("|"))))


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every document of an export."""
    yield from batches_of(file, _rows(decode(file.data())), options)


def _rows(text: str) -> Iterator[Row]:
    for part in _LINE.split(text.replace("\r\n", "\n")):
        parts = groups(part)
        if parts and _NUMBER.fullmatch(parts[0][0]):
            parts = [parts[0][1:], *parts[1:]] if len(parts[0]) > 1 else parts[1:]
        elif not any(keyed(line, _KEYS) for lines in parts for line in lines):
            continue  # the table of contents, the address of the company
        yield _document(parts) if parts else Problem("no words")


def _document(parts: list[list[str]]) -> Row:
    record: dict[str, str] = {}
    body: list[list[str]] = []
    current = ""
    for lines in parts:
        kept: list[str] = []
        for line in lines:
            found = keyed(line, _KEYS)
            if found:
                current = _FIELDS.get(found[0], found[0].replace(" ", "_"))
                if current == "text":
                    kept = [found[1]] if found[1] else []
                else:
                    record.setdefault(current, found[1])
            elif current == "text":
                kept.append(line)
            elif not current:
                record["title"] = f"{record.get('title', '')} {line}".strip()
            elif record.get(current) == "":
                record[current] = line
        if current == "text" and kept:
            body.append(kept)
    record["text"] = paragraphs(body)
    return record if record.get("title") or record["text"] else Problem("no words")
