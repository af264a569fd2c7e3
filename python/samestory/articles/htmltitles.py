"""The headline of a page: chosen among its headings and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from samestory.articles.entities import unescape

_MAX_LENGTH = 1000
_MAX_MARKS = 12
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_PARTS = re.compile(r"\s+[|\-–—:»«·•/<>›~]+\s+|\s*(?:\|+|::|»|›)\s*|(?<=\S)[:]\s+|\s+[-–—](?=\S)")
_LAST_PART = re.compile(
    r"\s*[|_]+\s*([^|_]{2,40})$|(?<=[\u3000-\u9fff\uff00-\uffef])\s*[-–—]+\s*([^-–—]{2,12})$"
)
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u9fff]")  # scripts without spaces
_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_MARK = re.compile(r"[^\w\s]")
_LETTERS = re.compile(r"\w+")


def plain(text: str) -> str:
    """Return a title without tags and entities, though they be escaped twice."""
    text = text[:_MAX_LENGTH]
    for _ in range(3):
        before = text
        text = unescape(text)
        if text == before:
            break
    return " ".join(_TAG.sub("", text).split())


def key(text: str) -> str:
    """Return the letters of a title, for comparing."""
    return "".join(_LETTERS.findall(text.casefold()))


def _words(text: str) -> set[str]:
    words = set(_LETTERS.findall(text.casefold()))
    if _DENSE.search(text):
        joined = key(text)
        words |= {joined[i : i + 2] for i in range(len(joined) - 1)}
    return words


def alike(a: str, b: str) -> float:
    """Share of the shorter title's words that are in the other."""
    one, two = _words(a), _words(b)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def without_site(title: str, sites: Sequence[str]) -> str:
    """Return a title without the name of the site before or behind it.

    Parameters
    ----------
    title : str
        A title, as of ``<title>``.
    sites : sequence of str
        What the site may be called: its name, its domain.

    Examples
    --------
    >>> without_site("Rain - and more - to come | Orrin Post", ["The Orrin Post", "orrinpost.test"])
    'Rain - and more - to come'
    """
    names = [key(site) for site in sites if key(site)]
    while True:
        marks = list(_PARTS.finditer(title))[-_MAX_MARKS:]
        for mark in (*reversed(marks), *marks):
            head, tail = title[: mark.start()].strip(), title[mark.end() :].strip()
            if head and _is_site(tail, names):
                title = head
                break
            if tail and _is_site(head, names, exactly=True):
                title = tail
                break
        else:
            return title


def _is_site(text: str, names: Iterable[str], *, exactly: bool = False) -> bool:
    """Whether a part of a title is the site's name, or within it, or holds it and little else."""
    given = key(text)
    if len(given) < 2:
        return False
    for name in names:
        if given == name or (len(given) >= 3 and given in name and 2 * len(given) >= len(name)):
            return True
        if not exactly and len(name) >= 3 and name in given and 2 * len(name) >= len(given):
            return True
    return False


def _without_unknown_site(title: str) -> str:
    """Return a title without what stands behind its last bar: sites put their names there."""
    match = _LAST_PART.search(title)
    if match is None:
        return title
    head, tail = title[: match.start()].strip(), match[1] or match[2]
    return head if 2 * len(tail) <= len(head) and len(_words(head)) >= 3 else title


def uncut(title: str, others: Iterable[str]) -> str:
    """Return a title as it goes on elsewhere on the page, if it was cut off.

    Examples
    --------
    >>> uncut("Ferry to Skarnholm sails...", ["Lindby Post", "Ferry to Skarnholm sails again"])
    'Ferry to Skarnholm sails again'
    """
    begins = _CUT.sub("", title)
    if begins == title or not key(begins):
        return title
    for other in map(plain, others):
        goes_on = key(other).startswith(key(begins)) and len(key(other)) > len(key(begins))
        if goes_on and not other.startswith(title) and not _CUT.search(other):
            return other
    return title


def choose_title(
    headings: Sequence[str],
    linked: Sequence[str],
    named: Sequence[str],
    own: str,
    sites: Sequence[str],
) -> str:
    """Choose the headline.

    Parameters
    ----------
    headings : sequence of str
        The visible ``<h1>``, in order.
    linked, named : sequence of str
        What the page calls its article in JSON-LD, and in meta elements such as og:title.
    own : str
        The ``<title>``.
    sites : sequence of str
        What the site may be called.

    Returns
    -------
    str
        What JSON-LD and meta elements agree upon; else a heading that one of them confirms,
        without a kicker glued on; else what they say; else the only heading.
    """
    headings = [heading for heading in map(plain, headings) if key(heading)]
    given = [title for title in map(plain, (*linked, *named)) if key(title)]
    own = plain(own)
    names = {key(site) for site in sites if key(site)}
    titled = [one for one in headings if key(one) not in names]
    stated = [title for one in given if key(title := without_site(one, sites)) not in names]
    shown = without_site(own, sites)
    references = [*stated, *([shown] if key(shown) else [])]
    logos = [one for one in titled if _is_logo(one, shown, stated)]
    if logos:
        titled = [one for one in titled if one not in logos]
        shown = without_site(shown, logos)
    heading = _confirmed(titled, references)
    agreed = {key(without_site(plain(title), sites)) for title in linked}
    agreed &= {key(without_site(plain(title), sites)) for title in named}
    for title in stated:
        if key(title) in agreed:
            return _as_most_write(title, titled, [*references, own])
    if heading:
        return _without_kicker(without_site(heading, sites), stated, references)
    if stated:
        return shown if _is_cut(stated[0], shown) else stated[0]
    if len(titled) == 1 and len(_words(titled[0])) >= (3 if len(_words(shown)) >= 5 else 2):
        return titled[0]
    return _without_unknown_site(shown) or next(iter((*given, *headings)), "")


def _as_most_write(title: str, headings: Sequence[str], others: Sequence[str]) -> str:
    """Return a title with the marks that a heading gives it, else with those that most give it."""
    forms = [one for one in (*headings, *others) if key(one) == key(title)]
    marks = len(_MARK.findall(title))  # a heading with fewer has a kicker glued on
    forms = [one for one in forms if len(_MARK.findall(one)) >= marks]
    for form in forms:
        if any(form in heading for heading in headings):
            return form
    return max(forms, key=lambda form: sum(form in other for other in others), default=title)


def _is_logo(heading: str, shown: str, stated: Sequence[str]) -> bool:
    """Whether a heading is only the end of ``<title>``, where sites put their names.

    What stands before it has to be the longer part, and to be confirmed by nothing else.
    """
    whole = key(heading)
    if any(whole in key(title) for title in stated):
        return False
    for mark in _PARTS.finditer(shown):
        rest = shown[mark.end() :]
        following = _PARTS.search(rest)
        if whole in (key(rest), key(rest[: following.start()] if following else rest)):
            return 2 * len(_words(shown[: mark.start()])) >= 3 * len(_words(heading))
    return False


def _confirmed(headings: Sequence[str], references: Sequence[str]) -> str:
    """Return the heading that is what the page is called elsewhere, or most like it."""
    keys = {key(title) for title in references}
    exact = next((heading for heading in headings if key(heading) in keys), "")
    if exact:
        return exact
    best, found = 0.6, ""
    for heading in headings:
        whole = key(heading)
        scores = [alike(heading, title) for title in references]
        if len(_words(heading)) == 1:
            scores = [float(key(title) == whole) for title in references]
        if any(len(whole) >= 8 and whole in key(title) for title in references):
            scores.append(1.0)
        score = max(scores, default=0.0)
        if score > best or (score >= best and len(heading) > len(found)):
            best, found = score, heading
    return found


def _without_kicker(heading: str, stated: Sequence[str], references: Sequence[str]) -> str:
    """Return a heading without what is glued on before it, or behind it if two say so."""
    whole = key(heading)
    keys = [key(title) for title in stated]
    if whole in keys:
        return heading
    for title, part in zip(stated, keys, strict=True):
        if 0.4 * len(whole) <= len(part) < len(whole) and (
            whole.endswith(part)
            or (whole.startswith(part) and keys.count(part) > 1 and not _is_cut(title, heading))
        ):
            return title
    return heading


def _is_cut(title: str, heading: str) -> bool:
    """Whether a title ends where a quote of the heading begins, as in an attribute in quotes."""
    return heading.startswith(title) and heading[len(title) :].lstrip()[:1] in ('"', "'")
