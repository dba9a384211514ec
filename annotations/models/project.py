from functools import lru_cache
from hashlib import sha256
from time import time

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from annotations.identifiers import uuid7
from annotations.models.event import Event, Stale
from annotations.models.membership import MAY, Membership, Role
from annotations.models.placement import Placement
from newsreader.text.language.slugs import make_slug

AN_HOUR = 3600


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
            slug = make_slug(name, 50)
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

    @property
    def waiting(self) -> int:
        """How many of its passages changed and wait for a decision; counted once for each of its versions and each hour."""
        return waiting_in(self.pk, self.version, int(time() // AN_HOUR))

    def settles(self, author_id: int) -> bool:
        """Whether the member that `seen_by` found may say what becomes of this author's highlights on an edited text."""
        return self.allows("settle") or (self.allows("highlight") and self.membership.user_id == author_id)

    @property
    def imprint(self) -> str:
        """Names the words that its owner may edit: another one where somebody changed them."""
        return sha256(repr((self.name, self.about, self.public)).encode()).hexdigest()[:16]

    def edit(self, imprint: str, *, by, **fields) -> None:
        """New name, about and public, if nobody changed them since they bore this imprint; else Stale."""
        with transaction.atomic():
            self.lock()
            if imprint != self.imprint:
                raise Stale
            before = {name: getattr(self, name) for name in fields if getattr(self, name) != fields[name]}
            for name in before:
                setattr(self, name, fields[name])
            if before:
                self.save(update_fields=list(before))
                self.record("project edited", by, before=before)

    def admit(self, user, role: str, *, by) -> None:
        """A new member, who finds the project in the list and still works where they did."""
        with transaction.atomic():
            self.lock()
            self.memberships.create(user=user, role=role, used_at=user.date_joined)
            self.record("member added", by, user=user.pk, role=role)

    def lock(self) -> None:
        """Reads the row again for writing, so that changes of one project go one after the other."""
        self.refresh_from_db(from_queryset=Project.objects.select_for_update())

    def record(self, verb: str, by, **data) -> None:
        Event.objects.append(project_id=self.pk, actor=by, verb=verb, subject=self.pk, data=data)


@lru_cache(maxsize=256)
def waiting_in(project_id, version: int, hour: int) -> int:
    """The count; version and hour are there for the cache. An article that is withdrawn changes no version."""
    return Placement.objects.filter(project=project_id).waiting().count()
