"""ZIP archives."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from typing import IO

from samestory.articles.batch import Batch
from samestory.articles.readers.archives import check_depth, escapes, is_hidden, read_members
from samestory.articles.readers.inputfile import (
    Budget,
    InputFile,
    ReadOptions,
    UnreadableError,
    guarded,
)
from samestory.articles.skipped import Skipped

_DAMAGE = (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError)


def read(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read every file of an archive, in the order of their names."""
    check_depth(file)
    with file.on_disk() as path:
        try:
            archive = zipfile.ZipFile(path)
        except _DAMAGE as error:
            raise UnreadableError(f"damaged ZIP archive: {error}") from error
        with archive:
            yield from read_members(file, _members(file, archive, options), options)


def _members(
    file: InputFile, archive: zipfile.ZipFile, options: ReadOptions
) -> Iterator[InputFile | Skipped]:
    budget = file.budget or Budget(options.limits.unpacked_bytes)
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        label = f"{file.label}/{info.filename}"
        if info.filename.endswith("/") or is_hidden(info.filename):
            continue
        if escapes(info.filename):
            yield Skipped(label, None, "its name points out of the archive")
        elif info.flag_bits & 1:
            yield Skipped(label, None, "encrypted")
        else:
            yield InputFile(
                label,
                info.filename.rpartition("/")[2],
                _opener(archive, info, budget, options),
                options.limits,
                depth=file.depth + 1,
                budget=budget,
            )


def _opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, options: ReadOptions
) -> Callable[[], IO[bytes]]:
    def open_member() -> IO[bytes]:
        try:
            stream = archive.open(info)
        except _DAMAGE as error:
            raise UnreadableError(f"damaged ZIP archive: {error}") from error
        return guarded(stream, info.compress_size, budget, options.limits)

    return open_member
