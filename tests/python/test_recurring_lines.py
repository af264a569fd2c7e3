"""Lines that are not of the article they stand in, against a slow reference."""

import random

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from invented_stories import invented_words
from reference_lines import line_keys, recurring_lines

from samestory import _core
from samestory.articles.datewords import MONTHS, WEEKDAYS
from samestory.languages import word_data


def batch_of(texts):
    """Return texts as the core reads them."""
    batch = _core.DocumentBatch()
    batch.fill(iter(texts), np.iinfo(np.int64).max, False)
    return batch


DATE_NAMES = batch_of([*MONTHS, *WEEKDAYS])


def found_by_the_core(titles, texts, n_threads=1):
    """Return text, line and whether it is a link of each line that the core finds."""
    weights = word_data(frozenset({"en"})).weights("en")
    found = _core.recurring_lines(
        batch_of(titles), batch_of(texts), DATE_NAMES, weights, n_threads=n_threads
    )
    return [(text, line, bool(is_link)) for text, line, is_link in found.tolist()]


NUMBERS = "7.5. 10:30 10:30:15 2024-03-14 3/4/24 1999 12 3-4-2024 1.2.3.4 12.30 8,5 14. 1:2 १४ ٢٠٢٤"
WORDS = "Tarn Post | updated March 2024 am MAY Ιανουάριος марта مارس st EDT x_1 a ²"
PIECES = st.sampled_from(
    [
        *NUMBERS.split(" "),
        *WORDS.split(" "),
        " ",
        "  ",
        "\n",
        "\t",
        "\u00a0",
        "\x1f",
        "-",
        "word " * 30,
    ]
)


@given(st.lists(PIECES, max_size=25).map(" ".join))
@example("Tarn Post | Updated 14 March 2024\n It rains. \n7 May 2020\nTarn 2 Lindby 1")
def test_lines_are_compared_as_in_the_reference(text):
    assert _core.compared_lines(batch_of([text]), DATE_NAMES) == line_keys(text)


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_lines_of_any_characters_lose_nothing_but_spaces(text):
    lines = _core.compared_lines(batch_of([text]), DATE_NAMES)
    assert lines == [line.strip() for line in text.split("\n")] or any(map(str.isnumeric, text))


def site(name, n_articles, n_words=60):
    """Return titles and texts of an invented site, with lines of its own around its articles."""
    titles, texts = [], []
    for i in range(n_articles):
        words = invented_words((name, i), n_words)
        titles.append(f"{' '.join(words[:6]).capitalize()} {name}")
        body = "\n".join(
            f"{' '.join(words[k : k + 20]).capitalize()}." for k in range(0, n_words, 20)
        )
        links = "\n".join(titles[max(0, i - 2) : i])
        texts.append(
            f"{name} | Updated {i % 28 + 1} March 2024\nShare this page\n{body}\n"
            f"Read more from {name}\n{links}\nCopyright {name} and its partners."
        )
    return titles, texts


def corpus(seed):
    """Return titles and texts of a few sites, with a report that several of them print."""
    rng = random.Random(seed)
    titles, texts = [], []
    for name in ("Orrin Herald", "Vellmoor Post", "Tarn Times")[: rng.randint(1, 3)]:
        some = site(name, rng.randint(4, 9))
        titles += some[0]
        texts += some[1]
    report = " ".join(invented_words((seed, "report"), 40)).capitalize()
    for i in rng.sample(range(len(texts)), min(3, len(texts))):
        texts[i] = f"{report}.\n{texts[i]}"
    return titles, texts


@pytest.mark.parametrize("seed", range(12))
def test_lines_found_are_those_of_the_reference(seed):
    titles, texts = corpus(seed)
    found = found_by_the_core(titles, texts)
    assert found
    assert found == recurring_lines(titles, texts, "en")


@pytest.mark.parametrize("seed", range(4))
def test_neither_order_nor_threads_change_what_is_found(seed):
    titles, texts = corpus(seed)
    found = found_by_the_core(titles, texts)
    assert found_by_the_core(titles, texts, n_threads=3) == found
    order = random.Random(seed).sample(range(len(texts)), len(texts))
    shuffled = found_by_the_core([titles[i] for i in order], [texts[i] for i in order])
    assert sorted((order[i], line, is_link) for i, line, is_link in shuffled) == found


@pytest.mark.parametrize("seed", range(3))
def test_how_many_bytes_a_character_takes_changes_nothing(seed):
    titles, texts = corpus(seed)
    wide = [text + "\n\N{GRINNING FACE}" if i % 2 else text for i, text in enumerate(texts)]
    assert found_by_the_core(titles, wide) == found_by_the_core(titles, texts)


def test_lines_of_sites_go_and_those_of_articles_stay():
    titles, texts = site("Orrin Herald", 9)
    found = found_by_the_core(titles, texts)
    taken = {(i, texts[i].split("\n")[line]) for i, line, _ in found}
    for i, text in enumerate(texts):
        lines = text.split("\n")
        assert {line for j, line in taken if j == i} == {*lines[:2], *lines[5:]} - {""}


def test_as_many_titles_as_texts_are_asked_for():
    weights = word_data(frozenset({"en"})).weights("en")
    with pytest.raises(ValueError, match="as many titles as texts"):
        _core.recurring_lines(batch_of(["a"]), batch_of([]), DATE_NAMES, weights)
