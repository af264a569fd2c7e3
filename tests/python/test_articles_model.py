"""Articles as a table and as a sequence."""

import sys

import numpy as np
import pandas as pd
import pytest

from samestory.articles import Article, Articles, Skipped, SkippedRows, read_articles

ROWS = [
    {"id": "a", "title": "Rain", "text": "falls", "date": "2024-03-14T10:00+05:30", "tags": ["x"]},
    {"id": "b", "title": "Sun <b>", "text": "shines", "date": "2024-03-15", "tags": []},
    {"id": "c", "title": "", "text": "???", "date": None, "tags": None},
]


@pytest.fixture
def articles() -> Articles:
    return read_articles(ROWS)


def test_rows(articles):
    assert articles[0] == articles["a"] == articles[-3] == articles[np.int64(0)]
    assert isinstance(articles[0], Article)
    assert [article.id for article in articles] == ["a", "b", "c"]
    assert articles[0].document == "Rain\nfalls"
    with pytest.raises(IndexError, match="article 3: there are 3"):
        articles[3]
    with pytest.raises(KeyError, match="no article has the id 'z'"):
        articles["z"]
    with pytest.raises(AttributeError):
        articles[0].title = "Snow"


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        (slice(1, None), ["b", "c"]),
        (slice(None, None, -1), ["c", "b", "a"]),
        ([2, 0], ["c", "a"]),
        (np.array([-1]), ["c"]),
        ([], []),
        (np.array([True, False, True]), ["a", "c"]),
        (pd.Series([False, True, False]), ["b"]),
    ],
)
def test_parts(articles, key, ids):
    part = articles[key]
    assert isinstance(part, Articles)
    assert part.ids == ids
    assert [article.extra["tags"] for article in part] == [articles[i].extra["tags"] for i in ids]
    assert [article.date for article in part] == [articles[i].date for i in ids]


def test_parts_that_do_not_exist(articles):
    with pytest.raises(IndexError):
        articles[[0, 3]]
    with pytest.raises(IndexError, match="mask has 2 rows"):
        articles[np.array([True, False])]
    with pytest.raises(TypeError, match="not list"):
        articles[["a"]]
    with pytest.raises(TypeError):
        articles[1.5]


def test_parts_keep_the_index():
    frame = pd.DataFrame(ROWS).set_index("id")
    part = read_articles(frame)[[2, 1]]
    assert part.index.tolist() == ["c", "b"]
    assert part.to_frame().index.tolist() == ["c", "b"]


def test_columns(articles):
    assert articles.column("date").dtype == "datetime64[us]"
    assert articles.column("date_offset").tolist() == [330, 0, 0]
    assert articles.column("date_precision") == ["minute", "day", ""]
    assert articles.column("date_zone_known").tolist() == [True, False, False]
    assert articles.columns[-1] == "tags"
    with pytest.raises(KeyError, match="no column 'label'"):
        articles.column("label")


def test_frame(articles):
    frame = articles.to_frame()
    assert str(frame["date"].dtype) == "datetime64[us, UTC]"
    assert frame["title"].tolist() == ["Rain", "Sun <b>", ""]
    assert frame["tags"].tolist() == [["x"], [], None]
    assert frame["date"][0] == pd.Timestamp("2024-03-14T04:30Z")


def test_there_and_back(articles):
    again = read_articles(articles.to_frame())
    assert list(again) == list(articles)
    assert list(read_articles(list(articles))) == list(articles)
    assert read_articles(articles) is articles


def test_without_pandas(articles, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    for table in (articles, articles.skipped):
        with pytest.raises(ImportError, match=r"samestory\[pandas\]"):
            table.to_frame()


def test_prints(articles):
    assert repr(articles) == (
        "3 articles, dated 2024-03-14 to 2024-03-15 (1 without a time zone, read as UTC), 1 skipped"
        "\nunused: tags"
    )
    page = articles._repr_html_()
    assert "Sun &lt;b&gt;" in page
    assert "<b>" not in page


def test_skipped(articles):
    assert articles.skipped[0] == Skipped("list of dict", 2, "no words")
    assert articles.skipped.to_frame().to_dict("list") == {
        "input": ["list of dict"],
        "row": [2],
        "reason": ["no words"],
    }
    many = SkippedRows(Skipped(f"<{i}>", None, "empty file") for i in range(25))
    assert repr(many).splitlines()[-1] == "... and 5 more"
    assert "&lt;0&gt;" in many._repr_html_()
    assert "<0>" not in many._repr_html_()
    assert repr(many[:0]) == "nothing skipped"
    assert many.reasons() == {"empty file": 25}
    assert len(many[1:3]) == 2


def test_a_column_of_another_length():
    with pytest.raises(ValueError, match="'title' has 2 rows, 'id' has 1"):
        Articles({"id": ["a"], "title": ["x", "y"]})
