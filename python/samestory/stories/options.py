"""The options of `find_stories`, checked once and named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory._gaps import checked_gap
from samestory._jobs import resolve_n_jobs
from samestory.background import Background
from samestory.stories.granularity import checked_granularity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from samestory.articles import Articles


@dataclass(frozen=True)
class Options:
    """What `find_stories` was asked for; see there."""

    granularity: float
    vectorizer: Any
    embeddings_weight: float
    background: bool
    max_gap: np.timedelta64 | None
    undated: str
    languages: str
    n_neighbors: int
    n_jobs: int
    own_background: Background | None = None

    @property
    def gap_in_microseconds(self) -> float | None:
        """The gap as a number; None without one."""
        return None if self.max_gap is None else float(self.max_gap.astype(np.int64))


def checked_options(
    granularity: Any,
    vectorizer: Any,
    embeddings_weight: Any,
    background: Any,
    max_gap: Any,
    undated: str,
    languages: str,
    n_neighbors: Any,
    n_jobs: int | None,
) -> Options:
    """Check every option before any work; a ValueError names the one that is wrong."""
    own = background if isinstance(background, Background) else None
    if own is None and background not in ("auto", None):
        raise ValueError(f'background={background!r}: it has to be "auto", None or a Background')
    if own is not None and own.n_documents < 1:
        raise ValueError(f"background={own!r}: it has to have counted a document")
    _one_of("undated", undated, ("link", "alone"))
    _one_of("languages", languages, ("apart", "together"))
    if isinstance(n_neighbors, bool) or not hasattr(n_neighbors, "__index__") or n_neighbors < 1:
        raise ValueError(f"n_neighbors={n_neighbors!r}: it has to be a whole number from 1 up")
    if vectorizer is not None and not hasattr(vectorizer, "fit_transform"):
        raise TypeError(
            f"vectorizer={vectorizer!r}: it needs fit_transform(texts), like TfidfVectorizer"
        )
    return Options(
        granularity=checked_granularity(granularity),
        vectorizer=vectorizer,
        embeddings_weight=_share("embeddings_weight", embeddings_weight),
        background=background is not None,
        max_gap=checked_gap(max_gap),
        undated=undated,
        languages=languages,
        n_neighbors=n_neighbors.__index__(),
        n_jobs=resolve_n_jobs(n_jobs),
        own_background=own,
    )


def _share(name: str, value: Any) -> float:
    try:
        share = float(value)
    except (TypeError, ValueError):
        share = np.nan
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"{name}={value!r}: it has to be a number from 0 to 1")
    return share


def _one_of(name: str, value: Any, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        choices = " or ".join(f'"{choice}"' for choice in allowed)
        raise ValueError(f"{name}={value!r}: it has to be {choices}")


def checked_embeddings(embeddings: Any, n: int) -> NDArray[np.float64] | None:
    """Return embeddings as unit rows of float64; rows of zeros stay zero."""
    if embeddings is None:
        return None
    matrix = np.asarray(embeddings, dtype=np.float64)
    if matrix.ndim != 2 or len(matrix) != n:
        raise ValueError(
            f"embeddings have shape {matrix.shape}; they need a row for each of the {n:,} articles"
        )
    if not np.isfinite(matrix).all():
        row = int(np.flatnonzero(~np.isfinite(matrix).all(axis=1))[0])
        raise ValueError(
            f"embeddings: row {row} holds NaN or infinity; every value has to be finite"
        )
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(norms == 0.0, 1.0, norms)


def checked_pairs(
    name: str, pairs: Iterable[tuple[Any, Any]] | None, articles: Articles
) -> NDArray[np.int64]:
    """Return pairs of articles (ids or Article objects) as pairs of rows."""
    rows = []
    for i, pair in enumerate(() if pairs is None else pairs):
        try:
            a, b = pair
            ids = [getattr(article, "id", article) for article in (a, b)]
            rows.append([articles.position(article) for article in ids])
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"{name}: entry {i} is {pair!r}; it has to be a pair of ids"
            ) from error
        except KeyError as error:
            raise ValueError(f"{name}: entry {i}: {error.args[0]}") from error
    return np.array(rows, dtype=np.int64).reshape(-1, 2)
