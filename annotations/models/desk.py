from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from annotations.errors import DeskFullError
from annotations.identifiers import uuid7
from annotations.models.project import Project
from annotations.models.versioned import Versioned

MOST = 100  # pins


class DeskQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user):
        return self.filter(project__in=Project.objects.allowing(user, "desk"))

    def begin(self, project, name: str, layout: str, *, by) -> "Desk":
        """A new desk of the project."""
        with transaction.atomic():
            desk = self.create(project=project, name=name, layout=layout, changed_by=by)
            desk.record("desk made", by, name=name)
        return desk

    def last_of(self, project, user) -> "Desk":
        """The project's desk that the user changed last, or a new one."""
        mine = self.filter(project=project, changed_by=user).order_by("-changed_at").first()
        return mine or self.begin(project, "Pinned passages", "", by=user)


class Desk(Versioned):
    """Passages laid side by side, kept under a name: how they are laid out, and which are pinned to the top."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="desks")
    name = models.CharField(max_length=120)
    layout = models.TextField(blank=True, help_text="The query string that lays it out.")
    commentary = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DeskQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("saved-desk", args=[self.project.slug, self.pk])

    def edit(self, version: int, *, by, **fields) -> None:
        """New name, layout or commentary, if nobody changed the desk since `version`; else StaleError."""
        with transaction.atomic():
            self.lock(version)
            before = {name: getattr(self, name) for name in fields}
            for name, value in fields.items():
                setattr(self, name, value)
            self.keep("desk edited", by, before=before)

    def remove(self, *, by) -> None:
        """Takes the desk away; the passages stay."""
        with transaction.atomic():
            self.record("desk deleted", by, name=self.name, layout=self.layout, commentary=self.commentary)
            self.delete()

    def pin(self, highlight, *, by) -> None:
        """Puts a passage of the project on top, below those that are there; DeskFullError where there are too many. Twice is once."""
        with transaction.atomic():
            self.lock()
            if self.pins.count() >= MOST:
                raise DeskFullError
            last = self.pins.aggregate(last=models.Max("position"))["last"] or 0
            fields = {"position": last + 1, "project_id": self.project_id}
            if self.pins.get_or_create(highlight=highlight, defaults=fields)[1]:
                self.keep("passage pinned", by, highlight=str(highlight.pk))

    def unpin(self, pin, *, by) -> None:
        with transaction.atomic():
            self.lock()
            pin.delete()
            self.keep("passage unpinned", by, highlight=str(pin.highlight_id), comment=pin.comment)

    def place(self, pin, position: int, *, by) -> None:
        """Moves a pin to a position among the others, from 0."""
        with transaction.atomic():
            self.lock()
            pins = [other for other in self.pins.all() if other.pk != pin.pk]
            pins.insert(max(0, position), pin)
            for number, one in enumerate(pins, 1):
                one.position = number
            Pin.objects.bulk_update(pins, ["position"])
            self.keep("passage placed", by, highlight=str(pin.highlight_id))

    def remark(self, pin, comment: str, *, by) -> None:
        """A line about a pinned passage, in place of the one before."""
        with transaction.atomic():
            self.lock()
            before, pin.comment = pin.comment, comment
            pin.save(update_fields=["comment"])
            self.keep("passage remarked on", by, highlight=str(pin.highlight_id), before=before)

    def keep(self, verb: str, by, **data) -> None:
        self.changed_by, self.changed_at = by, timezone.now()
        self.bump(verb, by, **data)


class Pin(models.Model):
    """A passage on top of a desk, with a line about it."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="+", db_index=False)
    desk = models.ForeignKey(Desk, on_delete=models.CASCADE, related_name="pins", db_index=False)
    highlight = models.ForeignKey("annotations.Highlight", on_delete=models.CASCADE, related_name="pins")
    position = models.PositiveIntegerField(default=0)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["project", "desk", "highlight"], name="pin_once")]

    def __str__(self):
        return f"{self.highlight} on {self.desk}"
