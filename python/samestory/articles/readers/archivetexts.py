"""What the text exports of archives have in common: many documents in one file, keys and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_KINDS = tuple(
    (kind, re.compile(pattern, re.MULTILINE))
    for kind, pattern in (
        ("nexis", r"^[ \t]*\d{1,6} (?:of|von|de|di|van) \d{1,6} DOCUMENTS?[ \t]*\r?$"),
        ("nexis", r"^Load-Date:[^\n]{0,100}\n\s{0,20}End of Document\s*$"),
        ("factiva", r"^(?:AN[ \t]+)?Document [A-Z][A-Z0-9]{5,30}[a-z0-9]{6,30}[ \t]*\r?$"),
        ("proquest", r"^_{20,200}[ \t]*\r?\n\s{0,20}Document \d{1,9} of \d{1,9}[ \t]*\r?$"),
        ("proquest", r"^(?:Full text|ProQuest document ID):"),
    )
)

# One of these is in every export; looking for a word is quicker than for a pattern.
_SIGNS = (" DOCUMENT", "End of Document", "Document ", "Full text:", "ProQuest document ID:")


def archive_kind(start: str) -> str | None:
    """Tell of which archive a text is the export; None for any other text."""
    if not any(word in start for word in _SIGNS):
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(start)), None)


def groups(text: str) -> list[list[str]]:
    r"""Part a text at blank lines into groups of stripped lines.

    Examples
    --------
    >>> groups("  Rain\nSun\n\n\n Snow\n")
    [['Rain', 'Sun'], ['Snow']]
    """
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        line = line.strip()
        if line:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return found if found[-1] else found[:-1]


def keyed(line: str, keys: frozenset[str]) -> tuple[str, str] | None:
    """Part ``BYLINE: Orla Penn`` into its key, in lower case, and its value."""
    key, colon, value = line.partition(":")
    key = key.strip().casefold()
    return (key, value.strip()) if colon and key in keys else None


def paragraphs(parts: Sequence[Sequence[str]]) -> str:
    """Join groups of lines as paragraphs; lines that an export wrapped become one again."""
    return "\n\n".join(_unwrapped(lines) for lines in parts if lines)


def _unwrapped(lines: Sequence[str]) -> str:
    longest = max(map(len, lines))
    is_wrapped = (
        len(lines) > 1 and 60 <= longest <= 100 and min(map(len, lines[:-1])) > 0.6 * longest
    )
    return (" " if is_wrapped else "\n").join(lines)


def segments(text: str, separator: re.Pattern[str]) -> Iterator[str]:
    """Yield what stands after each separator."""
    marks = list(separator.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        yield text[mark.end() : end]
