"""The drawing of stories over time."""

from datetime import timedelta

import matplotlib
import numpy as np
import pytest
from fake_stories import START, FakeArticles, FakeStories, fake_article, fake_stories

from samestory.views.timeline import plot_timeline

matplotlib.use("agg")


@pytest.fixture(autouse=True)
def _closed_figures():
    yield
    matplotlib.pyplot.close("all")


def labels(ax) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_a_story_is_a_line_and_an_article_a_dot():
    ax = plot_timeline(fake_stories([3, 2, 1]))
    assert labels(ax) == ["Title 0", "Title 3"]
    assert [len(dots.get_offsets()) for dots in ax.collections] == [3, 2]
    ax.figure.canvas.draw()


def test_only_the_largest_are_drawn_and_on_the_axes_given():
    _, ax = matplotlib.pyplot.subplots()
    assert plot_timeline(fake_stories([4, 3, 2]), ax, top=2) is ax
    assert labels(ax) == ["Title 0", "Title 4"]


def test_the_undated_are_counted():
    articles = FakeArticles(
        fake_article(i, date=date)
        for i, date in enumerate([START, None, START + timedelta(days=1), None, None])
    )
    ax = plot_timeline(FakeStories(articles, np.array([0, 0, 0, 1, 1])))
    assert labels(ax) == ["Title 0 (1 undated)"]
    assert ax.get_xlabel() == "1 more story has no date"


def test_no_date_at_all_is_said():
    ax = plot_timeline(fake_stories([3, 2], date=None))
    assert [text.get_text() for text in ax.texts] == ["no article has a date"]


def test_articles_alone_are_drawn_where_there_is_nothing_else():
    assert labels(plot_timeline(fake_stories([1, 1]))) == ["Title 0", "Title 1"]


def test_a_title_is_no_formula():
    ax = plot_timeline(fake_stories([2], title="From $1m to $2_m"))
    ax.figure.canvas.draw()
    assert labels(ax) == [r"From \$1m to \$2_m"]


def test_the_number_of_stories_is_checked():
    with pytest.raises(ValueError, match="top=0: .* at least 1"):
        plot_timeline(fake_stories([2]), top=0)
