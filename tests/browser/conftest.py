"""A real browser for the tests of pages. Nothing is downloaded: an installed Chromium (or Chrome, or Edge) is driven."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

COMMANDS = ["chromium", "chromium-browser", "google-chrome", "msedge"]
# WCAG 2.2 AA contains the earlier versions and level A; the best practices go beyond it.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser():
    """Chromium, started once for all tests."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, COMMANDS)), None)
    if path is None:
        # Where the browser tests are required, a skipped one would prove nothing.
        stop = pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip
        stop("No browser was found: install Chromium (Debian and Ubuntu: apt install chromium), "
             "or set the environment variable CHROMIUM to the path of Chromium, Chrome or Edge.")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    """A page with an empty storage of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe():
    """A function: the faults that axe-core finds in a page, each as "rule: elements"; an empty list is good."""
    def violations(page, rules=RULES):
        found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        return [f"{fault['id']}: {[node['target'] for node in fault['nodes']]}"
                for fault in found.response["violations"]]
    return violations
