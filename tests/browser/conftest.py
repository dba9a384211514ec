"""A real browser for all browser tests, a fresh window for each, and axe to look at what it shows."""

import os
from importlib.resources import files

import pytest
from django.conf import settings
from django.test import Client

from annotations.models import Project
from chromium import launched
from newsreader.importing.extraction.article import extract
from newsreader.models import Article

# Playwright runs a loop in this thread, and Django would refuse its own database there; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()  # axe-core itself; the package only carries it
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Left to preload, axe asks for every @import again beside the page, where there is nothing, and is still asking when the test ends.
FINDINGS = """async standards => (await axe.run({runOnly: standards, preload: false})).violations.flatMap(({id, impact, help, nodes}) =>
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
def signed_in_page(browser, live_server):
    """A function: a fresh window in which that user is signed in; what else it is given goes to the window's context.

    Such a window knows the test server, so `page.goto("/articles/...")` is enough.
    """
    contexts = []

    def opened(user, **options):
        context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        contexts.append(context)
        if user:
            context.add_cookies([session_of(user, live_server.url)])
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


def session_of(user, url: str) -> dict:
    client = Client()
    client.force_login(user)
    Project.objects.personal_project(user)  # as signing in does
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture
def imported(db):
    """A function: a saved page as the import stores it."""
    return lambda path: Article.objects.store(extract(path.read_bytes(), f"https://example.org/{path.stem}")).article


@pytest.fixture
def axe():
    """A function: what axe-core holds against a page as it stands (WCAG 2.0 to 2.2, A and AA), one sentence a finding.

    Use it as `assert axe(page) == []`.
    """
    return findings


def findings(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(FINDINGS, STANDARDS)
