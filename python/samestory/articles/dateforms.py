"""What dates of other scripts, programs and calendars are in the forms that newspapers print."""

from __future__ import annotations

import re
import unicodedata

from samestory.articles.calendars import ERAS, PERSIAN_MONTHS, from_buddhist, from_persian

_SPACES = re.compile(r"[^\S\n]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DASHES = str.maketrans("‐‑‒–—−", "------")
_ERA = re.compile(rf"({'|'.join(ERAS)})\s?(\d{{1,3}}|元)年")
_EAST_ASIAN = re.compile(
    r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]?"
    r"(?:\s?[(（]?(?:星期|周|週|礼拜)?[一二三四五六日天月火水木金土월화수목금토]"
    r"(?:曜日?|요일)?[)）]?(?![\d年月]))?"
)
_HALVES = {
    "上午": "am", "下午": "pm", "午前": "am", "午後": "pm", "오전": "am", "오후": "pm",
    "凌晨": "am", "早上": "am", "晚上": "pm", "中午": "pm",
}  # fmt: skip
_EAST_ASIAN_TIME = re.compile(
    rf"({'|'.join(_HALVES)})?\s?(\d{{1,2}})\s?[时時시点點:]\s?(?:(\d{{1,2}})\s?[分분]?)?"
    r"(?:[\s:]?(\d{1,2})\s?[秒초]?)?"
)
_PERSIAN_DAY = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s({'|'.join(PERSIAN_MONTHS)})\s?(?:ماه\s)?،?\s?(1[2-5]\d\d)(?!\d)"
)
_PERSIAN_DIGITS = re.compile(r"(?<!\d)(1[34]\d\d)([/-])(\d{1,2})\2(\d{1,2})(?!\d)")
_THAI_YEAR = re.compile(r"(?<!\d)(25[4-9]\d)(?!\d)")
_THAI = re.compile(r"[\u0e01-\u0e4f]")
# Thu Mar 14 06:30:00 +0000 2024: of C, Unix and Twitter.
_CTIME = re.compile(
    r"\b([A-Za-z]{3,9})\s+(\d{1,2})\s+(\d{1,2}:\d\d(?::\d\d)?)\s+((?:[A-Z]{2,5}|[+-]\d{4})\s+)?"
    r"(\d{4})\b"
)
_SERVER_LOG = re.compile(r"\b(\d{1,2})/([A-Za-z]{3})/(\d{4}):(\d\d:\d\d)")
_JAVASCRIPT = re.compile(r"(GMT[+-]\d{4})\s?\([^()]{3,60}\)")
# /Date(1710397800000+0100)/ of old JSON of .NET, new Date(1710397800000) of a mongo shell.
JAVASCRIPT_CALL = re.compile(r"/?(?:new )?Date\((-?\d{11,14})(?:[+-]\d{4})?\)/?")
_ZONE_NAME = re.compile(r"\[[A-Za-z_+\-]+(?:/[A-Za-z_+\-]+)*\]$")
_HYPHENED_TIME = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)[-_](\d\d)[-_:](\d\d)(?:[-_:](\d\d))?(?!\d)")


def _ascii_digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(c)) if c > "\x7f" and c.isdecimal() else c for c in text)


def _clock(match: re.Match[str]) -> str:
    half, hour, minute, second = match.groups()
    if half is None and minute is None:
        return match[0]
    seconds = f":{int(second):02}" if second else ""
    return f" {hour}:{int(minute or 0):02}{seconds} {_HALVES.get(half or '', '')} "


def _persian(match: re.Match[str], year: int, month: int, day: int) -> str:
    found = from_persian(year, month, day)
    return match[0] if found is None else f" {found.isoformat()} "


def _other_scripts(text: str) -> str:
    text = _INVISIBLE.sub("", _ascii_digits(text)).translate(_DASHES)
    text = _ERA.sub(lambda m: f"{ERAS[m[1]] + (1 if m[2] == '元' else int(m[2]))}年", text)
    changed = _EAST_ASIAN.sub(r" \1-\2-\3 ", text)
    if changed != text or any(half in text for half in _HALVES):
        text = _EAST_ASIAN_TIME.sub(_clock, changed)
    if _THAI.search(text):
        text = _THAI_YEAR.sub(lambda m: str(from_buddhist(int(m[1]))), text)
    return _PERSIAN_DAY.sub(lambda m: _persian(m, int(m[3]), PERSIAN_MONTHS[m[2]], int(m[1])), text)


def common_form(text: str) -> str:
    """Return a text with its dates in the forms that newspapers print, the rest as it was.

    Examples
    --------
    >>> common_form("Thu Mar 14 06:30:00 +0000 2024"), common_form("2024年3月14日 下午6时30分")
    ('Thu 14 Mar 2024 06:30:00 +0000', ' 2024-3-14 6:30 pm ')
    >>> common_form("۲۴ اسفند ۱۴۰۲").strip()
    '2024-03-14'
    """
    if not text.isascii():
        text = _other_scripts(text)
    text = _SPACES.sub(" ", text)
    if ":" in text:
        text = _CTIME.sub(lambda m: f"{m[2]} {m[1]} {m[5]} {m[3]} {m[4] or ''}".rstrip(), text)
        text = _SERVER_LOG.sub(r"\1 \2 \3 \4", text)
        text = _JAVASCRIPT.sub(r"\1", text)
        text = _ZONE_NAME.sub("", text)
    text = _PERSIAN_DIGITS.sub(lambda m: _persian(m, int(m[1]), int(m[3]), int(m[4])), text)
    return _HYPHENED_TIME.sub(
        lambda m: f"{m[1]} {m[2]}:{m[3]}" + (f":{m[4]}" if m[4] else ""), text
    )
