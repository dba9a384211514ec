from django.conf import settings
from django.db import models
from django.utils import timezone

MOST = 50  # of one person


class SavedSearchManager(models.Manager):
    def of(self, user):
        """The user's, by name; none for a visitor."""
        return self.filter(user=user) if user.is_authenticated else self.none()

    def has_room(self, user, name: str) -> bool:
        """Whether the user may keep one more under this name."""
        return self.of(user).exclude(name=name).count() < MOST

    def keep(self, user, name: str, address: str) -> "SavedSearch":
        """Keeps an address of the library under a name; a name that is there already gets the new address."""
        return self.update_or_create(user=user, name=name, defaults={"address": address})[0]


class SavedSearch(models.Model):
    """An address of the library with its filters, under a name of one's own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=2000)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SavedSearchManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "saved searches"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="search_name_once")]

    def __str__(self):
        return self.name
