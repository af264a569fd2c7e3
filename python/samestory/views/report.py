"""Stories as a web page: one file that needs no network and runs nothing but its own script.

The largest stories can be read without the script. With it the page is made anew from data: columns
of what stories and articles say, compressed, which is a seventh of the same as HTML.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._core import __version__
from samestory._files import replace_file
from samestory._progress import Progress
from samestory.views.drawing import bars_svg
from samestory.views.markup import text_html
from samestory.views.overview import Overview, overview
from samestory.views.report_choice import choose
from samestory.views.report_data import ReportData, packed
from samestory.views.report_parts import skipped_html, story_html
from samestory.views.wording import count, joined, one_line, span

if TYPE_CHECKING:
    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories import Stories

_STORIES_AT_ONCE = 100
_SKIPPED_AT_ONCE = 200

DEFAULT_TITLE = "The stories, and who tells them"


def write_report(
    stories: Stories,
    path: str | os.PathLike[str],
    *,
    title: str | None = None,
    top: int | None = None,
    alone: bool = True,
    progress: bool | ProgressHook | None = None,
) -> Path:
    """Write the stories as one HTML file.

    It is written beside its place and moved there when it is complete.

    Parameters
    ----------
    stories : Stories
        What to show.
    path : path-like
        The file to write.
    title : str, optional
        What stands at its head.
    top : int, optional
        How many stories, the largest first; all by default.
    alone : bool, default=True
        Whether the articles that stand alone are listed.
    progress : bool, callable or None
        As in `find_stories`.

    Returns
    -------
    pathlib.Path
        The file written.
    """
    with Progress(progress) as bar:
        page = report_html(stories, title=title, top=top, alone=alone, hook=bar.hook)
    return replace_file(path, page.encode("utf-8"))


def report_html(
    stories: Stories,
    *,
    title: str | None = None,
    top: int | None = None,
    alone: bool = True,
    hook: ProgressHook | None = None,
) -> str:
    """Return the page that `write_report` writes.

    Parameters
    ----------
    stories, title, top, alone
        As for `write_report`.
    hook : callable, optional
        Called as ``hook(stage, done, total)`` now and then.

    Returns
    -------
    str
        HTML.
    """
    if top is not None and top < 1:
        raise ValueError(f"top={top}: the number of stories to show has to be 1 or more")
    choice = choose(stories, top=top, alone=alone)
    data = ReportData(stories, choice, hook)
    facts = overview(stories)
    script = "\n".join((_part("shared.js"), _part("report.js")))
    style = "\n".join((_part("shared.css"), _part("report.css")))
    return Template(_part("report.html")).substitute(
        policy=_policy(script, style),
        title=text_html(DEFAULT_TITLE if title is None else title),
        style=style,
        script=script,
        figures=_figures(facts),
        facts=text_html(_facts(stories.articles, facts)),
        left_out=_left_out(choice.left_out),
        bars=_bars(stories.articles),
        stories="\n".join(
            story_html(data.of_story(k), data.titles[k], data.keywords[k])
            for k in range(min(choice.n_stories, _STORIES_AT_ONCE))
        ),
        none="" if choice.n_stories else '<p class="none">No two articles tell the same story.</p>',
        alone=_alone_section(len(choice.rows) - int(choice.starts[-1])),
        skipped=_skipped_section(stories.articles.skipped),
        version=text_html(__version__),
        data=packed(data.columns()),
    )


def _part(name: str) -> str:
    return files("samestory.views").joinpath(name).read_text(encoding="utf-8").strip()


def _policy(script: str, style: str) -> str:
    """Allow this script and this style, and nothing else whatever an article may hold.

    Nor may the script turn text into markup: Trusted Types without any policy.
    """
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (f"\n{script}\n", f"\n{style}\n")
    ]
    return (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types"
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


def _facts(articles: Articles, facts: Overview) -> str:
    outlets = len({one_line(outlet) for outlet in articles.column("outlet")} - {""})
    dated = np.flatnonzero(~np.isnat(articles.dates))
    undated = len(articles) - len(dated)
    return joined(
        (
            count(outlets, "outlet") if outlets else "",
            _span(articles, dated) if len(dated) else "",
            f"{undated:,} undated" if undated and len(dated) else "",
            f"granularity {facts.granularity:.3f}",
        )
    )


def _span(articles: Articles, dated: Any) -> str:
    dates = articles.dates[dated]
    ends = (articles[int(dated[at(dates)])].date for at in (np.argmin, np.argmax))
    return span(*ends)


def _bars(articles: Articles) -> str:
    drawing = bars_svg(articles.dates)
    if not drawing:
        return ""
    dated = np.flatnonzero(~np.isnat(articles.dates))
    first, last = (
        text_html(_span(articles, dated[[at(articles.dates[dated])]]))
        for at in (np.argmin, np.argmax)
    )
    ends = f'<div class="ends" aria-hidden="true"><span>{first}</span><span>{last}</span></div>'
    return f'<div class="times">{drawing}{ends}</div>'


def _left_out(what: Sequence[str]) -> str:
    if not what:
        return ""
    return f'<p class="left-out">Not on this page: {text_html("; ".join(what))}.</p>'


def _alone_section(number: int) -> str:
    if not number:
        return ""
    return (
        '<section aria-labelledby="alone-heading" id="alone-section">'
        '<h2 id="alone-heading">Alone</h2>'
        f"<details><summary>{count(number, 'article')} that no other article tells"
        '</summary><ol class="entries" id="alone"></ol>'
        '<button type="button" class="more" hidden></button></details></section>'
    )


def _skipped_section(rows: Any) -> str:
    if not len(rows):
        return ""
    reasons = Counter(one_line(str(row.reason)) for row in rows).most_common(20)
    listed = "".join(
        f"<li><strong>{number:,}</strong> {text_html(reason)}</li>" for reason, number in reasons
    )
    head = '<tr><th scope="col">input</th><th scope="col">row</th><th scope="col">reason</th></tr>'
    first = "".join(skipped_html(row) for row in rows[:_SKIPPED_AT_ONCE])
    return (
        '<section aria-labelledby="skipped-heading"><h2 id="skipped-heading">Skipped</h2>'
        f'<ul class="reasons">{listed}</ul>'
        f"<details><summary>{count(len(rows), 'row')} with the reason</summary>"
        f'<div class="wide"><table><thead>{head}</thead><tbody id="skipped">'
        f"{first}</tbody></table></div>"
        '<button type="button" class="more" hidden></button></details></section>'
    )
