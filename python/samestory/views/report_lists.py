"""The two lists of the report, stories and articles alone, and what chooses among their items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from samestory.views.markup import text_html
from samestory.views.report_parts import StoryCard, article_html, story_card
from samestory.views.wording import heading, one_line

if TYPE_CHECKING:
    from samestory._progress import ProgressHook
    from samestory.articles import Article
    from samestory.stories import Stories, Story

_OUTLETS_OFFERED = 300
_REPORT_EVERY = 256


class Outlets:
    """The outlets, the most frequent first, and their numbers."""

    def __init__(self, articles: Sequence[Article]) -> None:
        counts = Counter(one_line(article.outlet) for article in articles)
        del counts[""]
        self.ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
        self._numbers = {name: i for i, (name, _) in enumerate(self.ranked)}

    def numbers(self, articles: Iterable[Article]) -> list[int]:
        """Return the numbers of the outlets of some articles, ascending."""
        found = {self._numbers.get(one_line(article.outlet)) for article in articles}
        return sorted(number for number in found if number is not None)

    def options(self) -> str:
        """Return the most frequent outlets as ``<option>`` elements."""
        offered = enumerate(self.ranked[:_OUTLETS_OFFERED])
        return "".join(
            f'<option value="{i}">{text_html(name)} ({number:,})</option>'
            for i, (name, number) in offered
        )


class ItemList:
    """Items of the page, in their first order, and what the script needs to choose among them."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self.more: dict[int, list[str]] = {}
        self._outlets: list[list[int]] = []
        self._dates: list[tuple[datetime | None, datetime | None]] = []
        self._titles: list[str] = []

    def add(
        self,
        html: str,
        title: str,
        outlets: list[int],
        first: datetime | None,
        last: datetime | None,
    ) -> None:
        """Append an item; `first` and `last` are its dates."""
        self.items.append(html)
        self._titles.append(title)
        self._outlets.append(outlets)
        self._dates.append((first, last))

    def at_once(self, number: int) -> str:
        """Return the items that the page shows from the start."""
        return "\n".join(self.items[:number])

    def data(self, at_once: int) -> dict[str, Any]:
        """Return the other items, and the outlets and orders of all."""
        return {
            "rest": self.items[at_once:],
            "outlets": self._outlets,
            "orders": {
                "newest": self._newest(),
                "oldest": self._oldest(),
                "title": self._by_title(),
            },
        }

    def _newest(self) -> list[int]:
        never = datetime.min.replace(tzinfo=UTC)
        return sorted(
            range(len(self.items)), key=lambda i: self._dates[i][1] or never, reverse=True
        )

    def _oldest(self) -> list[int]:
        never = datetime.max.replace(tzinfo=UTC)
        return sorted(range(len(self.items)), key=lambda i: self._dates[i][0] or never)

    def _by_title(self) -> list[int]:
        def key(i: int) -> str:
            # A title in quotation marks is sorted by its first letter.
            return self._titles[i].casefold().lstrip("\"'‘’“”«»„¿¡([ ")

        return sorted(range(len(self.items)), key=key)


def story_list(
    stories: Stories, number: int, outlets: Outlets, hook: ProgressHook | None
) -> ItemList:
    """Return the stories of two articles or more, the largest first."""
    told = ItemList()
    for k in range(number):
        story: Story = stories[k]
        card: StoryCard = story_card(story, k)
        told.add(
            card.html,
            story.title,
            outlets.numbers(story.articles),
            story.first_date,
            story.last_date,
        )
        if card.rest:
            told.more[k] = card.rest
        if hook is not None and k % _REPORT_EVERY == 0:
            hook("report", k, number)
    return told


def alone_list(articles: Sequence[Article], outlets: Outlets) -> ItemList:
    """Return the articles that stand alone."""
    alone = ItemList()
    for article in articles:
        alone.add(
            article_html(article),
            heading(article),
            outlets.numbers([article]),
            article.date,
            article.date,
        )
    return alone
