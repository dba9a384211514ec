"""Windows of a browser, lent to one test after the other."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page

# What htmx logs where an answer had nowhere to go: a part of the page is then not what the server says; and where a form
# names fields that are not on the page.
LOST_SWAPS = ("htmx:oobErrorNoTarget", "htmx:targetError", "htmx:swapError", "htmx:onLoadError")
LOST_FIELDS = "returned no matches!"
SECONDS = 60  # a busy machine is slow, and not wrong


class Windows:
    """A browser's contexts by their options, used again: scripts and styles stay, pages and cookies go."""

    def __init__(self, browser: Browser):
        self.browser = browser
        self.free: dict[str, list[BrowserContext]] = {}

    @contextmanager
    def lent(self) -> Iterator[Callable[..., Page]]:
        """A function that opens a window with Playwright's options of a context; all are closed at the end.

        Then no answer of any of them may have had nowhere to go, and no script may have failed but where `may_fail` says so.
        """
        lost: list[str] = []
        taken: list[tuple[str, BrowserContext]] = []

        def lend(viewport: dict | None = None, may_fail: bool = False, **options) -> Page:
            key = repr(sorted(options.items()))
            taken.append((key, self.free[key].pop() if self.free.get(key) else self.browser.new_context(**options)))
            page = taken[-1][1].new_page()
            page.set_default_timeout(SECONDS * 1000)
            page.on("console", lambda line: lost.append(line.text) if is_loss(line.text) else None)
            if not may_fail:
                page.on("pageerror", lambda error: lost.append(str(error)))
            if viewport:
                page.set_viewport_size(viewport)
            return page

        yield lend
        for key, context in taken:
            tidied(context)
            self.free.setdefault(key, []).append(context)
        assert not lost, lost

    def close(self) -> None:
        for contexts in self.free.values():
            for context in contexts:
                context.close()
        self.free.clear()


def is_loss(line: str) -> bool:
    """Whether a line of the console says that something had nowhere to go, or nothing to take."""
    return line.startswith(LOST_SWAPS) or line.endswith(LOST_FIELDS)


def tidied(context: BrowserContext) -> None:
    """Leave nothing of the last test in a context but its cache."""
    for page in context.pages:
        page.close()
    context.clear_cookies()
