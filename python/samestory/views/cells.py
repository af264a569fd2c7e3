"""What every view in Jupyter is made of: the frame with its style, tables, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from samestory.views.markup import text_html, time_html, title_html
from samestory.views.wording import count, teller

if TYPE_CHECKING:
    from samestory.articles import Article

# Jupyter gives tables of an output its own alignment and stripes; the class undoes what would
# spoil these.
_STYLE = """<style>
.samestory{line-height:1.45;max-width:64rem}
.samestory p{margin:.3em 0}
.samestory .facts{opacity:.75}
.samestory table{border-collapse:collapse;table-layout:auto!important;width:100%;margin:.4em 0;
 font-size:inherit;border:0}
.samestory tr{background:none!important}
.samestory th,.samestory td{text-align:left!important;vertical-align:top;padding:.25em .7em .25em 0;
 border-bottom:1px solid rgba(128,128,128,.25);background:none!important;white-space:normal}
.samestory th{font-weight:600;opacity:.7}
.samestory .number{text-align:right!important;font-variant-numeric:tabular-nums;
 white-space:nowrap;width:1%}
.samestory .narrow{white-space:nowrap;width:1%}
.samestory summary{cursor:pointer}
.samestory details p,.samestory details table{margin-left:1.1em;width:calc(100% - 1.1em)}
.samestory .words{opacity:.7;font-size:.92em}
.samestory .undated{opacity:.6}
.samestory .bar{display:flex;height:.8em;margin-top:.3em;max-width:28em;min-width:8em}
.samestory .key{display:inline-block;width:.8em;height:.8em;margin:0 .35em 0 .6em}
.samestory .direct{background:#3b82c4}
.samestory .meaning{background:#8a63c9}
.samestory .neighbour{background:#e08a2e}
.samestory .embedding{background:#3a9d6e}
</style>"""


def framed(parts: Iterable[str]) -> str:
    """Put parts of a view together, with the style they need."""
    # Jupyter makes formulas of what stands between two dollars, unless it meets these classes.
    classes = "samestory tex2jax_ignore mathjax_ignore"
    return f'{_STYLE}<div class="{classes}">{"".join(parts)}</div>'


def articles_table(articles: Sequence[Article], notes: Sequence[str] = ()) -> str:
    """Set articles below each other: when, by whom, and the title as a link; notes below some."""
    rows = "".join(
        f'<tr><td class="narrow">{time_html(article)}</td>'
        f"<td>{text_html(teller(article))}</td><td>{title_html(article)}{_note(note)}</td></tr>"
        for article, note in zip(articles, notes or [""] * len(articles), strict=True)
    )
    head = "<tr><th>date</th><th>by</th><th>article</th></tr>"
    return f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"


def _note(note: str) -> str:
    return f'<div class="words">{text_html(note)}</div>' if note else ""


def rest(number: int, noun: str, plural: str | None = None) -> str:
    """Say how many more there are; "" where there are none."""
    if number <= 0:
        return ""
    words = count(number, f"more {noun}", f"more {plural}" if plural else None)
    return f'<p class="facts">and {words}</p>'
