"""The outlets of pages that do not name theirs: by the names of files and folders."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from samestory.articles.batch import Batch, Origin
from samestory.articles.raw import unpack

# daily-lantern-07-rents.txt, daily_lantern_2024-03-14.txt
_NUMBERED = re.compile(r"([^\W\d_]+(?:[-_ ][^\W\d_]+){0,4})[-_ ]+\d")
_HOST = re.compile(
    r"(?:[\w-]+\.){1,4}(?:com|org|net|info|news|press|media)"
    r"|www\.(?:[\w-]+\.){1,3}[a-z]{2}"
    r"|(?:[\w-]+\.){1,3}(?:ac|co|com|edu|go|gob|gov|ne|net|or|org)\.[a-z]{2}",
    re.IGNORECASE,
)
# lindby-post.se, but corpus.de, too: a language or a country
_LIKE_HOST = re.compile(r"(?:[\w-]+\.){1,3}[a-z]{2}", re.IGNORECASE)
_LEAST_PAGES = 3
_CONFIRMED = 0.5

_Row = tuple[Batch, int]


def name_outlets(batches: Sequence[Batch]) -> None:
    """Fill in the outlet of pages in files, in place.

    A folder that has the name of a host, as `wget` makes them, is the outlet; where it may be that
    of a language as well, if most of its pages print it. So is what files are called before a
    number, if at least half of such names are printed on most of their pages.
    """
    folders: dict[str, list[_Row]] = defaultdict(list)
    for batch in batches:
        if batch.origin is Origin.PAGE:
            for row, path in enumerate(batch.texts["path"]):
                folders[os.path.dirname(path)].append((batch, row))
    for form in (_HOST, _LIKE_HOST):
        for host, rows in _called(folders, form).items():
            if form is _HOST or _is_printed(host, rows):
                _name(rows, host.removeprefix("www."))
    _name_by_files(_numbered(folders))


def _called(folders: dict[str, list[_Row]], form: re.Pattern[str]) -> dict[str, list[_Row]]:
    """Return the rows in folders whose names have a form, the outermost of a path first."""
    rows_of: dict[str, list[_Row]] = defaultdict(list)
    for folder, rows in folders.items():
        for part in filter(form.fullmatch, PurePath(folder).parts[-5:]):
            rows_of[part].extend(rows)
    return rows_of


def _numbered(folders: dict[str, list[_Row]]) -> dict[tuple[str, str], list[_Row]]:
    """Return the rows of files that are called something and a number, by folder."""
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for folder, rows in folders.items():
        for batch, row in rows:
            match = _NUMBERED.match(os.path.basename(batch.texts["path"][row]))
            if match is not None and not batch.texts["outlet"][row]:
                groups[folder, match[1].casefold()].append((batch, row))
    return groups


def _name(rows: Sequence[_Row], outlet: str) -> None:
    for batch, row in rows:
        batch.texts["outlet"][row] = batch.texts["outlet"][row] or outlet


def _is_printed(host: str, rows: Sequence[_Row]) -> bool:
    """Whether most pages have the name of a host, in their links if nowhere else."""
    host = host.casefold()
    return 2 * sum(host in _as_it_came(*one).casefold() for one in rows) >= len(rows)


def _as_it_came(batch: Batch, row: int) -> str:
    raw = batch.raw.get(row)
    return batch.texts["text"][row] if raw is None else unpack(raw)


def _name_by_files(groups: dict[tuple[str, str], list[_Row]]) -> None:
    large = {name: rows for name, rows in groups.items() if len(rows) >= _LEAST_PAGES}
    printed = {name: _printed(re.split(r"[-_ ]", name[1]), rows) for name, rows in large.items()}
    if sum(map(bool, printed.values())) < max(1, _CONFIRMED * len(large)):
        return
    for (folder, name), rows in large.items():
        _name(rows, printed[folder, name] or re.sub(r"[-_ ]", " ", name).title())


def _printed(words: Sequence[str], rows: Sequence[_Row]) -> str:
    """Return a name as most of the pages print it, in capitals at the beginning of its words."""
    pattern = re.compile(rf"\b{r'[ -]'.join(map(re.escape, words))}\b", re.IGNORECASE)
    forms: Counter[str] = Counter()
    pages = 0
    for one in rows:
        found = [form for form in pattern.findall(_as_it_came(*one)) if form[0].isupper()]
        forms.update(found)
        pages += bool(found)
    return forms.most_common(1)[0][0] if 2 * pages >= len(rows) else ""
