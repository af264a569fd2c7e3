"""Texts that an export parts into columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from samestory.articles.fields import key_of

# Factiva's lead paragraph and the text that follows it.
_PARTED = (("lp", "td"),)


def join_parts(
    names: list[str], columns: Sequence[Sequence[Any]]
) -> tuple[list[str], Sequence[Sequence[Any]]]:
    r"""Join the columns that hold one text between them, where an export has such.

    Examples
    --------
    >>> join_parts(["HD", "LP", "TD"], [["Rain"], ["It rains."], ["It pours."]])
    (['HD', 'text'], [['Rain'], ['It rains.\n\nIt pours.']])
    """
    keys = [key_of(name) for name in names]
    for first, second in _PARTED:
        if first in keys and second in keys and "text" not in keys:
            lead, rest = columns[keys.index(first)], columns[keys.index(second)]
            joined = [_join(a, b) for a, b in zip(lead, rest, strict=True)]
            kept = [i for i, key in enumerate(keys) if key not in (first, second)]
            return [*(names[i] for i in kept), "text"], [*(columns[i] for i in kept), joined]
    return names, columns


def _join(lead: Any, rest: Any) -> Any:
    """Join two cells; the lead is often repeated as the beginning of the text."""
    if not isinstance(lead, str) or not isinstance(rest, str):
        return rest if isinstance(rest, str) else lead
    return rest if rest.startswith(lead) else f"{lead}\n\n{rest}".strip()
