"""The views by which results show themselves, looked up by name when first asked for.

Views know results; results do not know views: they name one, and `samestory.views.VIEWS` says where
it is.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any


@cache
def _view(name: str) -> Callable[..., Any]:
    module = import_module("samestory.views").VIEWS[name]
    view: Callable[..., Any] = getattr(import_module(f"samestory.views.{module}"), name)
    return view


def shown(name: str, result: Any) -> str:
    """Return a result as text or HTML.

    Parameters
    ----------
    name : str
        The view's.
    result : object
    """
    text: str = _view(name)(result)
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
    return _view(name)(result, *args, **options)
