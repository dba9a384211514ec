"""Sources: the outlets that publish articles."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from newsreader.search.indexes import IndexedQuerySet, reindex_dependents
from newsreader.text.language.slugs import make_slug


class SourceQuerySet(IndexedQuerySet["Source"]):
    """Sources: how they are found by name or host, and made."""

    def get_by_natural_key(self, slug: str) -> "Source":
        return self.get(slug=slug)

    def find_or_create(self, name: str, url: str = "") -> "Source":
        """Return the source of that name, else the one of that address's host, else a new one."""
        host = extract_host(url)
        name = name.strip()[:120] or host or "Unknown source"
        by_name = self.filter(name__iexact=name).first()
        by_host = self.filter(host=host).first() if host and not by_name else None
        return by_name or by_host or self.create_source(name, host)

    def create_source(self, name: str, host: str) -> "Source":
        """Save a new source under a slug of its own; where somebody saved one of that name just now, return that."""
        slug = find_free_slug(Source.objects, name)
        with transaction.atomic():
            return self.get_or_create(name=name, defaults={"slug": slug, "host": host})[0]


class Source(models.Model):
    """The outlet that published an article."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    host = models.CharField(_("web host"), max_length=253, blank=True, db_index=True)
    about = models.TextField(blank=True)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

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
