from collections.abc import Collection
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotations.errors import DeskFullError
from annotations.identifiers import uuid7
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.models.versioned import Versioned
from newsreader.users import AnyUser

MAX_PINS = 100


class DeskQuerySet(models.QuerySet["Desk"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the desks of projects that the user may see."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the desks of projects in which the user may keep desks."""
        return self.filter(project__in=Project.objects.allowing(user, "desk"))

    def create_desk(self, project: Project, name: str, layout: str, *, by: User) -> "Desk":
        """Return a new desk of the project."""
        with transaction.atomic():
            desk = self.create(project=project, name=name, layout=layout, changed_by=by)
            desk.record(gettext_noop("desk made"), by, name=name)
        return desk

    def last_changed_by(self, project: Project, user: User) -> "Desk":
        """Return the project's desk that the user changed last, or a new one."""
        desk = self.filter(project=project, changed_by=user).order_by("-changed_at").first()
        return desk or self.create_desk(project, "Pinned passages", "", by=user)


class Desk(Versioned):
    """A saved comparison of passages: its layout, and which passages are pinned to the top."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="desks")
    name = models.CharField(max_length=120)
    layout = models.TextField(blank=True, help_text=_("The query string that lays it out."))
    commentary = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DeskQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("saved-desk", args=[self.project.slug, self.pk])

    def edit(self, version: int, *, by: User, **fields: Any) -> None:
        """Change name, layout or commentary, if nobody changed the desk since `version`; else StaleError."""
        with transaction.atomic():
            self.lock(version)
            before = {name: getattr(self, name) for name in fields}
            for name, value in fields.items():
                setattr(self, name, value)
            self.save_change(gettext_noop("desk edited"), by, before=before)

    def delete_desk(self, *, by: User) -> None:
        """Delete the desk; the passages stay."""
        with transaction.atomic():
            self.record(
                gettext_noop("desk deleted"), by, name=self.name, layout=self.layout, commentary=self.commentary
            )
            self.delete()

    def pin(self, highlight: Highlight, *, by: User) -> None:
        """Put a passage of the project on top, below those that are there; DeskFullError past MAX_PINS. Twice is once."""
        with transaction.atomic():
            self.lock()
            if self.pins.count() >= MAX_PINS:
                raise DeskFullError
            last = self.pins.aggregate(last=models.Max("position"))["last"] or 0
            fields = {"position": last + 1, "project_id": self.project_id}
            if self.pins.get_or_create(highlight=highlight, defaults=fields)[1]:
                self.save_change(gettext_noop("passage pinned"), by, highlight=str(highlight.pk))

    def unpin(self, pin: "Pin", *, by: User) -> None:
        """Take a pinned passage off."""
        with transaction.atomic():
            self.lock()
            pin.delete()
            self.save_change(gettext_noop("passage unpinned"), by, highlight=str(pin.highlight_id), comment=pin.comment)

    def move_pin(self, pin: "Pin", position: int, *, by: User, among: Collection[int]) -> None:
        """Move a pin to a position, from 0, among those of these keys: the others, such as deleted ones, are not seen."""
        with transaction.atomic():
            self.lock()
            pins = [other for other in self.pins.all() if other.pk != pin.pk]
            places = [place for place, other in enumerate(pins) if other.pk in among]
            pins.insert([*places, len(pins)][min(max(0, position), len(places))], pin)
            for number, moved in enumerate(pins, 1):
                moved.position = number
            Pin.objects.bulk_update(pins, ["position"])
            self.save_change(gettext_noop("passage placed"), by, highlight=str(pin.highlight_id))

    def comment_on(self, pin: "Pin", comment: str, *, by: User) -> None:
        """Write a line about a pinned passage, in place of the one before."""
        with transaction.atomic():
            self.lock()
            before, pin.comment = pin.comment, comment
            pin.save(update_fields=["comment"])
            self.save_change(gettext_noop("passage remarked on"), by, highlight=str(pin.highlight_id), before=before)

    def save_change(self, verb: str, by: User, **data: Any) -> None:
        """Save the desk under its next version, with who changed it and when."""
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

    def __str__(self) -> str:
        return f"{self.highlight} on {self.desk}"
