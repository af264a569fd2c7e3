"""Articles: one news article, and a table of many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import index as as_index
from typing import TYPE_CHECKING, Any, overload

import numpy as np
from numpy.typing import NDArray

from samestory._extras import require
from samestory._lookup import shown
from samestory.articles.datecolumn import DateColumn
from samestory.articles.fields import DATE_DETAILS, FIELDS, TEXT_FIELDS
from samestory.articles.raw import unpack
from samestory.articles.removed import RemovedParts
from samestory.articles.skipped import SkippedRows
from samestory.articles.unicode import counted, counted_all

if TYPE_CHECKING:
    import pandas

    from samestory.articles.report import ReadingReport
    from samestory.articles.used import UsedColumns


@dataclass(frozen=True, slots=True)
class Article:
    """One article. What an article does not have is an empty string, and None for the date.

    Attributes
    ----------
    id, title, standfirst, author, text, outlet, language, url, path : str
        What the article says of itself; `path` is the file it came from.
    date : datetime.datetime or None
        When it was published, in its own zone; UTC where it gave none.
    date_precision : str
        The smallest unit that the date gives: "year", "month", "day", "hour", "minute" or
        "second"; "" without a date.
    date_zone_known : bool
        Whether the date gave its zone.
    extra : mapping
        The columns of the input that are no fields.
    packed_raw : bytes, optional
        What `raw` is read from, where it differs from the text.
    """

    id: str
    title: str = ""
    standfirst: str = ""
    author: str = ""
    text: str = field(default="", repr=False)
    date: datetime | None = None
    outlet: str = ""
    language: str = ""
    url: str = ""
    path: str = ""
    date_precision: str = ""
    date_zone_known: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict, repr=False, hash=False)
    packed_raw: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def raw(self) -> str:
        """The text as it came, before anything was taken out of it."""
        return self.text if self.packed_raw is None else unpack(self.packed_raw)

    @property
    def document(self) -> str:
        """Title, standfirst and text, one below the other."""
        return counted("\n".join(part for part in (self.title, self.standfirst, self.text) if part))

    def _repr_html_(self) -> str:
        return shown("article_html", self)


def take(column: Any, rows: Any) -> Any:
    """Select rows of a list or an array by a slice or an array of positions."""
    if not isinstance(column, list):
        return column[rows]
    return column[rows] if isinstance(rows, slice) else [column[i] for i in rows.tolist()]


class Articles(Sequence[Article]):
    """A table of articles, stored by column; rows become `Article` objects when asked for.

    Made by `read_articles`.

    Parameters
    ----------
    texts : mapping of str to list of str
        The fields that are strings, by name; absent ones are empty.
    dates : DateColumn, optional
        The dates.
    extra : mapping of str to sequence, optional
        Columns that are no fields.
    skipped : SkippedRows, optional
        What could not be read.
    index : pandas.Index, optional
        The index of the DataFrame that the articles came from.
    removed : RemovedParts, optional
        What was taken out of the texts.
    raw : mapping of int to bytes, optional
        The texts as they came, packed, of the rows where reading changed them.
    used : UsedColumns, optional
        Which columns of the input became which field.

    Examples
    --------
    >>> from samestory.articles import read_articles
    >>> articles = read_articles([{"id": "a", "headline": "Rain", "published": "2024-03-14"}])
    >>> articles["a"].title, articles[0].date.date().isoformat(), articles[0].date_precision
    ('Rain', '2024-03-14', 'day')
    >>> articles
    1 article, dated 2024-03-14 (1 without a time zone, read as UTC)
    title from headline, date from published
    """

    __slots__ = (
        "_dates",
        "_extra",
        "_index",
        "_length",
        "_raw",
        "_removed",
        "_rows_by_id",
        "_skipped",
        "_texts",
        "_used",
    )

    def __init__(
        self,
        texts: Mapping[str, list[str]],
        dates: DateColumn | None = None,
        extra: Mapping[str, Any] | None = None,
        skipped: SkippedRows | None = None,
        index: Any = None,
        removed: RemovedParts | None = None,
        raw: Mapping[int, bytes] | None = None,
        used: UsedColumns | None = None,
    ) -> None:
        self._length = len(texts["id"])
        self._texts = {name: texts.get(name) or [""] * self._length for name in TEXT_FIELDS}
        self._dates = DateColumn.empty(self._length) if dates is None else dates
        self._extra = dict(extra or {})
        self._skipped = SkippedRows() if skipped is None else skipped
        self._index = index
        self._removed = RemovedParts(self._texts["id"]) if removed is None else removed
        self._raw = dict(raw or {})
        self._used = used
        self._rows_by_id: dict[str, int] | None = None
        for name, column in (*self._texts.items(), ("date", self._dates), *self._extra.items()):
            if len(column) != self._length:
                raise ValueError(
                    f"column {name!r} has {len(column):,} rows, 'id' has {self._length:,}"
                )

    # -- columns ---------------------------------------------------------------------------

    @property
    def ids(self) -> list[str]:
        """The id of every article."""
        return self._texts["id"]

    @property
    def dates(self) -> NDArray[np.datetime64]:
        """The dates as datetime64[us] in UTC, NaT where there is none."""
        return self._dates.utc

    @property
    def date_zone_known(self) -> NDArray[np.bool_]:
        """Whether a date gave its zone; if not, it was read as UTC."""
        return self._dates.zone_known

    @property
    def columns(self) -> list[str]:
        """The names that `column` takes."""
        return [*FIELDS, *DATE_DETAILS, *self._extra]

    @property
    def index(self) -> Any:
        """The index of the pandas object that the articles came from, or None."""
        return self._index

    @property
    def skipped(self) -> SkippedRows:
        """The files and rows that gave no usable article, with the reason."""
        return self._skipped

    @property
    def removed(self) -> RemovedParts:
        """The passages that were taken out of the texts, with the reason."""
        return self._removed

    def column(self, name: str) -> Any:
        """Return one column, such as ``column("outlet")``.

        Parameters
        ----------
        name : str
            A name from `columns`.

        Returns
        -------
        list or ndarray
            A list of str for texts, an array for what belongs to dates, and whatever the input
            held for other columns.
        """
        if name in self._texts:
            return self._texts[name]
        if name == "date":
            return self._dates.utc
        if name == "date_offset":
            return self._dates.offset
        if name == "date_precision":
            return self._dates.precision_names()
        if name == "date_zone_known":
            return self._dates.zone_known
        if name in self._extra:
            return self._extra[name]
        raise KeyError(f"no column {name!r}; there are {', '.join(self.columns)}")

    def documents(self) -> list[str]:
        """Return what is counted of each article: title, standfirst and text, joined by newlines.

        Returns
        -------
        list of str
            One string an article; empty if it has no text at all.
        """
        columns = (self._texts[name] for name in ("title", "standfirst", "text"))
        return counted_all(["\n".join(filter(None, row)) for row in zip(*columns, strict=True)])

    def languages(self) -> list[str]:
        """Return the language of each article: the one that it names, else the one of its words.

        Articles hold in `language` what the input says, in whatever form. Here every name is a
        code, and where none is given, the letters of the words tell (see the guide, "Languages").

        Returns
        -------
        list of str
            ISO 639-1 codes; "" for an article without a letter that tells.

        Examples
        --------
        >>> from samestory.articles import read_articles
        >>> articles = read_articles(["Die Brücke bleibt bis Freitag gesperrt"])
        >>> articles.languages(), articles[0].language
        (['de'], '')
        """
        from samestory.articles.languages import languages_of

        return languages_of(self._texts["language"], self.documents()).codes

    def report(self) -> ReadingReport:
        """Return what was read, used, taken out and skipped; it prints as a table.

        Examples
        --------
        >>> from samestory.articles import read_articles
        >>> read_articles(["Rain in May", "..."]).report().skipped
        {'no words': 1}
        """
        from samestory.articles.report import reading_report
        from samestory.articles.used import UsedColumns

        return reading_report(self, self._used or UsedColumns())

    # -- rows ------------------------------------------------------------------------------

    def __len__(self) -> int:
        """Return the number of articles."""
        return self._length

    @overload
    def __getitem__(self, key: int | np.integer[Any] | str) -> Article: ...
    @overload
    def __getitem__(self, key: slice | Sequence[Any] | NDArray[Any]) -> Articles: ...
    def __getitem__(self, key: Any) -> Article | Articles:
        """Return an article by position or id, or articles by slice, mask or positions."""
        if isinstance(key, str):
            return self._article(self.position(key))
        if isinstance(key, slice):
            return self._take(key)
        if hasattr(key, "__index__") and not hasattr(key, "__len__") and np.ndim(key) == 0:
            return self._article(self._checked(as_index(key)))
        return self._take(self._positions(key))

    def __iter__(self) -> Iterator[Article]:
        """Go through the articles in order."""
        return (self._article(i) for i in range(self._length))

    def position(self, id: str) -> int:
        """Return the row of an id; KeyError if there is none."""
        if self._rows_by_id is None:
            self._rows_by_id = {name: i for i, name in enumerate(self.ids)}
        try:
            return self._rows_by_id[id]
        except KeyError:
            raise KeyError(f"no article has the id {id!r}") from None

    def _checked(self, i: int) -> int:
        if not -self._length <= i < self._length:
            raise IndexError(f"article {i}: there are {self._length:,}")
        return i % self._length

    def _positions(self, key: Any) -> NDArray[np.int64]:
        chosen = np.asarray(key)
        if chosen.size == 0 and chosen.ndim == 1 and chosen.dtype != bool:
            return np.empty(0, np.int64)
        if chosen.ndim != 1 or chosen.dtype.kind not in "biu":
            raise TypeError(
                "articles are chosen by a position, an id, a slice, a boolean mask or an array of "
                f"positions, not {type(key).__name__}"
            )
        if chosen.dtype == bool:
            if len(chosen) != self._length:
                raise IndexError(f"the mask has {len(chosen):,} rows, not {self._length:,}")
            return np.flatnonzero(chosen)
        return np.array([self._checked(i) for i in chosen.tolist()], np.int64)

    def _take(self, rows: Any) -> Articles:
        texts = {name: take(column, rows) for name, column in self._texts.items()}
        positions = np.arange(self._length)[rows].tolist()
        return Articles(
            texts,
            self._dates.take(rows),
            {name: take(column, rows) for name, column in self._extra.items()},
            index=None if self._index is None else self._index[rows],
            removed=self._removed.take(texts["id"], positions),
            raw={new: self._raw[old] for new, old in enumerate(positions) if old in self._raw},
            used=self._used,
        )

    def _article(self, i: int) -> Article:
        return Article(
            **{name: column[i] for name, column in self._texts.items()},
            date=self._dates.datetime(i),
            date_precision=self._dates.precision_name(i),
            date_zone_known=bool(self._dates.zone_known[i]),
            extra={name: column[i] for name, column in self._extra.items()},
            packed_raw=self._raw.get(i),
        )

    # -- views -----------------------------------------------------------------------------

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas DataFrame with a row an article.

        Returns
        -------
        pandas.DataFrame
            The fields, with `date` as datetime64[us, UTC]; `date_offset` (minutes),
            `date_precision`, `date_zone_known`; then the other columns of the input. It has the
            input's index if that was a pandas object.
        """
        pandas = require("pandas", "pandas", "to_frame()")
        data: dict[str, Any] = {name: self.column(name) for name in (*FIELDS, *DATE_DETAILS)}
        data["date"] = pandas.DatetimeIndex(self._dates.utc).tz_localize("UTC")
        extra = {name: _as_series_data(column) for name, column in self._extra.items()}
        return pandas.DataFrame(data | extra, index=self._index)

    def __repr__(self) -> str:
        """Say how many there are, and from when."""
        parts = [f"{self._length:,} article{'' if self._length == 1 else 's'}"]
        dates = self._dates.utc[~np.isnat(self._dates.utc)]
        if len(dates):
            first, last = str(dates.min())[:10], str(dates.max())[:10]
            naive = len(dates) - int(self._dates.zone_known.sum())
            note = f" ({naive:,} without a time zone, read as UTC)" if naive else ""
            parts.append(f"dated {first if first == last else f'{first} to {last}'}{note}")
        outlets = len(set(self._texts["outlet"]) - {""})
        if outlets:
            parts.append(f"{outlets:,} outlet{'' if outlets == 1 else 's'}")
        if self._skipped:
            parts.append(f"{len(self._skipped):,} skipped")
        sentence = self._used.sentence() if self._used is not None else ""
        return ", ".join(parts) + (f"\n{sentence}" if sentence else "")

    def _repr_html_(self) -> str:
        return shown("articles_html", self)


def _as_series_data(column: Any) -> Any:
    """Keep a column of lists or dicts a column of objects."""
    if not isinstance(column, list):
        return column
    data = np.empty(len(column), dtype=object)
    data[:] = column
    pandas = require("pandas", "pandas", "to_frame()")
    try:
        return pandas.Series(data).infer_objects().to_numpy()
    except UnicodeEncodeError:  # halves of surrogate pairs, which pandas' texts cannot hold
        return pandas.Series(data, dtype=object)
