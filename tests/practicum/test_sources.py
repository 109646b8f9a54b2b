"""Every source that the measures and their tests name is in the book's list of sources."""

import ast
import json
import re
from pathlib import Path

import practicum
import pytest
from pybtex.database import parse_file

PACKAGE = Path(practicum.__file__).parent
BOOK = Path(__file__).parents[2] / "book"
SOURCES = parse_file(BOOK / "references.bib").entries
# A word, a year and more letters; or the start of the name of a package or an online book.
KEY = re.compile(r"\b(?:[a-z]+\d{4}[a-z]\w*|(?:pkg|book)_\w+)\b")
# After "Source:", up to the next empty line, any word with a low line that is not marked as code.
AFTER_SOURCE = re.compile(r"Source: (.*?)(?:\n\s*\n|$)", re.S)
OTHER_KEY = re.compile(r"(?<!`)\b[a-z]+_\w+\b(?!`)")
PUBLISHED = sorted((Path(__file__).parent / "published").glob("*.json"))


def docstrings(file):
    nodes = ast.walk(ast.parse(file.read_text("utf-8")))
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    return [ast.get_docstring(node) or "" for node in nodes if isinstance(node, kinds)]


def named_sources(text):
    return {*KEY.findall(text), *(key for part in AFTER_SOURCE.findall(text) for key in OTHER_KEY.findall(part))}


def test_the_keys_of_a_docstring_are_found_in_all_their_places():
    text = "As in pkg_scan (sen1968tau).\nSource: aimsweb_goal, theil1950rank;\nthe variant: umn_dhh_rules.\n\nthe_end"
    assert named_sources(text) == {"pkg_scan", "sen1968tau", "aimsweb_goal", "theil1950rank", "umn_dhh_rules"}


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: file.stem)
def test_every_source_named_in_a_docstring_is_in_the_list(file):
    named = {key for text in docstrings(file) for key in named_sources(text)}
    assert named - set(SOURCES) == set()


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda file: file.stem)
def test_every_published_number_names_a_source_in_the_list(file):
    rows = json.loads(file.read_text("utf-8"))
    assert rows and {row["source_key"] for row in rows} - set(SOURCES) == set()


def test_every_source_is_verified_and_can_be_found():
    for key, entry in SOURCES.items():
        assert "verified" in entry.fields.get("keywords", ""), key
        assert {"doi", "url"} & set(entry.fields), key
