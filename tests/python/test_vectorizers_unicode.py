"""The core's Unicode equals the running Python's, code point by code point."""

import re

import pytest

from samestory import CountVectorizer, _core
from samestory.vectorizers import _unicode
from samestory.vectorizers.preprocessing import strip_accents_unicode

EVERY_CODE_POINT = range(0x110000)


@pytest.fixture(scope="module", autouse=True)
def matched():
    _unicode.match_running_python()


def test_every_code_point():
    wrong = []
    for code in EVERY_CODE_POINT:
        _, flags, lower, bare = _unicode.code_point(code)
        if _core.code_point(code) != (flags, lower, bare):
            wrong.append((hex(code), _core.code_point(code), (flags, lower, bare)))
    assert not wrong, wrong[:10]


def test_the_reference_says_what_python_does():
    for code in EVERY_CODE_POINT:
        character = chr(code)
        _, flags, lower, bare = _unicode.code_point(code)
        assert bool(flags & 1) == bool(re.match(r"\w", character))
        assert bool(flags & 2) == bool(re.match(r"\s", character)) == (not character.split())
        assert chr(lower) == character.lower() or code == 0x130
        assert "".join(map(chr, bare)) == strip_accents_unicode(character)


def as_one_document(characters: list[str]) -> str:
    return " ".join(f"x{c}y A{c}Σ{c} {c}" for c in characters)


@pytest.mark.parametrize("analyzer", ["word", "unicode_word", "char_wb"])
@pytest.mark.parametrize("strip_accents", [None, "unicode", "ascii"])
def test_every_code_point_through_the_vectorizer(analyzer, strip_accents, instruction_set):
    characters = [chr(code) for code in EVERY_CODE_POINT]
    texts = [as_one_document(characters[i : i + 997]) for i in range(0, len(characters), 997)]
    vectorizer = CountVectorizer(analyzer=analyzer, strip_accents=strip_accents)
    analyze = vectorizer.build_analyzer()
    counts = vectorizer.fit_transform(texts)
    names = vectorizer.get_feature_names_out()
    # The plain instruction set sees them all; the others a share that differs with each case.
    step = 1 if (analyzer, instruction_set) == ("word", "portable") else 23
    for row in range(len(analyzer) % step, len(texts), step):
        expected = sorted(set(analyze(texts[row])))
        assert list(names[counts[row].indices]) == expected
