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
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from samestory._lookup import look_up

if TYPE_CHECKING:
    import os

    from samestory.keeping.container import Parts

__all__ = ["Background", "load_background", "pack", "unpack"]

# Magic and version; documents, terms, packed bytes; CRC-32 of these and the unpacked payload.
_HEADER = struct.Struct("<8sIIII")
_MAGIC = b"ssdf\x00\x00\x00\x01"
# A damaged or hostile file must not unpack to more than this.
_MAX_PAYLOAD = 64 << 20
# Of the shipped table's 60,000 documents, 30 are added to every frequency.
_LEAST_DF = 30.0
_LEAST_SHARE = 1 / 2000
_KIND, _VERSION = "background", 1


class Background:
    """
    Document frequencies of terms in a background collection.

    `find_stories` weighs the words of few articles by it (``background=``). One that ships knows
    the words of English news; `from_articles` makes one of another language, or of an archive.

    Parameters
    ----------
    terms : sequence of str
        The terms, sorted by code point, each once.
    df : array-like of int
        The number of background documents that hold each term.
    n_documents : int
        The number of background documents.
    language : str, default=""
        The ISO 639-1 code of the language whose articles it is for; "" for those of any.

    Examples
    --------
    >>> from samestory import Background
    >>> background = Background(["parliament", "the"], [40, 990], 1000)
    >>> background.df_of(["the", "zyzzyva"]).tolist()
    [990, 0]
    """

    def __init__(
        self, terms: Sequence[str], df: Iterable[int], n_documents: int, language: str = ""
    ) -> None:
        self.terms = list(terms)
        self.language = language
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
        language = f", {self.language!r}" if self.language else ""
        return f"Background({len(self.terms):,} terms, {self.n_documents:,} documents{language})"

    @classmethod
    def from_articles(
        cls,
        source: Any,
        *,
        language: str | None = None,
        least_texts: int = 2,
        n_jobs: int | None = -1,
    ) -> Background:
        """
        Count in how many articles each word occurs.

        Parameters
        ----------
        source : Articles, or anything `read_articles` takes
            The articles; the same text counts once. A few hundred already tell much, ten thousand
            nearly all.
        language : str, optional
            The ISO 639-1 code of the language to count; by default that of most articles. Articles
            of other languages are left out; with "" all are counted.
        least_texts : int, default=2
            Words of fewer articles are left out: most are names and misspellings. With 1, the
            backgrounds of parts of a collection, merged, are that of the whole.
        n_jobs : int, default=-1
            Threads.

        Returns
        -------
        Background

        Examples
        --------
        >>> import samestory as ss
        >>> background = ss.Background.from_articles(
        ...     ["Die Brücke bleibt zu", "Der Rat will die Brücke sanieren", "Der Rat tagt"]
        ... )
        >>> background
        Background(4 terms, 3 documents, 'de')
        >>> background.df_of(["brücke", "sanieren"]).tolist()
        [2, 0]
        """
        count = look_up("stories", "count_background")
        return cls(*count(source, language, least_texts, n_jobs))

    def merge(self, other: Background) -> Background:
        """
        Add the documents of another table.

        Parameters
        ----------
        other : Background
            Of other documents in the same language.

        Returns
        -------
        Background
            A new one. What either has left out for its rarity is missing from the sum.

        Examples
        --------
        >>> both = Background(["rain", "sun"], [3, 2], 10).merge(
        ...     Background(["fog", "rain"], [1, 4], 20)
        ... )
        >>> both.df_of(["fog", "rain", "sun"]).tolist()
        [1, 7, 2]
        """
        if self.language != other.language:
            raise ValueError(
                f"the tables are of different languages, {self.language!r} and {other.language!r}"
            )
        terms = sorted({*self.terms, *other.terms})
        df = self.df_of(terms) + other.df_of(terms)
        return Background(terms, df, self.n_documents + other.n_documents, self.language)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """
        Write the table to a file, for `Background.load`.

        Parameters
        ----------
        path : path-like
            The file; it is written beside its place and moved there when complete.

        Returns
        -------
        pathlib.Path
            Where it is.

        Examples
        --------
        >>> import os, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Background(["rain"], [3], 10).save(os.path.join(folder, "own.samestory"))
        ...     Background.load(path)
        Background(1 terms, 10 documents)
        """
        from samestory.keeping.container import write_container

        return write_container(path, _KIND, _VERSION, self._parts())

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Background:
        """
        Read what `save` wrote; files may come from anywhere, what is read is checked.

        Parameters
        ----------
        path : path-like
            The file.

        Returns
        -------
        Background

        Raises
        ------
        DamagedFileError
            A ValueError: if it is another file, of a later version, cut short or damaged.
        """
        from samestory.keeping.container import read_container

        return cls._of_parts(read_container(path, _KIND, _VERSION))

    def _parts(self, prefix: str = "") -> dict[str, Any]:
        from samestory.keeping.container import Texts

        return {
            f"{prefix}terms": Texts(self.terms),
            f"{prefix}df": self.df,
            f"{prefix}about": {"n_documents": self.n_documents, "language": self.language},
        }

    @classmethod
    def _of_parts(cls, parts: Parts, prefix: str = "") -> Background:
        about = parts.json(f"{prefix}about")
        n, language = about.get("n_documents"), about.get("language")
        is_right = type(n) is int and 0 <= n < 2**32 and isinstance(language, str)
        parts.check(f"{prefix}about", is_right, "names no number of documents and no language")
        terms = parts.texts(f"{prefix}terms")
        df = parts.array(f"{prefix}df", "u4", (len(terms),))
        parts.check(f"{prefix}df", bool(np.all(df <= n)), f"counts more than {n:,} documents")
        is_sorted = all(a < b for a, b in pairwise(terms))
        parts.check(f"{prefix}terms", is_sorted, "holds terms that are not sorted")
        return cls(terms, df, n, language)

    @property
    def least_df(self) -> float:
        """
        What `idf_of` adds to every document frequency.

        One document in 2,000, which makes 30 of the shipped table; at least 1, at most 30.
        """
        return min(_LEAST_DF, max(1.0, _LEAST_SHARE * self.n_documents))

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

    def idf_of(self, terms: Iterable[str], *, least_df: float | None = None) -> NDArray[np.float64]:
        """
        Weigh terms by their rarity in the background.

        Parameters
        ----------
        terms : iterable of str
            Lowercased terms.
        least_df : float, optional
            Added to every document frequency; by default the attribute `least_df`. A word that the
            table does not know, most often a name or a misspelling, should not outweigh all the
            others.

        Returns
        -------
        ndarray of float64
            ``max(0, ln((1 + n_documents) / (least_df + df)))``. In contrast to scikit-learn's
            smoothed idf nothing is added to the logarithm: a word of every document weighs 0.
        """
        return self._idf(self.df_of(terms), self.least_df if least_df is None else least_df)

    @cached_property
    def idf(self) -> NDArray[np.float64]:
        """`idf_of` all terms, in their order."""
        return self._idf(self.df, self.least_df)

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
