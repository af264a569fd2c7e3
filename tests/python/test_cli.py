"""The command line, as a person meets it."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import samestory as ss
from samestory import __version__
from samestory.cli import main
from samestory.data import sample_pages_path, sample_stories

FERRY = "harbour-courier-01-ferry-on-the-rocks.txt"
SAME_FERRY = "meridian-post-01-thyrea-captain-arrested.txt"
OTHER_FERRY = "tasman-beacon-01-sulangi-ferry.txt"
PROGRAM = [sys.executable, "-m", "samestory"]


@pytest.fixture(autouse=True)
def _plain_terminal(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture(scope="module")
def pages() -> str:
    return str(sample_pages_path())


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def usage_error(capsys, *arguments: str) -> str:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    return capsys.readouterr().err


# -- what it does --------------------------------------------------------------------------


def test_stories_lists_every_story_once(capsys, pages):
    code, out, err = run(capsys, "stories", pages, "--all")
    assert (code, err) == (0, "")
    assert out.startswith("46 articles · 19 stories (12 of two or more articles, 7 of one) · gran")
    numbers = re.findall(r"(?m)^ +(\d+)  2024-03", out)
    assert sorted(map(int, numbers)) == list(range(46))
    assert "\nAlone\n" in out
    assert "\x1b" not in out


def test_demo_is_the_sample_pages(capsys, pages):
    assert run(capsys, "demo")[1] == run(capsys, "stories", pages)[1]


def test_several_files_are_one_source(capsys, pages):
    files = [str(Path(pages, name)) for name in (FERRY, SAME_FERRY, OTHER_FERRY)]
    assert run(capsys, "stories", *files)[1].startswith("3 articles")


def test_one_page_is_one_story_with_its_headline(capsys, pages):
    out = run(capsys, "stories", str(Path(pages, FERRY)))[1]
    assert out.startswith("1 article · 1 story · ")
    assert "Nine dead after Greek ferry strikes reef off Thyrea" in out


def test_the_output_has_the_stories_of_the_gold_file(capsys, pages, tmp_path):
    table = tmp_path / "out.csv"
    code, out, _ = run(capsys, "stories", pages, "--output", str(table), "--jobs", "1")
    assert code == 0
    assert out.endswith(f"\nWritten: {table}\n")
    with table.open(encoding="utf-8-sig", newline="") as file:
        found = {Path(row["path"]).name: row["story"] for row in csv.DictReader(file)}
    gold = sample_stories()
    assert found.keys() == gold.keys()
    pairs = {(story, gold[name]) for name, story in found.items()}
    assert len(pairs) == len(set(found.values())) == len(set(gold.values()))


def test_report_and_top(capsys, pages, tmp_path):
    report = tmp_path / "stories.html"
    code, out, _ = run(capsys, "demo", "--report", str(report), "--top", "2")
    assert code == 0
    assert "... and 10 more stories" in out
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(("level", "stories"), [("0", "1 story"), ("1", "46 stories")])
def test_granularity_is_obeyed(capsys, pages, level, stories):
    out = run(capsys, "stories", pages, "--granularity", level)[1]
    assert out.startswith(f"46 articles · {stories} · ")


def test_columns_of_a_table_can_be_named(capsys, tmp_path):
    source = tmp_path / "news.jsonl"
    rows = [{"kop": "Veerboot zinkt", "tekst": "De veerboot zonk in de storm."}] * 2
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code, out, _ = run(capsys, "stories", str(source), "--columns", "title=kop", "text=tekst")
    assert code == 0
    assert "Veerboot zinkt" in out


def test_a_row_a_story_and_a_row_an_article(capsys, pages, tmp_path):
    names = [str(tmp_path / name) for name in ("stories.csv", "articles.csv")]
    out = run(capsys, "stories", pages, "--stories", names[0], "--output", names[1])[1]
    assert out.endswith(f"\nWritten: {names[0]}, {names[1]}\n")
    with open(names[0], encoding="utf-8-sig", newline="") as file:
        assert [row["articles"] for row in csv.DictReader(file)][:3] == ["5", "5", "3"]
    again = run(capsys, "stories", names[1], "--all")[1]
    assert again.splitlines()[0] == out.splitlines()[0]


def test_json_has_every_story_and_article(capsys, pages):
    code, out, _ = run(capsys, "stories", pages, "--json")
    told = json.loads(out)
    assert (code, told["articles"], len(told["stories"])) == (0, 46, 19)
    first = told["stories"][0]
    assert [article["title"] for article in first["articles"]].count(first["title"]) == 1
    dates = [article["date"] for article in first["articles"]]
    assert len(dates) == 5
    assert first["first_date"] == "2024-03-13T18:22:00Z"


def test_every_command_has_examples(capsys):
    for command in ("read", "stories", "explain", "duplicates", "demo"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        text = capsys.readouterr().out
        examples = text.partition("examples:\n")[2].splitlines()
        assert examples
        assert all(line.startswith(f"  samestory {command}") for line in examples)


# -- read ----------------------------------------------------------------------------------


@pytest.fixture
def untidy(tmp_path):
    """A table with a row of no words and a column of no use, and a file that is none."""
    rows = [
        {"kop": "Ferry sinks off the island", "date": "2024-03-14T08:00", "page": 3},
        {"kop": "...", "date": "", "page": 4},
    ]
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return str(folder)


def test_read_says_what_was_read_used_and_skipped(capsys, untidy):
    code, out, err = run(capsys, "read", untidy, "--columns", "title=kop")
    assert (code, err) == (0, "")
    told = dict(line.split(maxsplit=1) for line in out.splitlines() if not line.startswith(" "))
    assert told["columns"] == "title from kop, date"
    assert told["unused"] == "page"
    assert told["dates"] == "14 Mar 2024; 1 to the minute; 1 without a zone, read as UTC"
    assert told["languages"] == "en 1"
    assert len([line for line in out.splitlines() if line.startswith("  ")]) == 2
    assert "news.jsonl row 1: no words" in out
    assert "photo.jpg" in out


def test_read_as_json(capsys, untidy):
    told = json.loads(run(capsys, "read", untidy, "--columns", "title=kop", "--json")[1])
    assert (told["articles"], told["fields"]["title"]) == (2, 2)
    assert told["used"] == {"title": "kop", "date": "date"}
    assert told["first_date"] == told["last_date"] == "2024-03-14T08:00:00Z"
    assert [row["row"] for row in told["skipped"]] == [None, 1]


def test_read_says_what_was_taken_out(capsys, pages):
    told = json.loads(run(capsys, "read", pages, "--json")[1])
    articles = ss.read_articles(pages)
    assert sum(part["passages"] for part in told["removed"].values()) == len(articles.removed)
    characters = sum(part["characters"] for part in told["removed"].values())
    assert characters == sum(len(part.what) for part in articles.removed)
    out = run(capsys, "read", pages)[1]
    share = characters / (characters + sum(len(article.text) for article in articles))
    assert f"{share:.1%} of the characters: " in out


def test_skipped_inputs_are_told_a_line_a_reason(capsys, untidy):
    err = run(capsys, "stories", untidy, "--columns", "title=kop")[2]
    assert err.startswith("samestory: skipped: ")
    first, *lines = err.splitlines()
    counts = [int(line.split()[0]) for line in lines]
    assert f": {sum(counts):,} (" in first
    assert counts == sorted(counts, reverse=True)
    assert "1  no words" in err


def test_a_bar_is_shown_while_reading_in_a_terminal_alone(capsys, pages, monkeypatch):
    asked = []
    real = ss.articles.read_articles

    def noting(*arguments, progress, **options):
        asked.append(progress)
        return real(*arguments, **options)

    monkeypatch.setattr(ss.articles, "read_articles", noting)
    run(capsys, "read", pages)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    run(capsys, "read", pages)
    run(capsys, "read", pages, "--no-progress")
    assert asked == [False, None, False]


# -- duplicates ----------------------------------------------------------------------------


def test_duplicates_are_listed_the_earliest_first(capsys, tmp_path):
    source = tmp_path / "news.jsonl"
    rows = [
        {"title": "Ferry sinks", "text": "It sank off Tarn.", "date": "2024-03-15"},
        {"title": "Cheese fair", "text": "Fourteen wheels."},
        {"title": "Ferry sinks", "text": "It sank off Tarn.", "date": "2024-03-14"},
    ]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    code, out, _ = run(capsys, "duplicates", str(source))
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "3 articles · 1 group of copies · 1 later copy"
    assert [line.split()[0] for line in lines[3:]] == ["2", "0"]
    groups = json.loads(run(capsys, "duplicates", str(source), "--json")[1])["groups"]
    assert [[article["row"] for article in group] for group in groups] == [[2, 0]]


# -- explain -------------------------------------------------------------------------------


def test_explain_two_of_a_source_by_name_row_and_id(capsys, pages, tmp_path):
    table = tmp_path / "out.jsonl"
    main(["stories", pages, "--output", str(table)])
    rows = [json.loads(line) for line in table.read_text(encoding="utf-8").splitlines()]
    names = [Path(row["path"]).name for row in rows]
    a, b = names.index(FERRY), names.index(SAME_FERRY)
    capsys.readouterr()
    by_name = run(capsys, "explain", pages, FERRY, Path(SAME_FERRY).stem)
    assert by_name[0] == 0
    assert by_name[1].startswith("one story · similarity 0.")
    assert "thyrea" in by_name[1]
    assert run(capsys, "explain", pages, str(a), str(b)) == by_name
    told = json.loads(run(capsys, "explain", pages, str(a), str(b), "--json")[1])
    assert (told["a"]["row"], told["b"]["row"], told["same_story"]) == (a, b, True)
    assert sum(term["weight"] for term in told["terms"]) == pytest.approx(told["score"])
    assert run(capsys, "explain", pages, rows[a]["id"], rows[b]["path"]) == by_name


def test_explain_tells_two_ferries_apart(capsys, pages):
    assert run(capsys, "explain", pages, FERRY, OTHER_FERRY)[1].startswith("two stories · ")


def test_explain_two_files(capsys, pages):
    code, out, _ = run(capsys, "explain", str(Path(pages, FERRY)), str(Path(pages, SAME_FERRY)))
    assert code == 0
    assert "Nine dead after Greek ferry strikes reef off Thyrea" in out
    top = run(capsys, "explain", pages, FERRY, SAME_FERRY, "--top", "3")[1]
    assert "more terms" in top.splitlines()[9]


def test_explain_asks_for_articles_that_are_there(capsys, pages):
    code, out, err = run(capsys, "explain", pages, FERRY, "46")
    assert (code, out) == (1, "")
    assert err == "samestory: no article '46': name it by id, file name or row (0 to 45)\n"
    code, _, err = run(capsys, "explain", pages, pages)
    assert code == 1
    assert "not one each: name the source first" in err


def test_explain_needs_two(capsys, pages):
    assert "two articles are needed" in usage_error(capsys, "explain", pages)


def test_a_name_of_two_articles_is_not_guessed(capsys, pages, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_bytes(Path(pages, FERRY).read_bytes())
    code, _, err = run(capsys, "explain", str(tmp_path), "page.txt", "0")
    assert code == 1
    assert "names 2 articles" in err


# -- what goes wrong -----------------------------------------------------------------------


def test_what_is_wrong_with_the_data_is_one_line(capsys, tmp_path):
    for source, reason in (
        (tmp_path / "absent", "absent"),
        (tmp_path, "the folder is empty"),
    ):
        code, out, err = run(capsys, "stories", str(source))
        assert (code, out) == (1, "")
        assert err.startswith("samestory: ")
        assert err.count("\n") == 1
        assert reason in err


def test_a_column_that_is_not_there_is_named(capsys, tmp_path):
    source = tmp_path / "news.csv"
    source.write_text("title,body\nRain,It rains.\n", encoding="utf-8")
    code, _, err = run(capsys, "stories", str(source), "--columns", "text=tekst")
    assert code == 1
    assert "--columns text=tekst: " in err


def test_messages_name_options_and_no_arguments_of_python(capsys, tmp_path):
    source = tmp_path / "news.csv"
    source.write_text("title,text\n!,?\n", encoding="utf-8")
    _, _, err = run(capsys, "stories", str(source))
    assert "as in --columns text=body" in err
    words = {
        "en": "the ship sank in the harbour and the crew was saved by",
        "de": "das Schiff sank im Hafen und die Mannschaft wurde gerettet von der",
    }
    rows = [f"{i},{text} {i}" for text in words.values() for i in range(4)]
    source.write_text("\n".join(["title,text", *rows]), encoding="utf-8")
    _, _, err = run(capsys, "stories", str(source))
    assert 'Name them in a column "language".' in err
    assert "languages=" not in err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "COMMAND"),
        (["tell"], "invalid choice"),
        (["stories"], "SOURCE"),
        (["demo", "--granularity", "2"], "neither auto nor a number from 0 to 1"),
        (["demo", "--granularity", "fine"], "neither auto nor a number from 0 to 1"),
        (["demo", "--top", "0"], "0 is less than 1"),
        (["demo", "--jobs", "0"], "argument --jobs: 0 has no meaning"),
        (["duplicates", "x", "--threshold", "0"], "'0' is no number above 0 and at most 1"),
        (["demo", "--stories", "out.xlsx"], "a table ends in .csv, .jsonl"),
        (["demo", "--output", "out.xlsx"], "a table ends in .csv, .jsonl"),
        (["demo", "--report", "no/such/folder/a.html"], "there is no folder 'no/such/folder'"),
        (["demo", "--report", "."], "'.' is a folder"),
        (["stories", "x", "--columns", "body"], "'body' is not FIELD=COLUMN"),
    ],
)
def test_what_is_wrong_with_the_command(capsys, arguments, reason):
    assert reason in usage_error(capsys, *arguments)


def test_version(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert stopped.value.code == 0
    assert capsys.readouterr().out == f"samestory {__version__}\n"


def test_warnings_are_lines_too(capsys, tmp_path):
    source = tmp_path / "news.jsonl"
    source.write_text('{"title": "Rain", "date": "the other day"}\n', encoding="utf-8")
    code, _, err = run(capsys, "stories", str(source))
    assert code == 0
    assert err.startswith("samestory: warning: 1 date could not be read")
    assert err.count("\n") == 1


# -- as a program --------------------------------------------------------------------------


def test_it_runs_as_a_module_and_the_width_is_that_of_the_terminal():
    environment = {**os.environ, "COLUMNS": "60"}
    done = subprocess.run([*PROGRAM, "demo"], capture_output=True, env=environment, check=True)
    assert max(map(len, done.stdout.decode("utf-8").splitlines())) <= 60
    assert done.stderr == b""


def test_a_terminal_that_knows_only_ascii_gets_question_marks():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([*PROGRAM, "demo"], capture_output=True, env=environment, check=True)
    assert done.stdout.startswith(b"46 articles ? 19 stories")


@pytest.mark.skipif(os.name == "nt", reason="pipes end otherwise on Windows")
def test_a_reader_that_has_seen_enough_is_no_error():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, "demo"], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


# The program at a moment when it has been at work for long.
SLOW = """
import time, samestory.articles
from samestory.cli import main
def read_articles(*_, **__):
    print("reading", flush=True)
    time.sleep(60)
samestory.articles.read_articles = read_articles
raise SystemExit(main(["demo"]))
"""


@pytest.mark.skipif(os.name == "nt", reason="no such signal on Windows")
def test_an_interrupt_ends_it_quietly():
    command = [sys.executable, "-c", SLOW]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes) as program:
        assert program.stdout.readline() == b"reading\n"
        program.send_signal(signal.SIGINT)
        _, err = program.communicate(timeout=30)
    assert program.returncode == 130
    assert err == b"samestory: interrupted\n"
