"""The drawing of stories over time."""

from datetime import UTC, datetime, timedelta

import matplotlib
import pytest

import samestory as ss
from samestory.views.timeline import plot_timeline

matplotlib.use("agg")
START = datetime(2024, 3, 14, 6, 30, tzinfo=UTC)
WORDS = ("Ferry sinks off Tarn", "Cheese fair opens", "Judge resigns", "Comet probe lands")


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    matplotlib.pyplot.close("all")


def told(dates_of_stories):
    """Stories whose articles have these dates, given as hours; None for no date."""
    rows = [
        {"title": WORDS[k], "text": f"{WORDS[k]}.", "date": hour and START + timedelta(hours=hour)}
        for k, hours in enumerate(dates_of_stories)
        for hour in hours
    ]
    return ss.find_stories(rows, progress=False)


def labels(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_a_story_is_a_line_and_an_article_a_dot():
    ax = plot_timeline(told([(1, 2, 3), (4, 5), (6,)]))
    assert labels(ax) == list(WORDS[:2])
    assert [len(dots.get_offsets()) for dots in ax.collections] == [3, 2]
    ax.figure.canvas.draw()


def test_only_the_largest_are_drawn_and_on_the_axes_given():
    _, ax = matplotlib.pyplot.subplots()
    assert plot_timeline(told([(1, 2, 3, 4), (1, 2, 3), (1, 2)]), ax, top=2) is ax
    assert labels(ax) == list(WORDS[:2])


def test_the_undated_are_counted():
    ax = plot_timeline(told([(1, None, 24), (None, None)]))
    assert labels(ax) == [f"{WORDS[0]} (1 undated)"]
    assert ax.get_xlabel() == "1 more story has no date"


def test_no_date_at_all_is_said():
    ax = plot_timeline(told([(None, None, None), (None, None)]))
    assert [text.get_text() for text in ax.texts] == ["no article has a date"]


def test_articles_alone_are_drawn_where_there_is_nothing_else():
    assert labels(plot_timeline(told([(1,), (2,)]))) == list(WORDS[:2])


def test_a_title_is_no_formula():
    stories = ss.find_stories([{"title": "From $1m to $2_m", "date": "2024-03-14"}], progress=False)
    ax = plot_timeline(stories)
    ax.figure.canvas.draw()
    assert labels(ax) == ["From $1m to $2_m"]
    assert not ax.get_yticklabels()[0].get_parse_math()


def test_the_number_of_stories_is_checked():
    with pytest.raises(ValueError, match="top=0: .* at least 1"):
        plot_timeline(told([(1, 2)]), top=0)
