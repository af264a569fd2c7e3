"""How the names of terms tell what they are: a word, a beginning, an n-gram or an embedding."""

from __future__ import annotations

# Marks a beginning of words, as in library catalogues.
PREFIX_MARK = "*"
# Encloses a run of letters within words.
NGRAM_MARK = "~"
EMBEDDING_TERM = "(embedding)"


def is_beginning(name: str) -> bool:
    """Whether a term stands for all words that begin alike, as ``elect*`` does."""
    return name.endswith(PREFIX_MARK)


def is_ngram(name: str) -> bool:
    """Whether a term is a run of letters within words, as ``~elec~`` is."""
    return name.startswith(NGRAM_MARK)


def is_word(name: str) -> bool:
    """Whether a term is a word.

    Examples
    --------
    >>> [is_word(name) for name in ("ferry", "elect*", "~ferr~", "(embedding)")]
    [True, False, False, False]
    """
    return not (is_beginning(name) or is_ngram(name) or name == EMBEDDING_TERM)
