"""Imports run one way: from the command line and views, over stories, to articles and support.

Every import counts, also those within functions and for types alone: a reader follows them all.
"""

import ast
from functools import cache
from importlib import import_module
from pathlib import Path

import samestory

PACKAGE = Path(samestory.__file__).parent
# From the ground up. A module may import those of its own layer and of the layers below.
LAYERS = [
    ["_core", "_extras", "_files", "_frames", "_gaps", "_jobs", "_lookup", "_memory"],
    ["_progress", "_wording", "keeping.container"],
    ["_sound"],
    ["_sparse"],
    ["background", "metrics"],
    ["word_vectors"],
    ["vectorizers"],
    ["languages"],
    ["recurring"],
    ["articles"],
    ["similarity"],
    ["stories"],
    ["clustering", "keeping"],
    ["views", "data"],
    [""],  # the contents page, samestory itself
    ["cli"],
    ["__main__"],
]


def modules():
    found = {"samestory._core": None}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path, known):
    """Yield the modules of the package that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            names = [
                f"{module}.{a.name}" if f"{module}.{a.name}" in known else module
                for a in node.names
            ]
        else:
            continue
        yield from (name for name in names if name in known)


@cache
def graph():
    known = modules()
    return {
        name: set() if path is None else set(imported(path, known)) - {name}
        for name, path in known.items()
    }


def layer(module):
    """Return the place of a module, or else of the package that it is in."""
    parts = module.split(".")[1:]
    for length in range(len(parts), min(len(parts), 1) - 1, -1):
        part = ".".join(parts[:length])
        places = [place for place, names in enumerate(LAYERS) if part in names]
        if places:
            return places[0]
    raise AssertionError(f"{module} has no place in the order of imports: give it one in LAYERS")


def reached(imports, start):
    seen, waiting = set(), [start]
    while waiting:
        for module in imports[waiting.pop()] - seen:
            seen.add(module)
            waiting.append(module)
    return seen


def test_imports_run_one_way_between_packages():
    upward = [
        f"{module} imports {other}"
        for module, others in graph().items()
        for other in others
        if layer(other) > layer(module)
    ]
    assert upward == []


def test_the_contents_page_is_imported_by_the_command_line_alone():
    users = {module for module, others in graph().items() if "samestory" in others}
    assert users <= {"samestory.cli", "samestory.__main__"}


def test_no_files_import_each_other():
    imports = graph()
    assert {module for module in imports if module in reached(imports, module)} == set()


def test_results_know_no_view():
    files = [path for name, path in modules().items() if name.startswith("samestory.stories.")]
    known = modules()
    assert not [other for path in files for other in imported(path, known) if ".views" in other]


def test_what_is_looked_up_by_name_is_there():
    for package in ("views", "keeping", "stories"):
        for name, module in import_module(f"samestory.{package}").BY_NAME.items():
            assert callable(getattr(import_module(f"samestory.{package}.{module}"), name))
