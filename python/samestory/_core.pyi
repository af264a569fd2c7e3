"""
The compiled core of samestory; its Python modules are the public interface.
"""
from __future__ import annotations
import typing
__all__: list[str] = ['active_instruction_set', 'busy_wait', 'checked_csr', 'instruction_sets']
def active_instruction_set() -> str:
    """
    The instruction set in use; SAMESTORY_INSTRUCTION_SET overrides it.
    """
def busy_wait(seconds: typing.SupportsFloat | typing.SupportsIndex, n_threads: typing.SupportsInt | typing.SupportsIndex = 1, progress: typing.Any = None) -> None:
    """
    Sleep on worker threads: how tests try interruption and progress.
    """
def checked_csr(matrix: typing.Any, name: str) -> tuple:
    """
    Check a CSR matrix and return its canonical (data, indices, indptr, shape).
    """
def instruction_sets() -> list[str]:
    """
    Instruction sets that this build and processor can run, the best last.
    """
__version__: str
