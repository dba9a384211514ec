from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from time import time
from typing import Any, NamedTuple, Self, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotations.errors import MemberExistsError, StaleError
from annotations.identifiers import uuid7
from annotations.models import history
from annotations.models.membership import ARCHIVED_PERMISSIONS, PERMISSIONS, Membership, Role
from annotations.models.sight import NOTHING_HIDDEN, Sight
from newsreader.prepared import PreparedQuery
from newsreader.text.language.slugs import make_slug
from newsreader.users import AnyUser

HOUR = 3600  # seconds
MAX_NAME, MAX_SLUG = 120, 50  # characters
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
LEAVING_VERBS = ("member removed", "member left")
MEMBERSHIP_VERBS = (*LEAVING_VERBS, "member added", "member joined")


class FormerMember(NamedTuple):
    """Somebody who was a member, and whether they left or were removed."""

    user: User
    has_left: bool
    at: datetime


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return public projects, and those the user belongs to."""
        if not user.is_authenticated:
            return self.filter(public=True)
        return self.filter(
            models.Q(public=True) | models.Q(pk__in=Membership.objects.filter(user=user).values("project"))
        )

    def allowing(self, user: AnyUser, act: str) -> Self:
        """Return the projects in which the user may do this act (a key of PERMISSIONS)."""
        if not user.is_authenticated:
            return self.none()
        projects = self if act in ARCHIVED_PERMISSIONS else self.filter(archived_at=None)
        return projects.filter(pk__in=Membership.objects.filter(user=user, role__in=PERMISSIONS[act]).values("project"))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the projects that the user may manage."""
        return self.allowing(user, "manage")

    def current_for(self, user: AnyUser, slug: str = "") -> "Project | None":
        """Return the project of that slug if the user may see it, else the one used last, else a public one.

        The project knows the user's role, as `role` ("" for a guest).
        """
        if asked := self.find_visible(user, slug):
            return asked
        if user.is_authenticated and (latest := prepare_membership(by_slug=False).first(user=user.pk)):
            return with_role(latest)
        public = prepare_public(by_slug=False).first()
        return with_guest(public, user) if public else None

    def find_visible(self, user: AnyUser, slug: str) -> "Project | None":
        """Return the project of that slug, which knows the user's role ("" for a guest), if the user may see it."""
        if not slug or "\0" in slug:
            return None
        if user.is_authenticated and (mine := prepare_membership(by_slug=True).first(user=user.pk, slug=slug)):
            return with_role(mine)
        public = prepare_public(by_slug=True).first(slug=slug)
        return with_guest(public, user) if public else None

    def personal_project(self, user: User) -> "Project":
        """Return the user's own project, made when first asked for."""
        own = (
            Membership.objects.select_related("project")
            .filter(user=user, project__personal=True, role=Role.OWNER)
            .first()
        )
        return own.project if own else self.create_owned(f"{user}’s reading", owner=user, personal=True)

    def create_owned(self, name: str, *, owner: User, **fields: Any) -> "Project":
        """Return a new project with its owner."""
        with transaction.atomic():
            key = uuid7()
            slug = make_slug(name, MAX_SLUG)
            if fields.get("personal") or Project.objects.filter(slug=slug).exists():
                slug = f"{slug}-{key.hex[-6:]}"
            project = self.create(pk=key, name=name[:MAX_NAME], slug=slug, **fields)
            used_at = owner.date_joined if project.personal else timezone.now()
            project.memberships.create(user=owner, role=Role.OWNER, used_at=used_at)
        return project


class Project(models.Model):  # type: ignore[django-manager-missing]  # tags are a tree
    """Where a team works: its members, its codebook, its highlights. Everyone has a personal one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=80, unique=True)
    about = models.TextField(blank=True)
    public = models.BooleanField(default=False, help_text=_("Everyone may read a public project’s highlights."))
    personal = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)  # nothing changes in it since then
    deleted_at = models.DateTimeField(null=True, editable=False)  # a worker removes it
    version = models.PositiveIntegerField(_("changes so far"), default=1, editable=False)
    # Of the codebook, the members and their names: whatever may show on every page of the project.
    codebook = models.PositiveIntegerField(_("changes of the codebook so far"), default=1, editable=False)

    # Since when each coder sees only their own highlights in it, whatever is assigned.
    blind_since = models.DateTimeField(null=True, editable=False)
    has_assignments = models.BooleanField(default=False, editable=False)
    has_blind_articles = models.BooleanField(default=False, editable=False)  # as `note_blindness` found

    objects = ProjectQuerySet.as_manager()
    role: str = ""  # the reader's, once `with_role_of` or `with_role` has found it
    membership: Membership | None = None
    reader_id: int | None = None  # the key of the user, None of a visitor
    known_sight: Sight | None = None

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])

    def with_role_of(self, user: AnyUser) -> "Project":
        """Return this project, knowing which role the user has in it."""
        mine = self.memberships.filter(user=user).first() if user.is_authenticated else None
        self.role, self.membership = (mine.role, mine) if mine else ("", None)
        self.reader_id, self.known_sight = user.pk, None
        return self

    @property
    def hides(self) -> bool:
        """Whether anything in it is read blind."""
        return bool(self.blind_since or self.has_blind_articles)

    @property
    def sight(self) -> Sight:
        """What blind reading hides from its reader; asked for once."""
        if self.known_sight is None:
            assignments: Any = Project._meta.get_field("assignments").related_model
            self.known_sight = assignments.objects.load_sight(self) if self.hides else NOTHING_HIDDEN
        return self.known_sight

    def allows(self, act: str) -> bool:
        """Return whether the role that `with_role_of` found may do this act (a key of PERMISSIONS), archived or not."""
        return self.role in PERMISSIONS[act] and (not self.archived_at or act in ARCHIVED_PERMISSIONS)

    def allows_always(self, act: str) -> bool:
        """Return whether the role may do this act in a project that is not archived, whether or not this one is."""
        return self.role in PERMISSIONS[act]

    def list_members_allowed(self, act: str) -> list[str]:
        """Return the names of the members with an active account who may do this act (a key of PERMISSIONS)."""
        members = self.memberships.filter(role__in=PERMISSIONS[act], user__is_active=True)
        return list(members.order_by("user__username").values_list("user__username", flat=True))

    def allows_review_of(self, author_id: int) -> bool:
        """Return whether the member that `with_role_of` found may review this author's highlights on an edited text."""
        is_own = self.membership is not None and self.membership.user_id == author_id
        return self.allows("review") or (self.allows("highlight") and is_own)

    @property
    def waiting(self) -> int:
        """How many of its passages wait for review; counted once for each of its versions and each hour.

        Those on private articles count where it knows a role of the reader.
        """
        with_private = bool(self.role)
        if self.sight:
            rows = prepare_waiting_places(with_private=with_private).list_values(project=self.pk)
            return sum(author == self.sight.reader or not self.sight.hides(article) for author, article in rows)
        return count_waiting(self.pk, self.version, int(time() // HOUR), with_private=with_private)

    @property
    def fingerprint(self) -> str:
        """What names the words that its owner may edit: another one where somebody changed them."""
        return sha256(repr((self.name, self.about, self.public)).encode()).hexdigest()[:16]

    def edit(self, fingerprint: str, *, by: User, **fields: Any) -> None:
        """Change name, about and public, if nobody did since they had this fingerprint; else StaleError."""
        with transaction.atomic():
            self.lock()
            if fingerprint != self.fingerprint:
                raise StaleError
            before = {name: getattr(self, name) for name in fields if getattr(self, name) != fields[name]}
            for name in before:
                setattr(self, name, fields[name])
            if before:
                self.save(update_fields=list(before))
                self.record(gettext_noop("project edited"), by, before=before)

    def add_member(self, user: User, role: str, *, by: User) -> None:
        """Add a member, who finds the project in the list and still works where they did; MemberExistsError where they are one."""
        with transaction.atomic():
            self.lock()
            if self.memberships.filter(user=user).exists():
                raise MemberExistsError
            self.memberships.create(user=user, role=role, used_at=user.date_joined)
            self.record(gettext_noop("member added"), by, user=user.pk, role=role)

    def restore_member(self, user: User, *, by: User) -> Membership:
        """Give somebody who was removed or left their role again; the membership as it is where they are back already."""
        with transaction.atomic():
            self.lock()
            if (membership := self.memberships.filter(user=user).first()) is not None:
                return membership
            role = self.membership_events(user).latest("pk").data["role"]
            self.add_member(user, role, by=by)
        return self.memberships.get(user=user)

    def list_former_members(self) -> list["FormerMember"]:
        """Return those who were removed or left and are no members now, the latest first."""
        events = {event.data["user"]: event for event in self.membership_events().order_by("pk")}
        gone = {key: event for key, event in events.items() if event.verb in LEAVING_VERBS}
        users = User.objects.filter(pk__in=gone, is_active=True).exclude(memberships__project=self)
        former = [FormerMember(user, gone[user.pk].verb == "member left", gone[user.pk].at) for user in users]
        return sorted(former, key=lambda member: member.at, reverse=True)

    def was_removed(self, user: User) -> bool:
        """Return whether an owner removed the user, and nobody let them in again."""
        latest = self.membership_events(user).order_by("-pk").first()
        return latest is not None and latest.verb == "member removed"

    def membership_events(self, user: User | None = None) -> models.QuerySet:
        """Return the events about who belongs to the project, of one user or of all."""
        events = self.events.filter(article=None, verb__in=MEMBERSHIP_VERBS)
        return events.filter(data__user=user.pk) if user else events

    def archive(self, *, by: User) -> None:
        """Let nothing change in the project any more; nothing where it is archived."""
        self.set_archived(timezone.now(), gettext_noop("project archived"), by)

    def unarchive(self, *, by: User) -> None:
        """Let members work in it again."""
        self.set_archived(None, gettext_noop("project unarchived"), by)

    def set_archived(self, at: datetime | None, verb: str, by: User) -> None:
        """Save when the project was archived, and record the verb; nothing where that is so already."""
        with transaction.atomic():
            self.lock()
            if bool(self.archived_at) != bool(at):
                self.archived_at = at
                self.save(update_fields=["archived_at"])
                if at:
                    self.memberships.update(used_at=LONG_AGO)  # so that nobody goes on working in it
                self.record(verb, by)

    def begin_blind_reading(self, *, by: User) -> None:
        """Let each coder see only their own highlights; nothing where that is so already."""
        self.set_blind(timezone.now(), gettext_noop("blind reading begun"), by)

    def end_blind_reading(self, *, by: User) -> None:
        """Show everyone the highlights of all again, but for assignments that are blind."""
        self.set_blind(None, gettext_noop("blind reading ended"), by)

    def set_blind(self, since: datetime | None, verb: str, by: User) -> None:
        """Save since when the project is blind as a whole, and record the verb; nothing where that is so already."""
        with transaction.atomic():
            self.lock()
            if bool(self.blind_since) != bool(since):
                self.blind_since = since
                self.save(update_fields=["blind_since"])
                self.record(verb, by)

    def lock(self) -> None:
        """Read the row again for writing, so that changes of one project go one after the other."""
        self.refresh_from_db(from_queryset=Project.objects.select_for_update())

    def reload_versions(self) -> None:
        """Read again which versions the project and its codebook have, after a change."""
        [(self.version, self.codebook)] = prepare_versions().list_values(project=self.pk)

    def record(self, verb: str, actor: User | None, **data: Any) -> None:
        """Append an event about the project itself."""
        history.record(self.pk, verb, actor, self.pk, **data)


def with_role(membership: Membership) -> Project:
    """Return the project of a membership, knowing its role."""
    project = membership.project
    project.role, project.membership = membership.role, membership
    project.reader_id = membership.user_id
    return project


def with_guest(project: Project, user: AnyUser) -> Project:
    """Return a public project, knowing the guest who reads it."""
    project.reader_id = user.pk
    return project


@cache
def prepare_membership(*, by_slug: bool) -> PreparedQuery[Membership]:
    """Return the query for a user's membership: in the project of a slug, or the one used last."""
    memberships = Membership.objects.select_related("project")
    if by_slug:
        return PreparedQuery(
            lambda user, slug: memberships.filter(user=user, project__slug=slug)[:1], user=int, slug=str
        )
    return PreparedQuery(lambda user: memberships.filter(user=user).order_by("-used_at", "pk")[:1], user=int)


@cache
def prepare_public(*, by_slug: bool) -> PreparedQuery[Project]:
    """Return the query for a public project: that of a slug, or the first one that was made."""
    public = Project.objects.filter(public=True)
    if by_slug:
        return PreparedQuery(lambda slug: public.filter(slug=slug).order_by()[:1], slug=str)
    return PreparedQuery(lambda: public.order_by("created_at")[:1])


@cache
def prepare_versions() -> PreparedQuery:
    """Return the query for the versions of a project and of its codebook."""
    versions = Project.objects.order_by().values_list("version", "codebook")
    return PreparedQuery(lambda project: versions.filter(pk=project), project=UUID)


@lru_cache(maxsize=256)
def count_waiting(project_id: UUID, version: int, hour: int, *, with_private: bool) -> int:
    """Count the passages that wait; version and hour are there for the cache. Withdrawing an article changes no version."""
    rows = prepare_waiting_count(with_private=with_private).list_values(project=project_id)
    return rows[0][0] if rows else 0


@cache
def prepare_waiting_count(*, with_private: bool) -> PreparedQuery:
    """Return the query for the number of a project's passages that wait, without a row where none does."""
    counted = select_waiting(with_private=with_private).values("project").annotate(number=models.Count("pk"))
    return PreparedQuery(lambda project: counted.filter(project=project).values_list("number"), project=UUID)


@cache
def prepare_waiting_places(*, with_private: bool) -> PreparedQuery:
    """Return the query for (author, article) of a project's passages that wait."""
    waiting = select_waiting(with_private=with_private)
    places = waiting.values_list("highlight__author", "highlight__article")
    return PreparedQuery(lambda project: places.filter(project=project), project=UUID)


def select_waiting(*, with_private: bool) -> models.QuerySet:
    """Return the placements that wait, in any order."""
    placements: Any = Project._meta.get_field("placements").related_model
    return cast(models.QuerySet, placements.objects.waiting(with_private=with_private).order_by())
