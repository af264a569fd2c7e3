"""The meta elements of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from samestory.articles.htmltree import Node

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "headline", "dc.title", "dcterms.title", "title",
              "sailthru.title", "parsely-title"),
    "standfirst": ("og:description", "description", "twitter:description", "dc.description"),
    "author": ("author", "article:author", "byl", "dc.creator", "parsely-author",
               "sailthru.author", "article:author_name", "cxenseparse:author", "dcterms.creator"),
    "outlet": ("og:site_name", "application-name", "publisher", "dc.publisher",
               "dcterms.publisher", "apple-mobile-web-app-title"),
    # Of its own accord a theme states the locale of its makers.
    "language": ("language", "dc.language", "content-language", "og:locale"),
    "url": ("og:url", "canonical"),
}  # fmt: skip
_NOT_LETTERS = re.compile(r"[^a-z]+")
# Names of publication dates, their marks and capitals left out. The surer come first.
_PUBLISHED = (
    re.compile(r"(?:article|og|bt|rnews|vr|lp|itemprop|cxenseparserecs|cxenseparse|mrf|shareaholic"
               r"article|article)*(?:first)?(?:date)?(?:original)?publi(?:sh|shed|cation|shing|cated)"
               r"(?:time|date|datetime|edtime|ondate|at|on)?"),
    re.compile(r"(?:parsely|sailthru|article|og|content)?(?:pub|posted?)(?:date|time|datetime|on)?"),
    re.compile(r"(?:dc|dcterms|dcsext|dcterm)*(?:date)?(?:issued|created|available|submitted)"
               r"(?:date|time)?|datecreated|creationdate|creationtime|releasedate|displaydate|"
               r"citation(?:publication|online)?date|analyticsdate|gentime|ptime|"
               r"pagedate|articledate(?:original)?|prismpublicationdate|firstpublished"),
    re.compile(r"(?:dc|dcterms|sailthru|article|og|bt|eprints)*date(?:time)?"),
)  # fmt: skip
_MODIFIED = re.compile(r".*(?:modif|updat|revis)(?!.*expir).*")


class Meta:
    """What the meta elements and the canonical link say; of two of one name the first counts."""

    def __init__(self, root: Node) -> None:
        self.values: dict[str, str] = {}
        self._authors: dict[str, dict[str, None]] = {}
        self._note(root)
        for node in root.find_all("meta", "link"):
            self._note(node)

    def _note(self, node: Node) -> None:
        if node.tag == "meta":
            content = node.get("content").strip()
            for kind in ("property", "name", "itemprop", "http-equiv"):
                if content and node.get(kind):
                    name = node.get(kind).lower()
                    self.values.setdefault(name, content)
                    if name in _NAMES["author"]:
                        self._authors.setdefault(name, {})[content] = None
        elif node.tag == "html":
            language = node.get("lang") or node.get("xml:lang")
            if language:
                self.values.setdefault("language", language)
        elif node.get("rel").lower() == "canonical" and node.get("href"):
            self.values.setdefault("canonical", node.get("href"))

    def first(self, field: str) -> str:
        """Return the first value of the names under which a field is found."""
        return next(self.all(field), "")

    def all(self, field: str) -> Iterator[str]:
        """Return the values of the names under which a field is found, the surest first."""
        return filter(None, (self.values.get(name, "") for name in _NAMES[field]))

    def authors(self) -> Iterator[str]:
        """Return what each name says of the authors; several elements of one name are several."""
        for name in _NAMES["author"]:
            names = [one for one in self._authors.get(name, ()) if "://" not in one]
            if names:
                yield ", ".join(names)

    def published(self) -> list[str]:
        """Return the values that may be dates of publication, the surest first."""
        return list(self._dates(_PUBLISHED))

    def modified(self) -> list[str]:
        """Return the values that are dates of a change."""
        return list(self._dates((_MODIFIED,)))

    def _dates(self, patterns: Iterable[re.Pattern[str]]) -> Iterator[str]:
        names = {_NOT_LETTERS.sub("", name): value for name, value in reversed(self.values.items())}
        for pattern in patterns:
            yield from (v for name, v in reversed(names.items()) if pattern.fullmatch(name))
