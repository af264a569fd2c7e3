"""Small drawings in SVG: the articles of a story in time, and all articles by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from samestory.views.markup import text_html
from samestory.views.wording import count, day, duration

_MARGIN = 1.2  # per cent of the width left at either end, so that a dot is not cut
_PLACES = 120
_RADIUS, _LARGEST_RADIUS = 3.5, 8.0
_MOST_BARS = 75
_BAR_STEPS = [timedelta(hours=h) for h in (1, 6, 24, 7 * 24, 28 * 24, 91 * 24)]
_HEIGHT = 56


def dots_svg(dates: Sequence[datetime]) -> str:
    """Draw a dot an article along the time from the first to the last.

    Parameters
    ----------
    dates : sequence of datetime
        With a time zone; in any order.

    Returns
    -------
    str
        An ``<svg>``; "" where all dates are one moment.
    """
    if not dates or min(dates) == max(dates):
        return ""
    first, length = min(dates), max(dates) - min(dates)
    places = Counter(round(_PLACES * ((date - first) / length)) for date in dates)
    dots = "".join(_dot(place / _PLACES, number) for place, number in sorted(places.items()))
    label = f"{count(len(dates), 'article')} over {duration(length)}"
    return (
        f'<svg class="dots" role="img" aria-label="{label}" height="18" width="100%">'
        f'<line x1="{_MARGIN}%" x2="{100 - _MARGIN}%" y1="9" y2="9"/>{dots}</svg>'
    )


def _dot(share: float, number: int) -> str:
    x = _MARGIN + share * (100 - 2 * _MARGIN)
    radius = min(_RADIUS * number**0.4, _LARGEST_RADIUS)
    return f'<circle cx="{x:.1f}%" cy="9" r="{radius:.1f}"/>'


def bars_svg(dates: Sequence[datetime]) -> str:
    """Draw how many articles appeared when: a bar an hour, a day, a week ...

    Parameters
    ----------
    dates : sequence of datetime
        With a time zone; in any order.

    Returns
    -------
    str
        An ``<svg>``; "" where there is nothing to compare.
    """
    if not dates or min(dates) == max(dates):
        return ""
    start, step = _grid(min(dates), max(dates))
    heights = Counter((date - start) // step for date in dates)
    number, tallest = max(heights) + 1, max(heights.values())
    bars = "".join(
        _bar(
            place,
            number,
            heights[place] / tallest,
            _bar_label(start + place * step, heights[place]),
        )
        for place in sorted(heights)
    )
    label = f"articles by date, at most {tallest:,} in {_step_name(step)}"
    return (
        f'<svg class="bars" role="img" aria-label="{label}" viewBox="0 0 1000 {_HEIGHT}" '
        f'preserveAspectRatio="none" width="100%" height="{_HEIGHT}">{bars}</svg>'
    )


def _grid(first: datetime, last: datetime) -> tuple[datetime, timedelta]:
    """Choose the finest step that does not make too many bars, and a start on a whole day."""
    start = first.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
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
