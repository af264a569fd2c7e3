"""What a grouping was asked for, and what is known of its texts: what continuing it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from samestory.stories.links import Links
    from samestory.stories.options import Options
    from samestory.stories.terms import TermRows


@dataclass(frozen=True)
class Basis:
    """What continuing a grouping needs besides its evidence.

    Attributes
    ----------
    options : Options
        What `find_stories` was asked for.
    must_link, cannot_link : ndarray of int64, shape (m, 2)
        Pairs of input rows.
    lengths : ndarray of int64, shape (n_texts,)
        Distinct words of each text, stop words left out.
    languages : ndarray of int64, shape (n_texts,)
        A number for the language of each text.
    families : tuple of str
        The language that each number stands for.
    counted : int
        How many texts there were when the weights of terms were last counted.
    """

    options: Options
    must_link: NDArray[np.int64]
    cannot_link: NDArray[np.int64]
    lengths: NDArray[np.int64]
    languages: NDArray[np.int64]
    families: tuple[str, ...]
    counted: int


def basis_of(texts: TermRows, options: Options, links: Links) -> Basis:
    """Gather it where texts have been weighed."""
    return Basis(
        options=options,
        must_link=links.must,
        cannot_link=links.cannot,
        lengths=texts.texts.n_words,
        languages=texts.language_of_text,
        families=texts.families,
        counted=len(texts.texts.n_words),
    )
