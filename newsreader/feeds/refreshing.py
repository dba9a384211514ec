"""One pass over the feeds: asks for those that are due, then makes articles of what waits."""

import time
from collections.abc import Callable

from newsreader.feeds.entries import store_waiting_entries
from newsreader.feeds.requests import refresh_due_feeds

PASS_SECONDS = 45  # so long others wait for the worker at most, besides the last page that it reads


def refresh_all(seconds: float = PASS_SECONDS) -> tuple[int, int]:
    """Do what is due for so many seconds, and return how many feeds were asked for and how many entries looked at."""
    is_over = build_timer(seconds)
    return refresh_due_feeds(is_over), store_waiting_entries(is_over)


def build_timer(seconds: float) -> Callable[[], bool]:
    """Return a function that tells whether so many seconds have passed since now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() >= end
