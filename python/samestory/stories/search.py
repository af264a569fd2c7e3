"""Stories that tell of some words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from samestory import _core
from samestory.stories.keywords import keyword_stop_words, story_languages
from samestory.stories.term_names import PREFIX_MARK

if TYPE_CHECKING:
    from samestory.stories.grouping import Grouping
    from samestory.stories.story import Story, StorySequence


def search(stories: StorySequence, words: str, n: int) -> list[Story]:
    """Return the stories that tell of all of some words; see `Stories.search`."""
    if not isinstance(words, str):
        raise TypeError(f'words={words!r}: they have to be one str, such as "night train"')
    if n < 1:
        raise ValueError(f"n={n}: it has to be 1 or more")
    wanted = _wanted(stories, words)
    if not wanted:
        raise ValueError(f"{words!r} has no word to look for")
    evidence = stories.evidence
    rows, starts = stories.rows_by_story
    total = np.zeros(len(stories))
    has_all = np.ones(len(stories), dtype=bool)
    place = {str(name): column for column, name in enumerate(evidence.names.tolist())}
    for word in wanted:
        columns = [place[name] for name in _forms(word) if name in place]
        weight = np.asarray(evidence.rows[:, columns].sum(axis=1)).ravel()
        of_row = np.append(weight, 0.0)[evidence.text_of_row[rows]]
        best = np.maximum.reduceat(of_row, starts[:-1]) if len(stories) else total
        has_all &= best > 0.0
        total += best
    order = np.lexsort((np.arange(len(stories)), -total))
    return [stories[int(k)] for k in order if has_all[k]][:n]


def _wanted(stories: Grouping, words: str) -> list[str]:
    """Return the words to look for: all but stop words, unless there are no others."""
    from samestory.vectorizers.preprocessing import unicode_words

    found = list(dict.fromkeys(unicode_words(words.lower())))
    stopping = frozenset().union(*map(keyword_stop_words, story_languages(stories)[0]))
    return [word for word in found if word not in stopping] or found


def _forms(word: str) -> list[str]:
    """Return the terms that stand for a word; the beginning of one long enough to tell."""
    beginning = _core.word_beginning(word)
    return (
        [word, beginning + PREFIX_MARK]
        if len(beginning) >= _core.StoryOptions().terms.prefix_length
        else [word]
    )
