"""A moment as it is read from a text: how exactly it is known belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PRECISIONS = ("", "year", "month", "day", "hour", "minute", "second")
EPOCH = datetime(1970, 1, 1)
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A moment, how exactly it is known, and whether its zone was given.

    Attributes
    ----------
    local : datetime
        The local time as written, without zone.
    offset : int
        Minutes east of UTC; 0 if no zone was given.
    precision : str
        One of ``PRECISIONS``: the smallest unit that was given.
    zone_known : bool
        False if no zone was given: the local time is then read as UTC.
    """

    local: datetime
    offset: int = 0
    precision: str = "second"
    zone_known: bool = False

    @property
    def microseconds(self) -> int:
        """Microseconds of UTC since 1970."""
        since = self.local - EPOCH
        local = since.days * _DAY + since.seconds * 1_000_000 + since.microseconds
        return local - self.offset * 60_000_000
