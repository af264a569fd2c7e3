"""What stories know of those that they continue, as parts of a container and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from samestory.keeping.container import Texts
from samestory.stories.changes import KINDS, Change, Changes
from samestory.stories.lineage import Lineage
from samestory.stories.past import Past

if TYPE_CHECKING:
    from samestory.keeping.container import Parts


def past_parts(past: Past) -> dict[str, Any]:
    """Return what a past is made of, by name.

    Parameters
    ----------
    past : Past
    """
    changes = past.changes
    return {
        "past/names": Texts(past.lineage.names),
        "past/of_row": past.lineage.of_row,
        "past/arrived": past.arrived,
        "changes": [[c.kind, c.articles, c.new_articles, list(c.previous_ids)] for c in changes],
        "changes/ids": Texts(change.id for change in changes),
        "changes/titles": Texts(change.title for change in changes),
    }


def past_of(parts: Parts, n_rows: int) -> Past | None:
    """Make a past of what `past_parts` returned; every part is checked."""
    if "past/names" not in parts:
        return None
    names = parts.texts("past/names")
    parts.check("past/names", len(set(names)) == len(names), "holds an id twice")
    of_row = parts.array("past/of_row", "i8", (n_rows,))
    in_range = not len(of_row) or -1 <= of_row.min() <= of_row.max() < len(names)
    parts.check("past/of_row", bool(in_range), "names stories that there are not")
    arrived = parts.array("past/arrived", "M8[us]", (n_rows,))
    return Past(Lineage(names, of_row), arrived.astype(np.dtype("M8[us]")), _changes(parts))


def _changes(parts: Parts) -> Changes:
    rows = parts.json("changes", list)
    ids, titles = (parts.texts(f"changes/{name}", len(rows)) for name in ("ids", "titles"))
    parts.check("changes", all(map(_is_change, rows)), "is no list of changes")
    return Changes(
        Change(kind, name, articles, new, tuple(was), title)
        for (kind, articles, new, was), name, title in zip(rows, ids, titles, strict=True)
    )


def _is_change(row: Any) -> bool:
    return (
        isinstance(row, list)
        and len(row) == 4
        and row[0] in KINDS
        and type(row[1]) is int
        and type(row[2]) is int
        and isinstance(row[3], list)
        and all(isinstance(name, str) for name in row[3])
    )
