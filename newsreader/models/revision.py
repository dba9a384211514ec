"""Revisions: the texts of articles, which never change."""

import hashlib
from collections.abc import Iterable
from typing import Any, NoReturn, Self

from django.conf import settings
from django.core.cache import caches
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from newsreader.models.scopes import is_readable_by
from newsreader.search.indexes import IndexedQuerySet, reindex_dependents
from newsreader.text.diff.changes import count_changed_words
from newsreader.text.diff.summary import summarise_word_counts
from newsreader.text.html.plaintext import locate_blocks, text_of
from newsreader.users import AnyUser

TEXT_FIELDS = ("html", "text", "blocks")
NEVER_CHANGES = "A revision never changes: make a new one with Article.revise()."
NEVER_DELETED = "A revision is not taken away while its article is there."


class ImmutableRevisionError(Exception):
    """Somebody tried to change or remove a text that others may have quoted."""


class RevisionQuerySet(IndexedQuerySet["Revision"]):
    """Revisions: who may see them. All ways to change or delete them raise ImmutableRevisionError."""

    def visible_to(self, user: AnyUser) -> Self:
        """Return the revisions of articles that the user may see."""
        return self.filter(is_readable_by(user, "article__"))

    def for_listing(self) -> Self:
        """Return the newest first, with who made them and without their texts."""
        return self.order_by("-number").select_related("created_by").defer(*TEXT_FIELDS)

    def for_reading(self, user_id: int | None) -> Self:
        """Return them without their texts, with article and source, and as `read_at`, `saved_at` and `revision_read` what the user did."""
        revisions = self.select_related("article__source", "article__story").defer(*TEXT_FIELDS)
        if user_id is None:
            return revisions
        condition = models.Q(article__readings__user=user_id)
        own = models.FilteredRelation("article__readings", condition=condition)
        fields = {"read_at": "own__read_at", "saved_at": "own__saved_at", "revision_read": "own__revision"}
        return revisions.annotate(own=own, **{name: models.F(path) for name, path in fields.items()})

    def get_by_natural_key(self, slug: str, number: int) -> "Revision":
        return self.get(article__slug=slug, number=number)

    def update(self, **kwargs: Any) -> NoReturn:
        raise ImmutableRevisionError(NEVER_CHANGES)

    def bulk_update(self, objs: Iterable["Revision"], *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRevisionError(NEVER_CHANGES)

    def bulk_create(
        self, objs: Iterable["Revision"], *args: Any, update_conflicts: bool = False, **kwargs: Any
    ) -> list["Revision"]:
        if update_conflicts:
            raise ImmutableRevisionError(NEVER_CHANGES)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self) -> NoReturn:
        raise ImmutableRevisionError(NEVER_DELETED)


class Revision(models.Model):
    """One immutable text of an article: canonical `html`, and `text`, which equals a browser's textContent of it."""

    class Reason(models.TextChoices):
        IMPORTED = "imported", _("imported")
        CORRECTED = "corrected", _("corrected by a curator")
        REFETCHED = "refetched", _("fetched again")

    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    html = models.TextField()
    text = models.TextField()
    blocks = models.JSONField(default=list)  # a pair of offsets for each top-level block: into html, into text
    digest = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(max_length=12, choices=Reason, default=Reason.IMPORTED)
    gained = models.PositiveIntegerField(_("words added"), default=0)  # against the revision before
    lost = models.PositiveIntegerField(_("words removed"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number")]
        ordering = ["article", "number"]

    def __str__(self) -> str:
        return gettext("%(article)s, revision %(number)s") % {"article": self.article, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("revision", args=[self.article.slug, self.number])

    def natural_key(self) -> tuple[str, int]:
        return (self.article.slug, self.number)

    natural_key.dependencies = ["newsreader.article"]  # type: ignore[attr-defined] # Django reads it from the method

    @classmethod
    def from_html(cls, html: str, **fields: Any) -> "Revision":
        """Return an unsaved revision of canonical HTML, with everything that follows from it."""
        text = text_of(html)
        return cls(html=html, text=text, blocks=locate_blocks(html), digest=compute_digest(text), **fields)

    def build_next(self, html: str, **fields: Any) -> "Revision":
        """Return an unsaved revision that comes after this one, and knows how much changed."""
        revision = Revision.from_html(html, article=self.article, number=self.number + 1, **fields)
        revision.gained, revision.lost = count_changed_words(self.text, revision.text)
        return revision

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save a new revision, and write the entries anew that have its text."""
        if not self._state.adding:
            raise ImmutableRevisionError(NEVER_CHANGES)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.number == self.article.revision:
                reindex_dependents(Revision, [self.pk])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise ImmutableRevisionError(NEVER_DELETED)

    def load_text(self) -> None:
        """Read what `for_reading` left out, all of it at once, or out of the cache: it never changes."""
        if not self.get_deferred_fields():
            return
        key = f"text {self.pk}"
        values = caches["fragments"].get(key)
        if values is None:
            self.refresh_from_db(fields=TEXT_FIELDS)
            caches["fragments"].set(key, tuple(getattr(self, name) for name in TEXT_FIELDS))
        else:
            self.__dict__.update(zip(TEXT_FIELDS, values, strict=True))

    @property
    def origin(self) -> str:
        """Return how this text came to be, and by whom."""
        by_nobody, by_user = ORIGINS[self.reason]
        return gettext(by_user) % {"user": self.created_by} if self.created_by else gettext(by_nobody)

    @property
    def difference(self) -> str:
        """Return how much changed against the revision before, in words; empty where no word did."""
        return summarise_word_counts(self.gained, self.lost)

    def any_revision_contains(self, words: str) -> bool:
        """Return whether this or another revision of the article has the words."""
        texts = Revision.objects.filter(article=self.article_id).order_by("-number").values_list("text", flat=True)
        return any(words in text for text in texts.iterator(chunk_size=10))

    def block_span(self, index: int) -> tuple[int, int]:
        """Return (start, end) of block `index` (from 0) in the text, in code points."""
        end = self.blocks[index + 1][1] - 1 if index + 1 < len(self.blocks) else len(self.text)
        return self.blocks[index][1], end

    def block_html(self, index: int) -> str:
        """Return the canonical HTML of block `index` (from 0)."""
        end = self.blocks[index + 1][0] - 1 if index + 1 < len(self.blocks) else len(self.html)
        return self.html[self.blocks[index][0] : end]


# Of each reason, where nobody is known to have made the revision, and where somebody is.
ORIGINS: dict[str, tuple[str, str]] = {
    Revision.Reason.IMPORTED: (gettext_noop("Imported"), gettext_noop("Imported by %(user)s")),
    Revision.Reason.CORRECTED: (gettext_noop("Corrected by a curator"), gettext_noop("Corrected by %(user)s")),
    Revision.Reason.REFETCHED: (gettext_noop("Fetched again"), gettext_noop("Fetched again by %(user)s")),
}


def compute_digest(text: str) -> str:
    """Return what two texts share exactly when they differ in white space at most: the SHA-256 of their words, as hex."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
