from django.db import models

from annotations.models.project import Project


class HighlightAccess(models.QuerySet):
    """Which highlights somebody may see, edit and decide about."""

    def standing(self):
        """Those that are not deleted."""
        return self.filter(deleted_at=None)

    def readable_by(self, user):
        """Those that are not deleted, on articles that the user may read, in whatever project."""
        return self.standing() if user.is_staff else self.standing().filter(article__status="published")

    def visible_to(self, user):
        return self.readable_by(user).filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user):
        """A reader's own, deleted ones included (they can be restored), where the reader may still highlight."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(author=user, project__in=Project.objects.allowing(user, "highlight"))

    def settleable_by(self, user):
        """Those that stand and of which the user may say what becomes of them on an edited text: own ones, a curator's all."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(author=user, project__in=Project.objects.allowing(user, "highlight"))
        return self.readable_by(user).filter(own | models.Q(project__in=Project.objects.allowing(user, "settle")))
