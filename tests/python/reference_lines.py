"""Lines that recur in articles which share nothing else: a slow, readable reference."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations, pairwise

import numpy as np

from samestory.articles.datewords import MONTHS, WEEKDAYS
from samestory.articles.fields import has_words
from samestory.recurring import recurring_spans

_LONGEST = 120  # characters: what is longer is no date line
_LEAST_WORDS = 2  # besides the date; of fewer, the date is what a line says
_TIMES_WORDS = "am pm st nd rd th est edt et cst cdt ct pst pdt pt gmt bst utc cet cest"
_TIMES = frozenset(_TIMES_WORDS.split())
_HAS_DIGIT = re.compile(r"\d").search
_PARTS = re.compile(r"[^\W\d_]+|\d+(?:[.,:/-]\d+)*")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?|(\d\d?)([./-])\d\d?\2\d{2,4}|\d\d?:\d\d(:\d\d)?")
# Numbers that stand beside the name of a month or a time; any others are what a line says.
_OF_DATES = re.compile(r"(?:19|20)\d\d|\d\d?|\d\d?\.\d\d")


def line_keys(text: str) -> list[str]:
    r"""Return what the lines of a text are compared by, without the spaces around them.

    Examples
    --------
    >>> line_keys("Tarn Post | Updated 14 March 2024\n It rains. \n7 May 2020\nTarn 2 Lindby 1")
    ['Tarn Post | Updated 0 0 0', 'It rains.', '7 May 2020', 'Tarn 2 Lindby 1']
    """
    return [
        _without_date(line) if len(line) <= _LONGEST and _HAS_DIGIT(line) else line
        for line in map(str.strip, text.split("\n"))
    ]


def _without_date(line: str) -> str:
    parts = [match[0] for match in _PARTS.finditer(line)]
    if not any(map(_is_date, parts)):
        return line
    left = [part for part in parts if not (_is_date(part) or _goes_with_dates(part))]
    if sum(len(part) > 1 and part.isalpha() for part in left) < _LEAST_WORDS:
        return line
    return _PARTS.sub(lambda match: _masked(match[0]), line)


def _masked(part: str) -> str:
    return "0" if _is_date(part) or _goes_with_dates(part) else part


def _is_date(part: str) -> bool:
    """Whether it is a date, a time, or the name of a month or a day."""
    if part[0].isdigit():
        return _DATE.fullmatch(part) is not None
    word = part.casefold()
    return word in MONTHS or word in WEEKDAYS


def _goes_with_dates(part: str) -> bool:
    return _OF_DATES.fullmatch(part) is not None or part.casefold() in _TIMES


_LEAST = 3  # articles with a line; two may be about anything
_LEAST_OF = 500  # in large collections one of so many,
_MOST_LEAST = 15  # but no more than so many
_LOOKED_AT = 48  # articles with a line, and as many others
_FEW = 30  # articles: how similar any two of fewer are is chance, so others are tried as well
_COMPARED = 1500  # characters of what is nowhere else
_ASKED = 6  # articles of a line that tell whether more is known
_MAX_GROUPS = 400
_MIN_LENGTH = 2
_LONG_WORD = re.compile(r"\w{4,}")
_MAX_LINKS = 8  # in a list
_LINK_SPACES = 3  # fewer are in a byline
_LEADS = ":,"  # to a quote or a list
_LEAST_LINKS = 2  # one may be the headline
_MOST = 0.8
_OWN_SHARE = 0.5
_LABEL_WORDS = 15
_HEADLINE = 80  # characters
_SAME_WORDS = 2  # of two headlines about one thing
_SENTENCE_ENDS = ".!?…。”\"»“’'"


def recurring_group_lines(
    titles: Sequence[str], texts: Sequence[str], language: str, supposed: Iterable[str] = ()
) -> frozenset[str]:
    """Return the keys of lines that recur in articles which share nothing else.

    Parameters
    ----------
    titles, texts : sequence of str
        Those of all articles.
    language : str
        That of most of them.
    supposed : iterable of str
        Keys of lines that recur as far as the other words of their articles tell: those of a
        report that many print do not count.
    """
    search = _Search(titles, texts, language)
    search.suppose(supposed)
    before = -1
    while before < len(search.found) and search.groups < _MAX_GROUPS:
        before = len(search.found)
        search.judge_all()
    search.add_links()
    return frozenset(search.found)


@dataclass(slots=True)
class _List:
    """Short lines that follow one of the site.

    Attributes
    ----------
    head : str
        That label.
    row : int
        The text.
    is_below : bool
        Whether some of the article stands above.
    labels : list of str
        Those that are not of the site.
    n_found : int
        How many others are.
    """

    head: str
    row: int
    is_below: bool
    labels: list[str] = field(default_factory=list)
    n_found: int = 0


class _Search:
    """Judges lines, those of the most articles first.

    What is found is left out of all that is compared from then on, so that the lines of an
    outlet do not make its articles alike; what was judged before they were known is judged again.
    """

    def __init__(self, titles: Sequence[str], texts: Sequence[str], language: str) -> None:
        self._titles, self._texts, self._language = titles, texts, language
        self._rows_of = _rows_of_lines(texts)
        self._order = _in_no_order(texts)
        self._by_hash = sorted(range(len(texts)), key=self._order.__getitem__)
        self._judged: dict[str, int] = {}  # how many lines were found when it was
        self._own_prose: dict[int, bool] = {}
        self.found: set[str] = set()
        self.groups = 0

    def suppose(self, lines: Iterable[str]) -> None:
        """Take lines for found that are not of one report; some are written in several ways."""
        self.found.update(x for x in lines if x not in self._rows_of or self.is_of_sites(x))

    def judge_all(self) -> None:
        """Judge each line that has not been since something was found in its articles."""
        least = min(max(len(self._texts) // _LEAST_OF, _LEAST), _MOST_LEAST)
        often = (line for line, rows in self._rows_of.items() if len(rows) >= least)
        for line in sorted(often, key=lambda line: (-len(self._rows_of[line]), line)):
            if line not in self.found and self._is_new(line) and self.groups < _MAX_GROUPS:
                self.groups += 1
                self._judge(line)

    def add_links(self) -> None:
        """Add the labels and links that stand below one and the same label of the site.

        Of a list of links each is in few articles, and what is above the first is in many.
        """
        lists: dict[str, list[_List]] = defaultdict(list)
        labels = filter(_is_label, self.found)
        for i in sorted({i for line in labels for i in self._rows_of.get(line, ())}):
            for one in self._lists(i):
                lists[one.head].append(one)
        heads = {head for head, found in lists.items() if self._are_links(head, found)}
        for head in heads:
            self.found.update(x for one in lists[head] for x in one.labels if _is_headline(x))
        below: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for head in lists.keys() - heads:
            for one in lists[head]:
                for line in self._rows_of.keys() & one.labels:
                    below[line].append((head, one.row))
        for line, places in below.items():
            head, n = Counter(head for head, _ in places).most_common(1)[0]
            rows = [i for one, i in sorted(places) if one == head]
            if n >= _MOST * len(self._rows_of[line]) and self._are_unrelated(rows):
                self.found.add(line)

    def _lists(self, i: int) -> Iterator[_List]:
        """Return the labels of a text that follow labels of the site."""
        one, has_prose = None, False
        for line in filter(None, line_keys(self._texts[i])):
            is_found = line in self.found
            if not ((one or is_found) and _is_label(line)):
                has_prose = has_prose or not (is_found or _is_label(line))
                one = None
            elif one is None:
                one = _List(line, i, has_prose)
                yield one
            elif is_found:
                one.n_found += 1
            elif len(one.labels) < _MAX_LINKS:
                one.labels.append(line)

    def _are_links(self, head: str, lists: Sequence[_List]) -> bool:
        """Whether a label stands above several labels, and below the article, nearly always."""
        rows = {
            one.row
            for one in lists
            if one.is_below and len(one.labels) + one.n_found >= _LEAST_LINKS
        }
        return len(rows) >= max(_LEAST, _MOST * len(self._rows_of.get(head, ())))

    def _are_unrelated(self, rows: Sequence[int]) -> bool:
        """Whether articles are on different things, as far as their headlines tell."""
        subjects = list(map(self._subject, rows[:_ASKED]))
        pairs = [(one, other) for one, other in combinations(subjects, 2) if one and other]
        unrelated = sum(len(one & other) < _SAME_WORDS for one, other in pairs)
        return bool(pairs) and unrelated >= _MOST * len(pairs)

    def _subject(self, i: int) -> set[str]:
        """Return the longer words of a headline, or of how the longest paragraph begins."""
        headline = self._titles[i] or max(self._texts[i].split("\n"), key=len)[:_HEADLINE]
        return set(_LONG_WORD.findall(headline.casefold()))

    def _is_new(self, line: str) -> bool:
        """Whether more is known of its articles than when it was judged."""
        return line not in self._judged or self._judged[line] < self._n_found(line)

    def _n_found(self, line: str) -> int:
        """Count the found lines in the first of its articles."""
        rows = self._rows_of[line][:_ASKED]
        return sum(one in self.found for i in rows for one in line_keys(self._texts[i]))

    def _judge(self, line: str) -> None:
        rows = sorted(self._rows_of[line], key=self._order.__getitem__)[:_LOOKED_AT]
        documents = self._look_at(rows, len(rows))
        if line not in self.found and len(rows) < _FEW:
            documents = self._look_at(rows, _FEW)
        counts: dict[str, int] = defaultdict(int)
        for document in documents:
            for one in self._rows_of.keys() & document.split("\n")[1:]:
                counts[one] += 1
        for one, count in counts.items():
            most = max(min(len(self._rows_of[one]), _LOOKED_AT), len(rows))
            if one == line or (count >= _LEAST and 2 * count >= most):
                self._judged[one] = self._n_found(one)

    def _look_at(self, rows: Sequence[int], n_others: int) -> list[str]:
        """Add what recurs in some texts, beside others, to what is found; return the texts."""
        documents = self._compared([*rows, *self._others(rows, n_others)])
        spans = recurring_spans(documents, lines=True, language=self._language, n_jobs=1)
        recurring = {_line_at(documents[i], begin) for i, begin, _ in spans.tolist()}
        self.found.update(filter(self.is_of_sites, recurring - self.found))
        return documents

    def is_of_sites(self, key: str) -> bool:
        """Whether a line is not of one report that many print.

        Most articles with it have a headline of their own, and prose that no other has; of those
        that have none, each report counts once, known by the first paragraph that is shared.
        """
        rows = self._rows_of.get(key, [])[:_LOOKED_AT]
        own: set[str | int] = set()
        for i in rows:
            if self._has_own_prose(i):
                own.add(self._titles[i].casefold() or i)
            elif paragraph := self._shared_prose(i, key):
                own.add(paragraph)
        return len(own) >= max(_LEAST, _OWN_SHARE * len(rows))

    def _shared_prose(self, i: int, key: str) -> str:
        """Return the first paragraph of a text but for one line, or an empty string."""
        lines = filter(None, line_keys(self._texts[i]))
        return next((x for x in lines if x != key and x not in self.found and not _is_label(x)), "")

    def _has_own_prose(self, i: int) -> bool:
        if i not in self._own_prose:
            lines = filter(None, line_keys(self._texts[i]))
            own = (line for line in lines if not _is_label(line) and line not in self._rows_of)
            self._own_prose[i] = any(map(has_words, own))
        return self._own_prose[i]

    def _others(self, rows: Sequence[int], n: int) -> list[int]:
        """Return some other texts to compare with, the same whatever the order of all."""
        step = max(1, len(self._by_hash) // (2 * n))
        known = set(rows)
        return [i for i in self._by_hash[::step] if i not in known][:n]

    def _compared(self, rows: Sequence[int]) -> list[str]:
        """Return texts without what is known to recur, and without labels of two of them."""
        parts = [self._shortened(i) for i in rows]
        counts = Counter(line for lines in parts for line in set(lines))
        rare = {line for line, n in counts.items() if n < _LEAST and line in self._rows_of}
        rare = set(filter(_is_label, rare))
        return [
            "\n".join([" ".join(self._titles[i].split()), *(x for x in lines if x not in rare)])
            for i, lines in zip(rows, parts, strict=True)
        ]

    def _shortened(self, i: int) -> list[str]:
        """Return the lines of a text that others have, and of its own what is compared."""
        lines, left = [], _COMPARED
        for line in filter(None, line_keys(self._texts[i])):
            if line in self.found:
                continue
            if line in self._rows_of:
                lines.append(line)
            elif left > 0:
                lines.append(line[:left])
                left -= len(line)
        return lines


def _rows_of_lines(texts: Sequence[str]) -> dict[str, list[int]]:
    """Return the texts of each line that stands in several."""
    first: dict[str, int] = {}
    rows: dict[str, list[int]] = {}
    for i, text in enumerate(texts):
        for line in dict.fromkeys(line_keys(text)):
            if len(line) < _MIN_LENGTH:
                continue
            before = first.setdefault(line, i)
            if before != i:
                rows.setdefault(line, [before]).append(i)
    return rows


def _in_no_order(texts: Sequence[str]) -> list[bytes]:
    """Return what puts texts into an order that nothing but their words decides."""
    return [blake2b(text.encode("utf-8", "replace"), digest_size=8).digest() for text in texts]


def _is_headline(label: str) -> bool:
    """Whether a label is none of the article's: headings of its parts are shorter."""
    return label.count(" ") >= _LINK_SPACES and label[-1] not in _LEADS


def _is_label(line: str) -> bool:
    """Whether a line is short, no sentence and no row of a table."""
    is_short = line.count(" ") < _LABEL_WORDS and line[-1] not in _SENTENCE_ENDS
    return is_short and not any(map(str.isdigit, line))


def _line_at(document: str, begin: int) -> str:
    start = document.rfind("\n", 0, begin) + 1
    end = document.find("\n", begin)
    return document[start:] if end < 0 else document[start:end]


# -- all articles ----------------------------------------------------------------------------


def recurring_lines(
    titles: Sequence[str], texts: Sequence[str], language: str
) -> list[tuple[int, int, bool]]:
    """Return text, line, and whether it is a link, of each line that is not of its article."""
    documents = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
    spans = recurring_spans(documents, lines=True, language=language)
    bounds = np.searchsorted(spans[:, 0], np.arange(len(texts) + 1)).tolist()
    supposed: set[str] = set()
    for i, (first, last) in enumerate(pairwise(bounds)):
        begins = [begin - len(titles[i]) - 1 for _, begin, _ in spans[first:last].tolist()]
        keys = line_keys(texts[i])
        supposed.update(keys[texts[i].count("\n", 0, begin)] for begin in begins if begin >= 0)
    known = recurring_group_lines(titles, texts, language, supposed)
    headlines = {title.strip() for title in titles if title.strip().count(" ") >= _LINK_SPACES}
    found = []
    for i, text in enumerate(texts):
        lines, keys = list(map(str.strip, text.split("\n"))), line_keys(text)
        first = next((n for n, line in enumerate(lines) if line), 0)
        for n, (line, key) in enumerate(zip(lines, keys, strict=True)):
            is_link = n > first and line in headlines and line != titles[i].strip()
            if key in known or is_link:
                found.append((i, n, key not in known))
    return found
