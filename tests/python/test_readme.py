"""Every example of README and docs runs, and every link in them leads somewhere."""

import doctest
import gzip
import os
import re
import shlex
from pathlib import Path

import matplotlib
import pytest
from conftest import ROOT

import samestory
from samestory.cli import main
from samestory.data import sample_pages_path

matplotlib.use("agg")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@pytest.fixture(params=PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES])
def page(request) -> Path:
    return request.param


@pytest.fixture
def _elsewhere(tmp_path, monkeypatch):
    """Work in a folder that has what the commands name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").symlink_to(sample_pages_path())
    one, other = sorted(sample_pages_path().glob("*ferry*"))[:2]
    (tmp_path / "a.txt").write_bytes(one.read_bytes())
    (tmp_path / "b.txt").write_bytes(other.read_bytes())
    with gzip.open(tmp_path / "export.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write('{"title": "Rain", "text": "It rained all day."}\n')


def blocks(page: Path) -> list[tuple[str, str]]:
    return FENCE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.usefixtures("_elsewhere")
def test_examples_run(page):
    names: dict = {}
    for language, source in blocks(page):
        if language == "python":
            exec(compile(source, str(page), "exec"), names)
        elif language == "pycon":
            example = doctest.DocTestParser().get_doctest(source, names, page.name, str(page), 0)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            runner.run(example, clear_globs=False)
            names.update(example.globs)
            assert runner.failures == 0


@pytest.mark.usefixtures("_elsewhere")
def test_commands_run(page, capsys):
    for words in commands(page):
        if words[0] == "samestory":
            assert main(words[1:]) == 0, capsys.readouterr().err


def test_make_has_the_targets_that_are_named(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for words in commands(page):
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", makefile, re.MULTILINE), words


def commands(page: Path) -> list[list[str]]:
    lines = "".join(source for language, source in blocks(page) if language == "console")
    found = [shlex.split(line[2:], comments=True) for line in lines.splitlines()]
    assert all(words[0] in ("make", "pip", "samestory") for words in found), found
    return found


def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)|(?:src|srcset)=\"([^\"]+)\"", text)
    for link in map("".join, links):
        if not link.startswith("https://"):
            assert os.path.exists(page.parent / link), link


def test_every_public_name_is_listed():
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    assert [name for name in samestory.__all__ if f"`{name}" not in index] == ["__version__"]
