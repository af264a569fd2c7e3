"""Reading a file of any kind."""

from __future__ import annotations

from collections.abc import Iterator

from samestory.articles.batch import Batch
from samestory.articles.decode import NotTextError
from samestory.articles.readers import reader_of
from samestory.articles.readers.inputfile import InputFile, ReadOptions, UnreadableError
from samestory.articles.readers.kinds import kind_of
from samestory.articles.skipped import Skipped

_MAX_SHOWN = 200


def read_or_skip(file: InputFile, options: ReadOptions) -> Iterator[Batch | Skipped]:
    """Read a file; what can not be read is skipped with the reason."""
    try:
        yield from reader_of(kind_of(file))(file, options)
    except (UnreadableError, NotTextError, ImportError) as error:
        yield Skipped(file.label, None, str(error))
    except RecursionError:
        yield Skipped(file.label, None, "nested too deeply")
    except MemoryError:
        yield Skipped(file.label, None, "larger than the memory")
    except Exception as error:  # whatever a library makes of a damaged file
        if file.is_named and type(error) is ValueError:
            raise  # what the user said of it does not fit
        reason = f"damaged file: {type(error).__name__}: {str(error)[:_MAX_SHOWN]}"
        yield Skipped(file.label, None, reason)
