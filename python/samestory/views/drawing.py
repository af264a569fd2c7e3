"""A small drawing in SVG: all articles by day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from samestory.views.markup import text_html
from samestory.views.wording import count, day, duration

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_BARS = 75
_BAR_STEPS = [timedelta(hours=h) for h in (1, 6, 24, 7 * 24, 28 * 24, 91 * 24)]
_HEIGHT = 56


def bars_svg(dates: NDArray[np.datetime64]) -> str:
    """Draw how many articles appeared when: a bar an hour, a day, a week ...

    Parameters
    ----------
    dates : ndarray of datetime64
        In UTC; NaT where there is none.

    Returns
    -------
    str
        An ``<svg>``; "" where there is nothing to compare.
    """
    dates = dates[~np.isnat(dates)].astype("datetime64[s]")
    if not len(dates) or dates.min() == dates.max():
        return ""
    start, step = _grid(_datetime(dates.min()), _datetime(dates.max()))
    seconds = (dates - np.datetime64(start.replace(tzinfo=None), "s")).astype(np.int64)
    heights = np.bincount(seconds // int(step.total_seconds()))
    tallest = int(heights.max())
    bars = "".join(
        _bar(
            place,
            len(heights),
            int(heights[place]) / tallest,
            _bar_label(start + place * step, int(heights[place])),
        )
        for place in np.flatnonzero(heights).tolist()
    )
    label = f"articles by date, at most {tallest:,} in {_step_name(step)}"
    return (
        f'<svg class="bars" role="img" aria-label="{label}" viewBox="0 0 1000 {_HEIGHT}" '
        f'preserveAspectRatio="none" width="100%" height="{_HEIGHT}">{bars}</svg>'
    )


def _datetime(date: np.datetime64) -> datetime:
    moment: datetime = date.astype(datetime)
    return moment.replace(tzinfo=UTC)


def _grid(first: datetime, last: datetime) -> tuple[datetime, timedelta]:
    """Choose the finest step that does not make too many bars, and a start on a whole day."""
    start = first.replace(hour=0, minute=0, second=0, microsecond=0)
    for step in _BAR_STEPS:
        if (last - start) // step < _MOST_BARS:
            return start, step
    return start, timedelta(days=365) * (1 + (last - start) // (timedelta(days=365) * _MOST_BARS))


def _step_name(step: timedelta) -> str:
    return f"{step.days} days" if step.days > 1 else "a day" if step.days else duration(step)


def _bar_label(start: datetime, number: int) -> str:
    return f"{count(number, 'article')} from {day(start)}, {start:%H:%M} UTC"


def _bar(place: int, number: int, share: float, label: str) -> str:
    width = 1000 / number
    height = max(2.0, share * _HEIGHT)
    return (
        f'<rect x="{place * width:.2f}" y="{_HEIGHT - height:.1f}" width="{width * 0.86:.2f}" '
        f'height="{height:.1f}"><title>{text_html(label)}</title></rect>'
    )
