"""Which columns of the input became which field, and which were left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samestory.articles.batch import Batch, Origin

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class UsedColumns:
    """The columns of one or more tables, and what was made of them.

    Attributes
    ----------
    inputs : tuple of (str, dict, tuple of str)
        The input; field to column; the columns that are no field. One for all inputs of the same
        columns: the first of them.
    """

    inputs: tuple[tuple[str, dict[str, str], tuple[str, ...]], ...] = ()

    def used(self) -> dict[str, str]:
        """Return field to column, of the first input that has the field."""
        found: dict[str, str] = {}
        for _, used, _ in self.inputs:
            for field, column in used.items():
                found.setdefault(field, column)
        return found

    def unused(self) -> list[str]:
        """Return the columns that became no field of any input, in order."""
        return list(dict.fromkeys(name for _, _, unused in self.inputs for name in unused))

    def sentence(self) -> str:
        """Say it in one line; "" where every column has the field's own name and none is left.

        Examples
        --------
        >>> UsedColumns((("a.csv", {"title": "Titel", "date": "date"}, ("n",)),)).sentence()
        'title from Titel; unused: n'
        """
        renamed = [f"{field} from {name}" for field, name in self.used().items() if field != name]
        unused = self.unused()
        more = f" and {len(unused) - _SHOWN:,} more" if len(unused) > _SHOWN else ""
        left = f"unused: {', '.join(unused[:_SHOWN])}{more}" if unused else ""
        return "; ".join(filter(None, (", ".join(renamed), left)))


def columns_used(
    batches: Iterable[Batch],
) -> tuple[tuple[str, dict[str, str], tuple[str, ...]], ...]:
    """Return what was used of the tables among batches, those of the same columns once."""
    found: dict[object, tuple[str, dict[str, str], tuple[str, ...]]] = {}
    for batch in batches:
        if batch.origin is not Origin.PAGE:
            key = (tuple(batch.used.items()), tuple(batch.unused))
            found.setdefault(key, (batch.input, batch.used, tuple(batch.unused)))
    return tuple(found.values())
