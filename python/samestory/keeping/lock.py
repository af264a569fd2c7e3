"""One run at a time on a file."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from samestory._files import check_no_null

if TYPE_CHECKING:
    from collections.abc import Iterator


class LockedError(OSError):
    """Another run is at work on the file."""


@contextmanager
def locked(path: str | os.PathLike[str]) -> Iterator[None]:
    """Hold a lock on a file, which need not exist, while the block runs.

    The lock is on a hidden file beside it, which stays. The system lets go of it when the process
    ends, in whatever way: nothing has to be cleaned up after a crash.

    Parameters
    ----------
    path : path-like

    Raises
    ------
    LockedError
        If another run holds it.
    """
    check_no_null(path)
    place = Path(os.path.realpath(path))
    if not place.parent.is_dir():
        raise FileNotFoundError(f"{path} cannot be written: there is no folder {place.parent}")
    with open(place.parent / f".{place.name}.lock", "ab") as file:
        try:
            _lock(file)
        except OSError:
            raise LockedError(
                f"another run is updating {path}; try again when it is done"
            ) from None
        yield  # closing the file lets go of the lock


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt

        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
