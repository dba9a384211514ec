"""Sources: the outlets that publish articles."""

import secrets
from typing import Any, Self
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from newsreader.models.scopes import is_usable_in
from newsreader.search.indexes import IndexedQuerySet, reindex_dependents
from newsreader.text.language.slugs import make_slug

PRIVATE_SLUG_LENGTH = 60  # characters, of the part that is made of words


class SourceQuerySet(IndexedQuerySet["Source"]):
    """Sources: how they are found by name or host, and made."""

    def get_by_natural_key(self, slug: str) -> "Source":
        return self.get(slug=slug)

    def usable_in(self, scope: UUID | None) -> Self:
        """Return those of the library, and those in this scope of private articles."""
        return self.filter(is_usable_in(scope))

    def find_or_create(self, name: str, url: str = "", scope: UUID | None = None) -> "Source":
        """Return the source of that name, else the one of that address's host, else a new one.

        For a private article it is one of the library, or else one in the article's scope.
        """
        host = extract_host(url)
        name = name.strip()[:120] or host or "Unknown source"
        known = self.usable_in(scope).order_by(models.F("scope").asc(nulls_first=True), "name")
        by_name = known.filter(name__iexact=name).first()
        by_host = known.filter(host=host).first() if host and not by_name else None
        return by_name or by_host or self.create_source(name, host, scope)

    def create_source(self, name: str, host: str, scope: UUID | None = None) -> "Source":
        """Save a new source under a slug of its own; where somebody saved one of that name just now, return that."""
        slug = make_private_slug(name) if scope else find_free_slug(Source.objects, name)
        with transaction.atomic():
            return self.get_or_create(name=name, scope=scope, defaults={"slug": slug, "host": host})[0]


class Source(models.Model):
    """The outlet that published an article."""

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=80, unique=True)
    host = models.CharField(_("web host"), max_length=253, blank=True, db_index=True)
    about = models.TextField(blank=True)
    scope = models.UUIDField(null=True, editable=False)  # that of the private articles for which it was made

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], condition=models.Q(scope=None), name="source_name"),
            models.UniqueConstraint(
                fields=["scope", "name"], condition=models.Q(scope__isnull=False), name="source_name_in_scope"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the source; where its name changed, write the entries anew that have it."""
        with transaction.atomic():
            renamed = self.pk and Source.objects.filter(pk=self.pk).exclude(name=self.name, slug=self.slug).exists()
            super().save(*args, **kwargs)
            if renamed:
                reindex_dependents(Source, [self.pk])
                follow_articles(list(self.articles.order_by().values_list("pk", flat=True)))

    def get_absolute_url(self) -> str:
        return f"{reverse('library')}?source={self.slug}"


def follow_articles(keys: list[int]) -> None:
    """Do what follows where it changed who may read these articles (keys), or what lists say of them."""
    for follower in settings.ARTICLE_FOLLOWERS if keys else ():
        import_string(follower)(keys)


def extract_host(url: str) -> str:
    """Return the host of an address, without a leading `www.`; empty for what is no address."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def find_free_slug(manager: models.Manager[Any], words: str) -> str:
    """Return a slug made of these words that no row of the manager has yet."""
    slug = base = make_slug(words)
    number = 2
    while manager.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug


def make_private_slug(words: str) -> str:
    """Return a slug made of these words that nobody can guess, and that takes none away from what is public."""
    return f"{make_slug(words, PRIVATE_SLUG_LENGTH)}-{secrets.token_hex(8)}"
