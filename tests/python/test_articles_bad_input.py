"""Inputs that are made to fill the memory or to take for ever: told, and the rest is read."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
import zipfile
from pathlib import Path

import pytest

import samestory as ss
from samestory.articles import ReadingLimits, read_articles
from samestory.views.table import writer_of

GOOD = "Rain comes to the valley\n\nIt rains on Thursday, and on Friday it rains again.\n"
ENTITIES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))
SECONDS = 30  # they take four at most; a machine under load is given more


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def read_within_time(source, **options):
    start = time.process_time()
    articles = read_articles(source, **options)
    assert time.process_time() - start < SECONDS
    return articles


def only_reason(articles):
    assert len(articles) == 1
    assert articles[0].title == "Rain comes to the valley"
    (skipped,) = articles.skipped
    return skipped.reason


def test_gzip_bombs(folder):
    (folder / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * (100 << 20)))
    reason = only_reason(read_within_time(folder))
    assert reason.startswith("unpacks to more than 250 times its size: ReadingLimits(")


def test_zip_bombs(folder):
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.txt", b"a" * (100 << 20))
    assert "250 times its size" in only_reason(read_within_time(folder))


def test_the_limit_of_what_is_unpacked_can_be_set(folder):
    (folder / "much.txt.gz").write_bytes(gzip.compress(GOOD.encode() * 1000))
    limits = ReadingLimits(unpacked_bytes=10_000)
    reason = only_reason(read_within_time(folder, limits=limits))
    assert reason.startswith("unpacks to more than 10,000 bytes: ReadingLimits(unpacked_bytes=")


def test_digits_without_end_are_no_rows(folder):
    (folder / "zeros.jsonl").write_bytes(b"0" * (8 << 20))
    assert "not JSON" in only_reason(read_within_time(folder))


@pytest.mark.parametrize("name", ["../../away.txt", "/away.txt", "a/../../away.txt"])
def test_names_that_escape_a_zip(name, folder):
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        archive.writestr(name, GOOD)
    assert only_reason(read_within_time(folder)) == "its name points out of the archive"


@pytest.mark.parametrize("name", ["../away.txt", "/away.txt"])
def test_names_that_escape_a_tar(name, folder):
    with tarfile.open(folder / "pages.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(GOOD)
        archive.addfile(entry, io.BytesIO(GOOD.encode()))
    assert only_reason(read_within_time(folder)) == "its name points out of the archive"


def test_links_in_a_tar(folder):
    with tarfile.open(folder / "pages.tar", "w") as archive:
        entry = tarfile.TarInfo("link.txt")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(entry)
    assert only_reason(read_within_time(folder)) == "a link in the archive"


@pytest.mark.parametrize("depth", [500, 100_000])
def test_nested_arrays_spoil_one_row(depth, tmp_path):
    path = tmp_path / "rows.jsonl"
    nested = '{"title": "Snow", "text": ' + "[" * depth + "]" * depth + "}"
    path.write_text(f'{nested}\n{{"title": "Rain", "text": "It rains."}}\n', encoding="utf-8")
    articles = read_within_time(path)
    assert articles[-1].title == "Rain"
    assert "nested too deeply" in articles.skipped[0].reason


def test_an_array_nested_without_end(folder):
    (folder / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    assert "nested too deeply" in only_reason(read_within_time(folder))


def test_entity_bombs(folder):
    feed = (
        f'<!DOCTYPE x [<!ENTITY a0 "aaaa">{ENTITIES}]><rss><item><title>&a11;</title></item></rss>'
    )
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
    assert "declares entities of its own" in only_reason(read_within_time(folder))


def test_too_many_columns(folder):
    (folder / "wide.csv").write_text(",".join(f"c{i}" for i in range(200_000)), encoding="utf-8")
    assert "200,000 columns: ReadingLimits(columns=" in only_reason(read_within_time(folder))


def test_link_loops(folder):
    (folder / "back").symlink_to(folder)
    assert "a link to a folder that is read already" in only_reason(read_within_time(folder))


def test_a_link_to_itself(folder):
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    assert only_reason(read_within_time(folder)).startswith("not readable: Too many levels")


def test_links_to_nothing(folder):
    (folder / "gone.txt").symlink_to(folder / "not-there.txt")
    assert only_reason(read_within_time(folder)) == "a link to nothing"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_are_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    assert only_reason(read_within_time(folder)) == "not a regular file"
    for source in (folder / "pipe.txt", str(folder / "pipe*")):
        with pytest.raises(ValueError, match="not a regular file"):
            read_articles(source)


@pytest.mark.parametrize(
    "source", ["a" * 5000, "a/" * 2500, "*" + "a" * 5000, "//", "~nobody-of-this-name/x", "a\0b"]
)
def test_paths_that_are_none(source):
    with pytest.raises(FileNotFoundError, match=r"no file") as told:
        read_articles(source)
    assert len(str(told.value)) < 1000


PAGES = {
    "deep.html": "<h1>Snow</h1><p>It snows.</p>" + "<div>" * 100_000,
    "cdata.html": "<h1>Snow</h1><p>It snows.</p>" + "<![CDATA[" * 1_000_000,
    "cdata.xml": "<rss><item><title>Snow</title>" + "<![CDATA[" * 1_000_000,
    "dashes.txt": f"Snow\n\n{'-' * 500_000}\n\nIt snows.",
    "dashes.html": f"<h1>Snow</h1><p>{'-' * 500_000}</p><p>It snows.</p>",
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_that_take_for_ever(name, folder):
    (folder / name).write_text(PAGES[name], encoding="utf-8")
    articles = read_within_time(folder)
    assert [article.title for article in articles] == ["Snow", "Rain comes to the valley"]


@pytest.mark.parametrize("source", ["bad\0.html", "bad\0/*.html", Path("bad\0.html")])
@pytest.mark.parametrize("read", [read_articles, lambda path: list(ss.iter_articles(path))])
def test_null_characters_in_paths_to_read(read, source):
    with pytest.raises(FileNotFoundError, match="null character at place 3.*remove it"):
        read(source)


@pytest.mark.parametrize("write", ["save", "to_html"])
def test_null_characters_in_paths_to_write(write):
    stories = ss.find_stories(["Rain in the valley", "Snow on the hill"], progress=False)
    with pytest.raises(ValueError, match="null character at place 3.*remove it"):
        getattr(stories, write)("bad\0.html")


def test_null_characters_in_paths_of_what_was_kept_and_of_tables():
    for call in (ss.load_stories, lambda path: writer_of(Path(path))):
        with pytest.raises(ValueError, match="null character at place 3"):
            call("bad\0.csv")


def test_linked_folders_are_read(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "snow.txt").write_text("Snow on the hill\n\nIt snows on Monday.\n", encoding="utf-8")
    (folder / "linked").symlink_to(other)
    articles = read_within_time(folder)
    assert sorted(articles.column("title")) == ["Rain comes to the valley", "Snow on the hill"]
    assert not articles.skipped


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX alone")
def test_names_that_are_not_utf8(folder):
    try:
        with open(os.fsencode(folder) + b"/na\xefve.txt", "w", encoding="utf-8") as file:
            file.write("Snow on the hill\n\nIt snows on Monday.\n")
    except OSError:
        pytest.skip("the file system takes only UTF-8")
    articles = read_within_time(folder)
    assert sorted(articles.column("title")) == ["Rain comes to the valley", "Snow on the hill"]
    "".join(articles.column("path")).encode()
    assert len(articles.to_frame()) == 2
    assert "articles   2" in str(articles.report())


def test_ten_million_columns(folder):
    (folder / "wide.csv").write_bytes(b"a," * 10_000_000 + b"a\n1,2\n")
    reason = only_reason(read_within_time(folder))
    assert reason.startswith("10,000,001 columns: ReadingLimits(columns=20_000)")


def test_fields_that_do_not_exist_where_no_table_is_read(folder):
    for read in (read_articles, ss.iter_articles):
        with pytest.raises(ValueError, match="'txet' is no field. Fields: "):
            read(folder, columns={"txet": "body"})


def test_a_file_of_an_archive_that_has_no_name(tmp_path):
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        with archive.open(zipfile.ZipInfo(""), "w") as nameless:
            nameless.write(b"Rain")
        archive.writestr("heron.txt", "Heron returns\n\nA heron was seen on the pond.")
    articles = read_articles(path)
    assert articles.column("title") == ["Heron returns"]
    assert [note.reason for note in articles.skipped] == ["unknown kind of file: no suffix"]


@pytest.mark.parametrize("mark", ["<![C", "<![", "<![if x", "<!", "<![CDATA", "<![x]]>", "]]>"])
def test_marked_sections_that_nobody_knows(mark):
    rows = [
        {"text": f"<p>It rains {mark} <b>more</b> than ever.</p>"},
        {"text": f"<p>Sun</p>{mark}"},
    ]
    first, second = read_articles(rows)
    assert first.text.startswith("It rains")
    assert first.text.endswith("than ever.")
    assert second.text.startswith("Sun")


def test_what_is_marked_as_characters_is_text():
    row = {"title": "<![CDATA[Rain &amp; sun]]>", "text": "<p>Rain.</p><![CDATA[<p>Sun.</p>]]>"}
    article = read_articles([row])[0]
    assert (article.title, article.text) == ("Rain & sun", "Rain.\n\nSun.")
