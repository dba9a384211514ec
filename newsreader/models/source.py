from urllib.parse import urlsplit

from django.db import models, transaction
from django.urls import reverse

from newsreader.search.indexes import FollowedQuerySet, follow
from newsreader.text.language.slugs import make_slug


class SourceManager(models.Manager.from_queryset(FollowedQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def named(self, name: str, url: str = "") -> "Source":
        """The source of that name, else the one of that address's host, else a new one."""
        host = host_of(url)
        name = name.strip()[:120] or host or "Unknown source"
        found = self.filter(name__iexact=name).first() or (host and self.filter(host=host).first())
        return found or self.begin(name, host)

    def begin(self, name: str, host: str) -> "Source":
        slug = free_slug(self, name)
        with transaction.atomic():
            return self.get_or_create(name=name, defaults={"slug": slug, "host": host})[0]


class Source(models.Model):
    """The outlet that published an article."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.CharField(max_length=80, unique=True)
    host = models.CharField("web host", max_length=253, blank=True, db_index=True)
    about = models.TextField(blank=True)

    objects = SourceManager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.slug,)

    def save(self, *args, **kwargs):
        with transaction.atomic():
            renamed = self.pk and Source.objects.filter(pk=self.pk).exclude(name=self.name).exists()
            super().save(*args, **kwargs)
            if renamed:
                follow(Source, [self.pk])

    def get_absolute_url(self):
        return f"{reverse('library')}?source={self.slug}"


def host_of(url: str) -> str:
    """The host of an address, without a leading `www.`; empty for what is no address."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def free_slug(manager: models.Manager, words: str) -> str:
    """A slug made of these words that no row of the manager has yet."""
    slug = base = make_slug(words)
    number = 2
    while manager.filter(slug=slug).exists():
        slug, number = f"{base}-{number}", number + 1
    return slug
