from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.anchoring.quotes import describe
from annotations.errors import PrivateArticleError, StaleError
from annotations.identifiers import uuid7
from annotations.models.access import HighlightAccess
from annotations.models.assignment import Assignment
from annotations.models.highlight_tag import HighlightTag
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.models.reanchoring import reanchor
from annotations.models.tag import Tag
from annotations.models.versioned import Versioned
from annotations.notes import render_note
from newsreader.models import Article, Revision
from newsreader.prepared import PreparedQuery
from newsreader.search.indexes import index_row, reindex_rows
from newsreader.text.html.plaintext import cut_characters


class Made(NamedTuple):
    """A highlight, and whether this request made it (the same request twice makes one).

    `placement` says where it stands on the current text, if that is a later one than was read.
    """

    highlight: "Highlight"
    created: bool
    placement: Placement | None = None


class HighlightQuerySet(HighlightAccess):
    """Highlights: who may do what with them, and how they are made."""

    def make(
        self,
        *,
        project: Project,
        revision: Revision,
        author: User,
        start: int,
        end: int,
        tags: Iterable[Tag] = (),
        note: str = "",
        id: UUID | None = None,
        carried_from: UUID | None = None,
        batch: UUID | None = None,
    ) -> Made:
        """Make a highlight with its tags, placed on every later text; the same id again gives the first one back.

        It may be carried from another copy of the story, with others of one `batch`.
        """
        if not revision.article.is_usable_in(project.pk):
            raise PrivateArticleError
        fields = {"project": project, "author": author, "revision": revision, "article": revision.article}
        fields |= describe(revision.text, start, end)._asdict() | {"note": note, "note_html": render_note(note)}
        with transaction.atomic(savepoint=False):
            current = Article.objects.lock_revision_number(revision.article_id)
            if id and (found := prepare_highlight().first(key=id)):
                return Made(found, False)
            highlight = self.create(pk=id or uuid7(), carried_from=carried_from, **fields)
            highlight.add_tags(tags)
            if carried_from:
                highlight.record(gettext_noop("highlight carried"), author, batch=str(batch))
            else:
                highlight.record(gettext_noop("highlight made"), author)
            if project.membership:
                project.membership.remember_tags([tag.pk for tag in tags])
            if project.has_assignments:
                Assignment.objects.start(project, revision.article_id, author)
            return Made(highlight, True, reanchor(highlight, current) if current > revision.number else None)


class Highlight(Versioned):
    """One reader's claim about one passage of one revision."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(
        "annotations.Project", on_delete=models.CASCADE, related_name="highlights", db_index=False
    )
    article = models.ForeignKey("newsreader.Article", on_delete=models.PROTECT, related_name="highlights")
    revision = models.ForeignKey("newsreader.Revision", on_delete=models.PROTECT, related_name="highlights")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="highlights")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    note = models.TextField(blank=True)
    note_html = models.TextField(blank=True, editable=False)
    tags = models.ManyToManyField("annotations.Tag", through="annotations.HighlightTag", related_name="highlights")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # The import that is making it. Until that is done the highlight counts as deleted, so that nobody sees half an import.
    pending_import = models.ForeignKey(
        "annotations.ImportJob",
        null=True,
        on_delete=models.CASCADE,
        related_name="pending_highlights",
        db_index=False,
        editable=False,
    )
    # The adjudication that made it, as a passage of the consensus layer; the layers of people have none.
    adjudication = models.ForeignKey(
        "annotations.Adjudication",
        null=True,
        on_delete=models.CASCADE,
        related_name="highlights",
        db_index=False,
        editable=False,
    )

    # The key of the highlight in another copy of the story from which it was carried.
    carried_from = models.UUIDField(null=True, editable=False)

    objects = HighlightQuerySet.as_manager()

    class Meta:
        ordering = ["revision", "start", "-end", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="highlight_not_empty")
        ]
        indexes = [
            models.Index(fields=["project", "revision", "start"], name="highlight_on_page"),
            models.Index(
                fields=["project", "-created_at", "-id"],
                name="highlight_latest",
                condition=models.Q(deleted_at=None, adjudication=None),
            ),
            models.Index(
                fields=["project", "article", "start"],
                name="highlight_by_article",
                condition=models.Q(deleted_at=None, adjudication=None),
            ),
            models.Index(
                fields=["adjudication"], name="highlight_consensus", condition=models.Q(adjudication__isnull=False)
            ),
            models.Index(
                fields=["pending_import"], name="highlight_pending", condition=models.Q(pending_import__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return cut_characters(self.exact, 60)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row, as changed now, and its search entry."""
        self.updated_at = timezone.now()
        is_new = self._state.adding
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            if is_new:
                index_row(self)
            else:
                reindex_rows(Highlight, [self.pk])

    def get_absolute_url(self) -> str:
        return reverse("highlight", args=[self.pk])

    def ordered_tags(self) -> Any:
        """Return its tags, the one that gives it its colour first."""
        tags: Any = self.tags  # a TagQuerySet
        return tags.without_tree_fields().order_by("highlighttag__position")

    def place_on(self, revision: Revision) -> tuple[int, int] | None:
        """Return where it stands in a revision of its article, deleted or not; None where it has no place."""
        if revision.pk == self.revision_id:
            return self.start, self.end
        placed = self.placements.filter(project=self.project_id, revision=revision, start__isnull=False)
        place = placed.values_list("start", "end").first()
        return cast("tuple[int, int] | None", place)

    @property
    def has_place(self) -> bool:
        """Whether it stands in the article's current text, though it was made on an earlier one."""
        current = {"project": self.project_id, "revision__number": self.article.revision}
        return self.placements.filter(start__isnull=False, **current).exists()

    def add_tags(self, tags: Iterable[Tag]) -> None:
        """Add these tags, in this order, to a highlight that has none; the first gives it its colour."""
        HighlightTag.objects.bulk_create(
            HighlightTag(project_id=self.project_id, highlight=self, tag=tag, position=position)
            for position, tag in enumerate(tags)
        )

    def edit(self, version: int, *, by: User, note: str, tags: Iterable[Tag]) -> None:
        """Change note and tags, if nobody changed the highlight since `version`; else StaleError."""
        with transaction.atomic():
            self.lock(version)
            before = {"note": self.note, "tags": [tag.name for tag in self.ordered_tags()]}
            self.note, self.note_html = note, render_note(note)
            self.highlighttag_set.all().delete()
            self.add_tags(tags)
            self.bump(gettext_noop("highlight edited"), by, before=before)

    def move(self, version: int, start: int, end: int, *, by: User) -> None:
        """Change the ends in the same revision, if it is still the article's current one and nobody changed the highlight.

        Else StaleError: on a newer text its placement is moved, and this stays what was read.
        """
        with transaction.atomic():
            current = Article.objects.lock_revision_number(self.article_id)
            self.lock(version)
            if current != self.revision.number:
                raise StaleError
            before = {"start": self.start, "end": self.end, "revision": self.revision.number}
            for name, value in describe(self.revision.text, start, end)._asdict().items():
                setattr(self, name, value)
            self.bump(gettext_noop("highlight moved"), by, before=before)

    def hide(self, by: User) -> None:
        """Delete the highlight in such a way that it can be restored."""
        self.set_deleted_at(timezone.now(), gettext_noop("highlight deleted"), by)

    def restore(self, by: User) -> None:
        """Take the deletion back."""
        self.set_deleted_at(None, gettext_noop("highlight restored"), by)

    def set_deleted_at(self, moment: datetime | None, verb: str, by: User) -> None:
        """Delete or restore; nothing where that is done already."""
        with transaction.atomic():
            self.lock()
            if (self.deleted_at is None) != (moment is None):
                self.deleted_at = moment
                self.bump(verb, by)


@cache
def prepare_highlight() -> PreparedQuery[Highlight]:
    """Return the query for the highlight of a key, deleted or not."""
    return PreparedQuery(lambda key: Highlight.objects.order_by().filter(pk=key), key=UUID)
