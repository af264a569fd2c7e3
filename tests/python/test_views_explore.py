"""What the explorer answers; test_browser_explore.py opens it in a browser."""

import sys
from datetime import date

import numpy as np
import pytest
from invented_stories import invented_article, invented_stories

import samestory as ss
from samestory.data import sample_pages_path
from samestory.stories import find_stories
from samestory.views.explore import INSTALL, StaticView
from samestory.views.explore_filter import Filter, Wanted, searched_words
from samestory.views.explore_session import Session


@pytest.fixture(scope="module")
def demo():
    return find_stories(ss.read_articles(sample_pages_path()), progress=False)


def ask(stories, what, **more):
    return Session(stories).answer({"ask": what, "granularity": stories.granularity, **more})


def test_all_stories_are_listed_in_parts(demo):
    stories = invented_stories([3, *[2] * 60, 1])
    first = ask(stories, "stories")
    assert first["total"] == 62
    assert [story["title"] for story in first["stories"]] == [s.title for s in stories[:50]]
    rest = ask(stories, "stories", start=50)
    assert [story["label"] for story in rest["stories"]] == list(range(50, 62))


def test_a_cut_is_that_of_at(demo):
    session = Session(demo)
    for granularity in (0.0, 0.2, 0.9, 1.0):
        answer = session.answer({"ask": "stories", "granularity": granularity})
        cut = demo.at(granularity)
        assert answer["total"] == len(cut)
        assert [s["articles"] for s in answer["stories"]] == cut.sizes.tolist()[:50]
    assert session.at(demo.granularity) is demo


@pytest.mark.parametrize(
    ("question", "error"),
    [
        ({"ask": "stories", "granularity": 2}, "granularity=2"),
        ({"ask": "story", "granularity": 0.5, "row": 10**6}, "article 1000000"),
        ({"ask": "story", "granularity": 0.5, "row": None}, "int()"),
        ({"ask": "stories", "granularity": 0.5, "from": "yesterday"}, "Invalid isoformat"),
        ({"ask": "nothing", "granularity": 0.5}, "nothing"),
    ],
)
def test_what_cannot_be_answered_is_told(demo, question, error):
    assert error in Session(demo).answer(question)["error"]


def test_stories_have_all_words_and_one_article_of_outlet_and_days():
    rows = [invented_article(i // 3, i, title=f"Title {'abcdef'[i]}") for i in range(6)]
    rows[4]["title"] = "Élections in Zürich: a test"
    stories = find_stories(rows, progress=False)
    stories.labels = np.repeat([0, 1], 3)
    chosen = Filter(stories.articles)

    def labels(**wanted):
        return chosen.labels(Wanted(**wanted), stories.labels).tolist()

    assert labels() == [0, 1]
    assert labels(words=searched_words("elections zurich")) == [1]
    assert labels(words=searched_words('"in Zürich"')) == [1]
    assert labels(words=searched_words('"Zürich in"')) == []
    # Words may be in several articles of a story; outlet and day have to be one's.
    assert labels(words=("title d", "title f")) == [1]
    assert labels(outlet="Tasman Beacon", first=date(2024, 3, 15)) == [1]
    assert labels(first=date(2024, 3, 15)) == [1]
    assert labels(last=date(2024, 3, 13)) == []


def test_days_are_those_that_are_printed():
    given = ["2024-03-14T23:00:00-05:00", "2024-02", ""]
    rows = [{"text": f"word{i}", "date": date} for i, date in enumerate(given)]
    chosen = Filter(ss.read_articles(rows))
    assert chosen.rows(Wanted(last=date(2024, 3, 14))).tolist() == [True, True, False]
    assert chosen.rows(Wanted(first=date(2024, 3, 15))).tolist() == [False, False, False]
    assert chosen.rows(Wanted(first=date(2024, 2, 29))).tolist() == [True, True, False]
    assert chosen.days() == ("2024-02-01", "2024-03-14")


def test_orders_of_time():
    stories = invented_stories([2, 2, 2])
    dates = stories.articles.dates
    dates[:] = np.array(["2024-03-03", "2024-03-04", "2024-03-01", "NaT", "NaT", "NaT"], "M8[us]")
    newest = [story["label"] for story in ask(stories, "stories", order="newest")["stories"]]
    oldest = [story["label"] for story in ask(stories, "stories", order="oldest")["stories"]]
    assert (newest, oldest) == ([0, 1, 2], [1, 0, 2])


def test_a_story_is_opened_by_any_of_its_articles(demo):
    for row in demo[0].rows.tolist():
        answer = ask(demo, "story", row=row)
        assert answer["label"] == 0
        shown = [article["row"] for article in answer["articles"]]
        dates = demo.articles.dates[shown]
        assert sorted(shown) == demo[0].rows.tolist()
        assert (np.diff(dates) >= np.timedelta64(0)).all()
        assert answer["keywords"] == demo[0].keywords


def test_a_pair_is_explained_as_explain_does(demo):
    a, b = demo[0].rows[:2].tolist()
    answer = ask(demo, "pair", a=a, b=b)
    why = demo.explain(a, b)
    assert f"similarity {why.score:.3f}" in answer["facts"]
    total = sum(term["weight"] for term in answer["terms"]) + answer["rest"]
    assert total == pytest.approx(why.score, abs=1e-9)
    assert [side["row"] for side in answer["sides"]] == [a, b]
    for mark in answer["marks"][:10]:
        assert mark[:5] in (why.a.document + why.b.document).lower()


def test_why_shows_the_nearest_of_the_story(demo):
    row = int(demo[0].rows[0])
    answer = ask(demo, "why", row=row)
    nearest = demo.why(row).nearest[0][0]
    assert [side["row"] for side in answer["sides"]] == [row, demo.articles.position(nearest.id)]
    lone = int(np.flatnonzero(demo.sizes[demo.labels] == 1)[0])
    assert ask(demo, "why", row=lone) == {"ask": "why", "alone": True}


def test_the_widget_has_the_stories_of_its_slider(demo):
    explorer = demo.explore()
    assert explorer.granularity == demo.granularity
    assert explorer.stories is demo
    explorer.granularity = 0.0
    assert len(explorer.stories) == len(demo.at(0.0))
    with pytest.raises(Exception, match="granularity"):
        explorer.granularity = 1.5
    assert "export default" in explorer._esm


def test_without_anywidget_the_static_view_says_what_to_install(demo, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    view = demo.explore()
    assert isinstance(view, StaticView)
    assert 'pip install "samestory[notebook]"' in INSTALL
    assert INSTALL in repr(view)
    assert "&quot;samestory[notebook]&quot;" in view._repr_html_()
    assert "<table>" in view._repr_html_()
