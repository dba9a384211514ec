"""A cache in the memory of one process that is bounded in bytes, for what is rendered once and sent to many.

It gives back the very objects that were put in, so only values that nobody changes belong in it.
"""

from functools import cache
from threading import Lock
from typing import Any

import cachetools
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

OBJECT_BYTES = 64  # of an object and the place in the list that names it
BYTES_PER_CHARACTER = 2  # of words in most scripts


class LRUCache(BaseCache):
    """The values used last, up to `MAX_BYTES` of the options; nothing expires."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.entries, self.lock = find_entries(location, params["OPTIONS"]["MAX_BYTES"])

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of a key."""
        with self.lock:
            return self.entries.get(self.make_key(key, version), default)

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Keep the value of a key, unless it is larger than the whole cache."""
        with self.lock:
            if measure(value) <= self.entries.maxsize:
                self.entries[self.make_key(key, version)] = value

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep the value of a key unless there is one, and return whether there was none."""
        is_new = self.get(key, self, version) is self
        if is_new:
            self.set(key, value, timeout, version)
        return is_new

    def delete(self, key: str, version: int | None = None) -> bool:
        """Remove a key and return whether it was there."""
        with self.lock:
            return self.entries.pop(self.make_key(key, version), self) is not self

    def clear(self) -> None:
        """Remove all keys."""
        with self.lock:
            self.entries.clear()


@cache
def find_entries(location: str, max_bytes: int) -> tuple[cachetools.LRUCache, Lock]:
    """Return the entries of a location and their lock: Django makes a cache for each thread, and all of them share these."""
    return cachetools.LRUCache(max_bytes, getsizeof=measure), Lock()


def measure(value: object) -> int:
    """Return about how many bytes a value takes, with all that it holds; an object may say so itself, as `kept_bytes`."""
    size, pending = 0, [value]
    while pending:
        item = pending.pop()
        size += OBJECT_BYTES
        if isinstance(item, str):
            size += len(item) * BYTES_PER_CHARACTER
        elif isinstance(item, tuple | list):
            pending += item
        else:
            size += getattr(item, "kept_bytes", 0)
    return size
