"""Every notebook runs from the first cell to the last, and shows what it promises."""

from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from nbclient import NotebookClient

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def execute(path: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook in a new kernel that works in `folder`."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(notebook, timeout=300, resources=resources).execute()


def outputs(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [out for cell in notebook.cells if cell.cell_type == "code" for out in cell.outputs]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_runs(path, tmp_path):
    shown = outputs(execute(path, tmp_path))
    assert shown
    # A warning in a notebook is a fault of ours: nobody can do anything about it there.
    assert not [out.text for out in shown if out.get("name") == "stderr"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def test_a_notebook_is_kept_with_its_outputs(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert len(outputs(notebook)) > len(cells) // 2
    for out in outputs(notebook):
        assert out.output_type in ("stream", "display_data", "execute_result")
        assert out.get("name") != "stderr"
    # Nothing of the machine on which it was run.
    text = path.read_text(encoding="utf-8")
    assert str(ROOT) not in text
    assert "/tmp/" not in text


def test_pages_to_stories_shows_tables_bars_and_a_drawing(tmp_path):
    shown = outputs(execute(ROOT / "notebooks" / "01_pages_to_stories.ipynb", tmp_path))
    views = [out.data for out in shown if "data" in out]
    assert sum('class="samestory ' in data.get("text/html", "") for data in views) == 7
    assert sum("image/png" in data for data in views) == 1
    assert (tmp_path / "stories.html").stat().st_size > 10_000
