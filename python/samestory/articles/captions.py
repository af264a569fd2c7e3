"""Captions in literal tags, as some scrapers leave them, and their repetition as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_ELEMENT = re.compile(
    r"<(p|figcaption|caption|figure)\b[^<>]*>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL
)
_OPEN = re.compile(r"^<(?:p|figcaption|caption|figure)\b[^<>]*>(?P<inside>[^<>]+)$", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|div|span|b|i|em|strong|small|a|figure|figcaption|caption|img|h[1-6]|ul|ol|li|"
    r"blockquote|section)\b[^<>]*>",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"</(?:p|br|div|span|em|strong|small|a|figure|figcaption|caption)\s*>", re.I)
_CREDIT = re.compile(
    r"\(?(?:image|photo(?:graph)?|picture|credit|photo credit)s?\s?(?:by|:|credit:?)\s.{1,80}\)?"
    r"|\(?(?:[\w.]+ ){0,4}(?:via |/ ?)?(?:getty(?: images)?|reuters|afp|ap|ap photo|pa|pa wire|"
    r"epa|shutterstock|alamy|rex)(?:[/ ](?:[\w.]+ ?){1,4})?\)?",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*$")
_MAX_CAPTION_WORDS = 60
_MAX_LONE_CAPTION_WORDS = 25


def has_tags(text: str) -> bool:
    """Whether there are closed tags; a lone <A> may be the ticker of a share."""
    return "</" in text and _CLOSING.search(text) is not None


def _key(line: str) -> str:
    """Compare captions without a credit in brackets at the end, marks and case."""
    line = re.sub(r"\s*\([^()]*\)\s*$", "", line)
    return "".join(c for c in line.casefold() if c.isalnum())


def _count(text: str) -> int:
    return len(text.split())


def remove_captions(lines: Sequence[str], *, only_repeated: bool = False) -> list[str]:
    """Return the lines of a page without captions in tags and what repeats them.

    A page most of whose words stand in such tags is marked up, not captioned: it loses the tags
    and keeps the words. So does a tagged paragraph that is long, or a sentence of the text that
    nothing repeats.

    Parameters
    ----------
    lines : sequence of str
        The stripped lines of a page.
    only_repeated : bool
        Whether a tagged line that nothing repeats is left in, without its tags.

    Returns
    -------
    list of str
        The lines without tags.
    """
    text = "\n".join(lines)
    if not has_tags(text) and not any(map(_OPEN.match, lines)):
        return list(lines)
    inside = [match[2] for match in _ELEMENT.finditer(text)]
    if sum(map(_count, inside)) > 0.5 * _count(text):
        return _without_tags(text)
    captions: set[str] = set()
    outside = {_key(line) for line in lines if line and "<" not in line}

    def drop(caption: str) -> str:
        plain = " ".join(_TAG.sub(" ", caption).split())
        if not (_key(plain) in outside if only_repeated else _is_caption(plain, outside)):
            return f"\n{plain}\n"
        captions.add(_key(plain))
        return "\n"

    text = _ELEMENT.sub(lambda match: drop(match[2]), text)
    kept = "\n".join(_drop_unclosed(line, drop) for line in text.split("\n"))
    return _drop_repeated(_without_tags(kept), captions - {""})


def _drop_unclosed(line: str, drop: Callable[[str], str]) -> str:
    match = _OPEN.match(line)
    return drop(match["inside"]) if match else line


def _without_tags(text: str) -> list[str]:
    text = re.sub(r"</p\s*>\s*(?=\S)|<br\s*/?>", "\n\n", text, flags=re.IGNORECASE)
    return [line.strip() for line in _TAG.sub("", text).split("\n")]


def _is_caption(plain: str, outside: set[str]) -> bool:
    words = _count(plain)
    if words > _MAX_CAPTION_WORDS:
        return False
    if _key(plain) in outside:
        return True
    return words <= _MAX_LONE_CAPTION_WORDS or not _SENTENCE_END.search(plain)


def _drop_repeated(lines: Sequence[str], captions: set[str]) -> list[str]:
    kept: list[str] = []
    after_caption = False
    for line in lines:
        if line and _key(line) in captions:
            after_caption = True
            continue
        if line and after_caption and _CREDIT.fullmatch(line):
            continue
        after_caption = after_caption and not line
        kept.append(line)
    return kept
