"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from pathlib import Path


def replace_file(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write a file beside its place and move it there when it is complete.

    Whatever goes wrong, a full disk for one, leaves what was there before.

    Parameters
    ----------
    path : path-like
        The file; what is no file, such as ``/dev/stdout``, is written to as it is.
    data : bytes
        What it is to hold.

    Returns
    -------
    pathlib.Path
        The path as given.

    Raises
    ------
    OSError
        If its folder does not exist or takes no file, or the disk is full.
    """
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise IsADirectoryError(f"{path} is a folder: give the name of a file to write")
    if place.exists() and not place.is_file():
        place.write_bytes(data)
        return Path(path)
    if not place.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: there is no folder {place.parent}")
    _write_and_move(place, data)
    return Path(path)


def _write_and_move(place: Path, data: bytes) -> None:
    try:
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name[:40]}.")
    except OSError as error:
        raise type(error)(
            error.errno, f"no file can be written in its folder ({error.strerror})", str(place)
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
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
