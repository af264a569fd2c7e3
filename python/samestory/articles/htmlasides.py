"""Elements of a page that say of themselves that they are not the article."""

from __future__ import annotations

import re
from functools import lru_cache

from samestory.articles.htmltree import Node, names

_TAGS = names("nav footer aside header figure figcaption button menu form label")
_ROLES = names("navigation banner contentinfo complementary search dialog alertdialog")
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"[^a-z0-9]+")

# Words in names of classes and ids; a name is parted at "-", "_" and capitals.
_STRONG = names(
    "comment comments commentlist respond disqus related relatedposts recommended recommendation "
    "recommendations recirc sidebar sidebars breadcrumb breadcrumbs nav navigation navbar masthead "
    "newsletter newsletters subscribe subscription social share shares sharing sharebar sharedaddy "
    "addthis cookie cookies consent gdpr paywall advert advertisement adverts advertising sponsor "
    "sponsored teaser teasers popular trending popup modal byline "
    "author authors bio caption captions "
    "outbrain taboola pagination pager "
    "signup login donate donation tagcloud jp-relatedposts "
    "copyright credit credits toolbar navi sidebox infobox disclaimer twitter instagram facebook "
    "podcast gallery slideshow carousel lightbox tooltip poll quiz survey"
)
_WEAK = names(
    "header footer menu ad ads banner promo promotion tags tag topics widget widgets overlay legal "
    "meta metadata feedback extra more embed form date time hint notice skip print"
)
_WHOLE = names(
    "hidden hide visually-hidden visuallyhidden sr-only sronly screen-reader-text screen-reader "
    "noprint offscreen is-hidden u-hidden"
)
_TEXT = names("text body content article story main copy paragraph wrapper container")
# What a blog says of a post's subject, or a page of itself, in the classes of the whole of it.
_OF_PAGES = ("tag-", "category-", "has-", "no-", "with-", "page-", "post-", "type-", "author-")


# These are no part of an article whatever else a page lacks.
_CORE = names(
    "comment comments commentlist respond disqus related relatedposts recommended recommendation "
    "recommendations sidebar sidebars breadcrumb breadcrumbs nav navigation navbar newsletter "
    "newsletters cookie cookies consent gdpr outbrain taboola login"
)


@lru_cache(maxsize=4096)
def _rank_of_name(name: str) -> int:
    low = name.lower()
    if low in _WHOLE:
        return 1
    parts = [part for part in _PARTS.split(_CAMEL.sub("-", name).lower()) if part]
    if not parts or (low.startswith(_OF_PAGES) and len(parts) > 1 and parts[0] not in _STRONG):
        return 0
    if any(part in _CORE for part in parts):
        return 2
    if any(part in _STRONG for part in parts):
        return 1
    return int(parts[-1] not in _TEXT and any(part in _WEAK for part in parts))


def _is_head_of_article(node: Node) -> bool:
    """Whether a header is that of an article: it may hold the first paragraph."""
    return node.tag == "header" and any(one.tag == "article" for one in node.ancestors())


def aside_rank(node: Node) -> int:
    """Say how surely an element is a menu, a caption, a comment, an advertisement and so on.

    Returns
    -------
    int
        0 for none of them, 1 for what its name or tag says, 2 for what is so on every page.
    """
    if node.tag in ("html", "body", "main", "article"):
        return 0
    rank = 2 if node.tag in _TAGS and not _is_head_of_article(node) else 0
    attributes = node.attributes
    if rank == 2 or not attributes:
        return rank
    if "hidden" in attributes or attributes.get("aria-hidden", "").lower() == "true":
        return 1
    if attributes.get("role", "").lower() in _ROLES:
        return 2
    if _HIDDEN_STYLE.search(attributes.get("style", "")) is not None:
        return 1
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".split()
    return max(map(_rank_of_name, names), default=0)
