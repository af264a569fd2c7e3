"""What Jupyter shows of articles, of stories, of one story and of an explanation.

No script, and colours that follow the notebook's theme: what is written takes the theme's own
colour, what is drawn is a tint that shows on white and on black.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.views.cells import articles_table, framed, rest
from samestory.views.markup import text_html, title_html
from samestory.views.overview import overview
from samestory.views.terms import WAYS, TermShare, term_shares
from samestory.views.wording import (
    by_date,
    count,
    decided,
    duration,
    joined,
    moment,
    names,
    one_line,
    span,
    taken_notes,
)

if TYPE_CHECKING:
    from samestory.articles import Article, Articles
    from samestory.articles.removed import RemovedParts
    from samestory.articles.skipped import SkippedRows
    from samestory.stories import Explanation, Stories, Story

_STORIES_SHOWN = 20
_ARTICLES_SHOWN = 30
_TERMS_SHOWN = 15
_FEW_SHOWN = 10
_KEYWORDS_SHOWN = 5


def stories_html(stories: Stories, *, top: int = _STORIES_SHOWN) -> str:
    """Show the largest stories as a table; each opens to its articles.

    Parameters
    ----------
    stories : Stories
        What to show.
    top : int
        How many stories.

    Returns
    -------
    str
        HTML.
    """
    facts = overview(stories)
    shown = min(top, facts.n_stories)
    rows = "".join(_story_row(stories[k], k) for k in range(shown))
    head = '<tr><th class="number">#</th><th class="number">articles</th><th>story</th></tr>'
    parts = [f'<p class="facts">{text_html(str(facts))}</p>']
    if shown:
        parts.append(f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>")
    parts.append(rest(facts.n_stories - shown, "story", "stories"))
    if len(facts.alone):
        chosen = [stories.articles[int(row)] for row in facts.alone[:_ARTICLES_SHOWN]]
        parts.append(
            f"<details><summary>{count(len(facts.alone), 'article')} alone</summary>"
            f"{articles_table(chosen)}{rest(len(facts.alone) - len(chosen), 'article')}</details>"
        )
    return framed(parts)


def story_html(story: Story) -> str:
    """Show one story and its articles, the earliest first.

    Parameters
    ----------
    story : Story
        What to show.

    Returns
    -------
    str
        HTML.
    """
    facts = joined((count(len(story.articles), "article"), _when_and_where(story)))
    return framed(
        (
            f'<p><strong dir="auto">{text_html(story.title)}</strong></p>',
            f'<p class="facts">{text_html(facts)}</p>',
            _keywords(story),
            _story_articles(story),
        )
    )


def explanation_html(explanation: Explanation, *, top: int = _TERMS_SHOWN) -> str:
    """Show two articles and what each term adds to their similarity, as bars.

    Parameters
    ----------
    explanation : Explanation
        What ``stories.explain(a, b)`` returned.
    top : int
        How many terms.

    Returns
    -------
    str
        HTML.
    """
    facts = joined(
        (
            "one story" if explanation.same_story else "two stories",
            f"similarity {explanation.score:.3f}",
            f"{explanation.similarity:.3f} by their own words",
            "" if explanation.gap is None else f"{duration(explanation.gap)} apart",
        )
    )
    rule = decided(explanation.same_story, explanation.granularity, explanation.joined_at)
    return framed(
        (
            f"<p><strong>{text_html(facts)}</strong></p>",
            f'<p class="facts">{text_html(rule)}</p>',
            articles_table((explanation.a, explanation.b)),
            _terms_table(explanation, top),
        )
    )


def articles_html(articles: Articles, *, top: int = _FEW_SHOWN) -> str:
    """Show the first articles as a table.

    Parameters
    ----------
    articles : Articles
        What to show.
    top : int
        How many.

    Returns
    -------
    str
        HTML.
    """
    chosen = [articles[i] for i in range(min(top, len(articles)))]
    return framed(
        (
            f'<p class="facts">{text_html(repr(articles))}</p>',
            articles_table(chosen) if chosen else "",
            rest(len(articles) - len(chosen), "article"),
        )
    )


def article_html(article: Article) -> str:
    """Show one article: what it says of itself, and its text to be opened.

    Parameters
    ----------
    article : Article
        What to show.

    Returns
    -------
    str
        HTML.
    """
    facts = joined((one_line(article.outlet), one_line(article.author), moment(article)))
    paragraphs = [part for part in article.text.splitlines() if part.strip()]
    text = "".join(f'<p dir="auto">{text_html(part)}</p>' for part in paragraphs)
    words = count(len(article.text.split()), "word")
    return framed(
        (
            f"<p><strong>{title_html(article)}</strong></p>",
            f'<p dir="auto">{text_html(article.standfirst)}</p>' if article.standfirst else "",
            f'<p class="facts">{text_html(facts)}</p>' if facts else "",
            f"<details><summary>{words}</summary>{text}</details>" if text else "",
        )
    )


def skipped_html(rows: SkippedRows, *, top: int = _ARTICLES_SHOWN) -> str:
    """Show what could not be read, and why.

    Parameters
    ----------
    rows : SkippedRows
        What to show.
    top : int
        How many.

    Returns
    -------
    str
        HTML.
    """
    if not len(rows):
        return framed(('<p class="facts">nothing skipped</p>',))
    body = "".join(
        f'<tr><td>{text_html(row.input)}</td><td class="number">'
        f"{'' if row.row is None else row.row}</td><td>{text_html(row.reason)}</td></tr>"
        for row in rows[:top]
    )
    head = '<tr><th>input</th><th class="number">row</th><th>reason</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return framed((table, rest(len(rows) - top, "row")))


def removed_html(parts: RemovedParts, *, top: int = _ARTICLES_SHOWN) -> str:
    """Show what was taken out of the texts, and why.

    Parameters
    ----------
    parts : RemovedParts
        What to show.
    top : int
        How many.

    Returns
    -------
    str
        HTML.
    """
    if not len(parts):
        return framed(('<p class="facts">nothing removed</p>',))
    body = "".join(
        f"<tr><td>{text_html(part.article)}</td><td>{text_html(part.why)}</td>"
        f'<td dir="auto">{text_html(part.what)}</td></tr>'
        for part in parts[:top]
    )
    head = "<tr><th>article</th><th>why</th><th>what</th></tr>"
    table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return framed((table, rest(len(parts) - top, "passage")))


def _when_and_where(story: Story) -> str:
    return joined((span(story.first_date, story.last_date), names(story.outlets)))


def _story_row(story: Story, number: int) -> str:
    keywords = ", ".join(story.keywords[:_KEYWORDS_SHOWN])
    facts = text_html(joined((_when_and_where(story), keywords)))
    return (
        f'<tr><td class="number">{number}</td><td class="number">{len(story.articles):,}</td><td>'
        f'<details><summary><span dir="auto">{text_html(story.title)}</span></summary>'
        f"{_story_articles(story)}</details>"
        f'<div class="words">{facts}</div></td></tr>'
    )


def _keywords(story: Story) -> str:
    words = ", ".join(text_html(word) for word in story.keywords[:_KEYWORDS_SHOWN])
    return f'<p class="words">{words}</p>' if words else ""


def _story_articles(story: Story) -> str:
    order = by_date(story.articles)[:_ARTICLES_SHOWN]
    notes = taken_notes(story)
    table = articles_table([story.articles[i] for i in order], [notes[i] for i in order])
    return table + rest(len(story.articles) - len(order), "article")


def _terms_table(explanation: Explanation, top: int) -> str:
    shares = term_shares(explanation.terms, explanation.a.document, explanation.b.document)
    if not shares:
        return "<p>They have no word in common that counts.</p>"
    shown, others = shares[:top], shares[top:]
    longest = max(share.length for share in shown) or 1.0
    rows = "".join(_term_row(share, longest) for share in shown)
    ways = {way for share in shown for way, _ in share.parts}
    key = " ".join(f'<span class="key {way}"></span>{WAYS[way]}' for way in WAYS if way in ways)
    head = f'<tr><th>term</th><th class="number">weight</th><th>{key}</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    if not others:
        return table
    total = sum(share.weight for share in others)
    return f'{table}<p class="facts">and {count(len(others), "more term")}, {total:.3f}</p>'


def _term_row(share: TermShare, longest: float) -> str:
    bar = "".join(
        f'<span class="{way}" title="{way} {weight:.3f}"'
        f' style="width:{100 * abs(weight) / longest:.1f}%"></span>'
        for way, weight in share.parts
    )
    return (
        f'<tr><td class="narrow"><bdi>{text_html(share.term)}</bdi></td>'
        f'<td class="number">{share.weight:.3f}</td><td><div class="bar">{bar}</div></td></tr>'
    )
