"""Which articles are weighed and compared together: those of one language."""

from __future__ import annotations

import warnings
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from samestory.articles.languages import FoundLanguages, family, languages_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from samestory import _core
    from samestory.articles import Articles
    from samestory.stories.options import Options

# Texts that do not tell are compared by words with those that do, in languages of at least this
# share of them; as much of each is read as a headline has.
_LEAST_SHARE = 0.01
_READ_LENGTH = 200
# A second language with this share of the articles, and with two of them, is said.
_MIXED_SHARE = 0.02


def language_groups(
    articles: Articles,
    documents: list[str],
    worded: NDArray[np.int64],
    options: Options,
    batch: _core.DocumentBatch,
    has_embeddings: bool = False,
) -> list[tuple[str, NDArray[np.int64]]]:
    """Rows by language, in order of first appearance: the one named, else the one found.

    Parameters
    ----------
    articles : Articles
    documents : list of str
        Their words.
    worded : ndarray of int64
        The rows that have any.
    options : Options
        A vectorizer that the user brings gets the texts of each *named* language.
    batch : DocumentBatch
        The documents.
    has_embeddings : bool
        Whether these may link articles of different languages.
    """
    column = articles.column("language")
    texts = [documents[row] for row in worded.tolist()]
    names = [column[row] for row in worded.tolist()]
    is_whole = len(worded) == len(documents)
    found = languages_of(names, texts, options.n_jobs, batch if is_whole else None)
    if options.vectorizer is not None:
        found = replace(found, is_sure=found.named)
    if not found.is_sure.any():
        return [("", worded)]
    codes = settled_languages(found, texts, options.n_jobs)
    families = [family(code) for code in codes]
    if options.languages == "together":
        return [(codes[0] if len(set(families)) == 1 else "", worded)]
    _say_if_mixed(families, found, has_embeddings)
    numbers: dict[str, int] = {}
    group = np.array([numbers.setdefault(name, len(numbers)) for name in families], np.int64)
    return [(name, worded[group == number]) for name, number in numbers.items()]


def settled_languages(found: FoundLanguages, texts: Sequence[str], n_jobs: int) -> list[str]:
    """Give texts that do not tell their language that of the texts they share words with.

    A word speaks for the languages of the texts that have it, by the share of these, and the more
    the rarer it is; what the letters of the text say is added. Where no word is shared, the most
    frequent language is taken.

    It is done here and not in the core, which is handed the number of each text's language: codes,
    names of languages that inputs give, and families of languages are tables of the reader's.

    Returns
    -------
    list of str
        A code a text.
    """
    codes = list(found.codes)
    sure, unsure = np.flatnonzero(found.is_sure), np.flatnonzero(~found.is_sure)
    count = Counter(codes[i] for i in sure.tolist())
    most = min(count, key=lambda code: (-count[code], code))
    frequent = sorted(code for code in count if count[code] >= _LEAST_SHARE * len(sure))
    votes = np.zeros((len(unsure), len(frequent)))
    if len(unsure) and len({family(code) for code in frequent}) > 1:
        of_sure = np.array([codes[i] for i in sure.tolist()])
        votes = _votes(
            [texts[i][:_READ_LENGTH] for i in unsure.tolist()],
            [texts[i][:_READ_LENGTH] for i in sure.tolist()],
            of_sure[:, None] == np.array(frequent),
            n_jobs,
        )
        own = np.array([codes[i] for i in unsure.tolist()])[:, None] == np.array(frequent)
        votes += own * found.leads[unsure][:, None]
    for i, vote in zip(unsure.tolist(), votes, strict=True):
        best = frequent[int(vote.argmax())] if vote.any() else most
        codes[i] = most if vote.any() and vote[frequent.index(most)] == vote.max() else best
    return codes


def _votes(
    asking: list[str], telling: list[str], is_of: NDArray[np.bool_], n_jobs: int
) -> NDArray[np.float64]:
    """How much the words of each asking text speak for each language."""
    from samestory.vectorizers import CountVectorizer

    counter = CountVectorizer(
        analyzer="unicode_word", binary=True, dtype=np.float64, n_jobs=n_jobs
    ).set_progress(False)
    try:
        asked = counter.fit_transform(asking)
    except ValueError:  # none of them has a word of two letters
        return np.zeros((len(asking), is_of.shape[1]))
    told = counter.transform(telling)
    in_language = told.T @ is_of.astype(np.float64)
    df = in_language.sum(axis=1, keepdims=True)
    rarity = np.log((1.0 + len(telling)) / (1.0 + df))
    votes: NDArray[np.float64] = asked @ (rarity * in_language / np.maximum(df, 1.0))
    return votes


def _say_if_mixed(families: list[str], found: FoundLanguages, has_embeddings: bool) -> None:
    """Warn where the articles are of several languages and the input names none."""
    if found.named.any():
        return
    count = Counter(families)
    least = max(2, _MIXED_SHARE * len(families))
    large = sorted((code for code in count if count[code] >= least), key=lambda c: (-count[c], c))
    if len(large) > 1:
        listed = ", ".join(f"{code} {count[code]:,}" for code in large)
        crossing = "the embeddings alone link" if has_embeddings else "no story crosses"
        warnings.warn(
            f"the articles are in several languages ({listed}), found in their words since no "
            f'column names any: {crossing} languages. Name them in a column "language", or '
            'pass languages="together".',
            UserWarning,
            stacklevel=2,
        )
