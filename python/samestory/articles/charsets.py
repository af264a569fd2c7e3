"""Encodings by the names that the web gives them: a name means what browsers take it for."""

from __future__ import annotations

import codecs

# What is called so holds more than the standard of that name: WHATWG Encoding, section 4.2.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ksc5601": "cp949",
    "big5": "big5hkscs",
    "utf-16-le": "utf-8",  # a page that can be read for its name is not in UTF-16
    "utf-16-be": "utf-8",
    "utf-16": "utf-8",
}
# Labels of the web that Python has no name for.
_LABELS = {
    "x-sjis": "cp932",
    "ms_kanji": "cp932",
    "x-gbk": "gb18030",
    "x-euc-jp": "euc_jp",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1989": "cp949",
    "windows-949": "cp949",
    "korean": "cp949",
    "dos-874": "cp874",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "x-mac-ukrainian": "mac_cyrillic",
    "iso-8859-8-i": "iso8859-8",
    "logical": "iso8859-8",
    "koi": "koi8-r",
    "unicode-1-1-utf-8": "utf-8",
    "x-unicode20utf8": "utf-8",
}


def codec_of(label: str) -> str | None:
    """Return the codec for an encoding's name, or None if there is none.

    Examples
    --------
    >>> codec_of("ISO-8859-1"), codec_of("x-sjis"), codec_of("GB2312"), codec_of("none-such")
    ('cp1252', 'cp932', 'gb18030', None)
    """
    label = label.strip().strip("\"'").lower()
    name = _LABELS.get(label) or _known(label) or _known(label.removeprefix("x-")) or _web(label)
    return None if name is None else _SUPERSETS.get(name, name)


def _known(label: str) -> str | None:
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    return info.name if info._is_text_encoding else None


def _web(label: str) -> str | None:
    """Ask webencodings, which knows all labels of the WHATWG, if it is installed."""
    try:
        import webencodings
    except ImportError:
        return None
    found = webencodings.lookup(label)
    return None if found is None else str(found.codec_info.name)


def guess(data: bytes) -> str | None:
    """Return the text of bytes without a name by charset-normalizer, or None without it."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    best = from_bytes(data[: 1 << 16]).best()
    codec = None if best is None else codec_of(best.encoding)
    return None if codec is None else data.decode(codec, "replace")
