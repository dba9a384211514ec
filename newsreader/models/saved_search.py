"""Searches of the library that a reader saved under a name."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsreader.users import AnyUser

MAX_SAVED_SEARCHES = 50  # of one reader


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """The saved searches of each reader."""

    def owned_by(self, user: AnyUser) -> Self:
        """Return the user's, by name; none for a visitor."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def is_allowed_another(self, user: User, name: str) -> bool:
        """Return whether the user may save one more under this name."""
        return self.owned_by(user).exclude(name=name).count() < MAX_SAVED_SEARCHES

    def save_search(self, user: User, name: str, address: str) -> "SavedSearch":
        """Save an address of the library under a name; a name that is there already gets the new address."""
        return self.update_or_create(user=user, name=name, defaults={"address": address})[0]


class SavedSearch(models.Model):
    """An address of the library with its filters, under a name of one's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = _("saved searches")
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="search_name_once")]

    def __str__(self) -> str:
        return self.name
