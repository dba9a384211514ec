"""Where highlights stand in the revisions that came after the ones they were made on."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.placement_review import Dismissal, Origin, PlacementReview
from annotations.models.project import Project
from newsreader.models import Revision


class PlacementQuerySet(models.QuerySet["Placement"]):
    def get_by_natural_key(self, highlight: str, slug: str, number: int) -> "Placement":
        return self.get(highlight=highlight, revision__article__slug=slug, revision__number=number)

    def seen_in(self, project: Project) -> Self:
        """Return those that blind reading does not hide from the project’s reader."""
        return self.filter(project.sight.shows("highlight__")) if project.sight else self

    def seen(self, *, with_private: bool) -> Self:
        """Return those of highlights that readers see, or also those that only members do."""
        statuses = ["published", "private"] if with_private else ["published"]
        return self.filter(highlight__deleted_at=None, highlight__article__status__in=statuses)

    def waiting(self, *, with_private: bool = False) -> Self:
        """Return those that wait for a decision, of highlights that readers see."""
        return self.seen(with_private=with_private).filter(open=True)

    def decided(self, *, with_private: bool = False) -> Self:
        """Return those that somebody decided on the text that is still current, of highlights that readers see."""
        current = self.filter(revision__number=models.F("highlight__article__revision"))
        return current.seen(with_private=with_private).exclude(decision="")

    def in_reading_order(self) -> Self:
        """Return them by text, the one that was corrected last first, each from its beginning."""
        return self.order_by("-revision", "origin_start", "pk")

    def for_lists(self) -> Self:
        """Return them with what is shown of each but the texts, in one query."""
        texts = [f"{which}__{name}" for which in ("revision", "origin") for name in ("html", "text", "blocks")]
        return self.select_related(
            "highlight__author", "highlight__article__source", "revision", "origin", "decided_by"
        ).defer(*texts)

    def count_and_last(self) -> dict[str, int | None]:
        """Return their `number`, and the key of the `last`."""
        return self.order_by().aggregate(number=models.Count("pk"), last=models.Max("pk"))

    def without_place(self, project: Project, revision: Revision) -> Self:
        """Return those of standing highlights that have no place in this text, in the order in which they were read."""
        mine = self.filter(project=project, revision=revision, start=None, highlight__deleted_at=None)
        return mine.seen_in(project).order_by("origin_start", "pk")


class Placement(PlacementReview):
    """Where a highlight stands in one later revision than the one it was made on, and how sure that is.

    The highlight itself stays what was read; this says what happened to it: `state` as judged against the words at `origin`,
    `decision` as a person saw it.
    """

    class State(models.TextChoices):
        SAME = "same", _("same")
        MOVED = "moved", _("moved")
        EDITED = "edited", _("edited")
        AMBIGUOUS = "ambiguous", _("ambiguous")
        GONE = "gone", _("gone")

    class Decision(models.TextChoices):
        NONE = "", _("none")
        KEPT = "kept", _("new wording accepted")
        CHOSEN = "chosen", _("chosen")
        REATTACHED = "reattached", _("moved by hand")
        LET_GO = "let go", _("dismissed")

    project = models.ForeignKey(
        "annotations.Project", on_delete=models.CASCADE, related_name="placements", db_index=False
    )
    highlight = models.ForeignKey("annotations.Highlight", on_delete=models.CASCADE, related_name="placements")
    revision = models.ForeignKey("newsreader.Revision", on_delete=models.CASCADE, related_name="placements")
    origin = models.ForeignKey("newsreader.Revision", on_delete=models.CASCADE, related_name="+", db_index=False)
    origin_start = models.PositiveIntegerField()
    origin_end = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State)
    material = models.BooleanField(default=False)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    changes = models.JSONField(default=list, blank=True)  # [[start, end, before, after], ...] in this revision
    proposals = models.JSONField(default=list, blank=True)  # [[start, end], ...], the likeliest first
    decision = models.CharField(max_length=10, choices=Decision, blank=True, default=Decision.NONE)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    open = models.BooleanField(_("needs review"), default=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["highlight", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["project", "highlight", "revision"], name="placement_once"),
            models.CheckConstraint(
                condition=models.Q(start__lt=models.F("end")) | models.Q(start=None, end=None),
                name="placement_not_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "revision", "start"], name="placement_on_page"),
            models.Index(
                fields=["project", "-revision", "origin_start"], name="placement_waiting", condition=models.Q(open=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.highlight} in {self.revision}: {self.decision or self.state}"

    def natural_key(self) -> tuple[str, str, int]:
        return (str(self.highlight_id), *self.revision.natural_key())

    natural_key.dependencies = ["annotations.highlight", "newsreader.revision"]  # type: ignore[attr-defined]  # as loaddata wants it

    @property
    def is_accepted(self) -> bool:
        """Whether its words count as the highlight's own: nothing differs, or somebody said so."""
        if self.decision:
            return self.decision != self.Decision.LET_GO
        return self.state in (self.State.SAME, self.State.MOVED)

    def as_origin(self) -> Origin:
        """Return what the next revision is judged against."""
        if self.is_accepted and self.start is not None and self.end is not None:
            return Origin(self.project_id, self.highlight_id, self.revision_id, self.start, self.end)
        is_dismissed = self.decision == self.Decision.LET_GO
        return self.own_origin()._replace(
            dismissal=Dismissal(self.decided_by_id, self.decided_at) if is_dismissed else None
        )

    def own_origin(self) -> Origin:
        """Return the words that this placement was judged against."""
        return Origin(self.project_id, self.highlight_id, self.origin_id, self.origin_start, self.origin_end)
