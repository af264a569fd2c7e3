"""Steps between a raw text and its terms, in Python: what ``build_analyzer`` hands out.

The core does the same, faster; these are for callers, for callables among the parameters and for
subclasses.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any


def preprocess(
    doc: Any, accent_function: Callable[[str], str] | None = None, lower: bool = False
) -> Any:
    """Lowercase a document, then strip its accents."""
    if lower:
        doc = doc.lower()
    if accent_function is not None:
        doc = accent_function(doc)
    return doc


def analyze(
    doc: Any,
    analyzer: Callable[[Any], Any] | None = None,
    tokenizer: Callable[[Any], Any] | None = None,
    ngrams: Callable[..., Any] | None = None,
    preprocessor: Callable[[Any], Any] | None = None,
    decoder: Callable[[Any], Any] | None = None,
    stop_words: frozenset[Any] | None = None,
) -> Any:
    """Go from a raw document to its terms through the steps that are given."""
    if decoder is not None:
        doc = decoder(doc)
    if analyzer is not None:
        return analyzer(doc)
    if preprocessor is not None:
        doc = preprocessor(doc)
    if tokenizer is not None:
        doc = tokenizer(doc)
    if ngrams is not None:
        doc = ngrams(doc) if stop_words is None else ngrams(doc, stop_words)
    return doc


def strip_accents_unicode(s: str) -> str:
    """Decompose characters and leave out the marks that combine.

    Parameters
    ----------
    s : str
        The text.

    Returns
    -------
    str
        The text without accents.

    Examples
    --------
    >>> strip_accents_unicode("déjà vu")
    'deja vu'
    """
    if s.isascii():
        return s
    normalized = unicodedata.normalize("NFKD", s)
    return "".join(c for c in normalized if not unicodedata.combining(c))


def strip_accents_ascii(s: str) -> str:
    """Decompose characters and keep what is ASCII.

    Parameters
    ----------
    s : str
        The text.

    Returns
    -------
    str
        The text, ASCII only.

    Examples
    --------
    >>> strip_accents_ascii("déjà — vu")
    'deja  vu'
    """
    return unicodedata.normalize("NFKD", s).encode("ASCII", "ignore").decode("ASCII")


def strip_tags(s: str) -> str:
    """Put a space in place of each HTML or XML tag; for real markup use a parser.

    Parameters
    ----------
    s : str
        The text.

    Returns
    -------
    str
        The text without tags.

    Examples
    --------
    >>> strip_tags("<b>now</b>")
    ' now '
    """
    return re.sub(r"<([^>]+)>", " ", s)


_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3038-\u303b\u3041-\u309f\u30a1-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff"
    "\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U000323af"
)
_UNSPACED_RUN = re.compile(f"([{_UNSPACED}]+)")


@lru_cache(maxsize=1 << 16)
def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN"


def unicode_words(text: str) -> list[str]:
    """Cut a text into runs of letters, marks and numbers.

    Runs of two or more characters count; those of scripts that are written without spaces (Han,
    Kana, Thai, Lao, Khmer, Myanmar) become their overlapping pairs, a single one stays itself.

    Parameters
    ----------
    text : str
        The text, lowercased or not.

    Returns
    -------
    list of str
        The words, in order.

    Examples
    --------
    >>> unicode_words("a 2nd 東京都")
    ['2nd', '東京', '京都']
    """
    words: list[str] = []
    for run in "".join(c if _is_letter(c) else " " for c in text).split(" "):
        for part in _UNSPACED_RUN.split(run):
            if _UNSPACED_RUN.match(part):
                words += [part[i : i + 2] for i in range(max(1, len(part) - 1))]
            elif len(part) > 1:
                words.append(part)
    return words
