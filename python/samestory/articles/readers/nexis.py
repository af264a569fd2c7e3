"""The text exports of Nexis, the old ones ("1 of 3 DOCUMENTS") and the new ("End of Document")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.dates import find_date
from samestory.articles.decode import decode
from samestory.articles.readers.archivetexts import groups, keyed, paragraphs, segments
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.rows import Note, Problem, Row, batches_of
from samestory.articles.skipped import Skipped

_OLD = re.compile(
    r"^[ \t]*\d{1,6} (?:of|von|de|di|van) (?P<total>\d{1,6}) DOCUMENTS?[ \t]*\r?$", re.M
)
_NEW = re.compile(r"^[ \t]*End of Document[ \t]*\r?$", re.M)
_ABOVE_WORDS = """
    byline section length headline dateline highlight body series type source autor laenge
    länge rubrik überschrift titre longueur"""
_ABOVE = frozenset(_ABOVE_WORDS.split())
_BELOW_WORDS = """
    load-date language graphic notes correction-date correction publication-type
    journal-code url acc-no document-type subject company organization geographic person
    country state city ticker industry classification update sprache"""
_BELOW = frozenset(_BELOW_WORDS.split())
_KEYS = _ABOVE | _BELOW
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\)|all rights reserved|alle rechte)", re.IGNORECASE)
_EDITION = re.compile(
    r"[^.]{0,60}\b(?:edition|final|ausgabe|édition|ed)\b[^.]{0,30}", re.IGNORECASE
)
_MAX_HEAD_LINES = 12


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every document of an export."""
    yield from batches_of(file, _rows(decode(file.data())), options)


def _rows(text: str) -> Iterator[Row]:
    text = text.replace("\r\n", "\n")
    old = _OLD.search(text)
    if old:
        documents = list(segments(text, _OLD))
    else:
        documents = [part for part in _NEW.split(text) if part.strip()]
    for document in documents:
        yield _document(document)
    if old and int(old["total"]) != len(documents):
        yield Note(f"{len(documents):,} documents of {int(old['total']):,}", whole_file=True)


def _document(text: str) -> Row:
    parts = [_below_copyright(lines) for lines in groups(text)]
    record: dict[str, str] = {}
    head, rest = _head(parts)
    _name(head, record)
    body, is_body = [], False
    for lines in rest:
        found = keyed(lines[0], _KEYS)
        if lines == ["Body"] or (found and found[0] == "body"):
            body, is_body = [[found[1], *lines[1:]]] if found and found[1] else [], True
        elif found is None and not _COPYRIGHT.match(lines[0]):
            if lines != ["Classification"]:
                body.append(lines)
        elif found and found[0] in _BELOW and (body or is_body):
            _take_keys(lines, record)
            break
        else:
            _take_keys(lines, record)
    record["text"] = paragraphs(body)
    return record if record.get("title") or record["text"] else Problem("no words")


def _below_copyright(lines: list[str]) -> list[str]:
    """Leave out a copyright that stands right above keys."""
    keys = next((i for i, line in enumerate(lines) if keyed(line, _KEYS)), 0)
    return lines[keys:] if all(map(_COPYRIGHT.match, lines[:keys])) else lines


def _head(parts: list[list[str]]) -> tuple[list[list[str]], list[list[str]]]:
    """Part the groups above the first key from the rest."""
    for i, lines in enumerate(parts[:_MAX_HEAD_LINES]):
        if keyed(lines[0], _KEYS) or lines == ["Body"]:
            return parts[:i], parts[i:]
    return parts[:3], parts[3:]


def _name(head: list[list[str]], record: dict[str, str]) -> None:
    """Tell title, outlet and date: old exports have the title below the date, new ones above."""
    above: list[str] = []
    below: list[list[str]] = []
    for lines in head:
        lines = [line for line in lines if not _COPYRIGHT.match(line)]
        if record.get("date"):
            below.append(lines)
            continue
        for i, line in enumerate(lines):
            found = find_date(line) if len(line) < 80 else None
            if found is not None and len(found[1].split()) <= 3:
                record["date"] = found[0].local.isoformat()[:10]
                break
            above.append(line)
            if i == len(lines) - 1:
                break
    below = [lines for lines in below if lines]
    if len(below) > 1 and all(map(_EDITION.fullmatch, below[0])):
        below = below[1:]
    if below:
        record["title"] = " ".join(below[0])
        record["outlet"] = " ".join(above)
    elif len(above) > 1:
        record["title"], record["outlet"] = " ".join(above[:-1]), above[-1]
    else:
        record["title"] = " ".join(above)


def _take_keys(lines: list[str], record: dict[str, str]) -> None:
    names = {"byline": "author", "headline": "title", "language": "language", "url": "url",
             "highlight": "standfirst", "section": "section", "load-date": "load_date",
             "autor": "author", "überschrift": "title", "sprache": "language"}  # fmt: skip
    name = ""
    for line in lines:
        found = keyed(line, _KEYS)
        if found:
            name = names.get(found[0], "")
            if name:
                record[name] = found[1]
        elif name:
            record[name] = f"{record[name]} {line}".strip()
