"""A row a story, the words that name it, and how sure it is."""

import numpy as np
import pandas as pd
import pytest

import samestory as ss
from samestory import _core
from samestory.stories.keywords import keyword_stop_words
from samestory.stories.summary import SUMMARY_COLUMNS

ROWS = [
    {"id": "a", "title": "Reef wrecks the Vellmoor ferry", "text": "A reef tore the hull open.",
     "date": "2024-03-14T10:00Z", "outlet": "Post"},
    {"id": "b", "title": "Vellmoor ferry on a reef", "text": "The reef tore the ferry's hull.",
     "date": "2024-03-14T08:00Z", "outlet": "Sun"},
    {"id": "c", "title": "", "text": "Cheese fair opens in Tarn with 2024 wheels.",
     "outlet": "Sun"},
    {"id": "d", "title": "..."},
]  # fmt: skip


@pytest.fixture(scope="module")
def stories():
    return ss.find_stories(ROWS, progress=False)


def test_every_story_is_a_row(stories):
    table = stories.summary()
    assert list(table) == list(SUMMARY_COLUMNS)
    first, second = table.to_dict("records")
    assert first["articles"] == first["outlets"] == 2
    assert first["first_outlet"] == "Sun"
    assert first["first_date"] == pd.Timestamp("2024-03-14T08:00Z")
    assert first["last_date"] == pd.Timestamp("2024-03-14T10:00Z")
    assert second["title"] == "Cheese fair opens in Tarn with 2024 wheels."
    assert (second["first_outlet"], second["first_date"]) == ("", pd.NaT)
    for k, row in enumerate((first, second)):
        assert (row["story"], row["id"], row["title"]) == (k, stories[k].id, stories[k].title)
        assert row["keywords"].split(", ") == stories[k].keywords[:5]
        assert row["sure"] in ("sure", "likely", "open")


def test_other_libraries_get_the_same(stories):
    expected = stories.summary()
    polars, arrow = stories.summary("polars"), stories.summary(frame="arrow")
    for table in (polars.to_pandas(), arrow.to_pandas()):
        pd.testing.assert_frame_equal(table.astype(expected.dtypes), expected)
    with pytest.raises(ValueError, match=r"'excel'.*pandas.*polars.*arrow"):
        stories.summary("excel")


def test_articles_know_their_place(stories):
    frame = stories.to_frame()
    assert frame["story_place"].tolist() == [2, 1, 1, 0]
    assert frame["story_size"].tolist() == [2, 2, 1, 0]
    assert frame["story_id"].tolist() == [stories[0].id, stories[0].id, stories[1].id, ""]
    for table in (stories.to_polars().to_pandas(), stories.to_arrow().to_pandas()):
        pd.testing.assert_frame_equal(table.astype(frame.dtypes), frame)


def test_columns_of_the_input_are_kept_whatever_they_hold():
    rows = [{"title": "Rain", "tags": ["a"], "note": 1}, {"title": "Snow", "tags": {"b": 2}}]
    stories = ss.find_stories(rows, progress=False)
    assert stories.to_polars()["tags"].to_list() == ['["a"]', '{"b": 2}']
    assert stories.to_arrow()["tags"].to_pylist() == ['["a"]', '{"b": 2}']


def test_one_story_has_a_summary():
    assert ss.find_stories(["Rain in May"], progress=False).summary()["title"][0] == "Rain in May"


def test_keywords_are_words_a_reader_would_pick():
    text = "The 2024 vote: don't say 2bn was won, said Ann. Votes for Vellmoor, a vote of {}."
    rows = [text.format(word) for word in ("Tarn", "Tarn", "Oslo")]
    words = ss.find_stories(rows, progress=False)[0].keywords
    assert "vellmoor" in words
    assert not {"don", "said", "2024", "2bn", "won"} & set(words)
    assert len({"vote", "votes"} & set(words)) == 2  # fewer than six letters: two words


def test_stop_words_are_those_of_each_storys_language():
    rows = [
        {"title": "Die Fähre sinkt vor Tarn", "text": "Die Fähre ist gesunken.", "language": "de"},
        {"title": "Two die as ferry sinks", "text": "Ferry sinks, two die.", "language": "en"},
    ]
    german, english = ss.find_stories(rows, progress=False)
    assert "die" in keyword_stop_words("de")
    assert "die" not in german.keywords
    assert "die" in english.keywords


def test_pairs_of_characters_become_words():
    stories = ss.find_stories(
        ["東京都で地震が発生しました", "東京都で大きな地震が発生"], granularity=0, progress=False
    )
    assert stories[0].keywords[:2] == ["東京都", "地震"]


def test_margins_are_those_of_the_stories():
    from samestory.data import sample_pages_path
    from samestory.stories.sureness import story_margins

    found = ss.find_stories(str(sample_pages_path()), progress=False)
    for granularity in (0.0, 0.3, 0.5, 0.6, 1.0):
        at = found.at(granularity)
        assert story_margins(at).tolist() == [story.margin for story in at]


def test_centres_and_columns_are_those_of_plain_sums(n_jobs):
    from scipy import sparse

    random = np.random.default_rng(3)
    rows = sparse.random(60, 40, 0.2, "csr", random_state=random)
    sizes = [1, 20, 0, 30, 9]
    starts = np.cumsum([0, *sizes])
    members = random.permutation(60)
    out = (np.arange(40) % 5 == 0).astype(np.uint8)
    centres = _core.group_centres(rows, members, starts, n_jobs)
    columns = _core.group_columns(rows, members, starts, out, 6, n_jobs)
    for k in range(len(sizes)):
        chosen = rows[members[starts[k] : starts[k + 1]]].toarray()
        sums = chosen.sum(axis=0)
        if len(chosen):
            closeness = chosen @ sums
            assert centres[k] == np.argmax(closeness > closeness.max() * (1 - 2e-5))
        allowed = np.flatnonzero((out == 0) & (sums > 0))
        best = allowed[np.argsort(-sums[allowed], kind="stable")][:6]
        assert columns[k].tolist() == [*best.tolist(), *[-1] * (6 - len(best))]


@pytest.mark.parametrize(
    ("members", "starts", "reason"),
    [([0, 9], [0, 2], "rows of the matrix"), ([0, 1], [0, 1], "rise from 0"), ([0], [], "rise")],
)
def test_groups_are_checked(members, starts, reason):
    from scipy import sparse

    with pytest.raises((ValueError, IndexError), match=reason):
        _core.group_centres(sparse.identity(2, format="csr"), members, starts)


def test_a_story_is_asked_for_by_number(stories):
    assert [stories[np.int64(0)].label, stories[-1].label] == [0, 1]
    with pytest.raises(TypeError, match=r"0 \(the largest\) to 1, .*stories.search\('louvre'\)"):
        stories["louvre"]
    with pytest.raises(TypeError, match=r"stories.story_of\('a'\)"):
        stories["a"]
    with pytest.raises(IndexError, match="story 2: there are 2"):
        stories[2]


def test_an_article_is_named_by_id_or_by_row(stories):
    assert stories.explain(0, 1) == stories.explain("a", "b")
    assert stories.story_of(-2).label == 1
    with pytest.raises(KeyError, match="the row 1 is the int 1, not the str"):
        stories.explain("1", "a")
    with pytest.raises(IndexError, match="article 4: there are 4"):
        stories.why(4)
    with pytest.raises(TypeError, match=r"by its id \(a str\), by its row"):
        stories.similar_to(0.5)
