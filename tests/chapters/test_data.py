"""The committed data of every chapter are what its script makes; any other file has its origin in the data dictionary."""

import importlib.util
import re
from pathlib import Path

import pytest
from bindery.check import chapter_folders

FOLDERS = [folder / "data" for folder in chapter_folders(Path(__file__).resolve().parents[2])]
ORIGIN = re.compile(r"written for|taken from|comes? from|made (by|for|from)|empty|source:", re.I)


def made_by_script(folder, target):
    """The names of the files that make_data.py writes into ``target``; none without the script."""
    script = folder / "make_data.py"
    if script.exists():
        spec = importlib.util.spec_from_file_location(f"make_data_{folder.parent.name}", script)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.main(folder=target)
    return sorted(path.name for path in target.iterdir())


def origin_of(name, dictionary):
    """What data/README.md says of a file: the part under the heading that names it."""
    parts = re.split(r"^#+ ", dictionary, flags=re.M)
    return "\n".join(part for part in parts if name in part.partition("\n")[0])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_the_script_makes_the_committed_files_byte_by_byte(folder, tmp_path):
    for name in made_by_script(folder, tmp_path):
        assert (folder / name).exists(), f"make_data.py makes {name}, but it is not in {folder.parent.name}/data."
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes(), \
            f"{folder.parent.name}/data/{name} is not what make_data.py makes. Run it again, or mend it."


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_file_is_made_by_the_script_or_the_dictionary_says_where_it_comes_from(folder, tmp_path):
    made = made_by_script(folder, tmp_path)
    dictionary = (folder / "README.md").read_text(encoding="utf-8")
    files = sorted(path.name for path in folder.glob("*.csv"))
    assert files
    for name in (name for name in files if name not in made):
        assert ORIGIN.search(origin_of(name, dictionary)), \
            f"No script makes {folder.parent.name}/data/{name}. Say in data/README.md, under a heading with its name, where it comes from."
