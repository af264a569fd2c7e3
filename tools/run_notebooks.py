"""Run the notebooks and keep their outputs; needs the package with its extra "test".

``python tools/run_notebooks.py`` runs all of them, with names of files some.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
# What differs from run to run.
_PASSING = ("execution", "papermill")


def run(path: Path) -> nbformat.NotebookNode:
    """Return a notebook with the outputs of a run in an empty folder."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        NotebookClient(notebook, timeout=300, resources=resources).execute()
    return notebook


def tidy(notebook: nbformat.NotebookNode) -> None:
    """Leave out times, and the plain text of what has a better form."""
    for cell in notebook.cells:
        for name in _PASSING:
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            if "text/html" in data or "image/png" in data:
                data.pop("text/plain", None)
    notebook.metadata.language_info = {"name": "python"}


def main() -> None:
    """Run notebooks and write them where they were."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        notebook = run(path)
        tidy(notebook)
        nbformat.write(notebook, path)


if __name__ == "__main__":
    main()
