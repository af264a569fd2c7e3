"""Making the core's Unicode tables agree with the running Python's."""

import unicodedata
from functools import cache

from samestory import _core

_WORD, _SPACE, _CASED, _IGNORABLE, _LETTER, _PRINTABLE = 1, 2, 4, 8, 16, 128


@cache
def match_running_python() -> None:
    """Tell the core where the running Python differs; done once, when first needed."""
    if unicodedata.unidata_version == _core.unicode_version():
        return
    codes = set(_core.differing_code_points())
    for code, is_ignorable in _core.unprintable_code_points():
        if is_ignorable != (unicodedata.category(chr(code)) == "Cf"):
            codes.add(code)
    _core.set_unicode_changes([code_point(code) for code in sorted(codes)])


def code_point(code: int) -> tuple[int, int, int, list[int]]:
    """One code point as the running Python has it: code, flags, lowercase, without accents."""
    character = chr(code)
    flags = _WORD if character.isalnum() or character == "_" else 0
    flags |= _SPACE if character.isspace() else 0
    flags |= _LETTER if unicodedata.category(character)[0] in "LMN" else 0
    flags |= _PRINTABLE if character.isprintable() else 0
    lower = character.lower()
    decomposed = unicodedata.normalize("NFKD", character)
    bare = [ord(c) for c in decomposed if not unicodedata.combining(c)]
    return code, flags | _case_class(character), ord(lower) if len(lower) == 1 else code, bare


def _case_class(character: str) -> int:
    """Cased or case-ignorable, from what str.lower makes of a sigma behind the character."""
    if (character + "Σ").lower()[-1] == "ς":
        return _CASED
    return _IGNORABLE if ("a" + character + "Σ").lower()[-1] == "ς" else 0
