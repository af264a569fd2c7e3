"""300 texts that run or break what takes them for markup, in every field, through every view.

The report and the explorer have them in their own tests, in a browser.
"""

import csv
import json
import unicodedata
import warnings
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import networkx
import numpy as np
import pytest
from browser_page import NARROW, WatchedPage, hostile_rows, hostile_texts

import samestory as ss
from samestory.cli import main
from samestory.views.table import write_summary, write_table

mpl.use("Agg")
import matplotlib.pyplot as plt

NO_MARKUP_OF_OURS = "script, img, iframe, object, embed, base, link, meta, svg, input, textarea"


@pytest.fixture(scope="module")
def articles():
    rows = hostile_rows("flood ")
    # Without a word, and so skipped, with every one of the texts that have none.
    rows += [{"id": f"none {text}", "title": "...", "path": text} for text in hostile_texts()[:30]]
    return ss.read_articles(rows, clean="always")


@pytest.fixture(scope="module")
def stories(articles):
    """What links them is found; each story is two texts and their copies."""
    found = ss.find_stories(articles, languages="together", progress=False)
    texts = found.evidence.text_of_row
    found.labels = np.where(texts >= 0, texts // 2, -1)
    return found


@pytest.fixture(scope="module")
def gold():
    return [hostile_texts()[i // 7] for i in range(330)]


@pytest.fixture(scope="module")
def shown(articles, stories, gold):
    """Whatever is printed in a notebook."""
    some = [articles[i] for i in range(0, 300, 3)]
    return [
        articles,
        articles.report(),
        articles.skipped,
        articles.removed,
        *some,
        *(articles[i : i + 10] for i in range(0, 300, 10)),
        stories,
        *stories,
        *(stories.explain(i, i + 1) for i in range(0, 100, 4)),
        *(stories.why(i) for i in range(0, 100, 10)),
        stories.advice(),
        stories.score(gold),
        stories.disagreements(gold),
        ss.near_duplicates(articles, 0.5),
    ]


# -- the notebook ----------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1080, NARROW])
def test_notebook_views_stay_as_they_are(chromium, shown, width):
    """Each in a cell with a line after it, which has to be where it was."""
    cells = "".join(f"<section>{view._repr_html_()}<p>after</p></section>" for view in shown)
    page = "<!doctype html><meta charset=utf-8><style>section{overflow:auto}</style>"
    with WatchedPage(chromium, width) as watched:
        tab = watched.tab
        tab.set_content(f"{page}<main>{cells}</main>".replace("\ud800", "?"))
        assert tab.locator("main > section").count() == len(shown)
        assert tab.locator("main > section > p:last-child").count() == len(shown)
        assert tab.locator("main > section > .samestory").count() == len(shown)
        main_ = tab.locator("main")
        assert main_.locator(NO_MARKUP_OF_OURS).count() == 0
        assert main_.locator("style").count() == len(shown)
        addresses = main_.locator("a").evaluate_all("nodes => nodes.map((node) => node.href)")
        assert all(address.startswith(("http:", "https:")) for address in addresses)
        tab.locator("summary").evaluate_all("nodes => nodes.forEach((node) => node.click())")
        assert watched.fits()
        assert tab.evaluate("window.broken === undefined")


# -- the terminal ----------------------------------------------------------------------------


def is_plain(text):
    """Whether nothing moves the cursor, colours, rings or turns the direction of a terminal."""
    return not any(
        unicodedata.category(c) == "Cc"
        or unicodedata.bidirectional(c) in ("LRO", "RLO", "LRE", "RLE")
        for c in text
        if c != "\n"
    )


def test_printed_views_are_plain(shown):
    for view in shown:
        assert is_plain(str(view))
        if not isinstance(view, ss.Article):  # which shows its fields as they are
            assert max(map(len, str(view).splitlines())) < 1000


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "news.jsonl"
    lines = (json.dumps(row) for row in hostile_rows("flood "))
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    "command", [["stories", "--all"], ["read", "--all"], ["duplicates", "--all"], ["explain"]]
)
@pytest.mark.parametrize("as_json", [False, True])
def test_the_command_line_prints_plain_text_and_whole_json(
    capsys, monkeypatch, source, command, as_json
):
    monkeypatch.setenv("COLUMNS", "80")
    name, *options = command
    rows = ["0", "12"] if name == "explain" else []
    assert main([name, source, *rows, *options, *(["--json"] if as_json else [])]) == 0
    out, err = capsys.readouterr()
    assert is_plain(err)
    if as_json:
        json.loads(out)
    else:
        assert is_plain(out)
        assert len(out.splitlines()) > 5


# -- pictures --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("picture", "options"),
    [
        ("timeline", {"top": 100}),
        ("dendrogram", {"top": 100}),
        ("similarity", {"top": 100}),
        ("outlets", {"top": 300}),
        ("granularity", {}),
        ("map", {"names": 100}),
    ],
)
def test_pictures_hold_letters_alone(stories, tmp_path, picture, options):
    path = tmp_path / "picture.svg"
    with warnings.catch_warnings(), mpl.rc_context({"svg.fonttype": "none"}):
        warnings.simplefilter("error")
        ax = getattr(stories, f"plot_{picture}")(**options)
        ax.figure.savefig(path)
    plt.close("all")
    names = {node.tag.rpartition("}")[2] for node in ElementTree.parse(path).iter()}
    # The names on a map have a rim, and are drawn as outlines for it.
    assert "text" in names or picture == "map"
    assert names.isdisjoint({"script", "foreignObject", "iframe", "a", "img"})
    letters = [text.get_text() for text in ax.figure.findobj(mpl.text.Text)]
    assert len("".join(letters)) > 10
    assert max(map(len, letters)) < 200


# -- files -----------------------------------------------------------------------------------


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("write", [write_table, write_summary])
def test_tables_have_their_rows_and_no_formula(stories, tmp_path, write):
    csv.field_size_limit(10**7)
    n = len(stories.labels) if write is write_table else len(stories)
    rows = read_csv(write(stories, tmp_path / "out.csv"))
    assert len(rows) == n
    assert not any(None in row for row in rows)
    cells = [cell for row in rows for cell in row.values()]
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@\t\r") and cell != "-1"]
    lines = write(stories, tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")
    assert len([json.loads(line) for line in lines if line]) == n


@pytest.mark.parametrize("form", ["gexf", "graphml"])
def test_graphs_are_whole_xml(stories, tmp_path, form):
    path = tmp_path / f"stories.{form}"
    getattr(networkx, f"write_{form}")(stories.to_networkx(), path)
    names = {node.tag.rpartition("}")[2] for node in ElementTree.parse(path).iter()}
    assert "node" in names
    assert names.isdisjoint({"script", "img", "svg"})


def test_frames_hold_every_title(stories):
    titles = [whole(title) for title in stories.articles.column("title")]
    for frame in (stories.to_polars(), stories.to_arrow()):
        column = frame["title"]
        assert (column.to_list() if hasattr(column, "to_list") else column.to_pylist()) == titles
    assert len(stories.summary("polars")) == len(stories.summary("arrow")) == len(stories)


def whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
