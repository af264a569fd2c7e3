"""Invented outlets, and what their pages have around an article."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from invented_stories import invented_words

N_OUTLETS = 40
KINDS = ("Herald", "Post", "Courier", "Times", "Tribune", "Gazette", "Echo", "Observer")
AGENCIES = ("NPX", "Ostra Images", "Keel Press", "Lumen", "Orbis Photo")
CONSENT = (
    "{name} and its {n} partners store and access information on your device. You can accept, or "
    "object where legitimate interest is claimed, at any time in the {word} settings.",
    "By reading on you agree that {name} keeps cookies of the {word} kind for {n} days.",
    "Your choices apply to all pages of {name}. We ask again after {n} days or when the {word} "
    "notice changes.",
    "This content is shown once you allow {word} services, which may set identifiers ({n}).",
)
MONTHS = ("March", "May", "October", "December")
FOOTERS = (
    "{name} is printed by {word} Media, {n} Quay Street",
    "© {name}. All rights reserved",
    "Write to the {word} desk of {name}, box {n}",
    "{name} keeps to the code of the {word} council",
)
HEADERS = (
    "{name}: the paper of the {word} valley since 18{nn}",
    "Home News {word} Sport Weather Puzzles",
    "Edition {word}",
    "You read {name}",
)


@dataclass(frozen=True)
class Outlet:
    """What one outlet puts on each of its pages.

    Attributes
    ----------
    name, host : str
    header, footer, consent : tuple of str
        Lines that are the same on every page.
    headlines : tuple of str
        Those which its pages link to, some on each.
    credits : tuple of str
        Who took its pictures.
    """

    name: str
    host: str
    header: tuple[str, ...]
    footer: tuple[str, ...]
    consent: tuple[str, ...]
    headlines: tuple[str, ...]
    credits: tuple[str, ...]


def outlets(seed: int = 1, number: int = N_OUTLETS) -> list[Outlet]:
    """Return outlets."""
    return [_outlet(random.Random(f"{seed} {i}"), i) for i in range(number)]


def _outlet(rng: random.Random, i: int) -> Outlet:
    words = [word.capitalize() for word in invented_words(("outlet", i), 400)]
    name = f"{words[0]} {KINDS[i % len(KINDS)]}"

    def fill(forms: tuple[str, ...], n: int) -> tuple[str, ...]:
        numbers = {"n": rng.randrange(12, 900), "nn": rng.randrange(10, 99)}
        return tuple(
            form.format(name=name, word=rng.choice(words), **numbers)
            for form in rng.sample(forms, n)
        )

    return Outlet(
        name,
        f"{words[0].lower()}{i}.example",
        fill(HEADERS, rng.randrange(1, 4)),
        fill(FOOTERS, rng.randrange(1, 4)),
        fill(CONSENT, rng.randrange(1, 3)),
        tuple(
            " ".join(rng.choice(words) for _ in range(rng.randrange(4, 9))).capitalize()
            for _ in range(24)
        ),
        tuple(f"{rng.choice(words)} {rng.choice(words)}/{rng.choice(AGENCIES)}" for _ in range(4)),
    )


def dirtied(
    row: Mapping[str, Any], outlet: Outlet, rng: random.Random
) -> tuple[dict[str, Any], list[str]]:
    """Return a row with what its outlet puts around it, and the lines that were added."""
    lines = str(row["text"]).split("\n")
    above = list(outlet.header)
    if rng.random() < 0.6:
        above.append(f"Photo: {rng.choice(outlet.credits)}")
    if rng.random() < 0.3:
        above.extend(outlet.consent)
        below = []
    else:
        below = list(outlet.consent)
    related = ["Related stories", *rng.sample(outlet.headlines, rng.randrange(2, 5))]
    if rng.random() < 0.5:
        below = [*related, *below]
    elif len(lines) > 4:
        middle = rng.randrange(2, len(lines) - 1)
        lines[middle:middle] = related
    else:
        related = []
    added = [*above, *(related if related else []), *below, *outlet.footer]
    if below[: len(related)] == related:
        added = [*above, *below, *outlet.footer]
    text = "\n".join([*above, *lines, *below, *outlet.footer])
    return {**row, "text": text, "outlet": outlet.name}, added


def dirtied_more(
    row: Mapping[str, Any], outlet: Outlet, rng: random.Random
) -> tuple[dict[str, Any], list[str]]:
    """Return a row with what differs from page to page, too: dates, pages, names."""
    row, added = dirtied(row, outlet, rng)
    day = f"{rng.randrange(1, 29)} {rng.choice(MONTHS)} {rng.randrange(2001, 2021)}"
    name = rng.choice(outlet.credits).split("/")[0]
    above = [
        f"By {name} for {outlet.name}",
        f"{outlet.name} | Updated {day} at {rng.randrange(24):02}:{rng.randrange(60):02}",
    ]
    below = [
        f"{name} writes for {outlet.name} from the valley.",
        f"First printed in {outlet.name} on {day}, page {rng.randrange(1, 40)}",
    ]
    text = "\n".join([*above, row["text"], *below])
    return {**row, "text": text}, [*above, *added, *below]
