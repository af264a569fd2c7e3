"""
How common English words are in news: document frequencies counted in advance.

Two articles alone cannot tell which of their words are rare. A background table can: it says in how
many of some sixty thousand news texts each word occurs. ``benchmarks/background.py`` counts it.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Collection, Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Background", "load_background", "pack", "unpack"]

# Magic and version; documents, terms, packed bytes; CRC-32 of these and the unpacked payload.
_HEADER = struct.Struct("<8sIIII")
_MAGIC = b"ssdf\x00\x00\x00\x01"
# A damaged or hostile file must not unpack to more than this.
_MAX_PAYLOAD = 64 << 20
_LEAST_DF = 30.0


class Background:
    """
    Document frequencies of terms in a background collection.

    Parameters
    ----------
    terms : sequence of str
        The terms, sorted by code point, each once.
    df : array-like of int
        The number of background documents that hold each term.
    n_documents : int
        The number of background documents.

    Examples
    --------
    >>> from samestory.background import Background
    >>> background = Background(["parliament", "the"], [40, 990], 1000)
    >>> background.df_of(["the", "zyzzyva"]).tolist()
    [990, 0]
    """

    def __init__(self, terms: Sequence[str], df: Iterable[int], n_documents: int) -> None:
        self.terms = list(terms)
        self.df: NDArray[np.uint32] = np.asarray(df, dtype=np.uint32)
        self.n_documents = n_documents
        if len(self.terms) != len(self.df):
            raise ValueError(
                f"terms and df must be of one length, got {len(self.terms)} terms and "
                f"{len(self.df)} frequencies"
            )
        if len(self.df) and int(self.df.max()) > n_documents:
            raise ValueError(
                f"df must be at most n_documents ({n_documents}), got {int(self.df.max())}"
            )
        self._prefixes: dict[tuple[int, frozenset[str]], Background] = {}

    def __len__(self) -> int:
        return len(self.terms)

    def __repr__(self) -> str:
        return f"Background({len(self.terms):,} terms, {self.n_documents:,} documents)"

    @cached_property
    def _position(self) -> dict[str, int]:
        return {term: position for position, term in enumerate(self.terms)}

    def positions_of(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """
        Look up where each term stands in the table.

        Parameters
        ----------
        terms : iterable of str
            Lowercased terms.

        Returns
        -------
        ndarray of int64
            One position a term, -1 for a term that the table does not know.
        """
        return np.fromiter((self._position.get(term, -1) for term in terms), dtype=np.int64)

    def df_of(self, terms: Iterable[str]) -> NDArray[np.int64]:
        """
        Look up the document frequency of each term.

        Parameters
        ----------
        terms : iterable of str
            Lowercased terms.

        Returns
        -------
        ndarray of int64
            One frequency a term, 0 for a term that the table does not know.
        """
        rows = self.positions_of(terms)
        if not len(self.df):
            return np.zeros(len(rows), dtype=np.int64)
        return np.where(rows < 0, 0, self.df[rows].astype(np.int64))

    def idf_of(self, terms: Iterable[str], *, least_df: float = _LEAST_DF) -> NDArray[np.float64]:
        """
        Weigh terms by their rarity in the background.

        Parameters
        ----------
        terms : iterable of str
            Lowercased terms.
        least_df : float, default=30
            Added to every document frequency: a word that the table does not know, most often a
            name or a misspelling, should not outweigh all the others.

        Returns
        -------
        ndarray of float64
            ``max(0, ln((1 + n_documents) / (least_df + df)))``. In contrast to scikit-learn's
            smoothed idf nothing is added to the logarithm: a word of every document weighs 0.
        """
        return self._idf(self.df_of(terms), least_df)

    @cached_property
    def idf(self) -> NDArray[np.float64]:
        """`idf_of` all terms, in their order."""
        return self._idf(self.df, _LEAST_DF)

    def _idf(self, df: NDArray[Any], least_df: float) -> NDArray[np.float64]:
        return np.maximum(np.log((1 + self.n_documents) / (least_df + df)), 0.0)

    def coverage(self, terms: Collection[str]) -> float:
        """
        Return the share of the terms that the table knows.

        Parameters
        ----------
        terms : collection of str
            Lowercased terms, repeated as often as they occur.

        Returns
        -------
        float
            Between 0 and 1; 1 where there are no terms. News in English is above .95, news in
            other languages below .6.
        """
        if not terms:
            return 1.0
        return sum(term in self._position for term in terms) / len(terms)

    def prefixes(self, length: int, *, leave_out: Iterable[str] = ()) -> Background:
        """
        Derive the table of the terms' first characters.

        The terms that share a prefix are taken to occur independently of each other: the share of
        documents without any of them is the product of the shares without each.

        Parameters
        ----------
        length : int
            Characters kept, at least 1.
        leave_out : iterable of str, optional
            Terms, such as stop words, that are not counted under any prefix.

        Returns
        -------
        Background
            The prefixes and their expected document frequencies, rounded.
        """
        if length < 1:
            raise ValueError(f"length must be at least 1, got {length}")
        key = (length, frozenset(leave_out))
        if key not in self._prefixes:
            self._prefixes[key] = self._count_prefixes(*key)
        return self._prefixes[key]

    def _count_prefixes(self, length: int, leave_out: frozenset[str]) -> Background:
        kept = [row for row, term in enumerate(self.terms) if term not in leave_out]
        if not kept:
            return Background([], [], self.n_documents)
        cut = np.array([self.terms[row][:length] for row in kept])
        # Sorted terms keep equal prefixes side by side.
        first = np.flatnonzero(np.append(True, cut[1:] != cut[:-1]))
        share = np.minimum(self.df[kept] / self.n_documents, 1 - 1 / (1 + self.n_documents))
        absent = np.exp(np.add.reduceat(np.log1p(-share), first))
        df = np.rint(self.n_documents * (1 - absent)).astype(np.uint32)
        return Background(cut[first].tolist(), df, self.n_documents)


def pack(background: Background) -> bytes:
    """
    Serialize a table: a header, then the zlib-compressed terms and byte planes of frequencies.

    Parameters
    ----------
    background : Background
        The table; its terms are sorted, distinct and without line breaks.

    Returns
    -------
    bytes
        What `unpack` reads.
    """
    planes = background.df.astype("<u4").view(np.uint8).reshape(-1, 4).T
    payload = planes.tobytes() + "\n".join(background.terms).encode()
    packed = zlib.compress(payload, 9)
    counts = (background.n_documents, len(background), len(packed))
    return _HEADER.pack(_MAGIC, *counts, _checksum(payload, counts)) + packed


def _checksum(payload: bytes, counts: tuple[int, int, int]) -> int:
    return zlib.crc32(payload, zlib.crc32(struct.pack("<III", *counts)))


def unpack(data: bytes) -> Background:
    """
    Read a table that `pack` wrote.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    Background
        The table.

    Raises
    ------
    ValueError
        If the data is of another format or version, cut short or damaged.
    """
    if len(data) < _HEADER.size or data[: len(_MAGIC)] != _MAGIC:
        raise ValueError("not a table of background document frequencies of version 1")
    _, n_documents, n_terms, n_packed, checksum = _HEADER.unpack_from(data)
    if len(data) != _HEADER.size + n_packed:
        raise ValueError(
            f"the background table is cut short: {len(data)} bytes of {_HEADER.size + n_packed}"
        )
    decompressor = zlib.decompressobj()
    try:
        payload = decompressor.decompress(data[_HEADER.size :], _MAX_PAYLOAD)
    except zlib.error as error:
        raise ValueError(f"the background table is damaged: {error}") from None
    expected = _checksum(payload, (n_documents, n_terms, n_packed))
    if not decompressor.eof or expected != checksum or len(payload) < 4 * n_terms:
        raise ValueError("the background table is damaged: its checksum does not fit")
    planes = np.frombuffer(payload, dtype=np.uint8, count=4 * n_terms).reshape(4, n_terms)
    df = np.ascontiguousarray(planes.T).view("<u4").ravel()
    terms = payload[4 * n_terms :].decode().split("\n") if n_terms else []
    return Background(terms, df, n_documents)


@cache
def load_background() -> Background:
    """
    Return the table of English news words that ships with samestory.

    It is read when first asked for and kept.

    Returns
    -------
    Background
        More than 100,000 terms. Texts of news were counted one document each, headlines in
        bundles of fifty: the document frequency of a word in texts of eight words says little
        about articles.

    Examples
    --------
    >>> from samestory.background import load_background
    >>> background = load_background()
    >>> len(background) > 100_000
    True
    >>> the, earthquake = background.df_of(["the", "earthquake"])
    >>> bool(the > earthquake > 0)
    True
    """
    path = Path(__file__).resolve().parent / "data" / "background_en.bin"
    return unpack(path.read_bytes())
