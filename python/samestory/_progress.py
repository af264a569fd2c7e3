"""Progress bars for long calls, shown only once a call has lasted a second."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

ProgressHook = Callable[[str, int, int], None]

_PATIENCE_SECONDS = 1.0
# What the core calls its stages, and what they are to somebody who waits.
_STAGES = {
    "finding what recurs": "reading",
    "counting terms": "reading",
    "hashing terms": "reading",
    "weighing terms": "reading",
    "assembling rows": "comparing",
    "comparing rows": "comparing",
    "smoothing rows": "comparing",
    "comparing neighboring rows": "grouping",
    "merging stories": "grouping",
    "levels": "grouping",
    "counting shingles": "reading",
    "finding shared shingles": "reading",
}
# No rate: before there is one it would be a question mark, and it tells nobody how long it takes.
_BAR = "{desc} {percentage:3.0f}% |{bar}| {elapsed}"


class Progress:
    """A ``progress(stage, done, total)`` hook for the core, drawn with ``tqdm.auto``.

    Use it as a context manager around the calls of one operation, and hand `hook` to the core.

    Parameters
    ----------
    progress : bool, callable or None
        ``None``: a bar appears after one second of work, in a terminal or a notebook but not in a
        log file. ``True``: at once, anywhere. ``False``: never.
        A callable is called as ``progress(stage, done, total)`` instead.
    """

    def __init__(self, progress: bool | ProgressHook | None = None) -> None:
        self._callback = progress if callable(progress) else None
        self._shown = progress is True or (progress is None and _somebody_looks())
        self._show_from = time.monotonic() + (0.0 if progress is True else _PATIENCE_SECONDS)
        self._bar: Any = None
        self._stage: str | None = None

    @property
    def hook(self) -> ProgressHook | None:
        """What to pass to the core: None where nobody wants to be told."""
        if self._callback is not None:
            return self._callback
        return self._update if self._shown else None

    def _update(self, stage: str, done: int, total: int) -> None:
        if time.monotonic() < self._show_from:
            return
        stage = _STAGES.get(stage, stage)
        if self._bar is None or stage != self._stage:
            self._open(stage, total)
        self._bar.n = done
        self._bar.total = total
        self._bar.refresh()

    def _open(self, stage: str, total: int) -> None:
        from tqdm.auto import tqdm

        self.close()
        self._bar = tqdm(total=total, desc=stage, leave=False, bar_format=_BAR)
        self._stage = stage

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _somebody_looks() -> bool:
    """Whether what is drawn on standard error is seen as it is drawn: a terminal, a notebook."""
    if "ipykernel" in sys.modules:
        return True
    return sys.stderr is not None and sys.stderr.isatty()
