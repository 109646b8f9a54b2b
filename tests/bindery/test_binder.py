"""What Binder installs is a part of what the project installs, in the same versions."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def pins(path):
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line}


def test_binder_takes_the_versions_of_the_project():
    ours = pins(ROOT / "requirements.txt")
    assert {line for line in pins(ROOT / "binder" / "requirements.txt") if line != "."} <= ours


def test_every_direct_dependency_is_pinned():
    named = pins(ROOT / "requirements.txt") - {"-e ."}
    named |= set(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"])
    assert [line for line in named if not re.fullmatch(r"[\w-]+==[\w.]+", line)] == []


def test_binder_is_told_a_python_that_the_pins_can_be_installed_on():
    assert (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip() == "python-3.11"
