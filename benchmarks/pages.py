"""Title, date and text of news pages, beside trafilatura, htmldate and newspaper4k.

Reads the archives of ``../shared/pages``; the other packages are measured if they are installed.

    python benchmarks/pages.py [--readers samestory trafilatura] [--archives fundus postlight]
                               [--half first|second]

A title counts if it is equal after folding case, spaces and quotes, a date if it is the same day.
The text's score is the F1 of its words as a multiset, the mean over the pages; where only strings
are known that belong to the text or do not, it is the F1 of these.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

from datasets import SHARED

PAGES = SHARED / "pages"
ARCHIVES = ("fundus", "trafilatura", "htmldate", "postlight", "goose3")
Found = Mapping[str, str]
NOTHING: Found = {"title": "", "date": "", "text": ""}


def archive_rows(name: str, folder: Path) -> list[dict[str, Any]]:
    """Unpack an archive and return its gold, each row with the path of its page."""
    with tarfile.open(PAGES / f"{name}.tar.xz") as archive:
        archive.extractall(folder, filter="data")
    lines = (folder / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row | {"path": folder / name / row["file"]} for row in rows]


def in_half(row: Mapping[str, Any], half: str) -> bool:
    """Whether a page is in a half; the pages of one publisher are in the same."""
    host = re.search(r"//(?:www\d?\.)?([^/]+)", row.get("url") or "")
    publisher = row.get("publisher") or (host[1] if host else row["file"])
    return half == "all" or (md5(publisher.encode()).digest()[0] % 2 == 0) == (half == "first")


# -- who reads -----------------------------------------------------------------------------


def read_samestory(path: Path) -> Found:
    import samestory as ss

    try:
        article = ss.read_articles(path)[0]
    except ValueError:  # no words
        return NOTHING
    date = "" if article.date is None else article.date.date().isoformat()
    return {"title": article.title, "date": date, "text": article.text}


def read_built_in(path: Path) -> Found:
    """Read as if neither trafilatura nor htmldate were installed."""
    hidden = {name: sys.modules.get(name) for name in ("trafilatura", "htmldate")}
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        return read_samestory(path)
    finally:
        for name, module in hidden.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


def read_trafilatura(path: Path) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(
        path.read_bytes(), include_comments=False, include_tables=False, with_metadata=True
    )
    return (
        NOTHING
        if found is None
        else {n: getattr(found, n) or "" for n in ("title", "date", "text")}
    )


def read_htmldate(path: Path) -> Found:
    import htmldate

    return {"date": htmldate.find_date(path.read_bytes(), original_date=True) or ""}


def read_newspaper(path: Path) -> Found:
    import newspaper

    settings = newspaper.Config()
    settings.fetch_images = False  # or it asks servers for them
    article = newspaper.Article("https://news.example/", config=settings)
    article.download(input_html=path.read_text("utf-8", "replace"))
    article.parse()
    date = article.publish_date
    day = date.date().isoformat() if hasattr(date, "date") else ""
    return {"title": article.title or "", "date": day, "text": article.text or ""}


READERS: dict[str, tuple[str, Callable[[Path], Found]]] = {
    "samestory": ("samestory", read_samestory),
    "samestory, built-in": ("samestory", read_built_in),
    "trafilatura": ("trafilatura", read_trafilatura),
    "htmldate": ("htmldate", read_htmldate),
    "newspaper4k": ("newspaper", read_newspaper),
}


# -- how well ------------------------------------------------------------------------------


def folded(title: str | None) -> str:
    """Return a title without differences of case, spaces and quotes."""
    return " ".join(re.sub(r"[\"'“”„«»‘’‚‹›`´]", "", (title or "").casefold()).split())


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def f1(found: Counter[str], gold: Counter[str]) -> float:
    shared, total = sum((found & gold).values()), sum(found.values()) + sum(gold.values())
    return 2 * shared / total if total else 1.0


@dataclass
class Score:
    """Sums over the pages of an archive."""

    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    wrong_dates: list[bool] = field(default_factory=list)
    texts: list[float] = field(default_factory=list)
    strings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def add(self, gold: Mapping[str, Any], found: Found) -> None:
        """Compare what was found on a page with what is there."""
        if gold.get("title") and found.get("title") is not None:
            self.titles.append(folded(found.get("title")) == folded(gold["title"]))
        if gold.get("date"):
            day = found.get("date", "")
            self.dates.append(day == gold["date"][:10])
            self.wrong_dates.append(day not in ("", gold["date"][:10]))
        text = found.get("text")
        if text is None:
            return
        if gold.get("text"):
            self.texts.append(f1(words(text), words(gold["text"])))
        line = " ".join(text.split())
        for name in ("must", "must_not"):
            for part in gold.get(name) or ():
                self.strings[f"{name} {' '.join(part.split()) in line}"] += 1

    def cells(self) -> Iterator[str]:
        """Yield the cells of the table."""
        for values in (self.titles, self.dates, self.wrong_dates, self.texts):
            yield f"{sum(values) / len(values):.3f}" if values else "-"
        right = 2 * self.strings["must True"]
        wrong = self.strings["must False"] + self.strings["must_not True"]
        yield f"{right / (right + wrong):.3f}" if right else "-"


def installed(module: str) -> bool:
    try:
        __import__(module)
    except ImportError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--archives", nargs="+", default=ARCHIVES, choices=ARCHIVES)
    parser.add_argument("--half", default="all", choices=("all", "first", "second"))
    parser.add_argument("--readers", nargs="+", default=list(READERS), choices=list(READERS))
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    print("| archive | read by | title | date | wrong date | text | strings | pages a second |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.archives:
            rows = [r for r in archive_rows(name, Path(folder)) if in_half(r, options.half)]
            for reader in options.readers:
                module, read = READERS[reader]
                if installed(module):
                    print_row(name, reader, rows, read)


def print_row(
    archive: str, reader: str, rows: list[dict[str, Any]], read: Callable[[Path], Found]
) -> None:
    score = Score()
    start = time.perf_counter()
    for row in rows:
        try:
            found = read(row["path"])
        except Exception as error:
            print(f"{reader} fails on {row['file']}: {error!r:.100}", file=sys.stderr)
            found = NOTHING
        score.add(row, found)
    speed = len(rows) / (time.perf_counter() - start)
    print(f"| {archive} | {reader} | {' | '.join(score.cells())} | {speed:.0f} |", flush=True)


if __name__ == "__main__":
    main()
