"""How the names of terms tell what they are: words, beginnings, n-grams, meanings, embeddings."""

from __future__ import annotations

# Marks a beginning of words, as in library catalogues.
PREFIX_MARK = "*"
# Encloses a run of letters within words.
NGRAM_MARK = "~"
EMBEDDING_TERM = "(embedding)"
MEANING_TERM = "(meaning)"
# Between two words that mean alike.
ALIKE_MARK = " ~ "


def is_beginning(name: str) -> bool:
    """Whether a term stands for all words that begin alike, as ``elect*`` does."""
    return name.endswith(PREFIX_MARK)


def is_ngram(name: str) -> bool:
    """Whether a term is a run of letters within words, as ``~elec~`` is."""
    return name.startswith(NGRAM_MARK)


def is_meaning(name: str) -> bool:
    """Whether a term is a pair of words that mean alike, or all of them."""
    return name == MEANING_TERM or ALIKE_MARK in name


def is_word(name: str) -> bool:
    """Whether a term is a word.

    Examples
    --------
    >>> [is_word(name) for name in ("ferry", "elect*", "~ferr~", "coach ~ bus", "(embedding)")]
    [True, False, False, False, False]
    """
    return not (is_beginning(name) or is_ngram(name) or is_meaning(name) or name == EMBEDDING_TERM)
