"""Tar archives, packed or not; read from the beginning to the end, once."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.readers.archives import check_depth, escapes, is_hidden, read_members
from samestory.articles.readers.inputfile import (
    DAMAGE,
    Budget,
    InputFile,
    ReadOptions,
    UnreadableError,
)
from samestory.articles.skipped import Skipped

_DAMAGE = (*DAMAGE, tarfile.TarError, ValueError, OSError)


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every file of an archive, in its order."""
    check_depth(file)
    with file.open() as stream:
        try:
            archive = tarfile.TarFile.open(fileobj=stream, mode="r|")
        except UnreadableError:
            raise
        except _DAMAGE as error:
            raise UnreadableError(f"damaged tar archive: {error}") from error
        with archive:
            yield from read_members(file, _members(file, archive, options), options)


def _members(
    file: InputFile, archive: tarfile.TarFile, options: ReadOptions
) -> Iterator[InputFile | Skipped]:
    budget = file.budget or Budget(options.limits.unpacked_bytes)
    while True:
        try:
            info = archive.next()
        except UnreadableError:
            raise
        except _DAMAGE as error:
            yield Skipped(file.label, None, f"damaged tar archive: {error}")
            return
        if info is None:
            return
        archive.members.clear()  # type: ignore[attr-defined]  # or the archive keeps a list of all of them
        if info.isdir() or is_hidden(info.name):
            continue
        yield _member(file, archive, info, budget, options)


def _member(
    file: InputFile,
    archive: tarfile.TarFile,
    info: tarfile.TarInfo,
    budget: Budget,
    options: ReadOptions,
) -> InputFile | Skipped:
    label = f"{file.label}/{info.name}"
    if escapes(info.name):
        return Skipped(label, None, "its name points out of the archive")
    if not info.isfile():
        return Skipped(
            label, None, "a link in the archive" if info.islnk() or info.issym() else "no file"
        )
    if info.size > budget.left:
        raise UnreadableError(
            f"unpacks to more than {options.limits.unpacked_bytes:,} bytes: "
            f"{options.limits.beyond('unpacked_bytes')}"
        )
    try:
        stream = archive.extractfile(info)
        data = stream.read() if stream is not None else b""
    except UnreadableError:
        raise
    except _DAMAGE as error:
        return Skipped(label, None, f"damaged tar archive: {error}")
    budget.left -= len(data)
    return InputFile(
        label,
        info.name.rpartition("/")[2],
        lambda: io.BytesIO(data),
        options.limits,
        depth=file.depth + 1,
        budget=budget,
    )
