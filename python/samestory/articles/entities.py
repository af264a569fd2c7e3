"""Entities of HTML."""

from __future__ import annotations

import html
import re

_TOO_LONG = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,})(?:;|(?![0-9a-fA-F]))")


def unescape(text: str) -> str:
    """Replace entities; numbers that no character has, of thousands of digits too, by U+FFFD.

    Examples
    --------
    >>> unescape("Vellmoor&#8217;s bridge &amp; pier"), unescape("&#" + "9" * 5000 + "; a pier")
    ('Vellmoor’s bridge & pier', '\N{REPLACEMENT CHARACTER} a pier')
    """
    if "&" not in text:
        return text
    return html.unescape(_TOO_LONG.sub("\N{REPLACEMENT CHARACTER}", text) if "&#" in text else text)
