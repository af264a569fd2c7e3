"""Make the table by which the language of a text is found.

    pip download --no-deps lingua-language-detector==1.4.2
    python tools/make_language_table.py lingua_language_detector-1.4.2-py3-none-any.whl

The wheel (Apache-2.0) holds the relative frequencies of sequences of one to five letters within the
words of news texts in 75 languages. How often three characters stand at the beginning or the end of
a word follows from them: two letters begin a word as often as they occur less as often as any
letter stands before them. Needs brotli.
"""

import json
import math
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import brotli
import numpy as np

TARGET = Path(__file__).parents[1] / "python" / "samestory" / "data" / "languages.npz"

# Languages that share their script with others, the most frequent in news first: the second group
# needs e^3 times as much evidence, the third e^9 times.
TIERS = (
    "en es fr de it pt nl pl sv tr ru uk ar fa hi",
    "af az ca cs da et fi hr bs hu id is lt lv ms nb nn ro sk sl sq sw tl vi "
    "be bg kk mk mn sr ur mr",
    "cy eo eu ga la lg mi sn so st tn ts xh yo zu",
)
HANDICAPS = (0.0, 3.0, 9.0)
# Close enough to be one to a reader, and not to be told apart in a headline.
FAMILIES = {"bs": "hr", "sr": "hr", "nb": "no", "nn": "no", "ms": "id"}
CODES = {"nb": "no", "nn": "no"}  # what the written forms of one language are called
# Scripts of one language each, and what a letter says for it. Chinese characters are written in
# Japanese too, where others stand beside them.
SCRIPTS = (
    (0x0370, 0x03FF, "el", 5.0), (0x1F00, 0x1FFF, "el", 5.0), (0x0530, 0x058F, "hy", 5.0),
    (0x0590, 0x05FF, "he", 5.0), (0x0980, 0x09FF, "bn", 5.0), (0x0A00, 0x0A7F, "pa", 5.0),
    (0x0A80, 0x0AFF, "gu", 5.0), (0x0B00, 0x0B7F, "or", 5.0), (0x0B80, 0x0BFF, "ta", 5.0),
    (0x0C00, 0x0C7F, "te", 5.0), (0x0C80, 0x0CFF, "kn", 5.0), (0x0D00, 0x0D7F, "ml", 5.0),
    (0x0D80, 0x0DFF, "si", 5.0), (0x0E00, 0x0E7F, "th", 5.0), (0x0E80, 0x0EFF, "lo", 5.0),
    (0x0F00, 0x0FFF, "bo", 5.0), (0x1000, 0x109F, "my", 5.0), (0x10A0, 0x10FF, "ka", 5.0),
    (0x1200, 0x139F, "am", 5.0), (0x1780, 0x17FF, "km", 5.0), (0x1100, 0x11FF, "ko", 8.0),
    (0x3130, 0x318F, "ko", 8.0), (0xAC00, 0xD7A3, "ko", 8.0), (0x3040, 0x30FF, "ja", 10.0),
    (0x3400, 0x4DBF, "zh", 8.0), (0x4E00, 0x9FFF, "zh", 8.0), (0x20000, 0x3134F, "zh", 8.0),
    (0x3400, 0x4DBF, "ja", 6.0), (0x4E00, 0x9FFF, "ja", 6.0),
)  # fmt: skip
# What a trigram says is the logarithm of how much more frequent than one in a million it is.
FLOOR, KEPT, UNIT = 1e-6, 5000, 24.0


def letter_frequencies(wheel: zipfile.ZipFile, language: str) -> dict[str, float]:
    """How often sequences of one to three letters occur, a letter read."""
    frequency = {"": 1.0}
    for length, name in enumerate(("unigrams", "bigrams", "trigrams"), 1):
        path = f"lingua/language-models/{language}/{name}.json.br"
        shares = json.loads(brotli.decompress(wheel.read(path)))["ngrams"]
        for share, sequences in shares.items():
            numerator, denominator = map(int, share.split("/"))
            for sequence in sequences.split(" "):
                if len(sequence) == length:
                    before = frequency.get(sequence[:-1], 0.0)
                    frequency[sequence] = numerator / denominator * before
    del frequency[""]
    return frequency


def trigram_frequencies(frequency: dict[str, float]) -> dict[str, float]:
    """How often three characters of a word with a space around it occur."""
    after, before, between = defaultdict(float), defaultdict(float), defaultdict(float)
    for sequence, share in frequency.items():
        after[sequence[1:]] += share
        before[sequence[:-1]] += share
        between[sequence[1:-1]] += share if len(sequence) == 3 else 0.0
    trigrams = {}
    for sequence, share in frequency.items():
        if len(sequence) == 3:
            trigrams[sequence] = share
        elif len(sequence) == 2:
            trigrams[f" {sequence}"] = share - after[sequence]
            trigrams[f"{sequence} "] = share - before[sequence]
        else:
            trigrams[f" {sequence} "] = (
                share - after[sequence] - before[sequence] + between[sequence]
            )
    return trigrams


def key(trigram: str) -> int:
    """Three code points in one number."""
    a, b, c = map(ord, trigram)
    return a << 42 | b << 21 | c


def main() -> None:
    """Write the table."""
    tiers = [tier.split() for tier in TIERS]
    by_words = [language for tier in tiers for language in tier]
    alone = list(dict.fromkeys(language for _, _, language, _ in SCRIPTS))
    languages = by_words + alone
    entries: dict[int, list[tuple[int, int]]] = defaultdict(list)
    with zipfile.ZipFile(sys.argv[1]) as wheel:
        for number, language in enumerate(by_words):
            share = trigram_frequencies(letter_frequencies(wheel, language))
            most = sorted(share, key=lambda t: (-share[t], t))[:KEPT]
            for trigram in most:
                weight = round(UNIT * math.log(share[trigram] / FLOOR)) if share[trigram] > 0 else 0
                if weight > 0:
                    entries[key(trigram)].append((number, min(weight, 255)))
    keys = np.array(sorted(entries), dtype=np.uint64)
    told = [entry for k in keys.tolist() for entry in entries[k]]
    tier_of = {language: tier for tier, names in enumerate(tiers) for language in names}
    family = [FAMILIES.get(language, language) for language in languages]
    numbers = {name: i for i, name in enumerate(dict.fromkeys(family))}
    np.savez_compressed(
        TARGET,
        codes=np.array([CODES.get(language, language) for language in languages]),
        handicaps=np.array([UNIT * HANDICAPS[tier_of.get(x, 0)] for x in languages], np.int32),
        families=np.array([numbers[name] for name in family], np.int32),
        scripts=np.array(
            [(a, b, languages.index(x), UNIT * w) for a, b, x, w in SCRIPTS], np.uint32
        ),
        steps=np.diff(keys, prepend=np.uint64(0)),
        counts=np.array([len(entries[k]) for k in keys.tolist()], np.uint8),
        languages=np.array([number for number, _ in told], np.uint8),
        weights=np.array([weight for _, weight in told], np.uint8),
        unit=np.float64(UNIT),
    )
    print(f"{len(languages)} languages, {len(keys):,} trigrams, {len(told):,} entries")


if __name__ == "__main__":
    main()
