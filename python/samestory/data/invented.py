"""A generator of invented news, as much of it as wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from samestory.data.invented_events import ASIDES, KINDS

# How many hours after the first an outlet tells a story, on average, and how likely it tells it.
OUTLETS = {
    "Northern Wire": (1.0, 0.8),
    "Harbour Courier": (3.0, 0.5),
    "Meridian Post": (6.0, 0.5),
    "Daily Lantern": (9.0, 0.4),
    "Tasman Beacon": (12.0, 0.4),
    "Orrin Valley News": (18.0, 0.3),
}
# These print what the wire sends, often word for word.
_COPYING = ("Daily Lantern", "Orrin Valley News")
_COPIES = 0.5
_ALONE = 0.3
_FOLLOWED = 0.25
_FOLLOWED_AFTER_DAYS = (3, 7, 12)
_START = datetime(2024, 3, 1)
_FIRST = (
    "Ada Bo Cleo Dag Edda Finn Gro Hal Ines Jon Kaja Leif Mona Nils Olga Per Runa Sven Tove Ulf"
)


def invented_articles(
    n_stories: int = 100, *, seed: int = 0, weeks: int = 4
) -> list[dict[str, Any]]:
    """Return invented articles of invented outlets, and which story each of them tells.

    Some stories are told by one outlet alone, some by many; some outlets are quick, some print
    what the agency sent, and some stories go on for two weeks. The texts are built of sentences
    with invented names: good for trying things out, not for measuring how well stories are found.

    Parameters
    ----------
    n_stories : int
        Some two and a half articles each.
    seed : int
        Another number gives other articles; the same one the same.
    weeks : int
        How long a time the stories begin in.

    Returns
    -------
    list of dict
        With id, title, text, date, outlet, language and gold, the number of the story.

    Examples
    --------
    >>> from samestory.data import invented_articles
    >>> articles = invented_articles(3)
    >>> articles[0]["outlet"], articles[0]["gold"]
    ('Northern Wire', 0)
    """
    if n_stories < 1 or weeks < 1:
        raise ValueError(f"n_stories={n_stories}, weeks={weeks}: both have to be at least 1")
    chance = random.Random(seed)
    articles = [
        {**article, "gold": story}
        for story in range(n_stories)
        for article in _story(story, chance, weeks)
    ]
    return [{"id": f"invented-{i}", **article} for i, article in enumerate(articles)]


def _story(story: int, chance: random.Random, weeks: int) -> Iterator[dict[str, Any]]:
    titles, sentences, later = KINDS[story % len(KINDS)]
    names = _names(chance)
    began = _START + timedelta(minutes=chance.randrange(weeks * 7 * 24 * 60))
    told = [name for name, (_, likely) in OUTLETS.items() if chance.random() < likely]
    if chance.random() < _ALONE:
        told = told[:1]
    told = told or [chance.choice(list(OUTLETS))]
    yield from _reports(told, began, titles, sentences, names, chance)
    if len(told) > 1 and chance.random() < _FOLLOWED:
        for days in _FOLLOWED_AFTER_DAYS:
            some = [name for name in told if chance.random() < 0.5]
            after = began + timedelta(days=days, minutes=chance.randrange(600))
            news = (*chance.sample(later, 2), *chance.sample(sentences, 2))
            yield from _reports(some, after, later, news, names, chance)


def _reports(
    outlets: list[str],
    began: datetime,
    titles: tuple[str, ...],
    sentences: tuple[str, ...],
    names: dict[str, Any],
    chance: random.Random,
) -> Iterator[dict[str, Any]]:
    """What the outlets write of one thing; the wire is first among them."""
    wire = ""
    for outlet in outlets:
        text = _text(sentences, names, chance)
        if outlet == "Northern Wire":
            wire = text
        elif wire and outlet in _COPYING and chance.random() < _COPIES:
            text = wire
        hours = chance.expovariate(1 / OUTLETS[outlet][0])
        yield {
            "title": chance.choice(titles).format(**names).rstrip("."),
            "text": text,
            "date": f"{began + timedelta(hours=hours):%Y-%m-%dT%H:%M}Z",
            "outlet": outlet,
            "language": "en",
        }


def _text(sentences: tuple[str, ...], names: dict[str, Any], chance: random.Random) -> str:
    """Most of the sentences, the first one first, and something that says nothing."""
    first, *others = sentences
    kept = chance.sample(others, max(len(others) - 1, 1))
    one, two, three = chance.sample(ASIDES, 3)
    parts = [first, one, *kept[:2], two, *kept[2:], three]
    return " ".join(part.format(**names) for part in parts)


def _names(chance: random.Random) -> dict[str, Any]:
    one, two = (
        f"{chance.choice(_FIRST.split())} {_name(chance, 'en', 'berg', 'sen')}" for _ in "12"
    )
    return {
        "place": _name(chance, "moor", "ford", "wick", "stead"),
        "river": _name(chance, "a", "in", "el"),
        "street": f"{_name(chance, 'er', 'ley')} Street",
        "firm": f"{_name(chance, 'ex', 'on', 'ia')} {chance.choice(('Group', 'Works', 'Trading'))}",
        "one": one,
        "two": two,
        "one_last": one.split()[1],
        "two_last": two.split()[1],
        "n": chance.randrange(20, 900),
        "m": chance.randrange(3, 80),
    }


def _name(chance: random.Random, *endings: str) -> str:
    syllables = (chance.choice("bdfghklmnprstv") + chance.choice("aeiou") for _ in range(2))
    return ("".join(syllables) + chance.choice("lnrs") + chance.choice(endings)).title()
