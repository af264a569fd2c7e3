"""Print requirements named in pyproject.toml: `requirements.py build test lint`.

`build` is the build system's list; every other word is an extra. The package's own dependencies
come first, so that one `pip install -r` makes a whole environment.
"""

import sys
import tomllib
from pathlib import Path


def main(groups: list[str]) -> None:
    """Print one requirement a line."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())
    lines = list(project["project"]["dependencies"])
    for group in groups:
        if group == "build":
            lines += project["build-system"]["requires"]
        else:
            lines += project["project"]["optional-dependencies"][group]
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1:])
