"""What stands above a result in the order of imports, looked up by name when first asked for.

Views know results; results do not know views: they name one, and `samestory.views.BY_NAME` says
where it is. What keeps results in files, or counts articles for a background, is found likewise.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


@cache
def look_up(package: str, name: str) -> Callable[..., Any]:
    """Return a function that a package offers to those below it.

    Parameters
    ----------
    package : str
        "views", "keeping" or "stories".
    name : str
        A key of the package's ``BY_NAME``, which gives the module.
    """
    module = import_module(f"samestory.{package}").BY_NAME[name]
    function: Callable[..., Any] = getattr(import_module(f"samestory.{package}.{module}"), name)
    return function


def shown(name: str, result: Any) -> str:
    """Return a result as the text or HTML of a view.

    Parameters
    ----------
    name : str
        The view's.
    result : object
    """
    text: str = look_up("views", name)(result)
    return text


def drawn(name: str, result: Any, *args: Any, **options: Any) -> Any:
    """Return what a view makes of a result: axes, a widget, or nothing where it writes a file.

    Parameters
    ----------
    name : str
        The view's.
    result : object
    *args, **options
        What the view takes.
    """
    return look_up("views", name)(result, *args, **options)
