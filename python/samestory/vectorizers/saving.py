"""What vectorizers and transformers share to outlive a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory._lookup import look_up

if TYPE_CHECKING:
    import os
    from pathlib import Path


class SavedByName:
    """Saving to a file that any later session, on any machine, can load."""

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write parameters and what was learned to a file, for `load_vectorizer`.

        The file is written beside its place and moved there when complete. Unlike a pickle it runs
        nothing when it is loaded, so it may be passed on; hence functions among the parameters
        cannot be saved, but for ``language_analyzer(...)``.

        Parameters
        ----------
        path : path-like
            The file.

        Returns
        -------
        pathlib.Path
            Where it is.
        """
        saved: Path = look_up("keeping", "save_vectorizer")(self, path)
        return saved
