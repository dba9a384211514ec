from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotations.errors import LastOwnerError, MemberGoneError

RECENT_TAGS = 9  # one for each number key


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    CURATOR = "curator", _("curator")
    CODER = "coder", _("coder")
    VIEWER = "viewer", _("viewer")

    @property
    def noun(self) -> str:
        """The role with its article, as in “you are an owner”."""
        return str(NOUNS[self])


NOUNS = {
    Role.OWNER: _("an owner"),
    Role.CURATOR: _("a curator"),
    Role.CODER: _("a coder"),
    Role.VIEWER: _("a viewer"),
}


# Which roles may do what in a project. There is no other place that knows.
PERMISSIONS = {
    "read": {Role.OWNER, Role.CURATOR, Role.CODER, Role.VIEWER},
    "highlight": {Role.OWNER, Role.CURATOR, Role.CODER},
    "reply": {Role.OWNER, Role.CURATOR, Role.CODER},  # and resolve threads
    "moderate": {Role.OWNER, Role.CURATOR},  # delete other people’s replies
    "codebook": {Role.OWNER, Role.CURATOR},
    "articles": {Role.OWNER, Role.CURATOR},  # many at once, by rule, and removing them
    "assign": {Role.OWNER, Role.CURATOR},  # articles to members; and see what is read blind
    "review": {Role.OWNER, Role.CURATOR},  # other people’s highlights on edited words
    "adjudicate": {Role.OWNER, Role.CURATOR},  # decide where coders disagree
    "restore": {Role.OWNER, Role.CURATOR},  # other people’s deleted highlights
    "desk": {Role.OWNER, Role.CURATOR, Role.CODER},
    "settings": {Role.OWNER},  # its name, about and invitations
    "manage": {Role.OWNER},  # its members, archiving and deleting
}
ARCHIVED_PERMISSIONS = {"read", "manage"}  # of an archived project


class MembershipManager(models.Manager["Membership"]):
    def get_by_natural_key(self, project: UUID, username: str) -> "Membership":
        return self.get(project=project, user__username=username)


def select_scopes(user: User) -> models.QuerySet["Membership", Any]:
    """Return the keys of the projects whose private articles a user may read: those that they belong to."""
    return Membership.objects.filter(user=user.pk).values("project")


class Membership(models.Model):
    """One person's role in one project."""

    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=8, choices=Role, default=Role.CODER)
    used_at = models.DateTimeField(default=timezone.now, editable=False)
    layer = models.CharField(
        _("layer chosen last"), max_length=160, blank=True, editable=False
    )  # as `remember_layer` has it
    recent = models.JSONField(
        _("tags used last"), default=list, blank=True, editable=False
    )  # keys of tags, newest first

    objects = MembershipManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "user"], name="membership_once")]

    def __str__(self) -> str:
        return _("%(user)s, %(role)s of %(project)s") % {
            "user": self.user,
            "role": self.get_role_display(),
            "project": self.project,
        }

    def natural_key(self) -> tuple[str, str]:
        return (str(self.project_id), self.user.get_username())

    natural_key.dependencies = ["annotations.project", settings.AUTH_USER_MODEL]  # type: ignore[attr-defined]  # as loaddata wants it

    def remember_tags(self, tag_ids: Iterable[UUID]) -> None:
        """Put these tags first among the nine that the member used last."""
        keys = [tag_id.hex for tag_id in tag_ids]
        recent = (keys + [key for key in self.recent if key not in keys])[:RECENT_TAGS]
        if recent != self.recent:
            Membership.objects.filter(pk=self.pk).update(recent=recent)

    def remember_layer(self, layer: str) -> None:
        """Show this layer of the project where no address names another: "" (all), "mine", or "@" and a reader's name."""
        Membership.objects.filter(pk=self.pk).update(layer=layer)

    def make_current(self) -> None:
        """Make the project the one that its member works in."""
        Membership.objects.filter(pk=self.pk).update(used_at=timezone.now())

    def change_role(self, role: str, *, by: User) -> None:
        """Give the member another role.

        LastOwnerError where nobody would own the project any more, MemberGoneError where they are no member any more.
        """
        with transaction.atomic():
            self.lock()
            self.require_other_owner(role)
            before, self.role = self.role, role
            self.save(update_fields=["role"])
            self.project.record(gettext_noop("role changed"), by, user=self.user_id, before=before, role=role)

    def remove(self, *, by: User) -> None:
        """End the membership and leave the highlights; MemberGoneError where it ended already.

        LastOwnerError where nobody would own the project any more.
        """
        verb = gettext_noop("member left") if by == self.user else gettext_noop("member removed")
        with transaction.atomic():
            self.lock()
            self.require_other_owner("")
            self.project.record(verb, by, user=self.user_id, role=self.role)
            self.project.assignments.drop_unfinished(self.user_id)
            self.delete()

    def hand_over_to(self, other: "Membership") -> None:
        """Make another member an owner, and this one, an owner until now, a curator.

        MemberGoneError where this one is no owner any more, or the other no member.
        """
        with transaction.atomic():
            self.lock()
            if self.role != Role.OWNER:
                raise MemberGoneError
            other.change_role(Role.OWNER, by=self.user)
            self.change_role(Role.CURATOR, by=self.user)

    def lock(self) -> None:
        """Read the role again while nobody else can change the project; MemberGoneError where the membership ended."""
        self.project.lock()
        role = Membership.objects.filter(pk=self.pk).values_list("role", flat=True).first()
        if role is None:
            raise MemberGoneError
        self.role = role

    def require_other_owner(self, role: str) -> None:
        """Raise LastOwnerError where this is the only owner and would not be one in that role."""
        others = self.project.memberships.filter(role=Role.OWNER).exclude(pk=self.pk)
        if self.role == Role.OWNER != role and not others.exists():
            raise LastOwnerError
