import hashlib

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from newsreader.search.indexes import FollowedQuerySet, follow
from newsreader.text.diff.changes import count_changed_words
from newsreader.text.diff.summary import summarise_word_counts
from newsreader.text.html.plaintext import locate_blocks, text_of

NEVER = "A revision never changes: make a new one with Article.revise()."
STAYS = "A revision is not taken away while its article is there."


class Immutable(Exception):
    """Somebody tried to change or remove a text that others may have quoted."""


class RevisionQuerySet(FollowedQuerySet):
    def visible_to(self, user):
        """The revisions of articles that the user may see."""
        return self if user.is_staff else self.filter(article__status="published")

    def listed(self):
        """The newest first, with who made them and without their texts."""
        return self.order_by("-number").select_related("created_by").defer("html", "text", "blocks")

    def get_by_natural_key(self, slug, number):
        return self.get(article__slug=slug, number=number)

    def update(self, **kwargs):
        raise Immutable(NEVER)

    def bulk_update(self, objs, *args, **kwargs):
        raise Immutable(NEVER)

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        if update_conflicts:
            raise Immutable(NEVER)
        return super().bulk_create(objs, *args, **kwargs)

    def delete(self):
        raise Immutable(STAYS)


class Revision(models.Model):
    """One immutable text of an article: canonical `html`, and `text`, which equals a browser's textContent of it."""

    class Reason(models.TextChoices):
        IMPORTED = "imported", "imported"
        CORRECTED = "corrected", "corrected by a curator"
        REFETCHED = "refetched", "fetched again"

    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    html = models.TextField()
    text = models.TextField()
    blocks = models.JSONField(default=list)  # a pair of offsets for each top-level block: into html, into text
    digest = models.CharField(max_length=64, db_index=True)
    reason = models.CharField(max_length=12, choices=Reason, default=Reason.IMPORTED)
    gained = models.PositiveIntegerField("words put in", default=0)  # against the revision before
    lost = models.PositiveIntegerField("words taken out", default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_number")]
        ordering = ["article", "number"]

    def __str__(self):
        return f"{self.article}, revision {self.number}"

    def get_absolute_url(self):
        return reverse("revision", args=[self.article.slug, self.number])

    def natural_key(self):
        return (self.article.slug, self.number)

    natural_key.dependencies = ["newsreader.article"]

    @classmethod
    def of(cls, html: str, **fields) -> "Revision":
        """An unsaved revision of canonical HTML, with everything that follows from it."""
        text = text_of(html)
        return cls(html=html, text=text, blocks=locate_blocks(html), digest=digest_of(text), **fields)

    def followed_by(self, html: str, **fields) -> "Revision":
        """An unsaved revision that comes after this one, and knows how much changed."""
        revision = Revision.of(html, article=self.article, number=self.number + 1, **fields)
        revision.gained, revision.lost = count_changed_words(self.text, revision.text)
        return revision

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise Immutable(NEVER)
        with transaction.atomic():
            super().save(*args, **kwargs)
            if self.number == self.article.revision:
                follow(Revision, [self.pk])

    def delete(self, *args, **kwargs):
        raise Immutable(STAYS)

    @property
    def origin(self) -> str:
        """How this text came to be, and by whom."""
        if self.reason == self.Reason.CORRECTED:
            return f"Corrected by {self.created_by or 'a curator'}"
        return f"{self.get_reason_display().capitalize()}{f' by {self.created_by}' if self.created_by else ''}"

    @property
    def difference(self) -> str:
        """How much changed against the revision before, in words; empty where no word did."""
        return summarise_word_counts(self.gained, self.lost)

    def block_span(self, index: int) -> tuple[int, int]:
        """Where block `index` (from 0) stands in the text: start inclusive, end exclusive."""
        end = self.blocks[index + 1][1] - 1 if index + 1 < len(self.blocks) else len(self.text)
        return self.blocks[index][1], end

    def block_html(self, index: int) -> str:
        """The canonical HTML of block `index` (from 0)."""
        end = self.blocks[index + 1][0] - 1 if index + 1 < len(self.blocks) else len(self.html)
        return self.html[self.blocks[index][0] : end]


def digest_of(text: str) -> str:
    """What two texts share exactly when they differ in white space at most."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
