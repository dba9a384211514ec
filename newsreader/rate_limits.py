"""The cache in which rate limits are counted: a table, from which nothing is removed before it expires.

allauth counts in the cache named "default". A cache of bounded size would forget its counts when others fill it.
"""

from datetime import UTC, datetime
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

from newsreader.models.rate_limit_entry import RateLimitEntry

Timeout = Any  # seconds; DEFAULT_TIMEOUT, or None for ever


class RateLimitCache(BaseCache):
    """A cache of JSON values in the database; an error of the database is an error here."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Set the key unless it is set, and return whether it was not."""
        return RateLimitEntry.objects.add(self.make_key(key, version), value, self.get_expiry(timeout))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return the value of a key."""
        entries = RateLimitEntry.objects.current().filter(key=self.make_key(key, version))
        return next(iter(entries.values_list("value", flat=True)), default)

    def set(self, key: str, value: Any, timeout: Timeout = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Set the value of a key."""
        RateLimitEntry.objects.put(self.make_key(key, version), value, self.get_expiry(timeout))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Remove a key and return whether it was there."""
        return bool(RateLimitEntry.objects.filter(key=self.make_key(key, version)).delete()[0])

    def clear(self) -> None:
        """Remove all keys."""
        RateLimitEntry.objects.all().delete()

    def get_expiry(self, timeout: Timeout) -> datetime | None:
        """Return the moment at which a key expires that is set now; None for never."""
        seconds = self.get_backend_timeout(timeout)
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
