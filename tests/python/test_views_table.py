"""Stories as a file for other programs, and read again."""

import csv
import json
import sys

import numpy as np
import pytest

import samestory as ss
from samestory.data import sample_pages_path
from samestory.stories.summary import SUMMARY_COLUMNS
from samestory.views.table import safe_cell, write_summary, write_table

ROWS = [
    {"id": "a", "title": 'Rain, "snow"\nand ice', "text": "Rain and ice in Tarn.", "n": 1.5,
     "date": "2024-03-14T06:30+01:00", "standfirst": "\ud800é"},
    {"id": "=b", "title": "=1+1", "text": "- A cheese fair in Orrin.", "date": "2024-03-14"},
    {"id": "c", "title": "..."},
    {"id": "d", "title": "Rain and ice", "text": "Rain, and ice in Tarn",
     "date": "2024-03-14 09:00"},
]  # fmt: skip


@pytest.fixture(scope="module")
def stories():
    return ss.find_stories(ROWS, progress=False)


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_again(path):
    if path.suffix != ".parquet":
        return ss.read_articles(path)
    from pyarrow import parquet

    return ss.read_articles(parquet.read_table(path))


def test_csv_has_a_row_an_article_in_order(stories, tmp_path):
    rows = read_csv(write_table(stories, tmp_path / "out.csv"))
    assert [row["story"] for row in rows] == ["0", "1", "-1", "0"]
    assert [row["story_size"] for row in rows] == ["2", "1", "0", "2"]
    assert [row["story_place"] for row in rows] == ["1", "1", "0", "2"]
    assert rows[0]["title"] == 'Rain, "snow"\nand ice'
    assert rows[0]["n"] == "1.5"
    assert [row["date"] for row in rows] == [
        "2024-03-14T06:30:00+01:00",
        "2024-03-14",
        "",
        "2024-03-14T09:00:00",
    ]


def test_csv_is_for_excel(stories, tmp_path):
    for write in (write_table, write_summary):
        data = write(stories, tmp_path / "out.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert b"'=1+1" in data
        cells = [cell for row in read_csv(tmp_path / "out.csv") for cell in row.values()]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell not in ("", "-1")]


@pytest.mark.parametrize("cell", ["=x", "+1", "-x", "@x", "\t=x", "'=x", "''-x"])
def test_a_safe_cell_begins_with_one_more_apostrophe(cell):
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("name", ["out.jsonl", "out.NDJSON"])
def test_json_lines(stories, tmp_path, name):
    lines = write_table(stories, tmp_path / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["story"] for row in rows] == [0, 1, -1, 0]
    assert rows[0]["standfirst"] == "\ufffdé"
    assert rows[2]["date"] is None


def test_parquet(stories, tmp_path):
    from pyarrow import parquet

    table = parquet.read_table(write_table(stories, tmp_path / "out.parquet"))
    assert table.column_names[:2] == ["story", "story_id"]
    assert table["story"].to_pylist() == [0, 1, -1, 0]
    assert table["standfirst"].to_pylist()[0] == "\ufffdé"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_a_row_a_story(stories, tmp_path, ending):
    path = write_summary(stories, tmp_path / f"stories.{ending}")
    articles = read_again(path)
    assert len(articles) == len(stories)
    assert articles.columns.count("title") == 1
    if ending == "csv":
        assert list(read_csv(path)[0]) == list(SUMMARY_COLUMNS)
        assert read_csv(path)[0]["first_date"] == "2024-03-14T05:30:00+00:00"


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_reading_it_again_gives_the_same_stories(tmp_path, ending):
    stories = ss.find_stories(str(sample_pages_path()), progress=False)
    path = write_table(stories, tmp_path / f"out.{ending}")
    again = ss.find_stories(read_again(path), progress=False)
    np.testing.assert_array_equal(again.labels, stories.labels)
    assert again.articles.ids == stories.articles.ids
    for name in ("title", "text", "date", "date_offset", "date_precision", "date_zone_known"):
        assert list(again.articles.column(name)) == list(stories.articles.column(name))
    for name in ("story_id", "story_title", "story_place"):
        assert again.to_frame()[name].tolist() == stories.to_frame()[name].tolist()


def test_what_was_made_safe_is_read_as_it_was(tmp_path):
    signs = ("=", "+", "-", "@", "'=", "''@", "'Rain', ", "'-' ")
    rows = [
        {"id": f"{sign}{i}", "title": f"{sign}{i} floods", "text": f"Rain {i} in Tarn fell."}
        for i, sign in enumerate(signs)
    ]
    stories = ss.find_stories(rows, progress=False)
    again = ss.read_articles(write_table(stories, tmp_path / "out.csv"))
    assert again.ids == stories.articles.ids
    assert again.column("title") == stories.articles.column("title")
    assert ss.read_articles(again.to_frame()).ids == again.ids
    names = ss.read_articles(write_summary(stories, tmp_path / "stories.csv")).column("title")
    assert sorted(names) == sorted(story.title for story in stories)
    # Another's file: the apostrophe may open a quotation.
    (tmp_path / "other.csv").write_text("title,text\n'@home' it is,Rain fell.\n", encoding="utf-8")
    assert ss.read_articles(tmp_path / "other.csv")[0].title == "'@home' it is"


def test_another_ending_is_refused(stories, tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.csv, \.jsonl, .*'.*out.xlsx' does not"):
        write_table(stories, tmp_path / "out.xlsx")


def test_what_parquet_needs_is_named(stories, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r'pip install "samestory\[arrow\]"'):
        write_table(stories, tmp_path / "out.parquet")
