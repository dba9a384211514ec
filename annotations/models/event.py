from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext

IS_ACT = models.Q(undoes=None) | models.Q(data__redo__isnull=False)  # an act or its redo, and no undo


class EventManager(models.Manager["Event"]):
    def get_by_natural_key(self, project: UUID, subject: UUID, at: datetime) -> "Event":
        return self.get(project=project, subject=subject, at=at)


class Event(models.Model):
    """What happened in a project, appended by `history.record` and never updated."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="events")
    article = models.ForeignKey("newsreader.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=24)  # such as "highlight made", "tag renamed"
    subject = models.UUIDField()  # the key of the highlight or tag
    data = models.JSONField(default=dict, blank=True)
    undo_data = models.JSONField(null=True, editable=False)  # what only an undo reads, and may be large
    at = models.DateTimeField(auto_now_add=True)
    undoes = models.OneToOneField(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="undone_by"
    )  # the event whose effect this one took back

    objects = EventManager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "article", "id"], name="event_on_article"),
            models.Index(fields=["project", "subject"], name="event_subject"),
            models.Index(fields=["project", "actor", "id"], name="event_by_actor"),
        ]

    def __str__(self) -> str:
        return gettext("%(verb)s by %(actor)s") % {"verb": gettext(self.verb), "actor": self.actor}

    def natural_key(self) -> tuple[str, str, datetime]:
        return (str(self.project_id), str(self.subject), self.at)

    natural_key.dependencies = ["annotations.project", settings.AUTH_USER_MODEL]  # type: ignore[attr-defined]  # as loaddata wants it
