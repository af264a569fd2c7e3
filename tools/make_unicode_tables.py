"""Write cpp/src/text/unicode_data.cpp and folding_data.cpp from the running Python's Unicode.

Run it with the newest Python at hand: ``python tools/make_unicode_tables.py``. At run time the
bindings tell the core wherever the running Python differs, so any version will do.
"""

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "cpp/src/text"
TARGET = FOLDER / "unicode_data.cpp"
FOLDING_TARGET = FOLDER / "folding_data.cpp"
LAST = 0x110000

# As in cpp/src/text/unicode.hpp.
WORD, SPACE, CASED, IGNORABLE, LETTER, PRINTABLE = 1, 2, 4, 8, 16, 128


def case_class(character: str) -> int:
    """Cased and Case_Ignorable, from how str.lower treats a final sigma after the character."""
    if (character + "Σ").lower()[-1] == "ς":
        return CASED
    return IGNORABLE if ("a" + character + "Σ").lower()[-1] == "ς" else 0


def flags_of(code: int) -> int:
    """What a code point is, as bits."""
    character = chr(code)
    flags = WORD if character.isalnum() or character == "_" else 0
    flags |= SPACE if character.isspace() else 0
    flags |= PRINTABLE if character.isprintable() else 0
    flags |= LETTER if unicodedata.category(character)[0] in "LMN" else 0
    return flags | case_class(character)


def flag_runs() -> list[int]:
    """Code point << 8 | flags, wherever the flags change."""
    runs, previous = [], None
    for code in range(LAST):
        flags = flags_of(code)
        if flags != previous:
            runs.append(code << 8 | flags)
            previous = flags
    return runs


def constant_steps(pairs: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Pairs (code, target) as (first, last, step, target - code), step 1 or 2."""
    runs: list[list[int]] = []
    for code, target in pairs:
        delta = target - code
        if runs and runs[-1][3] == delta:
            gap = code - runs[-1][1]
            if gap == runs[-1][2] or (gap in (1, 2) and runs[-1][0] == runs[-1][1]):
                runs[-1][1], runs[-1][2] = code, gap
                continue
        runs.append([code, code, 1, delta])
    return [(first, last, step, delta) for first, last, step, delta in runs]


def lower_pairs() -> list[tuple[int, int]]:
    """Code points that lower to one other, and which."""
    lowered = ((code, chr(code).lower()) for code in range(LAST))
    return [(code, ord(low)) for code, low in lowered if len(low) == 1 and ord(low) != code]


def without_marks(code: int) -> str:
    """Decompose a code point and leave the combining marks out."""
    decomposed = unicodedata.normalize("NFKD", chr(code))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def stripped() -> tuple[list[tuple[int, int, int, int]], list[int]]:
    """Code points whose accents come off: to one character, and to none or several."""
    singles, sequences = [], []
    for code in range(LAST):
        bare = without_marks(code)
        if bare == chr(code) or 0xAC00 <= code <= 0xD7A3:  # Hangul is decomposed by arithmetic
            continue
        if len(bare) == 1:
            singles.append((code, ord(bare)))
        else:
            sequences += [code << 8 | len(bare), *map(ord, bare)]
    return constant_steps(singles), sequences


def without_accents(code: int) -> str:
    """A code point in composed form without nonspacing marks; a final sigma as any other."""
    decomposed = unicodedata.normalize("NFD", chr(code))
    bare = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return unicodedata.normalize("NFC", bare).replace("\u03c2", "\u03c3")


def has_accents_to_lose(code: int) -> bool:
    """Whether words that begin so lose their accents: Latin and Greek ones."""
    first = unicodedata.normalize("NFD", chr(code))[0]
    return unicodedata.name(first, "").partition(" ")[0] in ("LATIN", "GREEK")


def ranges(codes: Iterable[int]) -> list[int]:
    """First and last of each run of code points."""
    runs: list[int] = []
    for code in codes:
        if runs and code == runs[-1] + 1:
            runs[-1] = code
        else:
            runs += [code, code]
    return runs


def folding() -> str:
    """What the beginnings of words are without accents, as C++ source."""
    # Not those of compatibility ideographs, which no word that begins with Latin letters holds.
    codes = (c for c in range(LAST) if not (0xF900 <= c < 0xFB00 or 0x2F800 <= c < 0x30000))
    bare = {code: without_accents(code) for code in codes}
    pairs = [(code, ord(to)) for code, to in bare.items() if len(to) == 1 and ord(to) != code]
    steps = constant_steps(pairs)
    arrays = {
        "folded_steps": [n for run in steps for n in run],
        "mark_ranges": ranges(code for code, to in bare.items() if not to),
        "accented_script_ranges": ranges(filter(has_accents_to_lose, range(LAST))),
    }
    return "\n".join(
        [
            f"// Made by tools/make_unicode_tables.py from Unicode {unicodedata.unidata_version}.\n"
            '#include "text/folding_data.hpp"\n\n'
            "// clang-format off\nnamespace samestory::folding_data {\nnamespace {\n",
            *(array(name, "std::int32_t", numbers) for name, numbers in arrays.items()),
            "}  // namespace\n",
            *(f"const std::span<const std::int32_t> {name}{{{name}_data}};" for name in arrays),
            "\n}  // namespace samestory::folding_data\n// clang-format on\n",
        ]
    )


def lines(numbers: Iterable[int]) -> str:
    """Numbers as C++ source, up to 100 columns."""
    text, line = [], "   "
    for number in numbers:
        piece = f" {number},"
        if len(line) + len(piece) > 100:
            text.append(line)
            line = "   "
        line += piece
    return "\n".join([*text, line])


def array(name: str, kind: str, numbers: Iterable[int]) -> str:
    """One array as C++ source."""
    return f"const {kind} {name}_data[] = {{\n{lines(numbers)}\n}};\n"


def main() -> None:
    """Write both files."""
    FOLDING_TARGET.write_text(folding(), encoding="utf-8")
    singles, sequences = stripped()
    lower = constant_steps(lower_pairs())
    parts = [
        f"// Made by tools/make_unicode_tables.py from Unicode {unicodedata.unidata_version}.\n"
        '#include "text/unicode_data.hpp"\n\n'
        "// clang-format off\nnamespace samestory::unicode_data {\nnamespace {\n",
        array("flag_runs", "std::uint32_t", flag_runs()),
        array("lower_steps", "std::int32_t", (n for run in lower for n in run)),
        array("strip_steps", "std::int32_t", (n for run in singles for n in run)),
        array("strip_sequences", "std::uint32_t", sequences),
        "}  // namespace\n",
        f'const char* const version = "{unicodedata.unidata_version}";',
        *(
            f"const std::span<const std::{kind}> {name}{{{name}_data}};"
            for name, kind in [
                ("flag_runs", "uint32_t"),
                ("lower_steps", "int32_t"),
                ("strip_steps", "int32_t"),
                ("strip_sequences", "uint32_t"),
            ]
        ),
        "\n}  // namespace samestory::unicode_data\n// clang-format on",
    ]
    TARGET.write_text("\n".join(parts) + "\n", encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: Unicode {unicodedata.unidata_version}\n")


if __name__ == "__main__":
    main()
