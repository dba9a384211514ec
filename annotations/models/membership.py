from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from annotations.errors import LastOwnerError


class Role(models.TextChoices):
    OWNER = "owner", "owner"
    CURATOR = "curator", "curator"
    CODER = "coder", "coder"
    VIEWER = "viewer", "viewer"


# Who may do what in a project. There is no other place that knows.
MAY = {
    "read": {Role.OWNER, Role.CURATOR, Role.CODER, Role.VIEWER},
    "highlight": {Role.OWNER, Role.CURATOR, Role.CODER},
    "codebook": {Role.OWNER, Role.CURATOR},
    "settle": {Role.OWNER, Role.CURATOR},  # other people’s highlights on edited words
    "desk": {Role.OWNER, Role.CURATOR, Role.CODER},
    "manage": {Role.OWNER},
}


class MembershipManager(models.Manager):
    def get_by_natural_key(self, project, username):
        return self.get(project=project, user__username=username)


class Membership(models.Model):
    """One person's role in one project."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.CODER)
    used_at = models.DateTimeField(default=timezone.now, editable=False)
    recent = models.JSONField("tags used last", default=list, blank=True, editable=False)  # keys of tags, newest first

    objects = MembershipManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="membership_once")]

    def __str__(self):
        return f"{self.user}, {self.role} of {self.project}"

    def natural_key(self):
        return (str(self.project_id), self.user.get_username())

    natural_key.dependencies = ["annotations.project", settings.AUTH_USER_MODEL]

    def as_project(self):
        """The project, knowing this role in it."""
        self.project.role, self.project.membership = self.role, self
        return self.project

    def remember(self, tags) -> None:
        """Puts these tags first among the nine that the reader used last."""
        keys = [tag.pk.hex for tag in tags]
        recent = (keys + [key for key in self.recent if key not in keys])[:9]
        if recent != self.recent:
            Membership.objects.filter(pk=self.pk).update(recent=recent)

    def choose(self) -> None:
        """Makes the project the one that its reader works in."""
        Membership.objects.filter(pk=self.pk).update(used_at=timezone.now())

    def assign(self, role: str, *, by) -> None:
        """Another role; LastOwnerError where nobody would own the project any more."""
        with transaction.atomic():
            self.project.lock()
            self.refuse_last(role)
            before, self.role = self.role, role
            self.save(update_fields=["role"])
            self.project.record("role changed", by, user=self.user_id, before=before, role=role)

    def dismiss(self, *, by) -> None:
        """Ends the membership, and leaves the highlights; LastOwnerError where nobody would own the project any more."""
        with transaction.atomic():
            self.project.lock()
            self.refuse_last("")
            self.project.record("member removed", by, user=self.user_id, role=self.role)
            self.delete()

    def refuse_last(self, role: str) -> None:
        others = self.project.memberships.filter(role=Role.OWNER).exclude(pk=self.pk)
        if self.role == Role.OWNER != role and not others.exists():
            raise LastOwnerError
