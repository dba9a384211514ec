"""Invitation links: whoever opens one can join its project in its role."""

from datetime import timedelta
from secrets import token_urlsafe
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotations.errors import InvitationClosedError, InvitationLimitError, MemberRemovedError
from annotations.models.membership import Role
from annotations.models.project import Project

MAX_OPEN_INVITATIONS = 50  # of one project
TOKEN_BYTES = 16  # 128 bits, which nobody guesses


class InvitationState(models.TextChoices):
    """Whether a link can be used, and why not; computed, not stored."""

    OPEN = "open", _("open")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    USED = "used", _("no uses left")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Return those that can still be used."""
        now = timezone.now()
        return self.filter(revoked_at=None, expires_at__gt=now, uses__lt=F("max_uses"), project__archived_at=None)

    def create_invitation(self, project: Project, *, by: User, **fields: Any) -> "Invitation":
        """Return a new invitation; InvitationLimitError where the project has too many open ones."""
        with transaction.atomic():
            project.lock()
            if self.open().filter(project=project).count() >= MAX_OPEN_INVITATIONS:
                raise InvitationLimitError
            invitation = self.create(project=project, made_by=by, token=token_urlsafe(TOKEN_BYTES), **fields)
            project.record(gettext_noop("invitation made"), by, invitation=invitation.pk, role=invitation.role)
        return invitation


class Invitation(models.Model):
    """A link with a role, an end and a number of uses."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=32, unique=True, editable=False)
    role = models.CharField(max_length=8, choices=Role, default=Role.CODER)
    label = models.CharField(max_length=80, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    max_uses = models.PositiveSmallIntegerField(default=1)
    uses = models.PositiveSmallIntegerField(default=0, editable=False)
    used_by = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(fields=["project", "made_at"], name="invitation_project")]

    def __str__(self) -> str:
        return self.label or _("Invitation for %(role)s") % {"role": Role(self.role).noun}

    def get_absolute_url(self) -> str:
        return reverse("join", args=[self.token])

    @property
    def state(self) -> InvitationState:
        """Whether it can still be used, and if not, what ended it."""
        if self.revoked_at:
            return InvitationState.REVOKED
        if self.uses >= self.max_uses:
            return InvitationState.USED
        return InvitationState.OPEN if self.expires_at > timezone.now() else InvitationState.EXPIRED

    @property
    def days_left(self) -> int:
        """How many days it can still be used, the last one included."""
        return (self.expires_at - timezone.now()) // timedelta(days=1) + 1

    def accept(self, user: User) -> bool:
        """Make the user a member in the role of the invitation; False where they are one already.

        InvitationClosedError where it cannot be used any more, MemberRemovedError where the user was removed from the
        project: then only an owner can bring them back.
        """
        with transaction.atomic():
            self.project.lock()
            if self.project.memberships.filter(user=user).exists():
                return False
            self.refresh_from_db(fields=["revoked_at", "uses", "expires_at"])
            if self.state != InvitationState.OPEN or self.project.archived_at:
                raise InvitationClosedError
            if self.project.was_removed(user):
                raise MemberRemovedError
            self.project.memberships.create(user=user, role=self.role)
            Invitation.objects.filter(pk=self.pk).update(uses=F("uses") + 1)
            self.used_by.add(user)
            self.project.record(gettext_noop("member joined"), user, user=user.pk, role=self.role, invitation=self.pk)
        return True

    def renew(self, *, by: User) -> "Invitation":
        """Return a new invitation like this one, for as long and as many again; the link of this one stays closed."""
        fields = {name: getattr(self, name) for name in ("role", "label", "max_uses")}
        expires_at = timezone.now() + (self.expires_at - self.made_at)
        return Invitation.objects.create_invitation(self.project, by=by, expires_at=expires_at, **fields)

    def revoke(self, *, by: User) -> None:
        """End the invitation; nothing where it ended already."""
        with transaction.atomic():
            self.project.lock()
            self.refresh_from_db(fields=["revoked_at", "uses", "expires_at"])
            if self.state == InvitationState.OPEN:
                self.revoked_at = timezone.now()
                self.save(update_fields=["revoked_at"])
                self.project.record(gettext_noop("invitation revoked"), by, invitation=self.pk)
