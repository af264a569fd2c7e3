"""The explorer as a widget: its front end asks, a `Session` answers."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from samestory.views.explore_session import Session
from samestory.views.text import stories_text

if TYPE_CHECKING:
    from samestory.stories import Stories


def _part(name: str) -> str:
    return files("samestory.views").joinpath(name).read_text(encoding="utf-8")


class Explorer(anywidget.AnyWidget):  # type: ignore[misc]
    """Stories to look through in a notebook.

    Attributes
    ----------
    granularity : float
        Where the slider stands; setting it moves the slider.
    """

    _esm = _part("shared.js") + _part("explore.js")
    _css = _part("shared.css") + _part("explore.css")

    granularity = traitlets.Float(min=0.0, max=1.0).tag(sync=True)
    start = traitlets.Dict().tag(sync=True)

    def __init__(self, stories: Stories) -> None:
        self._session = Session(stories)
        super().__init__(granularity=stories.granularity, start=self._session.start())
        self.on_msg(self._answer)

    @property
    def stories(self) -> Stories:
        """The stories as they are cut where the slider stands."""
        return self._session.at(self.granularity)

    def _answer(self, _: Any, question: Any, __: Any) -> None:
        if isinstance(question, dict):
            answer = self._session.answer(question)
            self.send({**answer, "number": question.get("number"), "view": question.get("view")})

    def __repr__(self) -> str:
        return stories_text(self.stories)
