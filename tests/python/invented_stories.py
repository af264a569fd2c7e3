"""Stories of invented articles, as many of as many as a test of the views asks for."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from samestory.stories import Stories, find_stories

START = datetime(2024, 3, 14, 6, 30, tzinfo=UTC)
OUTLETS = ("Harbour Courier", "Tasman Beacon", "Daily Lantern")
_SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u")]


def invented_words(seed: Any, number: int) -> list[str]:
    """Return words that no other seed gives, in all likelihood."""
    chance = random.Random(str(seed))
    return ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(number)]


def invented_article(story: int, i: int, **fields: Any) -> dict[str, Any]:
    """Return an article of a story; its fields say which one it is."""
    words = " ".join(invented_words(story, 12))
    text = f"{words} {' '.join(invented_words((story, i), 2))}"
    given = {
        "id": f"page-{i}",
        "title": f"Title {i} {words[:20]}",
        "standfirst": f"Standfirst {i}",
        "text": text,
        "date": (START + timedelta(hours=5 * i)).isoformat(),
        "language": "en",
        "outlet": OUTLETS[i % len(OUTLETS)],
        "url": f"https://example.org/{i}",
    }
    return {**given, **fields}


def invented_stories(sizes: Sequence[int], **fields: Any) -> Stories:
    """Return stories of these sizes, the largest first, of articles in that order.

    What links them is found; where each story ends is set, for no view should depend on it.
    """
    labels = np.repeat(np.arange(len(sizes)), sizes)
    articles = [invented_article(int(k), i, **fields) for i, k in enumerate(labels)]
    stories = find_stories(articles, progress=False)
    stories.labels = labels.astype(np.int64)
    return stories
