"""Stories in a file, and in the bytes that pickle and joblib pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samestory.keeping.articles import articles_of, articles_parts
from samestory.keeping.container import (
    pack_container,
    read_container,
    unpack_container,
    write_container,
)
from samestory.keeping.evidence import evidence_of, evidence_parts
from samestory.keeping.past import past_of, past_parts
from samestory.stories.model import Stories

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from samestory.keeping.container import Parts

_KIND, _VERSION = "stories", 1


def save_stories(stories: Stories, path: str | os.PathLike[str]) -> Path:
    """Write stories to a file; see `Stories.save`."""
    return write_container(path, _KIND, _VERSION, _parts(stories))


def load_stories(path: str | os.PathLike[str]) -> Stories:
    """Read what `Stories.save` wrote.

    Files may come from anywhere: what is read is checked, and nothing in it is run.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    Stories
        Everything can be asked of them that could be asked of those that were saved.

    Raises
    ------
    DamagedFileError
        A ValueError: if it is another file, of a later version, cut short or damaged; the message
        names the file and what is wrong with it.

    Examples
    --------
    >>> import os, tempfile
    >>> import samestory as ss
    >>> stories = ss.find_stories(["Ferry sinks off Tarn", "Tarn ferry sinks", "Cheese fair"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = stories.save(os.path.join(folder, "week.samestory"))
    ...     again = ss.load_stories(path)
    >>> again.labels.tolist() == stories.labels.tolist()
    True
    """
    return _stories(read_container(path, _KIND, _VERSION))


def pack_stories(stories: Stories) -> bytes:
    """Return the bytes of the file that `save_stories` writes."""
    return pack_container(_KIND, _VERSION, _parts(stories))


def unpack_stories(packed: bytes) -> Stories:
    """Read what `pack_stories` returned."""
    return _stories(unpack_container(packed, _KIND, _VERSION, "what was pickled of Stories"))


def _parts(stories: Stories) -> dict[str, Any]:
    return {
        "granularity": float(stories.granularity),
        **articles_parts(stories.articles),
        **evidence_parts(stories.evidence),
        **({} if stories.past is None else past_parts(stories.past)),
    }


def _stories(parts: Parts) -> Stories:
    granularity = parts.json("granularity", float)
    parts.check("granularity", 0.0 <= granularity <= 1.0, "is out of [0, 1]")
    articles = articles_of(parts)
    evidence = evidence_of(parts, len(articles))
    return Stories(articles, evidence, granularity, past_of(parts, len(articles)))
