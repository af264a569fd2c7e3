"""Which files a path means, and their bytes."""

from __future__ import annotations

import glob
import gzip
import os
import zlib
from collections.abc import Iterable
from pathlib import Path

from samestory.articles.skipped import Skipped

TEXT_SUFFIXES = (".txt", ".text")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
LINES_SUFFIXES = (".jsonl", ".ndjson")
JSON_SUFFIXES = (".json",)
CSV_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (*TEXT_SUFFIXES, *HTML_SUFFIXES, *LINES_SUFFIXES, *JSON_SUFFIXES, *CSV_SUFFIXES)


def suffix_of(path: Path) -> str:
    """Return the suffix in lower case, without .gz."""
    if path.suffix.lower() == ".gz":
        path = path.with_suffix("")
    return path.suffix.lower()


def find_files(source: Path | str) -> tuple[list[Path], list[Skipped]]:
    """Return the files that a path means, in sorted order, and the folders that can not be read.

    A file is itself; a folder is searched with its subfolders; what is neither may be a pattern.
    Names that begin with a dot are passed over.
    """
    path = Path(source).expanduser()
    if path.is_dir():
        return _walk(path)
    if path.exists():
        return [path], []
    if glob.has_magic(str(path)):
        return _match(str(path))
    raise FileNotFoundError(
        f"no file, folder or pattern {str(source)[:200]!r}. A str is read as a path: "
        "for one text pass a list, [text]."
    )


def _walk(folder: Path) -> tuple[list[Path], list[Skipped]]:
    files: list[Path] = []
    skipped: list[Skipped] = []

    def note(error: OSError) -> None:
        where = str(error.filename or folder)
        skipped.append(Skipped(where, None, f"folder not readable: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files.extend(Path(parent, name) for name in names if not name.startswith("."))
    return sorted(files, key=lambda file: file.parts), skipped


def _match(pattern: str) -> tuple[list[Path], list[Skipped]]:
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        raise FileNotFoundError(f"no file matches the pattern {pattern!r}")
    files: dict[Path, None] = {}
    skipped: list[Skipped] = []
    recursive = "**" in pattern  # which finds what is in the folders by itself
    for match in map(Path, matches):
        if match.is_file():
            files[match] = None
        elif match.is_dir() and not recursive:
            inside, unreadable = _walk(match)
            files.update(dict.fromkeys(inside))
            skipped.extend(unreadable)
    return list(files), skipped


def find_all(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """Return the files of a list of paths, in the order of the list."""
    files: list[Path] = []
    skipped: list[Skipped] = []
    for path in paths:
        found, unreadable = find_files(path)
        files.extend(found)
        skipped.extend(unreadable)
    return files, skipped


class UnreadableError(ValueError):
    """A file that gives no article; the message is the reason."""


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if it is a .gz."""
    try:
        if not path.is_file():
            raise UnreadableError("not a regular file")
        data = path.read_bytes()
        if path.suffix.lower() == ".gz" and data:
            data = gzip.decompress(data)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableError(f"damaged gzip file: {error}") from error
    except OSError as error:
        raise UnreadableError(f"not readable: {error.strerror or error}") from error
    if not data.strip():
        raise UnreadableError("empty file")
    return data
