"""Characters that have to be written in another way, against looking at each by itself."""

import sys
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory import _core
from samestory.articles import characters, missing
from samestory.articles.characters import classes_of, classes_of_all
from samestory.articles.decode import well_formed, well_formed_all
from samestory.articles.unicode import counted, counted_all, unify, unify_all

# Characters that some class has, and others beside them.
ODD = st.sampled_from(
    "\u00ad\u200b\u0301e\u0308aé\ufb01\u0640ك\u1100\u1161\u11a8각\u09c7\u09be😀\U0001d15e"
)
ODDER = st.sampled_from(
    ["\x00", "\ud83d", "\ude00", "\u2f00", "\uff76\uff9e", "２", "\u05d0\u05b0"]
)
TEXTS = st.text(st.one_of(ODD, st.characters(), st.sampled_from("abc \n")), max_size=30)
CELLS = st.lists(st.builds(lambda a, b, c: a + b + c, TEXTS, st.one_of(ODDER, st.just("")), TEXTS))


def slowly_unified(text):
    """What `unify` says it does, without asking whether there is anything to do."""
    text = characters.INVISIBLE.sub("", text)
    text = characters.FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", text)


def slowly_counted(text):
    text = characters.HALF_WIDTH.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
    return text.translate(characters.SAME_LETTERS)


@given(CELLS)
def test_texts_that_are_left_alone_need_nothing(texts):
    assert unify_all(texts) == list(map(unify, texts)) == list(map(slowly_unified, texts))
    assert counted_all(texts) == list(map(counted, texts)) == list(map(slowly_counted, texts))
    assert well_formed_all(texts) == list(map(well_formed, texts))
    classes = classes_of_all(texts)
    assert classes.tolist() == list(map(classes_of, texts))
    mended = well_formed_all(texts, classes)
    assert unify_all(mended, classes) == list(map(slowly_unified, mended))


def test_each_character_by_itself_and_after_others():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        alone = well_formed(char)
        if alone is not char:
            assert classes_of(char) & characters.ILL_FORMED
        if code >= 0x80 and not classes_of(char) & (characters.UNUSUAL | characters.COMPOSING):
            assert slowly_unified(char) == char
            assert unicodedata.combining(char) == 0
        assert counted(char) == slowly_counted(char)


def test_what_composes_with_a_character_before_it_is_known():
    for code in range(0x80, sys.maxunicode + 1):
        parts = unicodedata.normalize("NFD", chr(code))
        for part in parts[1:]:
            assert classes_of(part) & characters.COMPOSING, hex(ord(part))


def test_markers_of_nothing_begin_with_what_is_looked_for():
    first = {marker[0] for marker in missing._MARKERS}
    chars = list(map(chr, range(sys.maxunicode + 1)))
    for char in (char for char in chars if char.casefold()[:1] in first):
        cells = [char + marker[1:] for marker in missing._MARKERS]
        left = ["" if missing.is_marker(cell) else cell for cell in cells]
        assert missing.without_markers(cells) == left
    assert all(char in missing._FIRST for char in chars if char.isspace())
    padded = [f" {marker}\u3000" for marker in missing._MARKERS if len(marker) <= 10]
    assert missing.without_markers(padded) == [""] * len(padded)


def test_tables_of_another_size_are_refused():
    with pytest.raises(ValueError, match="65537 entries, not 3"):
        _core.CharacterClasses(np.zeros(3, np.uint8))
