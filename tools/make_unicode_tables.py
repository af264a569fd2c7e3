"""Write cpp/src/text/unicode_data.cpp from the running Python's Unicode version.

Run it with the newest Python at hand: ``python tools/make_unicode_tables.py``. At run time the
bindings tell the core wherever the running Python differs, so any version will do.
"""

import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "cpp/src/text/unicode_data.cpp"
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
    """Write the file."""
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
