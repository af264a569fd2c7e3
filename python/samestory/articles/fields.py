"""The fields of an article, and the names that other people give to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

TEXT_FIELDS = (
    "id",
    "title",
    "standfirst",
    "author",
    "text",
    "outlet",
    "language",
    "url",
    "path",
)
FIELDS = (*TEXT_FIELDS[:5], "date", *TEXT_FIELDS[5:])
DATE_DETAILS = ("date_offset", "date_precision", "date_zone_known")

# In the order in which they are tried; compared without case, spaces, "_", "-", "." and ":".
ALIASES: dict[str, tuple[str, ...]] = {
    "id": ("id", "articleid", "docid", "documentid", "uuid", "guid", "uid", "_id"),
    "title": ("title", "headline", "head", "heading", "articletitle", "ogtitle"),
    "standfirst": (
        "standfirst",
        "subtitle",
        "subheadline",
        "subhead",
        "deck",
        "dek",
        "description",
        "summary",
        "teaser",
        "abstract",
        "lead",
    ),
    "author": ("author", "authors", "byline", "creator", "dccreator", "writer", "journalist"),
    "text": (
        "text",
        "body",
        "content",
        "article",
        "maintext",
        "fulltext",
        "articletext",
        "articlebody",
        "articlecontent",
        "plaintext",
        "document",
        "story text",
        "raw text",
    ),
    "date": (
        "date",
        "datepublished",
        "publisheddate",
        "published",
        "publishedat",
        "pubdate",
        "publishdate",
        "publicationdate",
        "datepublish",
        "publishtime",
        "publishedtime",
        "datetime",
        "timestamp",
        "time",
        "created",
        "createdat",
    ),
    "outlet": (
        "outlet",
        "source",
        "sourcename",
        "publisher",
        "publication",
        "newspaper",
        "domain",
        "sourcedomain",
        "site",
        "sitename",
        "website",
    ),
    "language": ("language", "lang", "inlanguage"),
    "url": ("url", "link", "links", "uri", "href", "permalink", "canonicalurl", "weburl"),
    "path": ("path", "file", "filename", "filepath"),
}


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c not in " _-.:")


def _given(columns: Mapping[str, str], names: Sequence[str], where: str) -> dict[str, int]:
    """Positions of the columns that the user named."""
    chosen: dict[str, int] = {}
    for field, name in columns.items():
        if field not in FIELDS:
            raise ValueError(
                f"columns maps a field to a column of the input; {field!r} is no field. "
                f"Fields: {', '.join(FIELDS)}."
            )
        if str(name) not in names:
            raise ValueError(
                f"columns={{{field!r}: {name!r}}}: {where} has no column {name!r}. "
                f"Its columns: {', '.join(map(repr, names)) or 'none'}."
            )
        chosen[field] = list(names).index(str(name))
    return chosen


def match_columns(
    headers: Iterable[object], columns: Mapping[str, str] | None, where: str
) -> dict[str, int]:
    """Find the column of each field.

    A column that the user named comes first, then the field's own name, then its aliases; of
    columns with one name the first is taken.

    Parameters
    ----------
    headers : iterable
        The column names of the input.
    columns : mapping of str to str, or None
        Field to column name, as the user gave it.
    where : str
        What the input is called in an error.

    Returns
    -------
    dict
        Field to the position of its column; fields that the input does not have are absent.
    """
    names = [str(header) for header in headers]
    chosen = _given(columns or {}, names, where)
    taken = set(chosen.values())
    positions: dict[str, int] = {}
    for i, name in enumerate(names):
        if i not in taken:
            positions.setdefault(_key(name), i)
    for field in FIELDS:
        if field in chosen:
            continue
        for alias in ALIASES[field]:
            position = positions.get(_key(alias))
            if position is not None and position not in chosen.values():
                chosen[field] = position
                break
    if "title" not in chosen and "text" not in chosen and "standfirst" not in chosen:
        raise ValueError(
            f"{where} has no column of titles or texts; its columns: "
            f"{', '.join(map(repr, names)) or 'none'}. Name one, for instance "
            f'columns={{"text": {(names or ["body"])[0]!r}}}.'
        )
    return chosen
