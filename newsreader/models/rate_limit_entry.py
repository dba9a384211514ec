"""What rate limits remember."""

from datetime import datetime
from typing import Any, Self

from django.db import models, transaction
from django.utils import timezone


class RateLimitEntryQuerySet(models.QuerySet["RateLimitEntry"]):
    """Entries by key, each until it expires."""

    def current(self) -> Self:
        """Return those that have not expired."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()))

    def remove_expired(self) -> None:
        """Remove those that have expired."""
        self.filter(expires_at__lte=timezone.now()).delete()

    def add(self, key: str, value: Any, expires_at: datetime | None) -> bool:
        """Make an entry and return True; return False where the key has a current one."""
        with transaction.atomic():
            self.remove_expired()
            return self.get_or_create(key=key, defaults={"value": value, "expires_at": expires_at})[1]

    def put(self, key: str, value: Any, expires_at: datetime | None) -> None:
        """Make an entry, or replace the one that the key has."""
        self.update_or_create(key=key, defaults={"value": value, "expires_at": expires_at})


class RateLimitEntry(models.Model):
    """What is counted under one key, until it expires."""

    key = models.CharField(max_length=255, primary_key=True)
    value = models.JSONField()
    expires_at = models.DateTimeField(null=True, db_index=True)

    objects = RateLimitEntryQuerySet.as_manager()

    def __str__(self) -> str:
        return self.key
