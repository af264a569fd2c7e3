"""Files and folders, good and bad."""

import csv
import gzip
import html
import io
import json
import os
import random
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles import joinpages, read_articles
from samestory.articles.assemble import note_wordless
from samestory.articles.htmlpages import read_html
from samestory.articles.limits import DEFAULT_LIMITS
from samestory.articles.readers.anyfile import read_or_skip
from samestory.articles.readers.inputfile import ReadOptions, file_in_memory
from samestory.articles.recurring_lines import RECURRING
from samestory.articles.removed import Removed
from samestory.articles.sources import batches_from


def read_bytes(name: str, data: bytes):
    """Read a file that is in memory to its one batch."""
    file = file_in_memory(name, name, data, DEFAULT_LIMITS)
    (batch,) = read_or_skip(file, ReadOptions())
    return batch


PAGE = "Rain in the north\n\nIt rained all day in the north of the county.\n"
ROW = {"title": "Sun in the south", "text": "It shone all day.", "date": "2024-03-14", "tag": "x"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.txt").write_text(PAGE)
    (tmp_path / "a.jsonl").write_text(json.dumps(ROW) + "\n\n" + json.dumps(ROW | {"title": "2"}))
    (tmp_path / "c.csv").write_text("headline,body\nSnow in the west,It snowed.\n")
    (tmp_path / "d.html").write_text("<title>Fog</title><p>Fog lay on the eastern hills.</p>")
    (tmp_path / ".hidden.txt").write_text(PAGE)
    return tmp_path


def reasons(articles) -> dict[str, str]:
    return {Path(note.input).name: note.reason for note in articles.skipped}


def test_a_folder_is_read_in_sorted_order_with_its_subfolders(folder):
    articles = read_articles(str(folder))
    assert articles.column("title") == [
        "Sun in the south", "2", "Rain in the north", "Snow in the west", "Fog",
    ]  # fmt: skip
    assert [Path(path).name for path in articles.column("path")] == [
        "a.jsonl", "a.jsonl", "page.txt", "c.csv", "d.html",
    ]  # fmt: skip
    assert articles.column("tag") == ["x", "x", None, None, None]
    assert not articles.skipped


def test_patterns_and_lists_of_paths(folder):
    assert read_articles(str(folder / "*.csv")).column("title") == ["Snow in the west"]
    assert len(read_articles(str(folder / "**" / "*.txt"))) == 1
    articles = read_articles([folder / "c.csv", folder / "b"])
    assert articles.column("title") == ["Snow in the west", "Rain in the north"]


def test_a_list_of_str_is_texts_and_warns_of_file_names(folder):
    with pytest.warns(UserWarning, match="is also a file"):
        articles = read_articles([str(folder / "c.csv")])
    assert articles[0].text == str(folder / "c.csv")


def test_paths_that_do_not_exist(tmp_path):
    for source in ("A bridge was approved.", tmp_path / "none.txt", str(tmp_path / "*.txt")):
        with pytest.raises(FileNotFoundError):
            read_articles(source)
    with pytest.raises(FileNotFoundError, match=r"for one text pass a list, \[text\]"):
        read_articles("A bridge was approved.")
    with pytest.raises(TypeError, match="not also str"):
        read_articles([tmp_path, "text"])


def test_folders_without_articles(tmp_path):
    with pytest.raises(ValueError, match="the folder is empty"):
        read_articles(tmp_path)
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(ValueError, match=r"2 files, none usable .*empty file.*unknown kind.*\.txt"):
        read_articles(tmp_path)
    with pytest.raises(ValueError, match=r"1 file, none usable \(empty\.txt: empty file\)"):
        read_articles(tmp_path / "empty.txt")


BAD = {
    "empty.txt": (b"", "empty file"),
    "blank.txt": (b" \n\n ", "empty file"),
    "marks.txt": (b"... --- ...", "no words"),
    "picture.txt": (b"\x89PNG\r\n" + bytes(500), "not text: a binary file"),
    "zeros.html": (bytes(5000), "not text: 5,000 zero bytes in the first 5,000"),
    "notes.docx": (b"PK\x03\x04", "unknown kind of file: .docx"),
    "README": (b"Read me", "unknown kind of file: no suffix"),
    "bad.jsonl": (b"{nope}\n", "no row that is an article: line 1: not JSON"),
    "numbers.json": (b"[1, 2]", "no row that is an article: not a JSON object but a number"),
    "deep.json": (b"[" * 100_000, "nested too deeply"),
    "broken.json": (b'{"a": ', "not JSON"),
    "other.jsonl": (b'{"a": 1}\n', "no column of titles or texts; its columns: 'a'"),
    "header.csv": (b"title,text\n", "a table without rows"),
    "other.csv": (b"a,b\n1,2\n", "no column of titles or texts; its columns: 'a', 'b'"),
    "cut.jsonl.gz": (gzip.compress(b'{"title": "Rain"}' * 99)[:40], "damaged gzip file"),
    "no.csv.gz": (b"title\nRain\n", "damaged gzip file"),
}


def test_bad_files_are_skipped_with_the_reason_and_the_rest_goes_on(folder):
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    articles = read_articles(folder)
    assert len(articles) == 5
    found = reasons(articles)
    assert set(found) == set(BAD)
    for name, (_, reason) in BAD.items():
        assert reason in found[name], name


def test_bad_rows_of_json_lines_are_skipped(tmp_path):
    file = tmp_path / "a.jsonl"
    lines = [json.dumps(ROW), "{nope", "", "[1]", '{"title": "\\ud800 \\u0000 two"}', '{"text": 5}']
    file.write_text("\n".join(lines))
    articles = read_articles(file)
    assert articles.column("title") == ["Sun in the south", "�   two", ""]
    notes = [(note.row, note.reason[:30]) for note in articles.skipped]
    assert notes == [
        (1, "line 2: not JSON: Expecting pr"),
        (2, "line 4: not a JSON object but "),
        (4, "text is a number (5), not a st"),
    ]


def test_unreadable_files_and_folders(folder, monkeypatch):
    real_open, real_scan = os.open, os.scandir

    def open_file(path, *rest, **options):
        if Path(path).name == "page.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(path, *rest, **options)

    def scan(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real_scan(path)

    (folder / "locked").mkdir()
    monkeypatch.setattr(os, "open", open_file)
    monkeypatch.setattr(os, "scandir", scan)
    articles = read_articles(folder)
    assert len(articles) == 4
    assert reasons(articles) == {
        "locked": "folder not readable: Permission denied",
        "page.txt": "not readable: Permission denied",
    }
    with pytest.raises(ValueError, match="locked: folder not readable: Permission denied"):
        read_articles(folder / "locked")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.txt.gz", "a.json", "a.tsv"])
def test_every_encoding_in_every_kind_of_file(name, encoding, tmp_path):
    title = "Größe “ist” alles – für £5"
    rows = {"title": title, "text": "Ein Text."}
    text = {
        "txt": f"{title}\n\nEin Text. Noch einer.\n",
        "csv": f'title,text\n"{title}",Ein Text.\n',
        "tsv": f"title\ttext\n{title}\tEin Text.\n",
        "jsonl": json.dumps(rows, ensure_ascii=False) + "\n",
        "json": json.dumps({"status": "ok", "articles": [rows]}, ensure_ascii=False),
    }[name.split(".")[1]]
    data = text.encode(encoding)
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith("gz") else data)
    assert read_articles(tmp_path)[0].title == title


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_a_very_long_line(name, tmp_path):
    words = "rain and wind " * 3_600_000
    text = {"a.txt": f"Rain\n\n{words}", "a.csv": f"title,text\nRain,{words}\n"}.get(
        name, json.dumps({"title": "Rain", "text": words})
    )
    (tmp_path / name).write_text(text)
    limit = csv.field_size_limit()
    article = read_articles(tmp_path / name)[0]
    assert (article.title, len(article.text.strip())) == ("Rain", len(words) - 1)
    assert csv.field_size_limit() == limit


def test_crooked_csv(tmp_path):
    file = tmp_path / "a.csv"
    file.write_text('\ntitle;text\nRain;falls;more\nSun\n\n"Snow; ice";"two\nlines"\n')
    articles = read_articles(file)
    assert articles.column("title") == ["Rain", "Sun", "Snow; ice"]
    assert articles.column("text") == ["falls", "", "two\nlines"]
    assert [(note.row, note.reason[:7]) for note in articles.skipped] == [
        (0, "3 cells"),
        (1, "1 cells"),
    ]


def test_columns_of_files(folder):
    article = read_articles(folder / "c.csv", columns={"title": "body", "text": "headline"})[0]
    assert (article.title, article.text) == ("It snowed.", "Snow in the west")
    with pytest.raises(ValueError, match=r"c\.csv has no column 'x'. Its columns: 'headline'"):
        read_articles(folder / "c.csv", columns={"text": "x"})


# Without what one text may be written with or without; a word in front, so that no cell is "-".
CELL = st.text(st.characters(exclude_categories=["Cs", "Cf", "Mn"], exclude_characters="\x00"))
CELL = CELL.map(lambda cell: f"x{unicodedata.normalize('NFC', cell)}").filter(
    lambda cell: unicodedata.normalize("NFKC", cell) == unicodedata.normalize("NFC", cell)
)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8))
def test_json_lines_round_trip(rows):
    lines = "".join(json.dumps({"title": a, "text": b}) + "\n" for a, b in rows)
    batch = read_bytes("a.jsonl", lines.encode())
    assert batch.texts["title"] == [a for a, _ in rows]
    assert batch.texts["text"] == [b for _, b in rows]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(*[st.text(st.characters(codec="latin-1", exclude_categories=["Cc", "Cf"]))] * 2),
        min_size=1,
        max_size=8,
    )
)
def test_csv_round_trip(rows):
    rows = [(f"x{a}", f"x{b}") for a, b in rows]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("title", "text"), *rows])
    batch = read_bytes("a.csv", out.getvalue().encode())
    assert batch.texts["title"] == [a for a, _ in rows]
    assert batch.texts["text"] == [b for _, b in rows]


HTML = """<!DOCTYPE html><html lang="en-GB"><head><meta charset="windows-1252">
<title>Bridge approved | The Planet</title><script>var menu = "<p>not this</p>";</script>
<meta property="og:site_name" content="The Planet">
<meta property="og:title" content="Bridge approved">
<meta name="description" content="Councillors vote twelve to nine">
<meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-03-14T06:30:00+00:00">
<link rel="canonical" href="https://example.com/bridge"></head><body>
<nav><ul><li>News</li><li>Sport</li></ul></nav>
<article><header><h1>Bridge approved after a long debate</h1></header>
<p>The council in Aberfoyle approved the bridge on Tuesday after a debate of nine hours.
<p>Ada Munro said it was “long <b>overdue</b>” &amp; thanked the engineers who drew up the plan.</p>
<figure><img src="x"><figcaption>The pier at dawn</figcaption></figure>
<p>Opponents promised to take the plan to the court before the end of the month of May.</p>
<p>Sign up to our newsletter</p></article>
<footer><p>© 2024 The Planet</p></footer></body></html>"""


@pytest.mark.parametrize("with_trafilatura", [True, False])
def test_html(with_trafilatura, tmp_path, monkeypatch):
    if not with_trafilatura:
        monkeypatch.setitem(__import__("sys").modules, "trafilatura", None)
    page = tmp_path / "bridge.html"
    page.write_bytes(HTML.encode("cp1252"))
    article = read_articles(page)[0]
    assert article.title == "Bridge approved after a long debate"
    assert article.standfirst == "Councillors vote twelve to nine"
    assert (article.author, article.outlet, article.language) == ("Jane Roe", "The Planet", "en")
    assert article.url == article.id == "https://example.com/bridge"
    assert article.date.isoformat() == "2024-03-14T06:30:00+00:00"
    words = article.text.split()
    assert words[:3] == ["The", "council", "in"]
    assert "“long overdue” & thanked" in " ".join(words)
    assert words[-2:] == ["of", "May."]


def test_html_with_linked_data():
    data = {"@graph": [{"@type": "WebSite", "name": "P"}, {
        "@type": ["NewsArticle"], "headline": "Bridge", "datePublished": "2024-03-14T06:30Z",
        "author": [{"name": "Jane Roe"}, {"name": "Ian Poe"}], "publisher": {"name": "Planet"},
    }]}  # fmt: skip
    page = f'<script type="application/ld+json">{json.dumps(data)}</script><p>It stands.</p>'
    fields = read_html(page.encode())
    assert fields["title"] == "Bridge"
    assert fields["author"] == "Jane Roe, Ian Poe"
    assert fields["outlet"] == "Planet"
    assert fields["date"] == "2024-03-14T06:30Z"


PIECES = st.sampled_from(
    ["<p>", "</p>", "<nav>", "</nav>", "<script>", "</script>", "<article>", "</article>", "<h1>",
     "</h1>", "<title>", "rain", " ", "<!--", "-->", "&amp;", "<br>", "<li>", "<", ">", "]]>",
     '<meta property="og:title" content="x">', "<![CDATA[", "</header>", "<header>", "<?", "<!"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30))
def test_any_html_can_be_read(pieces):
    fields = read_html("".join(pieces).encode())
    assert all(isinstance(value, str) for value in fields.values())


# -- the development data -------------------------------------------------------------------


def written(text: str) -> str:
    """Return a text in NFC, without characters that show nothing, its entities read."""
    shown = "".join(c for c in html.unescape(text) if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", shown)


def _words_but(text: str, removed: Sequence[Removed]) -> str:
    """Return the words of the lines that are not told to recur."""
    recurring = {part.what for part in removed if part.why == RECURRING}
    lines = [line for line in written(text).split("\n") if line.strip() not in recurring]
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("name", ["basil", "fnc1_headlines", "ecbplus", "reuters21578"])
def test_development_sets(name, shared, read_set):
    rows = read_set(name)
    articles = read_articles(shared / "data" / f"{name}.jsonl.gz")
    assert articles.ids == [row["id"] for row in rows]
    assert articles.column("title") == [row["title"] for row in rows]
    assert articles.column("language") == [row["lang"] for row in rows]
    assert articles.column("story") == [row["story"] for row in rows]
    short = [
        i
        for i, (row, text) in enumerate(zip(rows, articles.column("text"), strict=True))
        if not _words_but(row["text"], articles.removed.of(i)).startswith(" ".join(text.split()))
        or len(text) < 0.5 * len(row["text"])
    ]
    assert short == []


def test_line_ends_of_old_spreadsheets(tmp_path):
    (tmp_path / "mac.csv").write_bytes(b'title,text\rRain,It rains\rSnow,"It\rsnows"\r')
    articles = read_articles(tmp_path / "mac.csv")
    assert articles.column("title") == ["Rain", "Snow"]
    assert articles[1].text == "It\nsnows"


def test_what_a_library_fails_on_is_skipped_and_told(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(PAGE)
    (tmp_path / "b.csv").write_text("title,text\nSnow,It snowed.\n")

    def fail(*_):
        raise KeyError("cell")

    monkeypatch.setattr("samestory.articles.readers.delimited.distinct_names", fail)
    articles = read_articles(tmp_path)
    assert len(articles) == 1
    assert reasons(articles) == {"b.csv": "damaged file: KeyError: 'cell'"}


def test_a_warc_file_with_wrong_lengths_says_so_in_its_rows_alone(tmp_path, capfd):
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.test/\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>Fog</h1><p>Fog lay on hills."
    (tmp_path / "a.warc").write_bytes(
        record % (len(answer) - 9, answer) + record % (len(answer), answer)
    )
    articles = read_articles(tmp_path / "a.warc")
    assert articles.column("title") == ["Fog", "Fog"]
    assert [note.reason for note in articles.skipped] == ["what follows a record is none: not read"]
    assert capfd.readouterr().err == ""


def test_libraries_write_nothing_to_the_terminal(tmp_path, capfd):
    pytest.importorskip("trafilatura")
    (tmp_path / "a.html").write_text("<title>Fog</title><p>")
    assert len(read_articles(tmp_path / "a.html")) == 1
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("ending", ["", ".gz"])
def test_progress_is_told_within_a_file(tmp_path, ending):
    chance = random.Random(0)
    texts = (chance.randbytes(300).hex() for _ in range(8_000))
    data = "".join(f'{{"title": "Day {i}", "text": "{text}"}}\n' for i, text in enumerate(texts))
    path = tmp_path / f"news.jsonl{ending}"
    path.write_bytes(gzip.compress(data.encode(), 1) if ending else data.encode())
    size = path.stat().st_size
    told = []
    articles = read_articles(path, progress=lambda *now: told.append(now))
    assert articles.ids == read_articles(path).ids
    reading = [done for stage, done, total in told if stage == "reading" and total == size]
    assert len(reading) > 2
    assert reading == sorted(reading)
    assert 0.5 * size < reading[-1] <= size
    assert ("cleaning", 0, 8_000) in told


def test_outlets_are_known_by_names_of_files_that_their_pages_print(tmp_path):
    for i in range(4):
        (tmp_path / f"lindby-post-{i}.txt").write_text(
            f"Rain number {i} over the hills\n\nIt rained for {i + 2} days, the Lindby Post learnt."
        )
        (tmp_path / f"tarn_times_2024-03-1{i}.txt").write_text(f"Snow {i}\n\nIt snowed {i} times.")
        (tmp_path / f"chapter {i}.txt").write_text(f"Fog {i}\n\nFog lay on {i} of the hills.")
    (tmp_path / "www.moor-gazette.news").mkdir()
    (tmp_path / "www.moor-gazette.news" / "a.txt").write_text("Sun\n\nIt shone on the moor.")
    articles = read_articles(tmp_path)
    assert "Lindby Post" not in articles.column("outlet")  # one name of three is no habit
    assert articles.column("outlet")[-1] == "moor-gazette.news"
    for i in range(4):
        (tmp_path / f"chapter {i}.txt").unlink()
    names = read_articles(tmp_path).column("outlet")
    assert names == ["Lindby Post"] * 4 + ["Tarn Times"] * 4 + ["moor-gazette.news"]


@pytest.mark.parametrize("name", ["corpus.en", "texts.v2.de", "2024-03.fr", "export.it"])
def test_folders_of_a_language_are_no_outlets(name, tmp_path):
    (tmp_path / name).mkdir()
    for i in range(4):
        (tmp_path / name / f"{i}.txt").write_text(f"Rain {i}\n\nIt rained for {i + 2} days.")
    assert read_articles(tmp_path).column("outlet") == [""] * 4


HOSTS = ("www.tarn-times.se", "tarn.co.uk", "news.tarn.com.au", "tarn-post.org", "tarn-post.dk")


@pytest.mark.parametrize("name", HOSTS)
def test_folders_of_a_host_are_outlets(name, tmp_path):
    """Of a country's alone, its pages have to say so."""
    (tmp_path / "corpus.en" / name).mkdir(parents=True)
    for i in range(4):
        (tmp_path / "corpus.en" / name / f"{i}.html").write_text(
            f"<h1>Rain {i}</h1><p>It rained for {i + 2} days.</p><a href=//TARN-POST.dk/{i}>More"
        )
    names = read_articles(tmp_path).column("outlet")
    assert names == [name.removeprefix("www.")] * 4


def test_the_sample_pages_have_five_outlets():
    from samestory.data import sample_pages_path

    articles = read_articles(sample_pages_path())
    assert len(set(articles.column("outlet"))) == 5
    assert "5 outlets" in repr(articles)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows.jsonl", '[{"title": "Rain"}, {"title": "Snow"}]'),
        ("rows.jsonl", '[{"title": "Rain"}]\n[{"title": "Snow"}]\n'),
        ("rows.jsonl", '[\n{"title": "Rain"},\n{"title": "Snow"}\n]'),
        ("feed.json", '{"title": "Post", "items": [{"title": "Rain"}, {"title": "Snow"}]}'),
        ("feed.jsonl", '{"title": "Post", "items": [{"title": "Rain"}, {"title": "Snow"}]}'),
    ],
)
def test_lists_of_articles_in_lines_and_below_a_title(name, text):
    assert read_bytes(name, text.encode()).texts["title"] == ["Rain", "Snow"]


def test_an_article_with_items_of_its_own_is_one():
    text = b'{"title": "Rain", "text": "It rains.", "items": [{"title": "Snow"}]}'
    assert read_bytes("one.json", text).texts["title"] == ["Rain"]


def test_rows_that_are_quoted_as_a_whole():
    table = b'title,text,tag\n"Rain,""It rains, again."",x"\n"Snow, at last",It snows.,y\n'
    batch = read_bytes("rows.csv", table)
    assert batch.texts["title"] == ["Rain", "Snow, at last"]
    assert batch.texts["text"] == ["It rains, again.", "It snows."]


def test_nexis_documents_with_few_blank_lines():
    documents = (
        f"{title}\nVell Post\nMarch 14, 2024 Thursday\n\nCopyright 2024 Vell Post\n"
        f"Section: NEWS; Pg. 3\nLength: 20 words\nByline: Anna Tarn\n\nBody\n\n{title} again.\n\n"
        "Load-Date: March 14, 2024\n\nEnd of Document\n"
        for title in ("Rain falls in the valley", "Snow falls on the hill")
    )
    batch = read_bytes("export.txt", "\n".join(documents).encode())
    assert batch.texts["title"] == ["Rain falls in the valley", "Snow falls on the hill"]
    assert batch.texts["text"][0] == "Rain falls in the valley again."
    assert batch.texts["outlet"] == ["Vell Post"] * 2
    assert batch.texts["author"] == ["Anna Tarn"] * 2


def test_thousands_of_pages_read_as_each_by_itself(tmp_path, monkeypatch):
    bodies = [
        "Rain falls on Lindby.",
        "...",
        "Snow\n\nSnow falls on the hill.",
        "",
        "Fog & <b>mist</b>",
    ]
    for i in range(23):
        (tmp_path / f"page-{i:02}.txt").write_text(bodies[i % 5] and f"{bodies[i % 5]}\n\nDay {i}")
    (tmp_path / "page-07.csv").write_text("title,text\nHail,It hails.\n,\n")
    (tmp_path / "page-11.html").write_text(
        "<title>Ice</title><meta name='date' content='2024-03-14'><p>Ice on the road.</p>"
    )
    kept = []
    for at_once in (1, 2, 5, 1000):
        monkeypatch.setattr(joinpages, "_AT_ONCE", at_once)
        articles = read_articles(tmp_path)
        raw = [article.raw for article in articles]
        kept.append((list(articles), raw, list(articles.skipped), list(articles.removed)))
    monkeypatch.setattr("samestory.articles.read.pages_joined", iter)
    alone = read_articles(tmp_path)
    raw = [article.raw for article in alone]
    assert len(alone) == 22
    assert kept == [(list(alone), raw, list(alone.skipped), list(alone.removed))] * 4


def test_a_page_without_words_is_named_among_thousands(tmp_path):
    for i in range(5):
        (tmp_path / f"{i}.html").write_text("<title>A</title><p>Rain falls on the town today.</p>")
    batches = list(joinpages.pages_joined(batches_from(tmp_path, ReadOptions())))
    assert [len(batch) for batch in batches] == [5]
    (batch,) = batches
    for name in ("title", "text"):
        batch.texts[name][3] = "..."
    note_wordless(batch)
    (note,) = batch.skipped
    assert (Path(note.input).name, note.row, note.reason) == ("3.html", 0, "no words")


def test_the_title_of_a_json_feed_is_the_outlet_of_its_entries(tmp_path):
    entries = [
        {"title": "Heron returns", "content_text": "A heron was seen."},
        {"title": "Sluice shut", "content_text": "It is shut.", "outlet": "Weir"},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Pond Post", "items": entries}
    (tmp_path / "feed.json").write_text(json.dumps(feed), encoding="utf-8")
    articles = read_articles(tmp_path / "feed.json")
    assert articles.column("outlet") == ["Pond Post", "Weir"]
    assert articles.column("title") == ["Heron returns", "Sluice shut"]
