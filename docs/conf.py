"""How Sphinx makes a site of the guide, the notebooks and the docstrings: `make docs`.

The source folder is the repository, so that links between pages hold here and there.
"""

import shutil
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]

project = "samestory"
author = "the samestory developers"
project_copyright = author
try:
    release = metadata.version("samestory")
except metadata.PackageNotFoundError:  # from the source tree
    release = ""

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/index"
include_patterns = [
    "docs/*.md",
    "docs/guide/*.md",
    "notebooks/*.ipynb",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
]
exclude_patterns = ["build", ".venv*", "python", "cpp", "tests", "benchmarks", "tools"]
# Links to files and folders that are no pages hold in the repository.
suppress_warnings = ["myst.xref_missing"]
myst_heading_anchors = 3
# The notebooks are kept with their outputs, and run by the tests.
nb_execution_mode = "off"
napoleon_google_docstring = False
napoleon_use_ivar = True
autodoc_typehints = "none"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "samestory"

_PAGES = """

```{toctree}
:hidden:
:caption: Guide
guide/first_stories
guide/reading
guide/how_stories_are_decided
guide/looking_and_sharing
guide/daily_use
guide/vectorizers
guide/clustering
guide/similarity_join
guide/text_reuse
guide/comparison
guide/questions
api
```

```{toctree}
:hidden:
:caption: Notebooks
:glob:
../notebooks/*
```

```{toctree}
:hidden:
:caption: Project
../README
../CHANGELOG
../CONTRIBUTING
```
"""


def _list_pages(_app, name, source):
    """Tell Sphinx, and not readers of the repository, which pages there are."""
    if name == root_doc:
        source[0] += _PAGES


def _copy_images(app, error):
    """Bring the pictures that pages show by HTML, light and dark."""
    if error is None:
        target = Path(app.outdir, "docs", "images")
        shutil.copytree(ROOT / "docs" / "images", target, dirs_exist_ok=True)


def setup(app):
    """Connect the two."""
    app.connect("source-read", _list_pages)
    app.connect("build-finished", _copy_images)
