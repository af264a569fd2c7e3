"""What archives of files have in common: their members are read like files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from samestory.articles.batch import Batch
from samestory.articles.readers.anyfile import read_or_skip
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.skipped import Skipped

MAX_DEPTH = 3


def check_depth(file: InputFile) -> None:
    """Refuse an archive in an archive in an archive and so on."""
    if file.depth >= MAX_DEPTH:
        raise UnreadableError(f"an archive in {MAX_DEPTH} others: deeper ones are not read")


def is_hidden(name: str) -> bool:
    """Whether a member is none of the user's files, as those that begin with a dot."""
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or (
        "__MACOSX" in parts
    )


def escapes(name: str) -> bool:
    """Whether a name points out of the archive."""
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in PurePosixPath(path).parts or path[1:3] == ":/"


def read_members(
    file: InputFile, members: Iterator[InputFile | Skipped], options: ReadOptions
) -> Iterator[Batch | Skipped]:
    """Read the members one after the other.

    Parameters
    ----------
    file : InputFile
        The archive.
    members : iterator of InputFile or Skipped
        What lies in it, and what is passed over with a reason.
    options : ReadOptions
    """
    usable = False
    skipped: list[Skipped] = []
    for number, member in enumerate(members):
        if number >= options.limits.files:
            limits = options.limits
            raise UnreadableError(f"more than {limits.files:,} files: {limits.beyond('files')}")
        for found in [member] if isinstance(member, Skipped) else read_or_skip(member, options):
            if isinstance(found, Skipped) and not usable:
                skipped.append(found)
                continue
            usable = True
            yield from skipped
            skipped = []
            yield found
    if not usable and not skipped:
        raise UnreadableError("an archive without files")
    yield from skipped
