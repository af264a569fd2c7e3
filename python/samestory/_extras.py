"""Optional dependencies: imported when used, with a message that names the extra to install."""

import logging
from importlib import import_module
from typing import Any


def keep_quiet(package: str) -> None:
    """Let what a package logs go where the user's own set-up sends it, and to no terminal."""
    logger = logging.getLogger(package)
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())


def require(module: str, extra: str, purpose: str) -> Any:
    """Import an optional module.

    Parameters
    ----------
    module : str
        The module's import name.
    extra : str
        The extra of samestory that installs it.
    purpose : str
        What it is needed for, e.g. ``"to_frame()"``.

    Raises
    ------
    ImportError
        If it is not installed; the message says what to install.
    """
    try:
        return import_module(module)
    except ImportError as error:
        top = module.partition(".")[0]
        raise ImportError(
            f'{purpose} needs {top}. Install it with: pip install "samestory[{extra}]"'
        ) from error
