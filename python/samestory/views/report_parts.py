"""What of the report can be read without its script: stories and skipped rows as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from samestory.views.markup import text_html, time_html, title_html
from samestory.views.wording import count, joined, one_line, span, summary, teller

if TYPE_CHECKING:
    from samestory.articles import Article

_ARTICLES_SHOWN = 6


def article_html(article: Article) -> str:
    """Return an article as a list item."""
    standfirst = summary(article)
    words = f'<p class="standfirst" dir="auto">{text_html(standfirst)}</p>' if standfirst else ""
    return (
        f'<li class="entry"><div class="where"><span class="outlet">{text_html(teller(article))}'
        f'</span>{time_html(article)}</div><div class="what"><p class="title">'
        f"{title_html(article)}</p>{words}</div></li>"
    )


def story_html(articles: Sequence[Article], title: str, keywords: Sequence[str]) -> str:
    """Return a story as a list item: its title, figures, keywords and first articles."""
    words = "".join(f"<li>{text_html(word)}</li>" for word in keywords)
    chips = f'<ul class="keywords" aria-label="Keywords">{words}</ul>' if words else ""
    rest = len(articles) - _ARTICLES_SHOWN
    more = f'<p class="facts">and {count(rest, "more article")}</p>' if rest > 0 else ""
    entries = "".join(article_html(article) for article in articles[:_ARTICLES_SHOWN])
    return (
        f'<li class="story"><article><h3><bdi dir="auto">{text_html(title)}</bdi></h3>'
        f'<p class="facts">{_facts(articles)}</p>{chips}'
        f'<ol class="entries">{entries}</ol>{more}</article></li>'
    )


def _facts(articles: Sequence[Article]) -> str:
    outlets = len({one_line(article.outlet) for article in articles} - {""})
    dates = [article.date for article in articles if article.date is not None]
    facts = joined(
        (
            count(outlets, "outlet") if outlets else "",
            span(dates[0], dates[-1]) if dates else "no date",
        )
    )
    return f"<strong>{count(len(articles), 'article')}</strong> · {text_html(facts)}"


def skipped_html(row: Any) -> str:
    """Return a row of the table of what was not read."""
    cells = (one_line(str(row.input)), "" if row.row is None else f"{row.row:,}", str(row.reason))
    return "<tr>" + "".join(f"<td>{text_html(cell)}</td>" for cell in cells) + "</tr>"
