"""Lines that say who wrote an article."""

from __future__ import annotations

import re

_BY = re.compile(
    r"^\W*(?:(?:written|reported|words|story|text|report|analysis|posted|published) )?by:?\s+"
    r"|^\W*words:\s+|^\W*(?:author|reporter)s?:\s+|^\W*(?:von|por|par|di)\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:staff|agency|agencies|reporters?|correspondents?|editors?|newsroom|desk|bureau|"
    r"wires?|press association|associated press|reuters|afp|ap|pa|pa media|bloomberg|xinhua|"
    r"columnist|writers?|news service|contributors?|freelance|team)\b",
    re.IGNORECASE,
)


def _words_of(text: str) -> list[str]:
    return text.split()


_PARTICLES = frozenset(
    [
        "and",
        "&",
        "in",
        "for",
        "at",
        "of",
        "the",
        "im",
        "am",
        "aux",
        "sur",
        "nel",
        "en",
        "a",
        "i",
        "da",
        "de",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "y",
        "e",
        "et",
        "und",
        "with",
        "from",
        "to",
        "al-",
        "st",
    ]
)
_ROLE_WORDS = frozenset(
    _words_of(
        "staff agency agencies reporter reporters correspondent correspondents editor editors "
        "newsroom desk bureau wire wires press columnist writer writers news service contributor "
        "contributors freelance team chief senior deputy political health world science business "
        "sports economics international national foreign home diplomatic education environment "
        "technology"
    )
)
_PREFIXED = re.compile(r"(?:al|el|ash|ul|d|l|abu|ibn)[-’'][A-ZÀ-Þ]|d[aei][A-ZÀ-Þ]|mac[A-Z]|mc[A-Z]")
_MAX_LENGTH = 140
_NAME = re.compile(r"[^\W\d_]")


def byline_of(line: str) -> str:
    """Return a byline as printed, without its "By"."""
    return _BY.sub("", line, count=1).strip(" \t|·•–—,;:")


def is_explicit_byline(line: str) -> bool:
    """Whether a line begins with "By" and goes on with names."""
    match = _BY.match(line) if len(line) <= 2 * _MAX_LENGTH else None
    return match is not None and is_name_line(line[match.end() :], near_date=True)


def is_name_line(line: str, *, near_date: bool) -> bool:
    """Whether a line consists of names, with what they are and where.

    Parameters
    ----------
    line : str
        The line.
    near_date : bool
        Whether it stands beside a date line; if not, more is asked of it.

    Examples
    --------
    >>> is_name_line("Jane Doe, Health Editor", near_date=True)
    True
    >>> is_name_line("Moscow seems eager to take up the role", near_date=True)
    False
    """
    if len(line) > _MAX_LENGTH:
        return False
    match = _BY.match(line)
    if match is not None:
        line = line[match.end() :]
    words = [word.strip(",;|()[]·•/–—") for word in line.split()]
    words = [word for word in words if _NAME.search(word)]
    if not words or any(map(str.isdigit, line)):
        return False
    if line[0] in "\"“‘«'" or line[-1] in '?!:"”…' or _ends_sentence(line):
        return False
    if len(words) > (16 if near_date else 6):
        return False
    plain = [w for w in words if w.lower() not in _PARTICLES and w.lower() not in _ROLE_WORDS]
    if any(word[0].islower() and not _PREFIXED.match(word) for word in plain):
        return False
    if _ROLE.search(line):
        return True
    return 2 <= len(plain) <= (10 if near_date else 3)


def _ends_sentence(line: str) -> bool:
    """Whether it ends with a full stop that is not that of Jr. or of an initial."""
    return line.endswith(".") and re.search(r"\b(?:Jr|Sr|\w)\.$", line) is None


def is_like_prose(line: str, prose: str) -> bool:
    """Whether a line of capitalized words is a headline: most occur below without capitals."""
    words = [word for word in re.findall(r"\w+", line) if len(word) > 3]
    if len(words) < 3 or _ROLE.search(line):
        return False
    found = sum(re.search(rf"\b{re.escape(word.lower())}\b", prose) is not None for word in words)
    return 2 * found >= len(words)
