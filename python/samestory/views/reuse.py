"""Who printed whose text: pairs of articles as lines of text and in Jupyter."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from samestory.views.cells import articles_table, framed, rest
from samestory.views.markup import text_html, title_html
from samestory.views.terminal import fit
from samestory.views.text import DEFAULT_WIDTH
from samestory.views.wording import count, duration, heading, joined, percent, shorten, teller

if TYPE_CHECKING:
    from samestory.similarity.reused import Passage, ReusedText, TextReuse

_PAIRS_SHOWN = 15
_PASSAGES_SHOWN = 8
_NAME_LENGTH = 24
_PASSAGE_LENGTH = 300
_UNKNOWN = {"unclear": "who was first is unclear", "undated": "undated"}


def reuse_text(reuse: TextReuse, *, width: int = DEFAULT_WIDTH, top: int = _PAIRS_SHOWN) -> str:
    """List the strongest pairs, a line each.

    Parameters
    ----------
    reuse : TextReuse
        What to list.
    width : int
        Longer lines are cut.
    top : int
        How many pairs.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    lines = [_facts(reuse)]
    for pair in reuse[:top]:
        lines.append(fit(f"  {_shares(pair)}  {_who(pair)}  {heading(pair.later)}", width))
    if top < len(reuse):
        lines.append(f"  ... and {count(len(reuse) - top, 'more pair')}")
    return "\n".join(lines)


def reused_text(pair: ReusedText, *, width: int = DEFAULT_WIDTH, top: int = _PASSAGES_SHOWN) -> str:
    """Say of one pair who printed whose text, and list what they share.

    Parameters
    ----------
    pair : ReusedText
        What to tell of.
    width : int
        Longer lines are cut.
    top : int
        How many passages.

    Returns
    -------
    str
        Lines without a newline at the end.
    """
    lines = [
        fit(joined((_who(pair), heading(pair.later))), width),
        fit(f"  {_found(pair)}", width),
    ]
    lines += [
        fit(f"  {_length(one)}  {shorten(one.text, width)}", width) for one in _longest(pair, top)
    ]
    if top < len(pair.passages):
        lines.append(f"  ... and {count(len(pair.passages) - top, 'more passage')}")
    return "\n".join(lines)


def reuse_html(reuse: TextReuse, *, top: int = _PAIRS_SHOWN) -> str:
    """Show the strongest pairs; each opens to what the two share.

    Parameters
    ----------
    reuse : TextReuse
        What to show.
    top : int
        How many pairs.

    Returns
    -------
    str
        HTML.
    """
    rows = "".join(
        f'<tr><td class="number">{percent(pair.share_of_later)}</td>'
        f'<td class="number">{percent(pair.share_of_earlier)}</td>'
        f"<td><details><summary>{title_html(pair.later)}</summary>{_opened(pair)}</details>"
        f'<div class="words">{text_html(_who(pair))}</div></td></tr>'
        for pair in reuse[:top]
    )
    head = (
        '<tr><th class="number" title="how much of the later is found in the earlier">of later</th>'
        '<th class="number" title="how much of the earlier is found in the later">of earlier</th>'
        "<th>later article</th></tr>"
    )
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    facts = f'<p class="facts">{text_html(_facts(reuse))}</p>'
    return framed((facts, table, rest(len(reuse) - top, "pair")))


def reused_html(pair: ReusedText) -> str:
    """Show one pair and what the two share.

    Parameters
    ----------
    pair : ReusedText
        What to show.

    Returns
    -------
    str
        HTML.
    """
    return framed((f'<p class="facts">{text_html(_who(pair))}</p>', _opened(pair)))


def _facts(reuse: TextReuse) -> str:
    copies = int(reuse.is_copy.sum())
    return joined(
        (
            count(len(reuse.articles), "article"),
            count(len(reuse), "pair that shares text", "pairs that share text"),
            count(
                copies, "article mostly from an earlier one", "articles mostly from earlier ones"
            ),
        )
    )


def _shares(pair: ReusedText) -> str:
    later, earlier = percent(pair.share_of_later), percent(pair.share_of_earlier)
    return f"{later:>4} of later {earlier:>4} of earlier"


def _who(pair: ReusedText) -> str:
    names = [teller(article, _NAME_LENGTH) or article.id for article in (pair.earlier, pair.later)]
    if pair.order != "date":
        return f"{names[0]} and {names[1]}, {_UNKNOWN[pair.order]}"
    after = duration(timedelta(hours=pair.hours or 0.0))
    return f"{names[0]}, {after} later {names[1]}"


def _found(pair: ReusedText) -> str:
    first, second = ("earlier", "later") if pair.order == "date" else ("first", "second")
    words = sum(one.words for one in pair.passages)
    return joined(
        (
            f"{percent(pair.share_of_later)} of the {second} is found in the {first}",
            f"{percent(pair.share_of_earlier)} the other way",
            f"{count(words, 'word')} in {count(len(pair.passages), 'passage')}",
        )
    )


def _length(passage: Passage) -> str:
    return f"{passage.words:>5,} words"


def _longest(pair: ReusedText, top: int) -> list[Passage]:
    return sorted(pair.passages, key=lambda one: (-one.words, one.in_later))[:top]


def _opened(pair: ReusedText) -> str:
    shown = _longest(pair, _PASSAGES_SHOWN)
    rows = "".join(
        f'<tr><td class="number">{one.words:,}</td>'
        f'<td dir="auto">{text_html(shorten(one.text, _PASSAGE_LENGTH))}</td></tr>'
        for one in shown
    )
    head = '<tr><th class="number">words</th><th>in both</th></tr>'
    table = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>" if rows else ""
    found = f'<p class="facts">{text_html(_found(pair))}</p>'
    articles = articles_table((pair.earlier, pair.later))
    return articles + found + table + rest(len(pair.passages) - len(shown), "passage")
