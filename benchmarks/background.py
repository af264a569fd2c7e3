"""
Count the table of background document frequencies that ships with samestory.

    python benchmarks/background.py

The sets counted are those without gold stories. Each text is a document; headlines, of eight words,
are put into bundles of fifty, about an article each. What ships is the words of at least two
different texts, sorted, with one number each: nothing of the texts' order can be had back.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from datasets import documents, read_rows

from samestory.background import Background, pack

TEXTS = ("allsides_articles", "reuters21578", "bbc", "lee50")
HEADLINES = "google_news_headlines"
BUNDLE = 50
LEAST_TEXTS = 2
TARGET = Path(__file__).parents[1] / "python" / "samestory" / "data" / "background_en.bin"


def word_pattern() -> re.Pattern[str]:
    """Runs of two or more letters, digits and combining marks (which Python's word class lacks)."""
    codes = range(sys.maxunicode + 1)
    marks = "".join(chr(c) for c in codes if unicodedata.category(chr(c)).startswith("M"))
    return re.compile(f"(?:[^\\W_]|[{re.escape(marks)}]){{2,}}")


def distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.lower() for text in texts))


def bundles(words: list[set[str]]) -> Iterator[set[str]]:
    for start in range(0, len(words), BUNDLE):
        yield set().union(*words[start : start + BUNDLE])


def count() -> Background:
    pattern = word_pattern()
    n_texts: Counter[str] = Counter()  # texts and headlines that hold a word
    df: Counter[str] = Counter()  # texts and bundles
    n_documents = 0
    for name in (*TEXTS, HEADLINES):
        words = [set(pattern.findall(text)) for text in distinct(documents(read_rows(name)))]
        for found in words:
            n_texts.update(found)
        for found in bundles(words) if name == HEADLINES else words:
            df.update(found)
            n_documents += 1
    terms = sorted(term for term, texts in n_texts.items() if texts >= LEAST_TEXTS)
    return Background(terms, [df[term] for term in terms], n_documents)


def main() -> None:
    background = count()
    data = pack(background)
    TARGET.write_bytes(data)
    print(f"{background}: {len(data):,} bytes")


if __name__ == "__main__":
    main()
