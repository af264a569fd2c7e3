"""How often Python and the core call each other on the way from texts to stories."""

import sys

import pytest

import samestory as ss
from samestory.data import invented_articles


def calls_of(work):
    """The names of the functions of the core that are called."""
    names = []

    def note(_frame, event, function):
        if event == "c_call" and str(getattr(function, "__module__", "")) == "samestory._core":
            names.append(function.__name__)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return names


@pytest.mark.parametrize("is_named", [True, False])
def test_texts_to_stories_are_few_calls(is_named):
    rows = invented_articles(12, seed=1)
    if not is_named:
        rows = [{key: row[key] for key in row if key != "language"} for row in rows]
    articles = ss.read_articles(rows, progress=False)
    ss.find_stories(articles, progress=False)  # tables of words are read once
    calls = calls_of(lambda: ss.find_stories(articles, progress=False))
    found = [] if is_named else ["identify"]
    looked_at = ["fill", "of_all"]  # whether letters have to be replaced
    assert calls == [
        *looked_at,
        "fill",
        *found,
        "text_rows",
        "give_back_gaps",
        "group",
        "story_labels",
    ]


def test_a_matrix_to_labels_is_four_calls():
    rows = ss.TfidfVectorizer().fit_transform(["rain falls", "rain fell", "snow falls"])
    calls = calls_of(lambda: ss.StoryClusterer().fit(rows))
    assert calls == ["check_compressed", "checked_csr", "group_texts", "story_labels"]
