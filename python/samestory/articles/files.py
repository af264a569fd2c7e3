"""Which files a path means."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from samestory._files import check_no_null
from samestory.articles.limits import DEFAULT_LIMITS, ReadingLimits
from samestory.articles.readers.inputfile import printable
from samestory.articles.skipped import Skipped

_SHOWN = 200


def find_files(
    source: Path | str, limits: ReadingLimits = DEFAULT_LIMITS
) -> tuple[list[Path], list[Skipped]]:
    """Return the files that a path means, in sorted order, and the folders that can not be read.

    A file is itself; a folder is searched with its subfolders; what is neither may be a pattern.
    Names that begin with a dot are passed over.
    """
    shown = f"{str(source)[:_SHOWN]!r}"
    try:
        check_no_null(source)
        path = Path(source).expanduser()
        if path.is_dir():
            return _walk(path, limits)
        if path.exists() or path.is_symlink():
            return [path], []
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileNotFoundError(f"no file, folder or pattern {shown}: {reason}") from error
    if glob.has_magic(str(path)):
        return _match(str(path), limits)
    missing = FileNotFoundError(f"no file, folder or pattern {shown}")
    missing.add_note("A str is read as a path: for one text pass a list, [text].")
    raise missing


@dataclass(slots=True)
class _Walk:
    """A search through folders, each of which is entered once."""

    limits: ReadingLimits
    files: list[Path] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    entered: dict[tuple[int, int], str] = field(default_factory=dict)
    links: list[Path] = field(default_factory=list)

    def enter(self, folder: Path) -> None:
        """Look into a folder and those in it; links to folders wait until the rest is known."""
        waiting = [folder]
        while waiting:
            parent = waiting.pop()
            if self._is_new(parent):
                waiting.extend(self._look_into(parent))

    def _is_new(self, folder: Path) -> bool:
        try:
            facts = folder.stat()
        except OSError as error:
            self._skip(folder, f"folder not readable: {error.strerror}")
            return False
        known = self.entered.setdefault((facts.st_dev, facts.st_ino), printable(folder))
        if known != printable(folder):
            self._skip(folder, f"a link to a folder that is read already: {known}")
        return known == printable(folder)

    def _look_into(self, folder: Path) -> Iterator[Path]:
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            self._skip(folder, f"folder not readable: {error.strerror}")
            return
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = Path(folder, entry.name)
            if not _is_folder(entry):
                self._add(path)
            elif entry.is_symlink():
                self.links.append(path)
            else:
                yield path

    def _add(self, path: Path) -> None:
        if len(self.files) >= self.limits.files:
            raise ValueError(
                f"more than {self.limits.files:,} files: {self.limits.beyond('files')}"
            )
        self.files.append(path)

    def _skip(self, path: Path, reason: str) -> None:
        self.skipped.append(Skipped(printable(path), None, reason))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _walk(folder: Path, limits: ReadingLimits) -> tuple[list[Path], list[Skipped]]:
    if folder.resolve() == Path(folder.resolve().anchor):
        raise ValueError(f"{str(folder)!r} is the whole file system: name a folder in it")
    search = _Walk(limits)
    search.enter(folder)
    while search.links:
        search.links.sort(key=lambda path: path.parts)
        search.enter(search.links.pop(0))
    return sorted(search.files, key=lambda file: file.parts), search.skipped


def _match(pattern: str, limits: ReadingLimits) -> tuple[list[Path], list[Skipped]]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        raise FileNotFoundError(f"no file matches the pattern {pattern[:_SHOWN]!r}")
    files: dict[Path, None] = {}
    skipped: list[Skipped] = []
    recursive = "**" in pattern  # which finds what is in the folders by itself
    for match in map(Path, matches):
        if not match.is_dir():
            files[match] = None
        elif not recursive:
            inside, unreadable = _walk(match, limits)
            files.update(dict.fromkeys(inside))
            skipped.extend(unreadable)
    return list(files), skipped


def find_all(
    paths: Iterable[Path], limits: ReadingLimits = DEFAULT_LIMITS
) -> tuple[list[Path], list[Skipped]]:
    """Return the files of a list of paths, in the order of the list."""
    files: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        found, unreadable = find_files(path, limits)
        files.extend(found)
        skipped.extend(unreadable)
    return files, skipped
