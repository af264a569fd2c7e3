"""One text is one text, whichever way its characters are written."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from samestory.articles.characters import (
    COMPOSING,
    FORMS,
    HALF_WIDTH,
    ILL_FORMED,
    INVISIBLE,
    REPLACED,
    SAME_LETTERS,
    UNUSUAL,
    classes_of,
    classes_of_all,
    rows_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


def unify(text: str) -> str:
    r"""Write a text in the usual form: NFC, without invisible characters and ligatures.

    Examples
    --------
    >>> unify("Cafe\u0301"), unify("Zu\u00adsam\u00admen\u200b"), unify("\ufb01nal")
    ('Café', 'Zusammen', 'final')
    """
    if text.isascii():
        return text
    classes = classes_of(text)
    if classes & UNUSUAL:
        text = INVISIBLE.sub("", text)
        text = FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    elif not classes & COMPOSING:
        return text
    return unicodedata.normalize("NFC", text)


def unify_all(texts: Sequence[str], classes: NDArray[np.uint8] | None = None) -> list[str]:
    r"""Return `unify` of each; most are so already.

    Parameters
    ----------
    texts : sequence of str
    classes : ndarray of uint8, optional
        What `classes_of_all` found in them, before ill-formed ones were mended.

    Examples
    --------
    >>> unify_all(["a", "e\u0301"])
    ['a', 'é']
    """
    done = list(texts)
    if classes is None:
        classes = classes_of_all(done)
    for row in rows_of(classes, ILL_FORMED | UNUSUAL | COMPOSING):
        done[row] = unify(done[row])
    return done


def counted(text: str) -> str:
    r"""Write a text as its words are counted: letters that stand for each other as one.

    Examples
    --------
    >>> counted("كِتَاب") == counted("کتاب"), counted("２０２４"), counted("Café")
    (True, '2024', 'Café')
    """
    if text.isascii() or not classes_of(text) & REPLACED:
        return text
    if HALF_WIDTH.search(text):
        text = HALF_WIDTH.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text.translate(SAME_LETTERS)


def counted_all(texts: Sequence[str]) -> list[str]:
    """Return `counted` of each; most are so already."""
    done = list(texts)
    for row in rows_of(classes_of_all(done), REPLACED):
        done[row] = counted(done[row])
    return done
