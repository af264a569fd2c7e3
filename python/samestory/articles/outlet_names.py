"""The outlets of pages that do not name theirs: by the names of files and folders."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import PurePath

from samestory.articles.batch import Batch, Origin
from samestory.articles.raw import unpack

# daily-lantern-07-rents.txt, daily_lantern_2024-03-14.txt
_NUMBERED = re.compile(r"([^\W\d_]+(?:[-_ ][^\W\d_]+){0,4})[-_ ]+\d")
_HOST = re.compile(
    r"(?:[\w-]+\.){1,4}(?:com|org|net|info|news|press|media|[a-z]{2})", re.IGNORECASE
)
_LEAST_PAGES = 3
_CONFIRMED = 0.5

_Row = tuple[Batch, int]


def name_outlets(batches: Sequence[Batch]) -> None:
    """Fill in the outlet of pages in files, in place.

    A folder that has the name of a host, as `wget` makes them, is the outlet. So is what files are
    called before a number, if at least half of such names are printed on most of their pages.
    """
    groups: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for batch in batches:
        if batch.origin is not Origin.PAGE:
            continue
        for row, (path, outlet) in enumerate(
            zip(batch.texts["path"], batch.texts["outlet"], strict=True)
        ):
            if not outlet:
                _sort_in(batch, row, PurePath(path), groups)
    _name_by_files(groups)


def _sort_in(
    batch: Batch, row: int, path: PurePath, groups: dict[tuple[str, str], list[_Row]]
) -> None:
    host = next((part for part in path.parts[-6:-1] if _HOST.fullmatch(part)), "")
    if host:
        batch.texts["outlet"][row] = host.removeprefix("www.")
    elif (match := _NUMBERED.match(path.name)) is not None:
        groups[str(path.parent), match[1].casefold()].append((batch, row))


def _name_by_files(groups: dict[tuple[str, str], list[_Row]]) -> None:
    large = {name: rows for name, rows in groups.items() if len(rows) >= _LEAST_PAGES}
    printed = {name: _printed(re.split(r"[-_ ]", name[1]), rows) for name, rows in large.items()}
    if sum(map(bool, printed.values())) < max(1, _CONFIRMED * len(large)):
        return
    for (folder, name), rows in large.items():
        outlet = printed[folder, name] or re.sub(r"[-_ ]", " ", name).title()
        for batch, row in rows:
            batch.texts["outlet"][row] = outlet


def _printed(words: Sequence[str], rows: Sequence[_Row]) -> str:
    """Return a name as most of the pages print it, in capitals at the beginning of its words."""
    pattern = re.compile(rf"\b{r'[ -]'.join(map(re.escape, words))}\b", re.IGNORECASE)
    forms: Counter[str] = Counter()
    pages = 0
    for batch, row in rows:
        raw = batch.raw.get(row)
        text = batch.texts["text"][row] if raw is None else unpack(raw)
        found = [form for form in pattern.findall(text) if form[0].isupper()]
        forms.update(found)
        pages += bool(found)
    return forms.most_common(1)[0][0] if 2 * pages >= len(rows) else ""
