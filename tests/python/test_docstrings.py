"""Every example in a docstring runs."""

import doctest
import pkgutil
from importlib import import_module

import pytest

import samestory

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(samestory.__path__, "samestory.")
    if not module.name.endswith(("__main__", "_core"))
)


@pytest.mark.parametrize("name", ["samestory", *MODULES])
def test_examples_run(name):
    failed, _ = doctest.testmod(import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    tests = [test for name in MODULES for test in finder.find(import_module(name))]
    assert sum(bool(test.examples) for test in tests) > 20
