"""Keep the outputs stored in the notebooks in step with their code and data."""

import hashlib
import json
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

# What a chapter's outputs depend on, besides its code cells.
INPUTS = ("practice.yml", "job-aid*.yml", "job-aid.docx", "countries/*.yml", "data/*.csv")


def notebooks(root):
    """The chapters' notebooks, in the order of their names."""
    return sorted(path for path in Path(root).glob("chapters/*/*.ipynb") if path.stem == path.parent.name)


def fingerprint(path):
    """A digest of everything in the chapter's folder that decides what the notebook prints."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    digest = hashlib.sha256()
    for cell in cells:
        if cell["cell_type"] == "code":
            digest.update("".join(cell["source"]).encode() + b"\0")
    for pattern in INPUTS:
        for file in sorted(path.parent.glob(pattern)):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def is_stale(path):
    """Whether the stored outputs were made from other code or data than the chapter has now."""
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    return metadata.get("practicum", {}).get("made_from") != fingerprint(path)


def refresh(root, *, everything=False, jobs=2):
    """Run the notebooks whose outputs are stale (or all) and store what they give. Returns 0, or 1 if one failed."""
    todo = [path for path in notebooks(root) if everything or is_stale(path)]
    failed = []
    with ThreadPoolExecutor(jobs) as pool:
        running = {pool.submit(run, path): path for path in todo}
        for number, future in enumerate(as_completed(running), 1):
            path = running[future]
            problem, seconds = future.result()
            failed += [problem] if problem else []
            print(f"Notebook {number} of {len(todo)}: {path.stem}, {seconds:.1f} s{', failed' if problem else ''}", flush=True)
    print(*failed, sep="\n", end="\n" if failed else "")
    return 1 if failed else 0


def run(path):
    """Run one notebook and store its outputs; what is wrong as a sentence (or None), and seconds.

    It runs in a copy of its folder without ``my-files``: a form that somebody saved there must neither stop the run nor change it.
    What the notebook writes into ``my-files`` comes back only where there is no such folder yet.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    started = time.perf_counter()
    book = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as scratch:
        copy = shutil.copytree(path.parent, Path(scratch) / path.parent.name, ignore=shutil.ignore_patterns("my-files", ".ipynb_checkpoints"))
        client = NotebookClient(book, timeout=300, record_timing=False, resources={"metadata": {"path": str(copy)}})
        client.extra_arguments = ["--IPKernelApp.log_level=ERROR"]  # else each start warns of its local connection
        try:
            client.execute()
        except CellExecutionError as error:
            return f"{path}: a code cell fails with {error.ename}: {error.evalue} Mend the cell or its data, then run this again.", 0
        if (copy / "my-files").is_dir() and not (path.parent / "my-files").exists():
            shutil.copytree(copy / "my-files", path.parent / "my-files")
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "practicum": {"made_from": fingerprint(path)},
    }
    nbformat.write(book, path)
    return None, time.perf_counter() - started
