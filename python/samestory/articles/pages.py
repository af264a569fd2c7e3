"""The parts of a scraped page: headline, standfirst, byline, date line, body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape

from samestory.articles.boilerplate import body_end
from samestory.articles.bylines import byline_of, is_explicit_byline, is_like_prose, is_name_line
from samestory.articles.captions import has_tags, remove_captions
from samestory.articles.dates import (
    ParsedDate,
    date_line,
    find_date,
    is_update,
    parse_date_line,
    says_published,
)

_BREAKS = ("\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*$")
_CONTROLS = re.compile(
    r"\W*(?:share|save|print|email|listen|comments?|\d+ comments?|advertisement|subscribe|"
    r"copy link|bookmark|gift(?: this)? article|listen to (?:this )?article|view comments|"
    r"(?:(?:last )?(?:updated|published|posted):? )?(?:\d+|an?) \w+ ago|"
    r"\d+[ -]min(?:ute)?s? read|reading time:? \d+ min(?:ute)?s?|"
    r"(?:follow )?@\w+|(?:e-?mail:? )?[\w.+-]+@[\w-]+\.[\w.]+|"
    r"facebook|twitter|whatsapp|link copied)(?:\W+(?:share|save|print|email|comments?))*\W*",
    re.IGNORECASE,
)
MAX_TITLE_WORDS = 45
MAX_STANDFIRST_WORDS = 80
_HEAD_LINES = 10
_MAX_CONTROL = 200
_MAX_BEFORE_DATE = 3


@dataclass(slots=True)
class Page:
    """What a page says, part by part; a part that it does not have is empty."""

    title: str = ""
    standfirst: str = ""
    author: str = ""
    date: ParsedDate | None = None
    body: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The body, its paragraphs apart as they were."""
        text = "\n".join(self.body).strip()
        return re.sub(r"\n{3,}", "\n\n", text) if "\n\n\n" in text else text


def never(line: str) -> bool:
    """Say of no line that it stands on other pages, too."""
    return False


def page_lines(text: str) -> list[str]:
    """Return the lines of a page without captions; blank ones stay, as they part paragraphs."""
    return remove_captions(split_lines(text))


def split_lines(text: str) -> list[str]:
    """Return the stripped lines of a page, entities read, parted at whatever breaks lines."""
    if "&" in text:
        text = unescape(text)
    for mark in _BREAKS:
        text = text.replace(mark, "\n")
    return [line.strip() for line in text.split("\n")]


def row_lines(text: str) -> list[str]:
    """Return the lines of a text that has a headline of its own, as they are but for captions."""
    lines = text.split("\n")
    if not has_tags(text):
        return lines
    return remove_captions([line.strip() for line in lines], only_repeated=True)


def _is_control(line: str) -> bool:
    """Whether a line is a button or the like: what is longer is none, and takes long to match."""
    return len(line) <= _MAX_CONTROL and _CONTROLS.fullmatch(line) is not None


def _words(line: str) -> int:
    return line.count(" ") + 1


def _filled(lines: Sequence[str], start: int) -> list[int]:
    return [i for i in range(start, len(lines)) if lines[i]]


def split_page(
    lines: Sequence[str],
    *,
    is_opening: Callable[[str], bool] = never,
    is_closing: Callable[[str], bool] = never,
) -> Page:
    """Take a page apart. A line whose part is in doubt stays in the body.

    Parameters
    ----------
    lines : sequence of str
        From `page_lines`.
    is_opening, is_closing : callable
        Whether a line begins or ends many pages of the site.

    Returns
    -------
    Page
    """
    start = 0
    while start < len(lines) and (not lines[start] or is_opening(lines[start])):
        start += 1
    page = Page()
    rest = list(lines[start:])
    if rest and _is_title(rest):
        page.title = rest[0]
        rest = rest[1:]
    if page.title or (rest and _date_or_byline(rest[0])):
        rest = _take_head(page, rest)
    end = body_end(rest, is_closing)
    page.body = rest[:end]
    if page.date is None:
        page.date = _loose_date(rest[:_HEAD_LINES], rest[max(0, end - 1) :])
    return page


def _loose_date(opening: Sequence[str], closing: Sequence[str]) -> ParsedDate | None:
    """Read a date from a line that stays in the body, or from the site's lines at the end."""
    for line in opening:
        if _SENTENCE_END.search(line[-_MAX_CONTROL:]):  # the story has begun
            break
        found = find_date(line) if len(line) < 100 else None
        if found is not None and _words(found[1]) <= 3:
            return found[0]
    for line in closing:
        found = find_date(line) if len(line) < 200 and says_published(line) else None
        if found is not None:
            return found[0]
    return None


def _is_title(lines: Sequence[str]) -> bool:
    first = lines[0]
    if _words(first) > MAX_TITLE_WORDS or len(first) > 400:
        return False
    return not _date_or_byline(first)


def _date_or_byline(line: str) -> bool:
    return is_explicit_byline(line) or parse_date_line(line) is not None


@dataclass(slots=True)
class _Anchor:
    """A line of the head that is certain: a date line, or a byline that says so."""

    author: str = ""
    date: ParsedDate | None = None
    is_update: bool = False


def _anchor(line: str) -> _Anchor | None:
    if len(line) > 250:
        return None
    found = find_date(line)
    date = date_line(line, found)
    if date is not None:
        return _Anchor(date=date, is_update=is_update(line))
    if found is not None:
        author = " ".join(found[1].split("\n"))
        if is_explicit_byline(author) or is_name_line(author, near_date=True):
            return _Anchor(byline_of(author), found[0], is_update(line))
        return None
    return _Anchor(byline_of(line)) if is_explicit_byline(line) else None


def _take_head(page: Page, lines: list[str]) -> list[str]:
    """Fill in what the lines below the headline give, and return the others."""
    filled = _filled(lines, 0)[:_HEAD_LINES]
    filled = _drop_repeated_title(page, lines, filled)
    anchors = {i: anchor for i in filled if (anchor := _anchor(lines[i])) is not None}
    first = _first_anchor(lines, filled, anchors)
    if first is None:
        return _take_head_without_anchor(page, lines, filled)
    used = _follow_anchors(page, lines, filled, anchors, first)
    before = [i for i in filled if i < first and i not in used]
    before = [i for i in before if not _is_control(lines[i])]
    if before and _words(lines[before[0]]) <= MAX_STANDFIRST_WORDS:
        deck = [lines[before[0]]]
        while len(deck) < len(before) and _is_deck_item(lines[before[len(deck)]]):
            deck.append(lines[before[len(deck)]])
        page.standfirst = "\n".join(deck)
        before = before[len(deck) :]
    kept = [lines[i] for i in before]
    return [*kept, *([""] if kept else []), *lines[max([*used, first]) + 1 :]]


def _is_deck_item(line: str) -> bool:
    """Whether a further line above the date belongs to the standfirst: no sentence, or a bullet."""
    return _words(line) <= 25 and (line[0] in "•-–*·▪" or not _SENTENCE_END.search(line))


def _drop_repeated_title(page: Page, lines: list[str], filled: list[int]) -> list[int]:
    if filled and page.title and lines[filled[0]] == page.title:
        lines[filled[0]] = ""
        return filled[1:]
    return filled


def _first_anchor(
    lines: Sequence[str], filled: Sequence[int], anchors: dict[int, _Anchor]
) -> int | None:
    """Return the first certain line if it stands in the head and not below the story's start."""
    others = words = sentences = 0
    for i in filled:
        if i in anchors:
            return i if any(lines[i + 1 :]) else None
        if _is_control(lines[i]) or is_name_line(lines[i], near_date=True):
            continue
        others += 1
        words += _words(lines[i])
        sentences += _SENTENCE_END.search(lines[i]) is not None
        if sentences > 1 or others > _MAX_BEFORE_DATE or words > 2 * MAX_STANDFIRST_WORDS:
            return None
    return None


def _follow_anchors(
    page: Page,
    lines: Sequence[str],
    filled: Sequence[int],
    anchors: dict[int, _Anchor],
    first: int,
) -> set[int]:
    """Take the certain lines that stand together, and the names above and below them."""
    used: set[int] = set()
    update: ParsedDate | None = None
    position = list(filled).index(first)
    if not anchors[first].author:
        above = [i for i in filled[:position] if not _is_control(lines[i])]
        below = "\n".join(lines[first:])
        if (
            above
            and is_name_line(lines[above[-1]], near_date=True)
            and not is_like_prose(lines[above[-1]], below)
        ):
            page.author = byline_of(lines[above[-1]])
            used.add(above[-1])
    for i in filled[position:]:
        anchor = anchors.get(i)
        if anchor is not None:
            page.author = page.author or anchor.author
            if anchor.is_update:
                update = update or anchor.date
            else:
                page.date = page.date or anchor.date
        elif not page.author and is_name_line(lines[i], near_date=True):
            page.author = byline_of(lines[i])
        elif not _is_control(lines[i]):
            break
        used.add(i)
    page.date = page.date or update
    return used


def _take_head_without_anchor(page: Page, lines: list[str], filled: list[int]) -> list[str]:
    """Take a standfirst and a name only if they look like nothing else."""
    taken: set[int] = set()
    for place, i in enumerate(filled[:2]):
        after = lines[filled[place + 1] :] if place + 1 < len(filled) else []
        if is_name_line(lines[i], near_date=False) and _is_stranger(lines[i], [page.title, *after]):
            page.author = byline_of(lines[i])
            taken.add(i)
            if place == 1:
                page.standfirst = lines[filled[0]]
                taken.add(filled[0])
            break
    if not page.standfirst and filled and filled[0] not in taken and _is_deck(lines, filled):
        page.standfirst = lines[filled[0]]
        taken.add(filled[0])
    return [line for i, line in enumerate(lines) if i not in taken]


def _is_deck(lines: Sequence[str], filled: Sequence[int]) -> bool:
    """Whether the line below the headline is a paragraph without full stop above prose."""
    if len(filled) < 3:
        return False
    first, second, third = filled[:3]
    line = lines[first]
    return (
        5 <= _words(line) <= MAX_STANDFIRST_WORDS
        and second > first + 1
        and not _SENTENCE_END.search(line)
        and all(_SENTENCE_END.search(lines[i]) and _words(lines[i]) > 8 for i in (second, third))
    )


def _is_stranger(line: str, others: Sequence[str]) -> bool:
    """Whether none of the names in a line occurs in the story: then it tells who wrote it."""
    names = [word for word in re.findall(r"\w+", line) if len(word) > 2 and word[0].isupper()]
    text = "\n".join(others)
    return bool(others) and not any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
