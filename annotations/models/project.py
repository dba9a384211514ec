from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from annotations.identifiers import uuid7
from newsreader.text.slugs import slug_of


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
    "manage": {Role.OWNER},
}


class ProjectQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Public projects, and those the user belongs to."""
        if not user.is_authenticated:
            return self.filter(public=True)
        return self.filter(
            models.Q(public=True) | models.Q(pk__in=Membership.objects.filter(user=user).values("project"))
        )

    def allowing(self, user, act: str):
        """The projects in which the user may do this act (a key of MAY)."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user, role__in=MAY[act]).values("project"))

    def editable_by(self, user):
        return self.allowing(user, "manage")

    def chosen_by(self, user, slug: str = "") -> "Project | None":
        """The project of that slug if the user may see it, else the one used last, else a public one.

        The answer knows the user's role, as `role` ("" for a guest).
        """
        own = user.memberships.select_related("project") if user.is_authenticated else Membership.objects.none()
        if slug and (mine := own.filter(project__slug=slug).first()):
            return mine.as_project()
        if slug and (asked := self.filter(public=True, slug=slug).first()):
            return asked
        if latest := own.order_by("-used_at", "pk").first():
            return latest.as_project()
        return self.filter(public=True).order_by("created_at").first()

    def personal_of(self, user) -> "Project":
        """The user's own project, made when first asked for."""
        own = (
            Membership.objects.select_related("project")
            .filter(user=user, project__personal=True, role=Role.OWNER)
            .first()
        )
        return own.project if own else self.begin(f"{user}’s reading", owner=user, personal=True)

    def begin(self, name: str, *, owner, **fields) -> "Project":
        """A new project with its owner."""
        with transaction.atomic():
            key = uuid7()
            slug = slug_of(name, 50)
            slug = (
                f"{slug}-{key.hex[-6:]}"
                if fields.get("personal") or Project.objects.filter(slug=slug).exists()
                else slug
            )
            project = self.create(pk=key, name=name[:120], slug=slug, **fields)
            used_at = owner.date_joined if project.personal else timezone.now()
            project.memberships.create(user=owner, role=Role.OWNER, used_at=used_at)
        return project


class Project(models.Model):
    """Where a team works: its members, its codebook, its highlights. Everyone has a personal one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=80, unique=True)
    about = models.TextField(blank=True)
    public = models.BooleanField(default=False, help_text="Everyone may read a public project’s highlights.")
    personal = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField("changes so far", default=1, editable=False)
    codebook = models.PositiveIntegerField("changes of the codebook so far", default=1, editable=False)

    objects = ProjectQuerySet.as_manager()
    role, membership = "", None  # the reader's, once `seen_by` or `as_project` has found it

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("project", args=[self.slug])

    def seen_by(self, user) -> "Project":
        """This project, knowing which role the user has in it."""
        mine = self.memberships.filter(user=user).first() if user.is_authenticated else None
        self.role, self.membership = (mine.role, mine) if mine else ("", None)
        return self

    def allows(self, act: str) -> bool:
        """Whether the role that `seen_by` found may do this act (a key of MAY)."""
        return self.role in MAY[act]


class MembershipManager(models.Manager):
    def get_by_natural_key(self, project, username):
        return self.get(project=project, user__username=username)


class Membership(models.Model):
    """One person's role in one project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
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

    def as_project(self) -> Project:
        """The project, knowing this role in it."""
        self.project.role, self.project.membership = self.role, self
        return self.project

    def remember(self, tags) -> None:
        """Puts these tags first among the nine that the reader used last."""
        keys = [tag.pk.hex for tag in tags]
        recent = (keys + [key for key in self.recent if key not in keys])[:9]
        if recent != self.recent:
            Membership.objects.filter(pk=self.pk).update(recent=recent)
