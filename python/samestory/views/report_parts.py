"""The pieces of the report: an article, a story, the skipped rows, each as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from samestory.views.drawing import dots_svg
from samestory.views.markup import text_html, time_html, title_html
from samestory.views.wording import (
    by_date,
    count,
    duration,
    file_name,
    joined,
    moment,
    one_line,
    span,
    summary,
    teller,
)

if TYPE_CHECKING:
    from samestory.articles import Article
    from samestory.stories import Story

_FIRST_SHOWN = 6
_FOLDED_AWAY = 200
_KEYWORDS_SHOWN = 8


@dataclass(frozen=True)
class StoryCard:
    """One story on the page.

    Attributes
    ----------
    html : str
        The list item.
    rest : list of str
        Articles too many for the item; the page adds them when asked.
    """

    html: str
    rest: list[str]


def article_html(article: Article) -> str:
    """Return an article as a list item."""
    standfirst = summary(article)
    words = f'<p class="standfirst" dir="auto">{text_html(standfirst)}</p>' if standfirst else ""
    # Without an address to follow, the file is what leads back to the article.
    file = "" if article.url else file_name(article)
    by = teller(article)
    by = "" if by == file else by
    path = f'<p class="file">{text_html(file)}</p>' if file else ""
    return (
        f'<li class="entry"><div class="where"><span class="outlet">{text_html(by)}</span>'
        f"{time_html(article)}</div>"
        f'<div class="what"><p class="title">{title_html(article)}</p>{words}{path}</div></li>'
    )


def story_card(story: Story, number: int) -> StoryCard:
    """Return a story as a list item: its title, figures, keywords, times and articles."""
    articles = [story.articles[i] for i in by_date(story.articles)]
    entries = [article_html(article) for article in articles[: _FIRST_SHOWN + _FOLDED_AWAY]]
    rest = [article_html(article) for article in articles[_FIRST_SHOWN + _FOLDED_AWAY :]]
    html = (
        f'<li class="story"><article aria-labelledby="story-{number}">'
        f'<h3 id="story-{number}"><bdi dir="auto">{text_html(story.title)}</bdi></h3>'
        f'<p class="facts">{_facts(story)}</p>{_keywords(story)}{_times(articles)}'
        f'<ol class="entries">{"".join(entries[:_FIRST_SHOWN])}</ol>'
        f"{_folded(entries[_FIRST_SHOWN:], number, len(rest))}</article></li>"
    )
    return StoryCard(html, rest)


def _facts(story: Story) -> str:
    first, last = story.first_date, story.last_date
    length = "" if first is None or last is None else duration(last - first)
    facts = joined(
        (
            count(len(story.outlets), "outlet") if story.outlets else "",
            span(first, last),
            f"over {length}" if length not in ("", "0 min") else "",
        )
    )
    articles = count(len(story.articles), "article")
    return f"<strong>{articles}</strong>" + (f" · {text_html(facts)}" if facts else "")


def _keywords(story: Story) -> str:
    words = "".join(f"<li>{text_html(word)}</li>" for word in story.keywords[:_KEYWORDS_SHOWN])
    return f'<ul class="keywords" aria-label="Keywords">{words}</ul>' if words else ""


def _times(articles: Sequence[Article]) -> str:
    dated = [article for article in articles if article.date is not None]
    drawing = dots_svg([article.date for article in dated if article.date is not None])
    if not drawing:
        return ""
    ends = f"<span>{text_html(moment(dated[0]))}</span><span>{text_html(moment(dated[-1]))}</span>"
    return f'<div class="times">{drawing}<div class="ends" aria-hidden="true">{ends}</div></div>'


def _folded(entries: list[str], number: int, n_rest: int) -> str:
    if not entries:
        return ""
    more = (
        f'<button type="button" class="more" data-story="{number}">Show more articles</button>'
        if n_rest
        else ""
    )
    return (
        f"<details><summary>{count(len(entries) + n_rest, 'more article')}</summary>"
        f'<ol class="entries" start="{_FIRST_SHOWN + 1}">{"".join(entries)}</ol>{more}</details>'
    )


def skipped_html(row: Any) -> str:
    """Return a row of the table of what was not read."""
    cells = (one_line(str(row.input)), "" if row.row is None else f"{row.row:,}", str(row.reason))
    return "<tr>" + "".join(f"<td>{text_html(cell)}</td>" for cell in cells) + "</tr>"
