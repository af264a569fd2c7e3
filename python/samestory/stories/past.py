"""What a grouping knows of those that it continues."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from samestory.stories.changes import Changes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from samestory.stories.lineage import Lineage


@dataclass(frozen=True)
class Past:
    """What a grouping knows of those that it continues.

    Attributes
    ----------
    lineage : Lineage
        Which story of before each article was in.
    arrived : ndarray of datetime64[us], shape (n_articles,)
        The newest date that was known when an article came: how old it is if it has none.
    changes : Changes
        What the last update changed.
    """

    lineage: Lineage
    arrived: NDArray[np.datetime64]
    changes: Changes = field(default_factory=Changes)
