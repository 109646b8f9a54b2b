"""Practice items in JupyterLab and Notebook 7: the keys typed in an item belong to the item, not to the notebook."""

import os
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest

CHAPTER = """
items:
- id: share
  objective: PM1
  kind: number
  minutes: 1
  prompt: What is half of {whole}?
  vary: {whole: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}
  answer: whole / 2
  tolerance: 0
  unit: words
  hint: h
  solution: s
- id: pick
  objective: PM1
  kind: one
  minutes: 1
  prompt: Which one?
  options:
  - {text: first, right: false, feedback: The second one.}
  - {text: second, right: true, feedback: This one.}
  hint: h
  solution: s
- id: letter
  objective: PM1
  kind: write
  minutes: 1
  prompt: Write.
  model: m
  checklist: [c]
"""
CELLS = ["from practicum.practice import chapter\npractice = chapter('pm')\npractice",
         "practice('share')", "practice('pick')", "practice('letter')"]


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """The address of a Jupyter server that offers both apps, with settings and files of its own."""
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "practice.yml").write_text(CHAPTER, encoding="utf-8")
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}})
    nbformat.write(notebook, folder / "items.ipynb")
    settings = {**os.environ, **{name: str(folder / "own") for name in (
        "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
        "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")}}
    # Run and trusted beforehand: the apps then show the stored items at once, script included, as after running.
    for command in (["execute", "--inplace"], ["trust"]):
        subprocess.run([sys.executable, "-m", "jupyter", *command, "items.ipynb"], cwd=folder, env=settings,
                       check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1",
         f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.root_dir=."],
        cwd=folder, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(f"http://127.0.0.1:{port}/api", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def wait_for(address, server):
    while server.poll() is None:
        try:
            return urllib.request.urlopen(address, timeout=5)
        except OSError:
            time.sleep(0.2)
    pytest.fail("The Jupyter server did not start.")


@pytest.mark.parametrize("path", ["lab/tree/items.ipynb", "notebooks/items.ipynb"], ids=["JupyterLab", "Notebook"])
def test_an_item_takes_its_own_keys(browser, jupyter, path):
    context = browser.new_context(viewport={"width": 1200, "height": 1400})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"{jupyter}/{path}")
    share, pick, letter = (page.locator(f"#practice-pm-{name}") for name in ("share", "pick", "letter"))
    letter.get_by_role("button", name="Compare").wait_for()
    # Until the kernel is there, the apps still move the focus about.
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
    cells = page.locator(".jp-CodeCell").count()

    share.get_by_label("Your answer").click()
    page.keyboard.type("1.5 add bx")
    page.keyboard.press("Enter")
    assert share.get_by_role("status").inner_text().startswith("Right.")
    share.get_by_role("button", name="Another example").press("Enter")
    assert share.get_by_role("status").inner_text().startswith("Example 2 of 10:")

    pick.get_by_label("first").click()
    active = page.locator(".jp-Cell.jp-mod-active").count()
    page.keyboard.press("ArrowDown")
    assert pick.get_by_label("second").is_checked()
    assert page.evaluate("document.activeElement.value") == "1"
    page.keyboard.press("Enter")
    assert pick.get_by_role("status").inner_text().startswith("Right.")

    letter.get_by_label("Your answer").click()
    page.keyboard.type("dd abz 0 0\nmxy")
    assert letter.get_by_label("Your answer").input_value() == "dd abz 0 0\nmxy"
    assert page.locator(".jp-CodeCell").count() == cells == len(CELLS)
    assert page.locator(".jp-Cell.jp-mod-active").count() == active
    context.close()
