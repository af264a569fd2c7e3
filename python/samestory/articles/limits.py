"""How much reading takes in before it says that something is wrong with the input."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLimits:
    """Limits of reading, against inputs that would fill the memory.

    Whatever is beyond one is listed in ``Articles.skipped``, with the limit's name.

    Parameters
    ----------
    unpacked_bytes : int
        What one compressed file, or all files of one archive, may unpack to.
    unpacking_ratio : int
        How many times its size a compressed file may unpack to, once it is past 64 MiB. Text
        shrinks to a third or a tenth; only one that repeats itself without end shrinks to a
        hundredth.
    rows : int
        Rows of one file.
    columns : int
        Columns of one table.
    files : int
        Files of one folder or archive.

    Examples
    --------
    >>> from samestory.articles import read_articles
    >>> read_articles([{"title": "Rain"}] * 3, limits=ReadingLimits(rows=2))
    Traceback (most recent call last):
    ...
    ValueError: list of dict has more than 2 rows: ReadingLimits(rows=2) can be set higher
    """

    unpacked_bytes: int = 8 << 30
    unpacking_ratio: int = 250
    rows: int = 5_000_000
    columns: int = 20_000
    files: int = 2_000_000

    def __post_init__(self) -> None:
        """Check that each is a positive number."""
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ValueError(f"{one.name} must be a whole number of at least 1, not {value!r}")

    def beyond(self, name: str) -> str:
        """Say that something is beyond the limit of a name."""
        value = getattr(self, name)
        return f"ReadingLimits({name}={value:_}) can be set higher"


DEFAULT_LIMITS = ReadingLimits()
