"""Words that a reader would pick for a story.

Weights alone pick numbers, pieces of words and words of every text. Left out are what starts with a
digit, words of one or two letters, stop words of the story's language, and of words that begin
alike all but the heaviest. Scripts without spaces are counted by pairs of characters: those that
overlap in the text are joined again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from samestory import _core
from samestory.languages import stop_words, word_data
from samestory.stories.term_names import is_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.articles import Articles
    from samestory.stories.grouping import Grouping

_SHORTEST = 3
_SAMPLED_ARTICLES = 50
# Scripts whose words are written without spaces or are short, Hangul among them.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\U00020000-\U0003ffff]"
)
_PAIRED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
# Letters of these are no syllables: two or three of them are no word.
_LETTERED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# Japanese writes what a reader would not pick in Hiragana.
_HIRAGANA = re.compile("[\u3040-\u309f]")


def is_left_out(names: NDArray[Any]) -> NDArray[np.uint8]:
    """Mark the terms that are no words a reader would pick, whatever the language.

    Parameters
    ----------
    names : ndarray of str
        The names of all terms.

    Returns
    -------
    ndarray of uint8

    Examples
    --------
    >>> is_left_out(np.array(["ferry", "ferry*", "~fer~", "2024", "2bn", "ht", "地震"])).tolist()
    [0, 1, 1, 1, 1, 1, 0]
    """
    return np.fromiter((not _may_be_picked(name) for name in names.tolist()), np.uint8, len(names))


def _may_be_picked(name: Any) -> bool:
    if not isinstance(name, str) or not name or name[0].isdigit() or not is_word(name):
        return False
    return len(name) >= _SHORTEST or (not name.isascii() and bool(_UNSPACED.match(name)))


def all_keywords(
    stories: Grouping, columns: NDArray[np.int32], centres: NDArray[np.int64], n: int
) -> list[list[str]]:
    """Return the keywords of each story, the heaviest first.

    Parameters
    ----------
    stories : Grouping
    columns, centres : ndarray
        See `Profiles`.
    n : int
        How many at most.
    """
    words, place = _used_words(stories.evidence.names, columns)
    languages, spoken = story_languages(stories)
    kept = ~_is_stopped(words, languages)[spoken[:, None], place]
    kept = _first_of_each(_beginnings(words)[place], kept)
    first = kept & (np.cumsum(kept, axis=1) <= n)
    flat, ends = words[place[first]].tolist(), np.cumsum(first.sum(axis=1)).tolist()
    keywords = [flat[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    is_paired = np.array([bool(_PAIRED.match(word)) for word in words.tolist()], dtype=bool)
    for label in np.flatnonzero(is_paired[place].any(axis=1)).tolist():
        candidates = words[place[label, kept[label]]].tolist()
        text = _text(stories.articles, int(centres[label]))
        keywords[label] = list(islice(whole_words(candidates, text), n))
    return keywords


def _used_words(
    names: NDArray[Any], columns: NDArray[np.int32]
) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the words that columns name, none ("") last, and the place of each column's."""
    is_used = np.zeros(len(names) + 1, dtype=bool)
    is_used[columns.ravel()] = is_used[-1] = True
    used = np.flatnonzero(is_used)
    place_of = np.zeros(len(is_used), dtype=np.int64)
    place_of[used] = np.arange(len(used))
    return np.append(names, "")[used], place_of[columns]


def _is_stopped(words: NDArray[Any], languages: list[str]) -> NDArray[np.bool_]:
    """Whether each word is a stop word, a row a language."""
    stopped = np.zeros((len(languages), len(words)), dtype=bool)
    place = {word: i for i, word in enumerate(words.tolist())}
    for row, language in zip(stopped, languages, strict=True):
        row[[place[word] for word in keyword_stop_words(language) if word in place]] = True
    stopped[:, -1] = True  # no word
    return stopped


def _beginnings(words: NDArray[Any]) -> NDArray[np.int64]:
    """Number the words so that those which begin alike have one number."""
    numbers: dict[str, int] = {}
    beginnings = (_core.word_beginning(word) if word else "" for word in words.tolist())
    return np.array([numbers.setdefault(name, len(numbers)) for name in beginnings], np.int64)


def _first_of_each(numbers: NDArray[np.int64], kept: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Keep of equal numbers in a row the first that is kept."""
    first = kept.copy()
    for i in range(1, numbers.shape[1]):
        before = first[:, :i] & (numbers[:, :i] == numbers[:, i : i + 1])
        first[:, i] &= ~before.any(axis=1)
    return first


def whole_words(words: Iterable[str], text: str) -> Iterator[str]:
    """Yield words, those of unspaced scripts joined from their pairs of characters.

    Parameters
    ----------
    words : iterable of str
        The heaviest first.
    text : str
        What the story says; it tells which pairs belong together.

    Examples
    --------
    >>> list(whole_words(["京都", "ferry", "地震", "東京", "都で"], "東京都で地震 ferry"))
    ['東京都', 'ferry', '地震']
    """
    iterator = iter(words)
    for word in iterator:
        if word.isascii() or not _PAIRED.match(word):
            yield word
        else:
            yield from _joined_pairs([word, *iterator], text)


def _text(articles: Articles, row: int) -> str:
    return f"{articles.column('title')[row]}\n{articles.column('text')[row]}".lower()


def _joined_pairs(words: Sequence[str], text: str) -> Iterator[str]:
    pairs = [word for word in words if len(word) == 2 and not _HIRAGANA.search(word)]
    seen = ""
    for word in words:
        if word in seen or _HIRAGANA.search(word):
            continue
        if not _PAIRED.match(word):
            yield word
            continue
        grown = _grown(word, [pair for pair in pairs if pair not in seen], text)
        # A pair that remains, with a character of a word before it, lies across the ends of words.
        if len(grown) > 2 or not set(grown) & set(seen):
            seen += f"{grown} "
            if len(grown) > 3 or not _LETTERED.match(grown):
                yield grown


def _grown(word: str, pairs: Sequence[str], text: str) -> str:
    """Lengthen a pair by others as long as the text mostly has it so."""
    for longer in _longer(word, pairs) if len(word) > 1 else ():
        if 2 * text.count(longer) > text.count(word) > 0:
            return _grown(longer, pairs, text)
    return word


def _longer(word: str, pairs: Sequence[str]) -> Iterator[str]:
    for pair in pairs:
        if pair[0] == word[-1]:
            yield word + pair[1]
        if pair[1] == word[0]:
            yield pair[0] + word


def story_languages(stories: Grouping) -> tuple[list[str], NDArray[np.int64]]:
    """Return the language of each story: the one most of its articles name, else the corpus's.

    Parameters
    ----------
    stories : Grouping

    Returns
    -------
    languages : list of str
        Codes; "" where it can not be told.
    spoken : ndarray of int64, shape (n_stories,)
        Which of them each story is told in.
    """
    column = stories.articles.column("language")
    default = _corpus_language(stories) if "" in column else ""
    code_of = {name: _code(name) or default for name in set(column)}
    languages = sorted(set(code_of.values())) or [default]
    number = {name: languages.index(code) for name, code in code_of.items()}
    of_row = np.array([number[name] for name in column], dtype=np.int64)
    rows, starts = stories.rows_by_story
    story = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    keys = story * len(languages) + of_row[rows]
    counts = np.bincount(keys, minlength=len(stories) * len(languages))
    return languages, counts.reshape(-1, len(languages)).argmax(axis=1)


def _code(language: str) -> str:
    return language.strip().lower().replace("_", "-").partition("-")[0]


def _corpus_language(stories: Grouping) -> str:
    from samestory.vectorizers.preprocessing import unicode_words

    articles = stories.articles
    step = max(len(articles) // _SAMPLED_ARTICLES, 1)
    counts: Counter[str] = Counter()
    for row in range(0, len(articles), step):
        counts.update(unicode_words(articles[row].document[:4000].lower()))
    words = word_data(frozenset({""}))
    return words.language_of(list(counts), np.array(list(counts.values()), dtype=np.float64))


@cache
def keyword_stop_words(language: str) -> frozenset[str]:
    """Return the words of a language that are no keywords: those of the longest list there is.

    Parameters
    ----------
    language : str
        An ISO 639-1 code; "" for an unknown language, which has none.
    """
    import stopwordsiso

    listed = stopwordsiso.stopwords(language) if language in stopwordsiso.langs() else set()
    pieces = {piece for entry in listed for piece in re.split(r"\W+", entry.lower())}
    return stop_words(language) | pieces | listed
