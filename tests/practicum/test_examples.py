"""The examples in the docstrings are run, module by module."""

import doctest
import importlib
from pathlib import Path

import practicum
import pytest

ROOT = Path(practicum.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))
MODULES = [".".join(("practicum", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")
           for file in FILES]


def test_the_modules_are_found():
    assert {"practicum.progress", "practicum.single_case", "practicum.single_case.overlap"} <= set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_every_example_in_the_docstrings_comes_out(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
