"""The text exports of Factiva, plain or with its two-letter codes (HD, WC, PD, SN, LP, TD)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.bylines import is_explicit_byline, is_name_line
from samestory.articles.dates import parse_date
from samestory.articles.decode import decode
from samestory.articles.readers.archivetexts import groups, paragraphs
from samestory.articles.readers.inputfile import InputFile, ReadOptions
from samestory.articles.readers.rows import Problem, Row, batches_of
from samestory.articles.skipped import Skipped

_END = re.compile(r"^(?:AN[ \t]+)?Document (?P<id>[A-Z][A-Z0-9]{5,}[a-z0-9]{6,})[ \t]*$", re.M)
_WORDS = re.compile(
    r"[\d,.]{1,9} (?:words|wörter|mots|palabras|parole|palavras|woorden)", re.IGNORECASE
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d(?: ?[APap]\.?M\.?)?(?: GMT)?")
_COPYRIGHT = re.compile(r"(?:\(c\)|©|copyright|all rights|alle rechte)", re.IGNORECASE)
_LANGUAGES_WORDS = """
    english german french spanish italian portuguese dutch russian chinese arabic swedish
    danish norwegian finnish polish turkish japanese korean deutsch englisch français
    anglais español inglés italiano português nederlands"""
_LANGUAGES = frozenset(_LANGUAGES_WORDS.split())
_CODES_WORDS = """
    SE HD BY CR WC PD ET SN SC ED PG LA CY LP TD ART RF CO IN NS RE IPD IPC PUB VOL CLM CX"""
_CODES = frozenset(_CODES_WORDS.split())
_CODE = re.compile(r"^(?P<code>[A-Z]{2,3})(?:[ \t]+(?P<value>.*))?$")
_MAX_HEAD = 14


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every document of an export."""
    yield from batches_of(file, _rows(decode(file.data())), options)


def _rows(text: str) -> Iterator[Row]:
    text = text.replace("\r\n", "\n")
    start = 0
    for mark in _END.finditer(text):
        record = _document(text[start : mark.start()])
        if isinstance(record, dict):
            record["id"] = mark["id"]
        yield record
        start = mark.end()
    if len(text[start:].split()) > 20:  # more than what the site prints below the last one
        yield _document(text[start:])


def _document(text: str) -> dict[str, str] | Problem:
    coded = _coded(text)
    if coded:
        return coded
    parts = groups(text)
    head = [line for lines in parts for line in lines][:_MAX_HEAD]
    words = next((i for i, line in enumerate(head) if _WORDS.fullmatch(line)), None)
    if words is None:
        return Problem("no line that tells the number of words, as Factiva has it")
    record: dict[str, str] = {}
    _name(head[:words], record)
    used = words + 1 + _take_facts(head[words + 1 :], record)
    left: list[list[str]] = []
    for lines in parts:
        skipped = min(used, len(lines))
        used -= skipped
        left.append(lines[skipped:])
    record["text"] = paragraphs([lines for lines in left if lines])
    return record


def _name(lines: list[str], record: dict[str, str]) -> None:
    """Tell section, title and byline, of which the title alone is always there."""
    if len(lines) > 1 and (
        is_explicit_byline(lines[-1]) or is_name_line(lines[-1], near_date=True)
    ):
        record["author"] = lines[-1]
        lines = lines[:-1]
    if len(lines) > 1 and len(lines[0].split()) <= 4 and len(lines[0]) < len(lines[1]):
        record["section"] = lines[0]
        lines = lines[1:]
    record["title"] = " ".join(lines)


def _take_facts(lines: list[str], record: dict[str, str]) -> int:
    """Read date, time, outlet, code, language and copyright; return how many lines these are."""
    for i, line in enumerate(lines):
        if not record.get("date") and parse_date(line) is not None:
            record["date"] = line
        elif record.get("date") and not record.get("outlet") and _TIME.fullmatch(line):
            record["date"] += f" {line}"
        elif not record.get("outlet"):
            record["outlet"] = line
        elif line.casefold() in _LANGUAGES:
            record["language"] = line
        elif _COPYRIGHT.match(line):
            return i + 1
        elif not (len(line) <= 12 or line.isupper()):
            return i
    return len(lines)


def _coded(text: str) -> dict[str, str] | None:
    """Read a document whose parts are named by codes."""
    record: dict[str, str] = {}
    code = ""
    for line in text.split("\n"):
        found = _CODE.match(line.strip()) if line[:1].isupper() else None
        if found and found["code"] in _CODES:
            code = found["code"]
            record[code] = (found["value"] or "").strip()
        elif code:
            record[code] = f"{record[code]}\n{line.strip()}"
    if "HD" not in record:
        return None
    record = {name: value.strip() for name, value in record.items()}
    record["HD"] = " ".join(record["HD"].split())
    return record
