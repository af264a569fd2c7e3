"""HTML out of text that nobody vouches for.

Articles come from anywhere, so their titles may hold markup, scripts or addresses that run one.
Everything that reaches a page goes through one of these.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from samestory.views.wording import heading, moment, one_line

if TYPE_CHECKING:
    from samestory.articles import Article

_OPENING = re.compile("<(?=[!sS])")


def text_html(text: str) -> str:
    """Escape a text, for between tags and for quoted attributes."""
    return escape(one_line(text), quote=True)


def web_address(url: str) -> str:
    """Return the address if it is one of a web page; "" for anything that might run or read.

    Examples
    --------
    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    address = url.strip()
    # Browsers drop white space inside an address, so that "java" and "script:" on two lines would
    # run; they take "\\" for "/"; and halves of surrogate pairs fit into no file.
    if any(c <= " " or c == "\\" or "\ud800" <= c <= "\udfff" for c in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def title_html(article: Article) -> str:
    """Return the heading of an article, a link where it has an address."""
    # The direction follows the first letter, so that Hebrew and Arabic read right in any page.
    language = article.language if article.language.isascii() else ""
    lang = f' lang="{text_html(language)}"' if language else ""
    words = f'<bdi dir="auto"{lang}>{text_html(heading(article))}</bdi>'
    address = web_address(article.url)
    if not address:
        return words
    return f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">{words}</a>'


def time_html(article: Article) -> str:
    """Return the date of an article as a ``<time>``."""
    date: datetime | None = article.date
    if date is None:
        return '<span class="undated">no date</span>'
    return f'<time datetime="{date.isoformat()}">{text_html(moment(article))}</time>'


def script_json(value: Any) -> str:
    """Write JSON that cannot end the ``<script>`` it stands in, nor open another or a comment.

    Examples
    --------
    >>> print(script_json(["</script>", "<!--"]).replace(chr(92), "|"))
    ["<|/script>","|u003c!--"]
    """
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _OPENING.sub(r"\\u003c", written.replace("</", r"<\/"))
