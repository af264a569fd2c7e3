"""Stories as a web page: one file that needs no network and runs nothing but its own script.

The page is complete without the script as far as `_STORIES_AT_ONCE` reaches; what is beyond
travels as data and is put on the page when asked for, so that 100,000 articles open at once.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from samestory._core import __version__
from samestory._progress import Progress
from samestory.views.drawing import bars_svg
from samestory.views.markup import script_json, text_html
from samestory.views.overview import Overview, overview
from samestory.views.report_lists import ItemList, Outlets, alone_list, story_list
from samestory.views.report_parts import skipped_html
from samestory.views.wording import count, joined, one_line, span

if TYPE_CHECKING:
    from samestory._progress import ProgressHook
    from samestory.articles import Article
    from samestory.stories import Stories

_STORIES_AT_ONCE = 100
_ALONE_AT_ONCE = 100
_SKIPPED_AT_ONCE = 200

DEFAULT_TITLE = "The stories, and who tells them"


def write_report(
    stories: Stories,
    path: str | os.PathLike[str],
    *,
    title: str = DEFAULT_TITLE,
    progress: bool | ProgressHook | None = None,
) -> Path:
    """Write the stories as one HTML file.

    Parameters
    ----------
    stories : Stories
        What to show.
    path : path-like
        The file to write.
    title : str
        What stands at its head.
    progress : bool, callable or None
        As in `find_stories`.

    Returns
    -------
    pathlib.Path
        The file written.
    """
    with Progress(progress) as bar:
        page = report_html(stories, title=title, hook=bar.hook)
    path = Path(path)
    path.write_bytes(page.encode("utf-8"))
    return path


def report_html(
    stories: Stories, *, title: str = DEFAULT_TITLE, hook: ProgressHook | None = None
) -> str:
    """Return the page that `write_report` writes.

    Parameters
    ----------
    stories : Stories
        What to show.
    title : str
        What stands at its head.
    hook : callable, optional
        Called as ``hook(stage, done, total)`` now and then.

    Returns
    -------
    str
        HTML.
    """
    facts = overview(stories)
    articles = list(stories.articles)
    outlets = Outlets(articles)
    told = story_list(stories, facts.n_stories, outlets, hook)
    alone = alone_list([articles[row] for row in facts.alone.tolist()], outlets)
    skipped = [skipped_html(row) for row in stories.articles.skipped]
    script, style = _part("report.js"), _part("report.css")
    return Template(_part("report.html")).substitute(
        policy=_policy(script, style),
        title=text_html(title),
        style=style,
        script=script,
        figures=_figures(facts),
        facts=text_html(_facts(articles, outlets, facts)),
        bars=_bars(articles),
        options=outlets.options(),
        stories=told.at_once(_STORIES_AT_ONCE),
        n_stories=f"{len(told.items):,}",
        none="" if told.items else '<p class="none">No two articles tell the same story.</p>',
        alone=_alone_section(alone),
        skipped=_skipped_section(stories.articles.skipped, skipped),
        version=text_html(__version__),
        data=script_json(
            {
                "stories": told.data(_STORIES_AT_ONCE),
                "alone": alone.data(_ALONE_AT_ONCE),
                "skipped": {"rest": skipped[_SKIPPED_AT_ONCE:]},
                "more": told.more,
            }
        ),
    )


def _part(name: str) -> str:
    return files("samestory.views").joinpath(name).read_text(encoding="utf-8").strip()


def _policy(script: str, style: str) -> str:
    """Allow this script and this style, and nothing else whatever an article may hold."""
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (f"\n{script}\n", f"\n{style}\n")
    ]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _figures(facts: Overview) -> str:
    rows = (
        ("articles", facts.n_articles, ""),
        (
            "stories" if facts.n_stories != 1 else "story",
            facts.n_stories,
            "of two or more articles",
        ),
        ("alone", len(facts.alone), "told by one article"),
        ("skipped", facts.n_skipped, "see below" if facts.n_skipped else "all were read"),
    )
    return "".join(
        f"<div><dt>{name}</dt><dd>{number:,}</dd>"
        + (f'<dd class="note">{note}</dd>' if note else "")
        + "</div>"
        for name, number, note in rows
    )


def _dates(articles: Iterable[Article]) -> list[datetime]:
    return [article.date for article in articles if article.date is not None]


def _facts(articles: Sequence[Article], outlets: Outlets, facts: Overview) -> str:
    dates = _dates(articles)
    undated = len(articles) - len(dates)
    return joined(
        (
            count(len(outlets.ranked), "outlet") if outlets.ranked else "",
            span(min(dates), max(dates)) if dates else "",
            f"{undated:,} undated" if undated and dates else "",
            f"granularity {facts.granularity:.3f}",
        )
    )


def _bars(articles: Sequence[Article]) -> str:
    dates = _dates(articles)
    drawing = bars_svg(dates)
    if not drawing:
        return ""
    first, last = (span(date, date) for date in (min(dates), max(dates)))
    ends = f'<div class="ends" aria-hidden="true"><span>{first}</span><span>{last}</span></div>'
    return f'<div class="times">{drawing}{ends}</div>'


def _alone_section(alone: ItemList) -> str:
    if not alone.items:
        return ""
    return (
        '<section aria-labelledby="alone-heading" id="alone-section">'
        '<h2 id="alone-heading">Alone</h2>'
        f"<details><summary>{count(len(alone.items), 'article')} that no other article tells"
        f'</summary><ol class="entries" id="alone">{alone.at_once(_ALONE_AT_ONCE)}</ol>'
        '<button type="button" class="more" hidden></button></details></section>'
    )


def _skipped_section(rows: Any, items: Sequence[str]) -> str:
    if not items:
        return ""
    reasons = Counter(one_line(str(row.reason)) for row in rows).most_common(20)
    listed = "".join(
        f"<li><strong>{number:,}</strong> {text_html(reason)}</li>" for reason, number in reasons
    )
    head = '<tr><th scope="col">input</th><th scope="col">row</th><th scope="col">reason</th></tr>'
    return (
        '<section aria-labelledby="skipped-heading"><h2 id="skipped-heading">Skipped</h2>'
        f'<ul class="reasons">{listed}</ul>'
        f"<details><summary>{count(len(items), 'row')} with the reason</summary>"
        f'<div class="wide"><table><thead>{head}</thead><tbody id="skipped">'
        f"{''.join(items[:_SKIPPED_AT_ONCE])}</tbody></table></div>"
        '<button type="button" class="more" hidden></button></details></section>'
    )
