"""Frames, Arrow tables and lists: one article a row, always, in order."""

import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles import Article, read_articles
from samestory.articles.ids import content_id, make_unique

ROWS = [
    {
        "headline": "Rain",
        "body": "It rains.",
        "published": "2024-03-14",
        "source": "Planet",
        "n": 1,
    },
    {"headline": "Sun", "body": None, "published": None, "source": None, "n": 2},
    {"headline": None, "body": "...", "published": "2024-03-15T10:00+01:00", "source": "", "n": 3},
]


def make(kind):
    if kind == "dicts":
        return ROWS
    if kind == "generator":
        return (row for row in ROWS)
    if kind == "pandas":
        return pd.DataFrame(ROWS)
    if kind == "pandas objects":
        return pd.DataFrame(ROWS).astype(object)
    if kind == "polars":
        return pl.DataFrame(ROWS)
    if kind == "polars lazy":
        return pl.LazyFrame(ROWS)
    return pa.Table.from_pylist(ROWS)


KINDS = ["dicts", "generator", "pandas", "pandas objects", "polars", "polars lazy", "arrow"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table(kind):
    articles = read_articles(make(kind))
    assert len(articles) == 3
    assert articles.column("title") == ["Rain", "Sun", ""]
    assert articles.column("text") == ["It rains.", "", "..."]
    assert articles.column("outlet") == ["Planet", "", ""]
    assert list(articles.column("n")) == [1, 2, 3]
    assert articles[0].extra == {"n": 1}
    assert articles[0].date_precision == "day"
    assert articles[1].date is None
    assert articles[2].date.isoformat() == "2024-03-15T10:00:00+01:00"
    assert articles.documents() == ["Rain\nIt rains.", "Sun", "..."]
    assert [(note.row, note.reason) for note in articles.skipped] == [(2, "no words")]
    assert len(set(articles.ids)) == 3


def test_texts():
    articles = read_articles(["Rain falls.", None, "Sun shines.", float("nan"), "!"])
    assert articles.column("text") == ["Rain falls.", "", "Sun shines.", "", "!"]
    assert [note.row for note in articles.skipped] == [1, 3, 4]
    assert articles.ids[0] == content_id(["", "", "Rain falls.", ""])


def test_nothing():
    assert len(read_articles([])) == 0
    assert len(read_articles(pd.DataFrame({"text": []}))) == 0


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (5, "a number (5)"),
        (np.float64(2.5), "a number (2.5)"),
        ({"a": 1}, "of type dict"),
        ([1, 2], "a list of other things than strings"),
        (b"\x89PNG\r\n", "not text"),
    ],
)
def test_cells_that_are_no_text(value, reason):
    articles = read_articles([{"title": "", "text": value}, {"title": "Rain", "text": "falls"}])
    assert articles[0].text == ""
    assert articles.skipped[0].row == 0
    assert reason in articles.skipped[0].reason
    assert len(articles.skipped) == 1


def test_bytes_and_lists_of_paragraphs_are_text():
    articles = read_articles([{"text": "Größe".encode("cp1252")}, {"text": ["One.", "Two."]}])
    assert articles.column("text") == ["Größe", "One.\nTwo."]


def test_rows_that_are_no_dicts_stay_as_empty_rows():
    articles = read_articles([{"text": "Rain"}, None, {"text": "Sun"}])
    assert articles.column("text") == ["Rain", "", "Sun"]
    assert articles.skipped[0].reason == "not a dict but NoneType"


def test_authors_in_every_form():
    rows = [{"text": "x", "authors": ["A. Roe", {"name": "B. Poe"}]}, {"text": "x", "author": "C"}]
    assert read_articles(rows[:1])[0].author == "A. Roe, B. Poe"
    assert read_articles(rows[1:])[0].author == "C"


def test_named_columns_come_first():
    rows = [{"text": "short", "long_form": "the long one", "kind": "x"}]
    article = read_articles(rows, columns={"text": "long_form"})[0]
    assert article.text == "the long one"
    assert article.extra == {"text_2": "short", "kind": "x"}


def test_columns_that_do_not_exist():
    with pytest.raises(ValueError, match=r"no column 'bdy'.*'body'"):
        read_articles([{"body": "x"}], columns={"text": "bdy"})
    with pytest.raises(ValueError, match=r"'topic' is no field.*standfirst"):
        read_articles([{"body": "x"}], columns={"topic": "body"})
    with pytest.raises(ValueError, match=r"no column of titles or texts.*'a', 'b'"):
        read_articles(pd.DataFrame({"a": [1], "b": [2]}))


def test_repeated_column_names():
    frame = pd.DataFrame([["one", "two", 3, 4]], columns=["text", "text", "n", "n"])
    article = read_articles(frame)[0]
    assert article.text == "one"
    assert article.extra == {"text_2": "two", "n": 3, "n_2": 4}


@pytest.mark.parametrize(
    "source", [5, None, {"text": ["x"]}, b"x", Article("a"), [1, 2], ["x", {"text": "y"}]]
)
def test_other_things(source):
    with pytest.raises(TypeError):
        read_articles(source)


def test_an_unknown_way_of_cleaning():
    with pytest.raises(ValueError, match="auto, always, never"):
        read_articles(["x"], clean="sometimes")


# -- ids and index --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        ([10, 20, 30], ["10", "20", "30"]),
        (["x", "y", "z"], ["x", "y", "z"]),
        ([("a", 1), ("a", 2), ("b", 1)], ["a/1", "a/2", "b/1"]),
        ([7, 7, 8], None),
        ([0, 1, 2], None),
    ],
)
def test_a_telling_index_gives_the_ids(index, expected):
    index = pd.MultiIndex.from_tuples(index) if isinstance(index[0], tuple) else pd.Index(index)
    articles = read_articles(pd.DataFrame(ROWS).set_index(index))
    assert articles.index.equals(index)
    assert articles.to_frame().index.equals(index)
    if expected is None:
        assert articles.ids == read_articles(ROWS).ids
    else:
        assert articles.ids == expected


def test_ids_come_from_the_column_then_the_url_then_the_content():
    rows = [
        {"id": 7, "text": "a", "url": "http://u"},
        {"id": None, "text": "b", "url": "http://u"},
        {"id": "", "text": "b", "url": None},
        {"id": 7.0, "text": "c"},
    ]
    ids = read_articles(rows).ids
    assert ids == ["7", "http://u", content_id(["", "", "b", ""]), "7-2"]


def test_ids_do_not_depend_on_cleaning():
    rows = [{"title": "Rain", "text": "It rains a lot.\n\nSign up to our newsletter"}]
    cleaned, raw = read_articles(rows, clean="always"), read_articles(rows)
    assert cleaned.ids == raw.ids
    assert cleaned[0].text != raw[0].text


@given(st.lists(st.sampled_from(["a", "a-2", "a-3", "b", "", "a-2-2"]), max_size=20))
def test_repeated_ids(names):
    unique = make_unique(names)
    assert len(set(unique)) == len(names)
    seen = set()
    for name, given_id in zip(names, unique, strict=True):
        assert given_id == name if name not in seen else given_id.startswith(f"{name}-")
        seen.add(name)


# -- dates of frames ------------------------------------------------------------------------


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_datetime_columns(unit):
    stamps = pd.Series(pd.to_datetime(["2024-03-14 10:00", None])).astype(f"datetime64[{unit}]")
    articles = read_articles(pd.DataFrame({"text": ["a", "b"], "date": stamps}))
    assert articles.dates.dtype == "datetime64[us]"
    assert articles[0].date.isoformat() == "2024-03-14T10:00:00+00:00"
    assert not articles[0].date_zone_known
    assert articles[1].date is None


def test_datetime_columns_with_a_zone():
    stamps = pd.Series(pd.to_datetime(["2024-01-14 10:00", "2024-07-14 10:00"])).dt.tz_localize(
        "America/St_Johns"
    )
    frame = pd.DataFrame({"text": ["a", "b"], "date": stamps})
    for source in (frame, pl.from_pandas(frame), pa.Table.from_pandas(frame)):
        articles = read_articles(source)
        assert articles[0].date.isoformat() == "2024-01-14T10:00:00-03:30"
        assert articles[1].date.isoformat() == "2024-07-14T10:00:00-02:30"
        assert articles.date_zone_known.all()


def test_days_are_known_to_be_days():
    frame = pd.DataFrame({"text": ["a"], "date": pd.to_datetime(["2024-03-14"])})
    assert read_articles(frame)[0].date_precision == "day"


# -- imports --------------------------------------------------------------------------------


def test_reading_lists_and_files_imports_no_frames(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"title": "Rain", "date": "2024-03-14"}\n')
    code = (
        "import sys\n"
        "from samestory.articles import read_articles\n"
        "read_articles(['Rain falls']); read_articles([{'text': 'x'}])\n"
        f"repr(read_articles({str(tmp_path / 'a.jsonl')!r}))\n"
        "print([n for n in ('pandas', 'polars', 'pyarrow', 'scipy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LINES = {
    "lines": (
        'Rain in <a href="/tarn">Tarn</a>\nIt rained.\n\nThe lake rose.\n<hr>\nSun follows.',
        "Rain in Tarn\nIt rained.\n\nThe lake rose.\n\nSun follows.",
    ),
    "a wrapped line": ('It <a href="/x">rained</a>\nall day.', "It rained all day."),
    "lines in paragraphs": (
        "<p>It rained\nAll day.</p>\n<p>In Tarn.</p>",
        "It rained All day.\n\nIn Tarn.",
    ),
    "breaks": ('It <a href="/x">rained</a><br>\nIn\nTarn.', "It rained\nIn Tarn."),
    "a link alone": (
        'It rained.\n\n<a href="/x">Go on</a>\n\nSun follows.',
        "It rained.\n\nSun follows.",
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_lines_outside_of_elements_stay_lines(name):
    given, right = LINES[name]
    assert read_articles([given])[0].text == right
    assert read_articles([{"text": given}])[0].text == right


@pytest.mark.parametrize("unit", ["s", "us"])
def test_pandas_columns_of_arrow_dates_out_of_range(unit):
    pandas, pyarrow = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    moments = np.array(["20000-01-01", "2024-03-14", "NaT"], f"datetime64[{unit}]")
    dates = pandas.Series(pyarrow.array(moments), dtype=pandas.ArrowDtype(pyarrow.timestamp(unit)))
    frame = pandas.DataFrame({"title": ["Rain", "Snow", "Sun"], "published": dates, "seen": dates})
    with pytest.warns(UserWarning, match="out of the years 1 to 9999"):
        articles = read_articles(frame)
    assert [str(article.date)[:10] for article in articles] == ["None", "2024-03-14", "None"]
    assert len(articles.to_frame()) == 3


def test_halves_of_surrogate_pairs_in_other_columns():
    pytest.importorskip("pandas")
    articles = read_articles([{"title": "Rain \ud800", "n\udc80te": "x\ud800"}])
    assert articles.to_frame().iloc[0, -1] == "x\ud800"


@pytest.mark.parametrize(
    "names",
    [
        ("intitulé", "corps de l'article", "date_parution"),
        ("Titolo articolo", "Testo dell'articolo", "Data"),
        ("Título da notícia", "Corpo do texto", "Data de publicação"),
        ("Título de la noticia", "Cuerpo de la noticia", "Fecha"),
    ],
)
def test_names_with_their_nouns(names):
    row = dict(zip(names, ("Rain", "It rains.", "2024-03-14"), strict=True))
    (article,) = read_articles([row])
    assert (article.title, article.text, str(article.date)[:10]) == (
        "Rain",
        "It rains.",
        "2024-03-14",
    )
