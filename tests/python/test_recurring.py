"""What every text says, says nothing; what the texts of one story share still links them."""

import random
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_stories import invented_words
from reference_terms import without_spans

from samestory import _core, find_stories
from samestory.languages import word_data
from samestory.recurring import recurring_spans

CONSENT = (
    "We and our 842 partners store personal data on your device. Selecting I Accept enables "
    "tracking technologies. Selecting Reject All or withdrawing your consent will disable them."
)
OUTLETS = ("Orrin Herald", "Vellmoor Post", "BBC", "The Tarn Times", "Valdoria Today")


def halves(text: str) -> tuple[str, str]:
    """Return a text in two parts, no word cut."""
    words = text.split(" ")
    return " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])


ADDED = {
    "name behind": lambda text, i: f"{text} - The Orrin Herald",
    "word behind": lambda text, i: f"{text} | Herald",
    "phrase before": lambda text, i: f"Exclusive report: {text}",
    "one of five names": lambda text, i: f"{text} - {OUTLETS[i % len(OUTLETS)]}",
    "paragraph before": lambda text, i: f"{CONSENT}\n\n{text}",
    "paragraph behind": lambda text, i: f"{text}\n\n{CONSENT}",
    "paragraph in the middle": lambda text, i: f"\n{CONSENT}\n".join(halves(text)),
    "markup": lambda text, i: (
        f'<div class="wp-block-group alignwide" data-slot="{i}"><p style="margin:1em 0">{text}</p>'
        '<img loading="lazy" width="1024" class="wp-image size-large" alt=""></div>'
    ),
}


def texts_of_stories(sizes: Sequence[int], n_words: int) -> list[str]:
    """Return texts whose words are, two in three, those of their story."""
    texts = []
    for story, size in enumerate(sizes):
        own = invented_words(("story", story), n_words)
        for i in range(size):
            chance = random.Random(f"{story} {i}")
            words = chance.sample(own, 2 * n_words // 3)
            words += invented_words((story, i), n_words - len(words))
            texts.append(" ".join(chance.sample(words, len(words))))
    return texts


def pairs_of(labels: Sequence[int]) -> set[tuple[int, int]]:
    rows: dict[int, list[int]] = {}
    for i, label in enumerate(labels):
        rows.setdefault(label, []).append(i)
    return {pair for members in rows.values() for pair in combinations(members, 2)}


def stories_of(texts: Sequence[str], field: str = "text") -> list[int]:
    articles = [{field: text, "language": "en"} for text in texts]
    return find_stories(articles, progress=False).labels.tolist()


def found_in(texts: Sequence[str], **kinds) -> list[tuple[int, str]]:
    spans = recurring_spans(texts, **(kinds or {"run_words": 5, "edge_words": 4}))
    return [(row, texts[row][begin:end]) for row, begin, end in spans.tolist()]


# What two texts of ten share may be what they are about.
FEW_OF_EACH = ("one of five names", 6)
CASES = sorted({(added, n) for added in ADDED for n in (6, 30, 200)} - {FEW_OF_EACH})


@pytest.mark.parametrize(("added", "n_stories"), CASES)
@pytest.mark.parametrize(("n_words", "field"), [(9, "title"), (90, "text")])
def test_what_is_added_to_every_text_changes_no_story(added, n_stories, n_words, field):
    chance = random.Random(n_stories)
    sizes = [chance.choice((1, 1, 1, 2, 3)) for _ in range(n_stories)]
    texts = texts_of_stories(sizes, n_words)
    before = pairs_of(stories_of(texts, field))
    after = pairs_of(stories_of([ADDED[added](text, i) for i, text in enumerate(texts)], field))
    assert len(before) >= n_stories // 6
    assert len(before ^ after) <= 0.02 * len(before)


@given(
    length=st.integers(5, 30),
    n_texts=st.integers(6, 20),
    seed=st.integers(0, 10**6),
    alphabet=st.sampled_from(["latin", "wide"]),
)
@settings(max_examples=40)
def test_a_run_in_unrelated_texts_is_found_exactly(length, n_texts, seed, alphabet):
    chance = random.Random(seed)
    run = " ".join(invented_words((seed, "run"), length))
    lift = "" if alphabet == "latin" else "\u0436"
    texts, want = [], []
    for i in range(n_texts):
        words = invented_words((seed, i), 40)
        at = chance.randrange(10, 30)
        head, tail = lift + " ".join(words[:at]), " ".join(words[at:])
        texts.append(f"{head} {run}. {tail}")
        want.append((i, run))
    assert found_in(texts, run_words=5) == want
    left = without_spans(texts, recurring_spans(texts, run_words=5))
    assert not any(run in text for text in left)


@given(st.integers(0, 10**6))
@settings(max_examples=20)
def test_the_order_of_texts_and_threads_change_nothing(seed):
    chance = random.Random(seed)
    texts = texts_of_stories([1, 2, 3, 1, 1, 4, 1, 1], 30)
    texts = [ADDED[chance.choice(sorted(ADDED))](text, i) for i, text in enumerate(texts)]
    order = chance.sample(range(len(texts)), len(texts))
    found = sorted((texts[row], part) for row, part in found_in(texts))
    shuffled = [texts[i] for i in order]
    assert sorted((shuffled[row], part) for row, part in found_in(shuffled)) == found
    kinds = {"run_words": 5, "edge_words": 4}
    one, three = (recurring_spans(texts, n_jobs=n, **kinds) for n in (1, 3))
    assert np.array_equal(one, three)


def test_utf8_and_strings_give_the_same():
    texts = [f"é\u0436 {text} {CONSENT}" for text in texts_of_stories([1] * 8, 30)]
    batch = _core.DocumentBatch()
    for text in texts:
        batch.append(text.encode(), True)
    spans = _core.recurring_spans(
        batch, word_data(frozenset({"en"})).weights("en"), run_words=5
    ).tolist()
    of_bytes = [(row, texts[row].encode()[begin:end].decode()) for row, begin, end in spans]
    assert of_bytes
    assert of_bytes == found_in(texts, run_words=5)


def test_a_collection_about_one_event_keeps_what_it_shares():
    statement = " ".join(invented_words("statement", 12))
    texts = [f"{text} {statement}" for text in texts_of_stories([12], 60)]
    assert found_in(texts) == []


def test_reports_that_quote_one_statement_keep_it_among_others():
    statement = " ".join(invented_words("statement", 12))
    texts = texts_of_stories([4, *[1] * 40], 60)
    quoting = [f"{text} {statement}" for text in texts[:4]]
    assert found_in([*quoting, *texts[4:]]) == []


def test_copies_count_once():
    one = " ".join(invented_words("one", 60))
    others = texts_of_stories([1] * 20, 60)
    assert found_in([one] * 10 + others) == []
    assert len(set(stories_of([one] * 10 + others)[:10])) == 1


def test_two_texts_are_too_few():
    first, second = texts_of_stories([1, 1], 40)
    assert found_in([f"{first} {CONSENT}", f"{second} {CONSENT}"]) == []


def test_a_text_of_nothing_else_is_kept():
    texts = [f"{CONSENT} {text}" for text in texts_of_stories([1] * 10, 30)] + [CONSENT, CONSENT]
    labels = stories_of(texts)
    assert labels[-1] == labels[-2]
    assert len(set(labels)) == 11


def test_whole_lines():
    texts = [
        f"{text}\nListen to us on {90 + i % 2}.5!"
        for i, text in enumerate(texts_of_stories([1] * 9, 30))
    ]
    texts[4] += " Now"
    want = [(i, f"Listen to us on {90 + i % 2}.5") for i in range(9) if i != 4]
    assert found_in(texts, lines=True) == want


def test_of_large_collections_the_ends_of_texts_are_read():
    """More than two million characters; the run stands at the end of one in ten."""
    run = " ".join(invented_words("run", 9))
    filler = [" ".join(invented_words(("long", i), 100)) * 5 for i in range(600)]
    texts = [f"{text} {run}" if i % 10 == 0 else text for i, text in enumerate(filler)]
    assert sum(map(len, texts)) > 2_000_000
    spans = recurring_spans(texts, run_words=5, reach=200)
    found = [(row, texts[row][begin:end]) for row, begin, end in spans.tolist()]
    ends = [(i, run) for i in range(0, 600, 10)]
    assert [(row, part) for row, part in found if row % 10 == 0] == ends


def test_unspaced_scripts():
    letters = [chr(0x4E00 + i) for i in range(3000)]
    chance = random.Random(0)
    notice = "".join(letters[:24])
    texts = ["".join(chance.choices(letters[100:], k=80)) + notice for _ in range(12)]
    assert found_in(texts, run_words=5) == [(i, notice) for i in range(12)]


@pytest.mark.parametrize("kinds", [{"run_words": -1}, {"edge_words": -2}, {"reach": -1}])
def test_lengths_below_zero_are_refused(kinds):
    with pytest.raises(ValueError, match="have to be 0 or more"):
        recurring_spans(["one text", "two", "three"], **kinds)


def test_no_words_and_no_texts():
    assert recurring_spans([], run_words=5).shape == (0, 3)
    assert recurring_spans(["", "  ", "--", "\n"], run_words=5, lines=True).shape == (0, 3)
