"""Ids of articles: from the input where it has them, else from what the article says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b


def content_id(parts: Iterable[str]) -> str:
    """Hash the raw outlet, title, text and date of an article to 16 hexadecimal digits.

    Examples
    --------
    >>> content_id(["", "Rain", "It rains.", ""]) == content_id(["", "Rain", "It rains.", ""])
    True
    """
    # Texts hold no NUL once read, so no two articles are joined to the same string.
    data = "\x00".join(parts).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8).hexdigest()


def make_unique(ids: Sequence[str]) -> list[str]:
    """Give -2, -3 ... to repeated ids, in order.

    Examples
    --------
    >>> make_unique(["a", "b", "a", "a"])
    ['a', 'b', 'a-2', 'a-3']
    """
    taken = set(ids)
    if len(taken) == len(ids):
        return list(ids)
    seen: set[str] = set()
    counts: dict[str, int] = {}
    unique = []
    for name in ids:
        if name in seen:
            name = _next_free(name, counts, taken)
            taken.add(name)
        seen.add(name)
        unique.append(name)
    return unique


def _next_free(name: str, counts: dict[str, int], taken: set[str]) -> str:
    number = counts.get(name, 1)
    while True:
        number += 1
        candidate = f"{name}-{number}"
        if candidate not in taken:
            counts[name] = number
            return candidate
