"""`stories.explore()`: the explorer in a notebook, or the static view where it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestory.views.notebook import stories_html
from samestory.views.text import stories_text

if TYPE_CHECKING:
    from samestory.stories import Stories

INSTALL = 'explore() needs anywidget. Install it with: pip install "samestory[notebook]"'


def explore(stories: Stories) -> Any:
    """Return the explorer of some stories, or their static view where anywidget is missing.

    Parameters
    ----------
    stories : Stories
    """
    try:
        import anywidget  # noqa: F401
    except ImportError:
        return StaticView(stories)
    from samestory.views.explorer import Explorer

    return Explorer(stories)


class StaticView:
    """The stories as a table, and a line that says what to install for more.

    Attributes
    ----------
    stories : Stories
    """

    def __init__(self, stories: Stories) -> None:
        self.stories = stories

    def __repr__(self) -> str:
        return f"{stories_text(self.stories)}\n{INSTALL}"

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(INSTALL)}</p>{stories_html(self.stories)}"
