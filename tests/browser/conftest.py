"""One real browser for all browser tests, clean windows for each of them, and axe to look at what they show."""

import os
from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from annotations.models import Project
from chromium import launched
from databases import Copy
from livesite import LiveSite, idle
from newsreader.importing.extraction.article import extract
from newsreader.models import Article
from windows import Windows

# Playwright runs a loop in this thread, and Django would refuse its own database there; nothing here is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=60_000)  # a busy machine is slow, and not wrong
AXE = (files("axe_playwright_python") / "axe.min.js").read_text()  # axe-core itself; the package only carries it
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Left to preload, axe asks for every @import again beside the page, where there is nothing, and is still asking when the test ends.
FINDINGS = """async rules => (await axe.run({runOnly: rules, preload: false, resultTypes: ["violations"]})).violations.flatMap(
  ({id, impact, help, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id} (${impact}): ${help}\\n  ${target.join(" ")}\\n  ${failureSummary}`))"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched(shell=True) as browser:
        yield browser


@pytest.fixture(scope="session")
def windows(browser: Browser) -> Windows:
    return Windows(browser)


@pytest.fixture(scope="session")
def live_server(windows: Windows) -> Iterator[LiveServer]:
    """The site as pytest-django serves it, with static files that a browser may keep; nobody is connected to it when it stops."""
    server = LiveServer("localhost", start=False)
    server.thread.static_handler = LiveSite
    server.start()
    yield server
    windows.close()
    server.stop()


@pytest.fixture(scope="session")
def empty(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Copy:
    """The database as it is before any test."""
    with django_db_blocker.unblock():
        return Copy()


@pytest.fixture
def db(empty: Copy, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A database that the server shares; it is put back when the server has answered everything."""
    with django_db_blocker.unblock():
        yield
        idle()
        empty.put_back()


@pytest.fixture
def transactional_db(db: None) -> None:
    """The same: every browser test commits what it does."""


@pytest.fixture(scope="session")
def copies() -> dict[str, Copy]:
    """Databases that were filled once, by name."""
    return {}


@pytest.fixture
def demo(db: None, copies: dict[str, Copy]) -> None:
    """The articles and the demo project that come with the product; to be asked for before anything else is made."""
    if "demo" in copies:
        copies["demo"].put_back()
    else:
        call_command("loaddata", "articles", "demo", verbosity=0)
        if connection.vendor == "sqlite":
            copies["demo"] = Copy()


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    """A window that knows no server."""
    with windows.lent() as lend:
        yield lend()


@pytest.fixture
def signed_in_page(windows: Windows, db: None, live_server: LiveServer) -> Iterator[Callable]:
    """A function: a clean window in which that user is signed in; what else it is given are options of Playwright's.

    Such a window knows the test server, so `page.goto("/articles/...")` is enough.
    """
    with windows.lent() as lend:

        def opened(user, **options):
            page = lend(base_url=live_server.url, reduced_motion="reduce", **options)
            if user:
                page.context.add_cookies([session_of(user, live_server.url)])
            return page

        yield opened


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

    Use it as `assert axe(page) == []`, or with the names of rules to go by those alone.
    """
    return findings


def findings(page, *rules: str) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(FINDINGS, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS})
