"""How fine stories are: a number from 0, everything one story, to 1, only copies together."""

from typing import Any

import numpy as np

# The granularity that is decided by itself.
AUTO = 0.5


def checked_granularity(granularity: Any) -> float:
    """Return a granularity in [0, 1] as a float, .5 for "auto", or raise ValueError."""
    if isinstance(granularity, str) and granularity == "auto":
        return AUTO
    try:
        value = np.nan if isinstance(granularity, (bool, str)) else float(granularity)
    except (TypeError, ValueError):
        value = np.nan
    if not 0.0 <= value <= 1.0:
        raise ValueError(
            f'granularity={granularity!r}: it has to be "auto" or a number from 0 (everything one '
            "story) to 1 (only copies together)"
        )
    return value
