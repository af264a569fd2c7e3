"""How much memory a call may use."""

import os
import re
from typing import Any

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_UNITS |= {"kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}

_DEFAULT_SHARE = 0.5


def memory_budget(max_memory: Any) -> int | None:
    """Return a budget in bytes; half of what is available by default, None where unknown.

    Parameters
    ----------
    max_memory : int, float, str or None
        Bytes, or a string such as ``"2 GB"`` or ``"512 MiB"``.

    Examples
    --------
    >>> memory_budget("1.5 GB"), memory_budget(2e9)
    (1500000000, 2000000000)
    """
    if max_memory is None:
        available = available_memory()
        return None if available is None else int(available * _DEFAULT_SHARE)
    size = _parse(max_memory) if isinstance(max_memory, str) else max_memory
    if isinstance(size, bool) or not hasattr(size, "__float__"):
        raise TypeError(f'max_memory has to be bytes or a string like "2 GB", not {max_memory!r}')
    if not float(size) > 0:
        raise ValueError(f"max_memory is {max_memory!r}; it has to be more than 0")
    return int(size)


def _parse(text: str) -> float:
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]*)?(?:e[0-9]+)?)\s*([a-z]*)\s*", text.lower())
    if match is None or match[2] not in _UNITS:
        raise ValueError(f'max_memory is {text!r}; write it as "2 GB" or "512 MiB"')
    return float(match[1]) * _UNITS[match[2]]


def available_memory() -> int | None:
    """Return the memory that can be had without swapping, None where nothing tells."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def readable(n_bytes: float) -> str:
    """Return a size as people write it.

    Examples
    --------
    >>> readable(1_234_000_000)
    '1.23 GB'
    """
    for unit in ("bytes", "kB", "MB", "GB"):
        if n_bytes < 1000:
            return f"{n_bytes:.0f} {unit}" if n_bytes >= 100 else f"{n_bytes:.3g} {unit}"
        n_bytes /= 1000
    return f"{n_bytes:.3g} TB"
