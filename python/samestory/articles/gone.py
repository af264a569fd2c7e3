"""Which lines of a text are gone after cleaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def lines_gone(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return the lines that no longer stand there, compared without the spaces around them.

    Parameters
    ----------
    before, after : iterable of str
        Lines; a line that stands there twice before and once after is gone once.

    Returns
    -------
    list of str
        In the order of the text.

    Examples
    --------
    >>> lines_gone(["Rain", "Share", "It rains.", "Share"], [" Rain", "It rains.", "Share"])
    ['Share']
    """
    left = Counter(line.strip() for line in after)
    gone = []
    for line in map(str.strip, before):
        if left[line]:
            left[line] -= 1
        elif line:
            gone.append(line)
    return gone
