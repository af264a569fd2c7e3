"""What outlets make of an agency's text: cut, lengthened, reordered, under a headline of theirs."""

import random
import re
from collections.abc import Callable, Sequence

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def sentences_of(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(text) if sentence]


def as_it_is(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    return sentences


def cut(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    """The beginning: from a third of it on, at least three sentences."""
    return sentences[: max(3, round(len(sentences) * chance.uniform(0.33, 0.8)))]


def lengthened(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    """As much again of one's own between and behind."""
    longer = list(sentences)
    for sentence in own[: len(sentences)]:
        longer.insert(chance.randrange(1, len(longer) + 1), sentence)
    return longer


def reordered(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    return chance.sample(sentences, len(sentences))


def cut_and_lengthened(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    kept = cut(sentences, own, chance)
    return lengthened(kept, own, chance)


def all_of_it(sentences: list[str], own: list[str], chance: random.Random) -> list[str]:
    return reordered(cut_and_lengthened(sentences, own, chance), own, chance)


WAYS: tuple[Callable[[list[str], list[str], random.Random], list[str]], ...] = (
    as_it_is,
    cut,
    lengthened,
    reordered,
    cut_and_lengthened,
    all_of_it,
)


def wires_and_copies(
    wires: Sequence[str], own: Sequence[str], seed: int = 0
) -> tuple[list[dict[str, str]], set[tuple[str, str]]]:
    """Return articles, a copy of each kind of every wire text among them, and which are of which.

    What outlets add comes from `own`, texts that nobody else prints.
    """
    chance = random.Random(seed)
    articles, gold = [], set()
    added = [sentence for text in own for sentence in sentences_of(text)]
    chance.shuffle(added)
    for i, wire in enumerate(wires):
        articles.append({"id": f"wire-{i}", "text": wire, "date": "2024-03-10T06:00Z"})
        for way in WAYS:
            sentences = sentences_of(wire)
            some, added = added[: len(sentences)], added[len(sentences) :]
            name = f"{way.__name__}-{i}"
            hour = chance.randrange(7, 24)
            articles.append(
                {
                    "id": name,
                    "title": f"Our own headline {chance.random()}",
                    "text": " ".join(way(sentences, some, chance)),
                    "date": f"2024-03-10T{hour:02}:30Z",
                }
            )
            gold.add((f"wire-{i}", name))
    chance.shuffle(articles)
    return articles, gold


def connected(gold: set[tuple[str, str]]) -> dict[str, str]:
    """Return the wire text behind each article."""
    return {copy: wire for wire, copy in gold} | {wire: wire for wire, _ in gold}
