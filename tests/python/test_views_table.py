"""Stories as a file for other programs."""

import csv
import json
import sys

import numpy as np
import pytest
from fake_stories import FakeStories, fake_stories

from samestory.views.table import COLUMNS, write_table


@pytest.fixture
def stories():
    fake = fake_stories([2, 1, 1], title='Rain, "snow"\nand ice', standfirst="\ud800é")
    return FakeStories(fake.articles, np.array([1, 0, -1, 0]))


def test_csv_has_a_row_an_article_in_order(stories, tmp_path):
    with write_table(stories, tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["story"], row["size"]) for row in rows] == [
        ("1", "1"),
        ("0", "2"),
        ("-1", "1"),
        ("0", "2"),
    ]
    assert rows[0]["title"] == 'Rain, "snow"\nand ice'
    assert rows[0]["date"] == "2024-03-14T06:30:00+00:00"


@pytest.mark.parametrize("name", ["out.jsonl", "out.NDJSON"])
def test_json_lines(stories, tmp_path, name):
    lines = write_table(stories, tmp_path / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["story"] for row in rows] == [1, 0, -1, 0]
    assert rows[0]["standfirst"] == "?é"


def test_parquet(stories, tmp_path):
    from pyarrow import parquet

    table = parquet.read_table(write_table(stories, tmp_path / "out.parquet"))
    assert table.column_names == list(COLUMNS)
    assert table["story"].to_pylist() == [1, 0, -1, 0]
    assert table["standfirst"].to_pylist()[0] == "?é"


def test_an_article_without_a_date_has_none(tmp_path):
    path = write_table(fake_stories([1], date=None), tmp_path / "out.jsonl")
    assert json.loads(path.read_text(encoding="utf-8"))["date"] is None


def test_another_ending_is_refused(stories, tmp_path):
    with pytest.raises(ValueError, match=r"ends in \.csv, \.jsonl, .*'.*out.xlsx' does not"):
        write_table(stories, tmp_path / "out.xlsx")


def test_what_parquet_needs_is_named(stories, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r'pip install "samestory\[arrow\]"'):
        write_table(stories, tmp_path / "out.parquet")
