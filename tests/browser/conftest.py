"""A real browser for all browser tests, a fresh window for each, and axe to look at what it shows."""

from importlib.resources import files

import pytest

from chromium import launched

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()  # axe-core itself; the package only carries it
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FINDINGS = """async standards => (await axe.run({runOnly: standards})).violations.flatMap(({id, impact, help, nodes}) =>
  nodes.map(({target, failureSummary}) => `${id} (${impact}): ${help}\\n  ${target.join(" ")}\\n  ${failureSummary}`))"""


@pytest.fixture(scope="session")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def axe():
    """A function: what axe-core holds against a page as it stands (WCAG 2.0 to 2.2, A and AA), one sentence a finding.

    Use it as `assert axe(page) == []`.
    """
    return findings


def findings(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(FINDINGS, STANDARDS)
