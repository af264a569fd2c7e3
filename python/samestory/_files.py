"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path


def check_no_null(path: str | os.PathLike[str]) -> None:
    """Check that a path holds no null character, which no file system takes.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    ValueError
        If it does.
    """
    name = os.fspath(path)
    place = os.fsdecode(name).find("\0")
    if place >= 0:
        raise ValueError(
            f"the path {name[:200]!r} has a null character at place {place}, which no name of a "
            "file can hold: remove it"
        )


def replace_file(path: str | os.PathLike[str], data: bytes | Iterable[bytes]) -> Path:
    """Write a file beside its place and move it there when it is complete.

    Whatever goes wrong, a full disk for one, leaves what was there before.

    Parameters
    ----------
    path : path-like
        The file; what is no file, such as ``/dev/stdout``, is written to as it is.
    data : bytes or iterable of bytes
        What it is to hold.

    Returns
    -------
    pathlib.Path
        The path as given.

    Raises
    ------
    OSError
        If its folder does not exist or takes no file, or the disk is full.
    ValueError
        If the path holds a null character.
    """
    check_no_null(path)
    place = Path(os.path.realpath(path))
    pieces = (data,) if isinstance(data, bytes) else data
    if place.is_dir():
        raise IsADirectoryError(f"{path} is a folder: give the name of a file to write")
    if place.exists() and not place.is_file():
        with place.open("wb") as file:
            file.writelines(pieces)
        return Path(path)
    if not place.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: there is no folder {place.parent}")
    _write_and_move(place, pieces)
    return Path(path)


def _write_and_move(place: Path, pieces: Iterable[bytes]) -> None:
    try:
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:40]}.")
    except OSError as error:
        raise type(error)(
            error.errno, f"no file can be written in its folder ({error.strerror})", str(place)
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
        _settle(place.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(place: Path) -> int:
    """The permissions of the old file, or those that a new one gets."""
    if place.exists():
        return stat.S_IMODE(place.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _settle(folder: Path) -> None:
    """Have the move itself on the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError:  # some network file systems take no such request
        pass
    finally:
        os.close(handle)


def remove_leftovers(path: str | os.PathLike[str]) -> None:
    """Remove what runs that were killed while they wrote a file have left beside it.

    Only for who holds a lock on the file: another run may be writing.
    """
    place = Path(os.path.realpath(path))
    name = re.compile(re.escape(f".{place.name[:40]}.") + r"[a-z0-9_]{8}")
    for entry in place.parent.iterdir() if place.parent.is_dir() else ():
        if name.fullmatch(entry.name) and entry.is_file():
            entry.unlink(missing_ok=True)
