"""The development sets, as benchmarks read them."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("SAMESTORY_SHARED", Path(__file__).parents[2] / "shared"))

LANGUAGES = ("en", "fr", "ar", "hi", "cs", "el", "he")
GOLD_SETS = (
    "fnc1_articles",
    "fnc1_headlines",
    "ecbplus",
    "basil",
    *(f"multiling2011 {language}" for language in LANGUAGES),
    "giveme5w1h",
    "uci_sample",
    "googlenews_T",
    "googlenews_TS",
    "gva_incidents",
    "og2021_titles",
    "allsides_roundups",
    "cstnews",
    "multinews100",
    "rpm2_fr",
)


def read_rows(name: str) -> list[dict[str, Any]]:
    """Read one set; ``"multiling2011 fr"`` is the French part of that set."""
    file, _, language = name.partition(" ")
    path = SHARED / "data" / f"{file}.jsonl.gz"
    if not path.exists():
        raise SystemExit(f"{path} is not there; set SAMESTORY_SHARED to the folder with data/")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if not language or row["lang"] == language]


def documents(rows: list[dict[str, Any]]) -> list[str]:
    """Return title and text of each row as one string."""
    return ["\n".join(part for part in (row["title"], row["text"]) if part) for row in rows]


def snippets(n_words: int = 45, least: int = 30, limit: int | None = None) -> Iterator[str]:
    """Yield the first words of every long enough paragraph of allsides_articles."""
    count = 0
    for row in read_rows("allsides_articles"):
        for paragraph in row["text"].split("\n"):
            words = paragraph.split()
            if len(words) >= least:
                if count == limit:
                    return
                count += 1
                yield " ".join(words[:n_words])
