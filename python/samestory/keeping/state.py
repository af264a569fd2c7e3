"""Stories in a file that a scheduler updates, day after day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from samestory._files import remove_leftovers
from samestory.keeping.files import load_stories
from samestory.keeping.lock import locked
from samestory.stories.find import find_stories

if TYPE_CHECKING:
    from collections.abc import Callable

    from samestory._progress import ProgressHook
    from samestory.articles import Articles
    from samestory.stories.model import Stories


def update_state(
    path: str | os.PathLike[str],
    read: Callable[[], Articles],
    *,
    max_age: Any = None,
    granularity: float | str | None = None,
    n_jobs: int | None = -1,
    progress: bool | ProgressHook | None = None,
) -> Stories:
    """Update the stories in a file with new articles; the first time, group these.

    One run at a time: another one on the same file is refused. Whenever a run ends, killed or not,
    the file holds the stories of before or those of now.

    Parameters
    ----------
    path : path-like
        The file; it is made where it is not there.
    read : callable
        Returns the new articles.
    max_age, n_jobs, progress
        As for `Stories.update`.
    granularity : float or "auto", optional
        As for `find_stories`; by default, that of the stories in the file.
    """
    with locked(path):
        remove_leftovers(path)
        if os.path.exists(path):
            old = load_stories(path)
            if granularity is not None:
                old = old.at(granularity)
            new = old.update(read(), max_age=max_age, n_jobs=n_jobs, progress=progress)
        else:
            level = "auto" if granularity is None else granularity
            new = find_stories(read(), granularity=level, n_jobs=n_jobs, progress=progress)
        new.save(path)
    return new
