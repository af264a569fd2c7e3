"""The language of an article: the one that the input names, else the one that its words show."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory.articles.language_names import language_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

# A text tells its language from here on: e^6 times as much evidence as for the next one. Of 5,000
# headlines in six languages 3 in 100 do not, and 3 in 1,000 that do are wrong.
_LEAST_LEAD = 6.0
# How much more a language must show that other texts of the collection are not written in, as the
# logarithm of how much rarer it is.
_MOST_FOR_RARITY = 8.0
# Languages that readers of one read in the other, and that headlines do not tell apart.
_FAMILIES = {"bs": "hr", "sr": "hr", "sh": "hr", "ms": "id"}


@dataclass(frozen=True)
class LanguageTable:
    """The identifier, its languages' codes and the unit of its leads."""

    identifier: Any
    codes: tuple[str, ...]
    unit: float


@cache
def load_table() -> LanguageTable:
    """Return the table that ships with samestory; read when first asked for, and kept."""
    path = Path(__file__).resolve().parents[1] / "data" / "languages.npz"
    with np.load(path, allow_pickle=False) as table:
        identifier = _core.LanguageIdentifier(
            np.cumsum(table["steps"], dtype=np.uint64),
            np.concatenate([[0], np.cumsum(table["counts"], dtype=np.int64)]),
            table["languages"],
            table["weights"],
            table["handicaps"],
            table["scripts"].ravel(),
            table["families"],
        )
        return LanguageTable(identifier, tuple(table["codes"].tolist()), float(table["unit"]))


def identify(texts: _core.DocumentBatch, n_jobs: int) -> tuple[list[str], NDArray[np.float64]]:
    """Find the language of each text.

    Naive Bayes over the sequences of three letters in its words. Of long texts four places are
    read, of 128 characters each.

    Parameters
    ----------
    texts : DocumentBatch
    n_jobs : int
        Threads; 0 is one a processor.

    Returns
    -------
    codes : list of str
        ISO 639-1; "" for a text without a letter that tells.
    leads : ndarray of float64
        By how many natural logarithms of evidence each is ahead of the next.
    """
    table = load_table()
    number, lead = table.identifier.identify(texts, n_jobs)
    codes = (*table.codes, "")
    return [codes[i] for i in number.tolist()], lead / table.unit


def batch_of(texts: Iterable[str]) -> _core.DocumentBatch:
    """Return texts as the core reads them, where they lie."""
    batch = _core.DocumentBatch()
    batch.fill(iter(texts), np.iinfo(np.int64).max, False)
    return batch


def family(code: str) -> str:
    """Return the code that stands for all languages that are not told apart from this one."""
    return _FAMILIES.get(code, code)


@dataclass(frozen=True)
class FoundLanguages:
    """The language of each text, as far as it can be told from itself.

    Attributes
    ----------
    codes : list of str
        A code each; "" where the text has no letter.
    is_sure : ndarray of bool
        Whether the input named it or the words tell.
    named : ndarray of bool
        Whether the input named it.
    leads : ndarray of float64
        By how many natural logarithms of evidence a language that was found is ahead of the next.
    """

    codes: list[str]
    is_sure: NDArray[np.bool_]
    named: NDArray[np.bool_]
    leads: NDArray[np.float64]


def languages_of(
    names: Sequence[str],
    texts: Sequence[str],
    n_jobs: int = 0,
    batch: _core.DocumentBatch | None = None,
) -> FoundLanguages:
    """Tell the language of each text: named, or found in its words; `batch` may hold the texts."""
    codes = [language_code(name) for name in names]
    named = np.array([code != "" for code in codes], dtype=bool)
    unnamed = np.flatnonzero(~named)
    sure, all_leads = named.copy(), np.zeros(len(codes))
    if len(unnamed):
        if batch is None or len(unnamed) < len(batch):
            batch = batch_of(texts[i] for i in unnamed.tolist())
        found, leads = identify(batch, n_jobs)
        for i, code in zip(unnamed.tolist(), found, strict=True):
            codes[i] = code
        all_leads[unnamed] = leads
        sure[unnamed] = leads >= _LEAST_LEAD
        sure[unnamed] = leads >= _LEAST_LEAD + _rarity([codes[i] for i in unnamed], codes, sure)
    return FoundLanguages(codes, sure, named, all_leads)


def _rarity(
    codes: list[str], all_codes: list[str], is_sure: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """How many logarithms rarer each language is than the most frequent one."""
    families = np.array([family(code) for code in all_codes])
    names, counts = np.unique(families[is_sure], return_counts=True)
    if len(names) == 0:
        return np.zeros(len(codes))
    count = dict(zip(names.tolist(), counts.tolist(), strict=True))
    most = max(count.values())
    rarity = [np.log(most / max(count.get(family(code), 0), 1)) for code in codes]
    return np.minimum(rarity, _MOST_FOR_RARITY)
