"""Articles as a graph for other programs: networkx, and through it GEXF and GraphML for Gephi."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._extras import require
from samestory._frames import whole_text
from samestory.stories.summary import story_titles

if TYPE_CHECKING:
    from samestory.stories.described import DescribedGrouping

# What XML 1.0, which both formats are, cannot hold.
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS = ("title", "outlet", "author", "language", "url")


def to_networkx(stories: DescribedGrouping, min_similarity: float) -> Any:
    """Return a graph of articles; see `Stories.to_networkx`."""
    if not 0.0 <= min_similarity <= 1.0:
        raise ValueError(f"min_similarity={min_similarity}: it has to be a number from 0 to 1")
    networkx = require("networkx", "network", "to_networkx()")
    graph = networkx.Graph()
    graph.add_nodes_from(_nodes(stories))
    similarity = stories.similarity.tocoo()
    kept = (similarity.row < similarity.col) & (similarity.data >= min_similarity)
    ids = [_in_xml(name) for name in stories.articles.ids]
    same = stories.labels[similarity.row] == stories.labels[similarity.col]
    graph.add_edges_from(
        (ids[a], ids[b], {"weight": weight, "same_story": together})
        for a, b, weight, together in zip(
            similarity.row[kept].tolist(),
            similarity.col[kept].tolist(),
            similarity.data[kept].tolist(),
            same[kept].tolist(),
            strict=True,
        )
    )
    return graph


def _nodes(stories: DescribedGrouping) -> Any:
    titles = [_in_xml(title) for title in story_titles(stories)]
    columns = [map(_in_xml, stories.articles.column(name)) for name in _FIELDS]
    dates = stories.articles.dates
    moments = np.where(np.isnat(dates), "", dates.astype("datetime64[s]").astype(str)).tolist()
    rows = zip(stories.articles.ids, stories.labels.tolist(), moments, *columns, strict=True)
    for name, label, moment, *fields in rows:
        told = {"story": label, "story_title": titles[label] if label >= 0 else "", "date": moment}
        yield _in_xml(name), {"label": fields[0], **dict(zip(_FIELDS, fields, strict=True)), **told}


def _in_xml(text: str) -> str:
    return _NOT_IN_XML.sub("", whole_text(text))
