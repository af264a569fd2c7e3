"""A story over weeks: where it flared up, and what was new each time."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_stories import invented_words

import samestory as ss
from samestory.data import invented_articles
from samestory.stories.chapters import _blocks, rises


def best_partition(sizes: list[int], widths: list[int]) -> float:
    """The worth of the best partition into blocks, all of them tried."""
    n = len(sizes)
    price = 4.0 - np.log(73.53 * 0.05 * sum(sizes) ** -0.478)
    worths = []
    for cuts in range(2 ** (n - 1)):
        ends = [i + 1 for i in range(n - 1) if cuts >> i & 1] + [n]
        worths.append(worth([0, *ends], sizes, widths, price))
    return max(worths)


def worth(bounds, sizes, widths, price):
    total = 0.0
    for a, b in pairwise(bounds):
        count, time = sum(sizes[a:b]), sum(widths[a:b])
        total += (count * np.log(count / time) if count else 0.0) - price
    return total


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), min_size=1, max_size=9).filter(
        lambda cells: sum(size for size, _ in cells) > 0
    )
)
def test_blocks_are_the_best_of_all(cells):
    sizes, widths = [size for size, _ in cells], [width for _, width in cells]
    starts = _blocks(np.array(sizes, float), np.array(widths, float))
    price = 4.0 - np.log(73.53 * 0.05 * sum(sizes) ** -0.478)
    found = worth([*starts, len(sizes)], sizes, widths, price)
    assert found == pytest.approx(best_partition(sizes, widths))


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_every_event_is_in_a_chapter_and_every_chapter_has_one(days):
    events = np.sort(np.array(days, dtype=np.int64))
    begins = rises(events)
    assert begins[0] == events[0]
    assert all(a < b for a, b in pairwise(begins))
    assert set(begins) <= set(days)


@pytest.mark.parametrize(
    ("counts", "begins"),
    [
        ({0: 1}, [0]),
        ({0: 30, 1: 9, 2: 3, 3: 1}, [0]),
        ({0: 12, 30: 9, 31: 2, 60: 14}, [0, 30, 60]),
        ({0: 1, 12: 20, 13: 4}, [0, 12]),
        (dict.fromkeys(range(40), 2), [0]),
    ],
)
def test_a_chapter_begins_where_the_pace_rises(counts, begins):
    assert rises(np.repeat(list(counts), list(counts.values()))) == begins


def test_dates_of_centuries_take_no_time():
    assert rises(np.array([0, 1, 1, 700_000, 700_000, 700_001])) == [0, 700_000]


COMMON = " ".join(invented_words("common", 40))
FIRST, SECOND, THIRD = (" ".join(invented_words(part, 12)) for part in range(3))


@pytest.fixture(scope="module")
def story():
    """Three waves of one story; the second has words of its own, the third others."""
    rows = [
        {"text": f"{COMMON} {own} {' '.join(invented_words((day, i), 3))}", "date": date}
        for day, own, n in ((1, FIRST, 8), (2, FIRST, 3), (13, SECOND, 9), (25, THIRD, 7))
        for i in range(n)
        for date in [f"2024-03-{day:02}T{6 + i:02}:00Z"]
    ]
    rows += [{"text": f"{COMMON} {FIRST}", "date": "2024-03"}, {"text": f"{COMMON} {SECOND}"}]
    stories = ss.find_stories(rows, granularity=0.0, progress=False)
    assert len(stories) == 1
    return stories[0]


def test_chapters_hold_every_dated_article_once(story):
    chapters = story.chapters()
    assert [len(chapter) for chapter in chapters] == [11, 9, 7]
    rows = np.concatenate([chapter.rows for chapter in chapters])
    assert sorted([*rows, *chapters.undated]) == story.rows.tolist()
    # A month alone names no day.
    assert chapters.undated.tolist() == [27, 28]
    assert [str(chapter.busiest_day) for chapter in chapters] == [
        "2024-03-01", "2024-03-13", "2024-03-25",
    ]  # fmt: skip


def test_new_and_gone_words_are_those_of_the_chapter(story):
    first, second, third = story.chapters()
    assert set(second.new_terms) <= set(SECOND.split())
    assert set(third.new_terms) <= set(THIRD.split())
    assert set(second.gone_terms) <= set(FIRST.split())
    assert set(third.gone_terms) <= set(SECOND.split())
    for chapter in (second, third):
        assert len(chapter.new_terms) == len(chapter.gone_terms) == 8
    assert not first.gone_terms
    assert first.drift == 0.0 < second.drift < 1.0


def test_tables_have_a_row_a_chapter_and_a_row_a_day(story):
    chapters = story.chapters()
    table, days = chapters.to_frame(), chapters.days()
    assert table["articles"].tolist() == [11, 9, 7]
    assert table["outlets"].tolist() == [0, 0, 0]
    assert days["articles"].tolist() == [8, 3, 9, 7]
    assert days["chapter"].tolist() == [1, 1, 2, 3]
    # Nothing is new on the second day but what single articles have.
    assert days["new_terms"].tolist()[1] == ""
    assert set(days["new_terms"].tolist()[2].split(", ")) <= set(SECOND.split())


def test_views_tell_of_each_chapter(story):
    chapters = story.chapters()
    text = repr(chapters)
    assert "3 chapters" in text.splitlines()[0]
    assert "13 Mar 2024 · 9 articles" in text
    assert "drift" in repr(chapters[1])
    html = chapters._repr_html_()
    assert html.count("<details>") == 3
    assert "2 undated" in html


def test_the_timeline_of_a_story_has_a_bar_a_day(story):
    ax = story.plot_timeline()
    bars = [patch.get_height() for patch in ax.patches if patch.get_height() > 1.5]
    assert sorted(bars) == [3, 7, 8, 9]
    assert "2 undated articles" in ax.get_xlabel()
    plt.close(ax.figure)


def test_a_story_without_dates_has_no_chapters():
    stories = ss.find_stories([{"text": COMMON}] * 2, progress=False)
    chapters = stories[0].chapters()
    assert len(chapters) == len(chapters.to_frame()) == len(chapters.days()) == 0
    assert chapters.undated.tolist() == [0, 1]
    ax = stories[0].plot_timeline()
    assert "no article has a date" in [text.get_text() for text in ax.texts]
    plt.close(ax.figure)


def test_every_story_has_chapters_in_order():
    stories = ss.find_stories(invented_articles(40, seed=5), progress=False)
    for story in stories:
        chapters = story.chapters()
        dates = stories.articles.dates[np.concatenate([chapter.rows for chapter in chapters])]
        assert (np.diff(dates) >= np.timedelta64(0)).all()
        assert all(chapter.articles for chapter in chapters)
        assert all(0.0 <= chapter.drift <= 1.0 for chapter in chapters)
