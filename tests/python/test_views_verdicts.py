"""What Jupyter shows of copies, of reasons and of scores."""

import pytest
from test_views_notebook import HOSTILE, Tags

import samestory as ss
from samestory.stories.score import Score
from samestory.views.disagreements import disagreements_text

ROWS = [
    {"title": f"{HOSTILE} reef", "text": "The ferry hit the reef at Tarn.", "date": "2024-03-15"},
    {"title": "Ferry on the reef", "text": "At Tarn a ferry hit the reef.", "date": "2024-03-14"},
    {"title": "Ferry on the reef", "text": "At Tarn a ferry hit the reef."},
    {"title": "Cheese fair opens", "text": "Cheese for $2 and $3 in Orrin."},
    {"title": "$4 and $5", "text": "Chess champion withdraws."},
]


@pytest.fixture(scope="module")
def articles():
    return ss.read_articles(ROWS)


@pytest.fixture(scope="module")
def stories(articles):
    return ss.find_stories(articles, progress=False)


@pytest.fixture(scope="module")
def views(articles, stories):
    gold = ["ferry"] * 3 + ["fair", "chess"]
    shown = (
        ss.near_duplicates(articles),
        stories.why(0),
        stories.why(4),
        stories.score(gold),
        stories.advice(),
        articles.report(),
        stories.explain(0, 1),
        stories,
        stories[0],
        articles,
        articles[0],
    )
    return [view._repr_html_() for view in shown]


def test_they_are_well_formed_and_what_an_article_holds_stays_text(views):
    for html in views:
        tags = Tags(html)
        assert not tags.open
        assert {tag for tag, _ in tags.seen}.isdisjoint({"script", "img", "a", "iframe"})


def test_dollars_are_no_formulas(views):
    assert sum("$" in html for html in views) >= 3
    for html in views:
        framed = html[html.index("<div") : html.index(">", html.index("<div"))]
        assert {"tex2jax_ignore", "mathjax_ignore"} <= set(framed.split('"')[1].split())


def test_copies_are_listed_with_the_earliest_first(articles, views):
    text = repr(ss.near_duplicates(articles))
    assert text.startswith("5 articles · 1 group of copies · ")
    assert text.endswith("Ferry on the reef")
    assert views[0].index("14 Mar 2024") < views[0].rindex("no date")


def test_advice_lists_changes(stories):
    coarse, fine = (stories.at(level).advice()._repr_html_() for level in (0.6, 0.9))
    assert "would part first" in coarse
    assert "would join first" not in coarse
    assert "would join first" in fine
    assert "would part first" not in fine
    assert repr(stories.advice()) == str(stories.advice())


def test_nothing_is_announced_that_is_not_there(stories):
    for granularity in (0.0, 0.5, 1.0):
        lines = str(stories.at(granularity).advice()).splitlines()
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            assert not line.endswith(":") or following.startswith("  ")
    assert all(change.granularity > 0 for change in stories.at(0.0).advice().merges)
    many = stories.disagreements(["a", "b", "c", "a", "a"])
    assert disagreements_text(many, top=1).endswith("... and 5 more")


def test_one_other_is_said_so():
    two = ss.find_stories(ROWS[:2], granularity=0.0, progress=False)
    assert "to the 1 other of its story" in str(two.why(0))
    assert "to the 1 other of its story" in two.why(0)._repr_html_()


def test_a_reason_names_both_stories(views):
    assert "of its story" in views[1]
    assert "it stands alone" in views[2]


def test_scores_say_what_they_mean(stories):
    score = stories.score(["ferry"] * 3 + ["fair", "chess"])
    assert isinstance(score, Score)
    assert score["b_cubed_f1"] == score.to_series()["b_cubed_f1"] == 1.0
    assert "b_cubed_f1         1.000  both in one number: the one to compare by" in repr(score)
    assert "the one to compare by" in score._repr_html_()
