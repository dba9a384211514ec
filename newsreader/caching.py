"""The cache of what pages show again: numbers and names that take long to count. Nothing in it is worth keeping."""

import logging
from collections.abc import Callable
from time import monotonic
from typing import Any, TypeVar

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache

ALIAS = "pages"  # in CACHES; not "default", where rate limits are counted
LOG_SECONDS = 60
last_logged = [-LOG_SECONDS - 1.0]
Result = TypeVar("Result")


class PageCache:
    """A cache that is as though empty wherever it cannot be read, and unchanged wherever it cannot be written."""

    def get(self, key: str) -> Any:
        """Return the value of a key, None where there is none."""
        return attempt(lambda cache: cache.get(key))

    def set(self, key: str, value: Any, seconds: float) -> None:
        """Set the value of a key for so many seconds."""
        attempt(lambda cache: cache.set(key, value, seconds))

    def delete(self, key: str) -> None:
        """Remove a key."""
        attempt(lambda cache: cache.delete(key))

    def get_or_set(self, key: str, compute: Callable[[], Result], seconds: float) -> Result:
        """Return the value of a key, computed where there is none."""
        value = self.get(key)
        if value is None:
            value = compute()
            self.set(key, value, seconds)
        return value


def attempt(act: Callable[[BaseCache], Any]) -> Any:
    """Return what the act does with the cache; None where that fails in whatever way."""
    try:
        return act(caches[ALIAS])
    except Exception as error:  # a full disk, a server that is down, a value that was written by an earlier version
        log_failure(error)
        return None


def log_failure(error: Exception) -> None:
    """Log that the cache was skipped, once in LOG_SECONDS: every page would say so otherwise."""
    if monotonic() - last_logged[0] > LOG_SECONDS:
        last_logged[0] = monotonic()
        logging.getLogger(__name__).warning("The cache is skipped: %s: %s", type(error).__name__, error)


page_cache = PageCache()
