"""How good a grouping is: why an article is where it is, and scores against one's own stories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from samestory.stories.score import MEANINGS
from samestory.views.cells import framed
from samestory.views.markup import text_html, time_html, title_html
from samestory.views.wording import count, teller

if TYPE_CHECKING:
    from samestory.articles import Article
    from samestory.articles.report import ReadingReport
    from samestory.stories.advice import Advice, Change, Why
    from samestory.stories.score import Score


def why_html(why: Why) -> str:
    """Show an article's story beside the next best, with the articles nearest to it in each.

    Parameters
    ----------
    why : Why
        What ``stories.why(article)`` returned.

    Returns
    -------
    str
        HTML.
    """
    others = len(why.story) - 1
    own = f"{why.similarity:.3f} on average to the {count(others, 'other')} of its story"
    parts = [
        f"<p><strong>{title_html(why.article)}</strong></p>",
        _beside("it stands alone" if others == 0 else own, why.story.title, why.nearest),
    ]
    if why.next_story is None:
        parts.append('<p class="facts">it shares nothing with any other story</p>')
    else:
        words = f"next best: {why.next_similarity:.3f} on average to those of"
        parts.append(_beside(words, why.next_story.title, why.next_nearest))
    parts.append(f'<p class="facts">the story as a whole: {text_html(str(why.decision))}</p>')
    return framed(parts)


def _beside(words: str, title: str, nearest: Sequence[tuple[Article, float]]) -> str:
    name = f'<bdi dir="auto">{text_html(title)}</bdi>'
    said = f'<p class="facts">{text_html(words)}: {name}</p>'
    if not nearest:
        return said
    rows = "".join(
        f'<tr><td class="number">{similarity:.3f}</td><td class="narrow">{time_html(article)}</td>'
        f"<td>{text_html(teller(article))}</td><td>{title_html(article)}</td></tr>"
        for article, similarity in nearest
    )
    head = '<tr><th class="number">similarity</th><th>date</th><th>by</th><th>article</th></tr>'
    return f"{said}<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def advice_html(advice: Advice) -> str:
    """Show what would join or part first, and which articles lie between two stories.

    Parameters
    ----------
    advice : Advice
        What ``stories.advice()`` returned.

    Returns
    -------
    str
        HTML.
    """
    low, high = advice.stable_range
    said = f"granularity {advice.granularity:.3f}; the same stories from {low:.3f} to {high:.3f}"
    return framed(
        (
            f'<p class="facts">{text_html(said)}</p>',
            _changes("would join first, as granularity falls", advice.merges),
            _changes("would part first, as granularity rises", advice.splits),
            _between(advice),
        )
    )


def _changes(words: str, changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    rows = "".join(
        f'<tr><td class="number">{change.granularity:.3f}</td>'
        + "".join(f'<td><bdi dir="auto">{text_html(title)}</bdi></td>' for title in change.titles)
        + "</tr>"
        for change in changes
    )
    head = '<tr><th class="number">at</th><th>one side</th><th>the other</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    return f"<p><strong>{text_html(words)}</strong></p>{table}"


def _between(advice: Advice) -> str:
    if not advice.between:
        return ""
    rows = "".join(
        f'<tr><td class="number">{margin:.3f}</td><td>{title_html(article)}</td></tr>'
        for article, margin in advice.between
    )
    head = '<tr><th class="number">nearer by</th><th>article</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    return f"<p><strong>between two stories</strong></p>{table}"


def reading_html(report: ReadingReport) -> str:
    """Show what was read, used, taken out and skipped.

    Parameters
    ----------
    report : ReadingReport
        What ``articles.report()`` returned.

    Returns
    -------
    str
        HTML.
    """
    rows = "".join(
        f'<tr><td>{name}</td><td><bdi dir="auto">{text_html(words)}</bdi></td></tr>'
        for name, words in report.lines()
        if words
    )
    return framed((f"<table><tbody>{rows}</tbody></table>",))


def score_html(score: Score) -> str:
    """Show scores with what each of them says.

    Parameters
    ----------
    score : Score
        What ``stories.score(gold)`` returned.

    Returns
    -------
    str
        HTML.
    """
    rows = "".join(
        f'<tr><td class="narrow">{text_html(name)}</td><td class="number">{value:.3f}</td>'
        f"<td>{text_html(MEANINGS.get(name, ''))}</td></tr>"
        for name, value in score.items()
    )
    head = '<tr><th>score</th><th class="number">value</th><th>what it says</th></tr>'
    return framed((f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>",))
