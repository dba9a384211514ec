from django.conf import settings
from django.db import models


class Stale(Exception):
    """Somebody else changed the row since it was read; nothing was written."""


class EventQuerySet(models.QuerySet):
    def append(self, *, project_id, article_id=None, **what) -> "Event":
        """Keeps what happened, and gives the project a new version; its codebook too, where it is not about an article."""
        from annotations.models.project import Project

        changed = {"version": models.F("version") + 1}
        if article_id is None:
            changed["codebook"] = models.F("codebook") + 1
        Project.objects.filter(pk=project_id).update(**changed)
        return self.create(project_id=project_id, article_id=article_id, **what)


class Event(models.Model):
    """What happened in a project, appended and never updated."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="events")
    article = models.ForeignKey("newsreader.Article", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    verb = models.CharField(max_length=24)  # such as "highlight made", "tag renamed"
    subject = models.UUIDField()  # the key of the highlight or tag
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["project", "article", "id"], name="event_on_article"),
            models.Index(fields=["project", "subject"], name="event_subject"),
        ]

    def __str__(self):
        return f"{self.verb} by {self.actor}"
