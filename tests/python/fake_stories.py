"""Stories made by hand: what the views are given in their tests, without any clustering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import numpy as np


@dataclass(frozen=True)
class FakeArticle:
    id: str
    title: str = ""
    standfirst: str = ""
    author: str = ""
    text: str = ""
    date: datetime | None = None
    date_precision: str = "minute"
    date_zone_known: bool = True
    outlet: str = ""
    language: str = ""
    url: str = ""
    path: str = ""

    @property
    def document(self) -> str:
        return f"{self.title}\n{self.standfirst}\n{self.text}"


@dataclass(frozen=True)
class FakeSkipped:
    input: str
    row: int | None
    reason: str


class FakeArticles(list[FakeArticle]):
    skipped: Sequence[FakeSkipped] = ()


@dataclass(frozen=True)
class FakeStory:
    id: str
    rows: np.ndarray
    articles: list[FakeArticle]
    keywords: list[str]

    @property
    def title(self) -> str:
        return self.articles[0].title

    @property
    def copied(self) -> Any:
        nothing = np.full(len(self.articles), -1, dtype=np.int64)
        return SimpleNamespace(source=nothing, share=np.zeros(len(nothing)))

    @property
    def _dates(self) -> list[datetime]:
        return [article.date for article in self.articles if article.date is not None]

    @property
    def first_date(self) -> datetime | None:
        return min(self._dates, default=None)

    @property
    def last_date(self) -> datetime | None:
        return max(self._dates, default=None)

    @property
    def outlets(self) -> list[str]:
        return sorted({article.outlet for article in self.articles} - {""})

    def __len__(self) -> int:
        return len(self.articles)


@dataclass(frozen=True)
class FakeStories:
    articles: FakeArticles
    labels: np.ndarray
    granularity: float = 0.3125
    keywords: list[str] = field(default_factory=lambda: ["ferry", "strait", "harbour"])

    def __len__(self) -> int:
        return int(self.labels.max(initial=-1)) + 1

    def __getitem__(self, k: int) -> FakeStory:
        rows = np.flatnonzero(self.labels == k)
        chosen = [self.articles[row] for row in rows]
        return FakeStory(f"story-{k}", rows, chosen, self.keywords)


@dataclass(frozen=True)
class FakeExplanation:
    a: FakeArticle
    b: FakeArticle
    score: float = 0.62
    similarity: float = 0.48
    terms: list[tuple[str, float, str]] = field(default_factory=list)
    gap: timedelta | None = None
    same_story: bool = True
    granularity: float = 0.5
    joined_at: float = 0.625


START = datetime(2024, 3, 14, 6, 30, tzinfo=UTC)
OUTLETS = ("Harbour Courier", "Tasman Beacon", "Daily Lantern")


def fake_article(i: int, **fields: Any) -> FakeArticle:
    """Return an article whose fields all say which one it is."""
    given = {
        "id": f"page-{i}",
        "title": f"Title {i}",
        "standfirst": f"Standfirst {i}",
        "text": f"Text {i}. " * 20,
        "date": START + timedelta(hours=5 * i),
        "outlet": OUTLETS[i % len(OUTLETS)],
        "url": f"https://example.org/{i}",
        "path": f"pages/page-{i}.txt",
    }
    return FakeArticle(**{**given, **fields})


def fake_stories(
    sizes: Sequence[int],
    skipped: Sequence[FakeSkipped] = (),
    **fields: Any,
) -> FakeStories:
    """Return stories of these sizes, the largest first."""
    labels = np.repeat(np.arange(len(sizes)), sizes).astype(np.int64)
    articles = FakeArticles(fake_article(i, **fields) for i in range(len(labels)))
    articles.skipped = list(skipped)
    return FakeStories(articles, labels)
