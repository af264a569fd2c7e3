"""Stories as text, pages and pictures: methods that hand them to a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestory._lookup import drawn, shown

if TYPE_CHECKING:
    import os

    from samestory._progress import ProgressHook
    from samestory.stories.story import Story


class DrawnStories:
    """The part of `Stories` that is for the eye."""

    def to_html(
        self,
        path: str | os.PathLike[str],
        *,
        title: str | None = None,
        top: int | None = None,
        alone: bool = True,
        progress: bool | ProgressHook | None = None,
    ) -> None:
        """Write the stories as one self-contained HTML page.

        It says of each article why it is in its story, who was first and what is a copy; search,
        outlet and dates stay in its address; every story and article has an address of its own. It
        opens without a network, and is written beside its place and moved there when complete.

        Parameters
        ----------
        path : str or path-like
            The file to write.
        title : str, optional
            What stands at its head.
        top : int, optional
            How many stories, the largest first; all by default.
        alone : bool, default=True
            Whether the articles that stand alone are listed.
        progress : bool, callable or None
            As in `find_stories`.
        """
        drawn("write_report", self, path, title=title, top=top, alone=alone, progress=progress)

    def explore(self) -> Any:
        """Look through the stories in a notebook.

        A slider cuts at another granularity at once; search, outlet and dates choose stories; a
        story opens beside the list; and two articles stand side by side, their shared words marked
        and the explanation between them.

        Returns
        -------
        Explorer or StaticView
            A widget, whose ``stories`` are those of its slider. Without anywidget (the extra
            ``notebook``) the table of `Stories` and a line that says what to install.
        """
        return drawn("explore", self)

    def plot_timeline(self, ax: Any = None, top: int = 20) -> Any:
        """Draw the largest stories over time with matplotlib.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=20
            How many stories.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_timeline", self, ax=ax, top=top)

    def plot_dendrogram(
        self, story: int | Story | None = None, ax: Any = None, top: int = 30
    ) -> Any:
        """Draw which articles join first: of one story, or of the branches that join last.

        Parameters
        ----------
        story : int or Story, optional
            Which story; all articles without it.
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=30
            How many branches at most; those that join first are drawn as one.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_dendrogram", self, story, ax=ax, top=top)

    def plot_similarity(self, ax: Any = None, top: int = 12) -> Any:
        """Draw how similar the articles of the largest stories are, a block a story.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=12
            How many stories.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_similarity", self, ax=ax, top=top)

    def plot_granularity(self, ax: Any = None) -> Any:
        """Draw the number of stories and the share of articles alone over granularity.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_granularity", self, ax=ax)

    def plot_outlets(self, ax: Any = None, top: int = 20) -> Any:
        """Draw which outlets are first with a story, and which follow.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        top : int, default=20
            How many outlets.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_outlets", self, ax=ax, top=top)

    def plot_map(
        self, ax: Any = None, names: int = 20, progress: bool | ProgressHook | None = None
    ) -> Any:
        """Draw a map: every article a dot, stories as islands, similar ones near each other.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; by default a new figure.
        names : int, default=20
            How many of the largest stories to name.
        progress : bool, callable or None, default=None
            As for `find_stories`.

        Returns
        -------
        matplotlib.axes.Axes
        """
        return drawn("plot_map", self, ax=ax, names=names, progress=progress)

    def __repr__(self) -> str:
        """List the largest stories."""
        return shown("stories_text", self)

    def _repr_html_(self) -> str:
        return shown("stories_html", self)
