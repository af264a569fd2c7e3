"""Bytes of unknown origin."""

import codecs
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from samestory.articles.decode import NotTextError, decode, well_formed, well_formed_all
from samestory.articles.htmlpages import html_text
from samestory.articles.unicode import unify

SAMPLE = "“Déjà vu”, she said – for £5."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding, mark):
    assert decode(mark + SAMPLE.encode(encoding)) == SAMPLE


def test_a_declared_encoding_is_used_where_utf8_does_not_fit():
    assert decode("Привет, мир".encode("cp1251"), "windows-1251") == "Привет, мир"
    assert decode(SAMPLE.encode(), "windows-1251") == SAMPLE
    assert decode(SAMPLE.encode("cp1252"), "no-such-encoding") == SAMPLE


def test_utf8_with_a_damaged_spot_stays_utf8():
    text = "Größe, Übermut und Änderung: " * 5
    assert decode(text.encode()[:-8] + b"\xc3") == text[:-8] + "�"
    assert decode(b"\xff" + text.encode()) == "�" + text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10,
        b"%PDF-1.7 text",
        b"\x7fELF\x02\x01\x01" + bytes(200),
        bytes(1000),
        bytes(range(32)) * 20,
    ],
)
def test_binary_files_are_no_text(data):
    with pytest.raises(NotTextError, match="not text"):
        decode(data)


def test_a_stray_zero_becomes_a_space():
    assert decode(b"one\x00two" + b" more" * 100).startswith("one two")


def test_many_texts_are_mended_one_by_one():
    texts = ["plain", "é", "a\x00b", "\ud83d", "\ude00", "😀", ""]
    expected = [well_formed(text) for text in texts]
    # Halves of a character at the ends of two texts are not put together.
    assert expected[3:5] == ["�", "�"]
    for filling in (0, 995, 3000):
        padded = ["x"] * filling + texts + ["ü"] * filling
        assert well_formed_all(padded)[filling : filling + len(texts)] == expected


def test_surrogates():
    assert well_formed("a\ud83d\ude00b") == "a😀b"
    assert well_formed("a\ud83db") == "a�b"


@given(st.text())
def test_utf8_round_trip(text):
    assume("\x00" not in text and not text.startswith("\ufeff"))
    try:
        assert decode(codecs.BOM_UTF8 + text.encode()) == text
        assert decode(text.encode()) == text
    except NotTextError:
        assert any(c < " " or c == "\x7f" for c in text) or text.startswith("%PDF")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1))
def test_latin_letters_in_utf16_need_no_mark(text):
    assert decode(text.encode("utf-16-le")) == text
    assert decode(text.encode("utf-16-be")) == text


@given(st.binary())
def test_any_bytes_give_clean_text_or_a_reason(data):
    try:
        text = decode(data)
    except NotTextError:
        return
    assert "\x00" not in text
    text.encode("utf-8")


AS_THE_WEB_NAMES_THEM = {
    "iso-8859-1": ("cp1252", "“Déjà vu” – £5 … €6"),
    "latin1": ("cp1252", "l’œuvre"),
    "us-ascii": ("cp1252", "naïve"),
    "iso-8859-9": ("cp1254", "“Şişli” ığdır"),
    "gb2312": ("gb18030", "朱镕基说，天气㐂好"),
    "GBK": ("gb18030", "大桥通车"),
    "Shift_JIS": ("cp932", "①橋が開通した㈱髙島"),
    "x-sjis": ("cp932", "橋が開通した"),
    "euc-kr": ("cp949", "다리가 똠방각하 열렸다"),
    "ks_c_5601-1987": ("cp949", "다리가 열렸다"),
    "big5": ("big5hkscs", "大橋通車"),
    "windows-1251": ("cp1251", "Мост открыт"),
    "x-cp1251": ("cp1251", "Мост открыт"),
    "koi8-r": ("koi8-r", "Мост открыт"),
    "tis-620": ("cp874", "สะพานเปิด"),
    "iso-8859-8-i": ("iso8859-8", "הגשר נפתח"),
    "euc-jp": ("euc_jp", "橋が開通した"),
    "iso-2022-jp": ("iso2022_jp", "橋が開通した"),
    "utf8": ("utf-8", "Größe"),
    "utf-16": ("utf-8", "Größe"),
}


@pytest.mark.parametrize("label", AS_THE_WEB_NAMES_THEM)
def test_names_of_encodings_on_the_web(label):
    codec, text = AS_THE_WEB_NAMES_THEM[label]
    assert decode(text.encode(codec), label) == text
    page = f"<html><head><meta charset='{label}'></head><body><h1>{text}</h1>".encode(codec)
    assert f"<h1>{text}" in html_text(page)
    damaged = (text * 60).encode(codec)
    if codec not in ("utf-8", "iso2022_jp"):
        assert decode(damaged[:-1], label).startswith(text)


@pytest.mark.parametrize("codec", ["cp1251", "gb18030", "cp932", "cp949"])
def test_bytes_without_a_name(codec):
    pytest.importorskip("charset_normalizer")
    text = {
        "cp1251": "Мост через реку открыли в четверг после девяти месяцев ремонта, сказал мэр. ",
        "gb18030": "大桥星期四重新通车，市政府说，修理工作花了九个月的时间，居民们很高兴。",
        "cp932": "橋は木曜日に再び開通した。市によると、修理には九か月かかったという。",
        "cp949": "다리는 목요일에 다시 개통되었다. 시에 따르면 수리에는 아홉 달이 걸렸다. ",
    }[codec]
    assert decode((text * 20).encode(codec)) == text * 20


def test_western_bytes_without_a_name_are_cp1252():
    assert decode("Die Größe der Brücke – “enorm”".encode("cp1252")).endswith("“enorm”")


INVISIBLE = "\u00ad\u034f\u061c\u200b\u200f\u2066\ufeff\ufffb"
FORMS = "\ufb00\ufb4f\ufbb1\ufefc"
NEIGHBOURS = "a\u00e9\u2019\u200a\u200c\ufbb2\ufefd\uffff\U0001f600\ud800"


@given(st.lists(st.sampled_from(INVISIBLE + FORMS + NEIGHBOURS), max_size=6))
def test_invisible_characters_go_and_letter_forms_become_letters(characters):
    """Those next to them in Unicode stay."""
    read = [unicodedata.normalize("NFKC", c) if c in FORMS else c for c in characters]
    assert unify("".join(characters)) == "".join(c for c in read if c not in INVISIBLE)
