"""A real browser for all browser tests, and a fresh window for each."""

import pytest

from chromium import launched


@pytest.fixture(scope="session")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()
