"""Assignments: who reads which article of a project, until when, and whether blind to what the others mark on it."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, Self
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, When
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from annotations.errors import AssignmentLimitError
from annotations.models import history
from annotations.models.project import Project
from annotations.models.sight import NOTHING_HIDDEN, Sight
from newsreader.prepared import PreparedQuery

LISTED = ("published", "private")  # statuses of articles that members read
MAKING_VERBS = ("tag made", "tag proposed", "tag restored")
MAX_ROUND = 60  # characters of the name of a round
MAX_ASSIGNED = 2_000  # assignments that are made at once


class AssignmentState(models.TextChoices):
    TO_DO = "to do", _("to do")
    READING = "reading", _("reading")
    DONE = "done", _("done")


RELEASED = Q(blind=False) | Q(revealed_at__isnull=False) | Q(state=AssignmentState.DONE)


class Round(NamedTuple):
    """A round of coding: its name, the user names of those who read in it, and the keys of what they read."""

    name: str
    coders: tuple[str, ...]
    articles: frozenset[int]


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def open_blind(self) -> Self:
        """Return those whose members are still to see nothing but their own highlights."""
        return self.filter(blind=True, revealed_at=None).exclude(state=AssignmentState.DONE)

    def released(self) -> Self:
        """Return those whose members may see what the others marked: done, revealed, or never blind."""
        return self.filter(RELEASED)

    def load_sight(self, project: Project) -> Sight:
        """Return what blind reading hides from the project’s reader."""
        reader, curates = project.reader_id, project.allows_always("assign")
        blind = dict(prepare_blind_articles().list_values(project=project.pk))
        member = reader if reader and project.role else 0
        own = dict(prepare_own_articles().list_values(project=project.pk, user=member))
        articles = {key for key in blind if (not own[key] if key in own else not curates)}
        begun = [blind[key] for key in articles]
        if project.blind_since and not curates:
            return make_sight(project, True, articles, [*begun, project.blind_since])
        return make_sight(project, False, articles, begun) if articles else NOTHING_HIDDEN

    def find_own(self, project: Project, article_id: int) -> "Assignment | None":
        """Return the assignment of an article to the project’s reader; no query where the project has none at all."""
        if not (project.has_assignments and project.reader_id):
            return None
        return prepare_own_assignment().first(project=project.pk, article=article_id, user=project.reader_id)

    def list_to_read(self, project: Project) -> Self:
        """Return what the project’s reader has still to read, the one due soonest first."""
        own = self.filter(project=project).to_read_by(project.reader_id)
        return own.select_related("article").in_reading_order()

    def list_open(self, user: User) -> Self:
        """Return what a member has still to read in all projects that are not archived, the one due soonest first."""
        own = self.filter(project__memberships__user=user, project__archived_at=None).to_read_by(user.pk)
        return own.select_related("article__source", "project").in_reading_order()

    def to_read_by(self, user_id: int | None) -> Self:
        """Return what this member has still to read, of the articles that are listed."""
        return self.filter(user=user_id, article__status__in=LISTED).exclude(state=AssignmentState.DONE)

    def list_rounds(self, project: Project, article_id: int | None = None) -> list[Round]:
        """Return the rounds of a project that have a name, the latest first: all, or those of an article with that alone.

        There is no query in a project without assignments.
        """
        if not project.has_assignments:
            return []
        named = self.filter(project=project).exclude(round="").order_by("-made_at", "user__username")
        named = named.filter(article=article_id) if article_id else named
        rounds: dict[str, tuple[dict[str, None], set[int]]] = {}
        for name, user, article in named.values_list("round", "user__username", "article"):
            users, articles = rounds.setdefault(name, ({}, set()))
            users[user] = None
            articles.add(article)
        return [Round(name, tuple(sorted(users)), frozenset(articles)) for name, (users, articles) in rounds.items()]

    def in_reading_order(self) -> Self:
        """Return them by article, the one due soonest first, and by member."""
        return self.order_by(models.F("due").asc(nulls_last=True), "article__title", "article", "user__username")

    def assign(
        self,
        project: Project,
        articles: Iterable[int],
        members: Iterable[int],
        *,
        by: User,
        due: date | None = None,
        blind: bool = True,
        round: str = "",
    ) -> int:
        """Assign each of the articles to each of the members, and return how many assignments that made.

        `round` is the name of the round of coding that they belong to, if it has one.

        Who has an article already keeps that assignment. AssignmentLimitError where it would be more than MAX_ASSIGNED.
        """
        pairs = [(article, user) for article in dict.fromkeys(articles) for user in dict.fromkeys(members)]
        if len(pairs) > MAX_ASSIGNED:
            raise AssignmentLimitError
        with transaction.atomic():
            project.lock()
            known = set(self.filter(project=project).values_list("article", "user"))
            new = [pair for pair in pairs if pair not in known]
            fields: dict[str, Any] = {"project": project, "due": due, "blind": blind, "round": round, "made_by": by}
            Assignment.objects.bulk_create(
                [Assignment(article_id=article, user_id=user, **fields) for article, user in new]
            )
            if new:
                number = {"number": len(new), "articles": len({article for article, _user in new})}
                project.record(gettext_noop("articles assigned"), by, blind=blind, **number)
            note_blindness(project.pk)
        return len(new)

    def start(self, project: Project, article_id: int, user: User) -> None:
        """Say that a member began to read an article; nothing where they did, or where it is not assigned to them."""
        own = self.filter(project=project, article=article_id, user=user, state=AssignmentState.TO_DO)
        own.update(state=AssignmentState.READING)

    def start_all(self, project_id: UUID, highlights: models.QuerySet[Any]) -> None:
        """Say that the authors of these highlights began to read their articles, where these are assigned to them."""
        own = highlights.order_by().filter(article=OuterRef("article"), author=OuterRef("user"))
        waiting = self.filter(Exists(own), project=project_id, state=AssignmentState.TO_DO)
        waiting.update(state=AssignmentState.READING)

    def reveal(self, project: Project, *, by: User) -> int:
        """Show all members of these assignments what the others marked; return how many were blind until now."""
        with transaction.atomic():
            project.lock()
            blind: list[Assignment] = list(self.filter(project=project).open_blind())
            for assignment in blind:
                assignment.revealed_at, assignment.revealed_by = timezone.now(), by
                assignment.save(update_fields=["revealed_at", "revealed_by"])
                assignment.record(gettext_noop("assignment revealed"), by)
            note_blindness(project.pk)
        return len(blind)

    def drop(self, project: Project, *, by: User) -> int:
        """Remove these assignments, and leave the highlights; return how many there were."""
        with transaction.atomic():
            project.lock()
            dropped = list(self.filter(project=project))
            for assignment in dropped:
                assignment.record(gettext_noop("assignment removed"), by)
                assignment.delete()
            note_blindness(project.pk)
        return len(dropped)

    def drop_unfinished(self, user_id: int) -> None:
        """Remove what somebody who is no member any more had still to read."""
        unfinished = self.filter(user=user_id).exclude(state=AssignmentState.DONE)
        for project_id in set(unfinished.values_list("project", flat=True)):
            unfinished.filter(project=project_id).delete()
            note_blindness(project_id)


class Assignment(models.Model):
    """An article that a member of a project is to read; blind until they are done or a curator reveals it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    project = models.ForeignKey(
        "annotations.Project", on_delete=models.CASCADE, related_name="assignments", db_index=False
    )
    article = models.ForeignKey("newsreader.Article", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments")
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=7, choices=AssignmentState, default=AssignmentState.TO_DO)
    blind = models.BooleanField(default=True)
    round = models.CharField(max_length=MAX_ROUND, blank=True, default="")  # its name; empty where it has none
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(null=True, editable=False)
    revealed_at = models.DateTimeField(null=True, editable=False)
    revealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "article", "user"], name="assignment_once")]

    def __str__(self) -> str:
        return gettext("an article that a member is to read")

    @property
    def is_blind(self) -> bool:
        """Whether its member is still to see nothing but their own highlights."""
        return self.blind and self.revealed_at is None and self.state != AssignmentState.DONE

    @property
    def is_late(self) -> bool:
        """Whether it is not done, and the day on which it was due is over."""
        return bool(self.due and self.state != AssignmentState.DONE and self.due < timezone.localdate())

    def finish(self, *, by: User) -> None:
        """Say that it is done; where it was blind, its member sees from then on what the others marked."""
        self.change_state(AssignmentState.DONE, gettext_noop("assignment done"), by)

    def reopen(self, *, by: User) -> None:
        """Let its member read on; where it was blind, it is blind again."""
        self.change_state(AssignmentState.READING, gettext_noop("assignment reopened"), by)

    def change_state(self, state: AssignmentState, verb: str, by: User) -> None:
        """Save the state, and record the verb; nothing where it is so already."""
        with transaction.atomic():
            self.project.lock()
            self.refresh_from_db(fields=["state", "revealed_at"])
            is_done = state == AssignmentState.DONE
            if (self.state == AssignmentState.DONE) == is_done and (is_done or not self.revealed_at):
                return
            self.state, self.done_at = state, timezone.now() if is_done else None
            if not is_done:
                self.revealed_at = self.revealed_by = None
            self.save(update_fields=["state", "done_at", "revealed_at", "revealed_by"])
            self.record(verb, by)
            note_blindness(self.project_id)

    def record(self, verb: str, actor: User) -> None:
        """Append an event about it to the history of its project."""
        history.record(self.project_id, verb, actor, self.pk, self.article_id, user=self.user_id)


def make_sight(project: Project, everything: bool, articles: Iterable[int], begun: Iterable[datetime]) -> Sight:
    """Return the sight of the project’s reader, from whom tags are hidden that others made since the first reading began.

    Those that the reader has put on a highlight, or made as well, are not.
    """
    made = project.events.filter(article=None, verb__in=MAKING_VERBS, at__gte=min(begun))
    makers = made.order_by().values_list("subject", "actor")
    own = {tag for tag, actor in makers if actor == project.reader_id}
    tags = {tag for tag, _actor in makers} - own
    # Asked whether or not any are hidden, so that it takes as long
    used = {key for (key,) in prepare_used_tags().list_values(project=project.pk, user=project.reader_id or 0)}
    return Sight(project.reader_id, everything, tuple(sorted(articles)), tuple(sorted(tags - used)))


@cache
def prepare_blind_articles() -> PreparedQuery[Assignment]:
    """Return the query for the articles that are read blind in a project, each with the moment since when."""
    blind = Assignment.objects.open_blind().order_by().values_list("article").annotate(since=models.Min("made_at"))
    return PreparedQuery(lambda project: blind.filter(project=project), project=UUID)


@cache
def prepare_own_articles() -> PreparedQuery[Assignment]:
    """Return the query for the articles of a member, each with whether they may see what the others marked."""
    is_released = Case(When(RELEASED, then=True), default=False, output_field=models.BooleanField())
    own = Assignment.objects.order_by().annotate(is_released=is_released).values_list("article", "is_released")
    return PreparedQuery(lambda project, user: own.filter(project=project, user=user), project=UUID, user=int)


@cache
def prepare_own_assignment() -> PreparedQuery[Assignment]:
    """Return the query for the assignment of an article to a member."""
    own = Assignment.objects.order_by()
    return PreparedQuery(
        lambda project, article, user: own.filter(project=project, article=article, user=user),
        project=UUID,
        article=int,
        user=int,
    )


@cache
def prepare_used_tags() -> PreparedQuery[Any]:
    """Return the query for the tags that a member has put on highlights of a project."""
    highlights: Any = Project._meta.get_field("highlights").related_model
    tags = highlights.objects.order_by().values_list("tags").distinct()
    return PreparedQuery(lambda project, user: tags.filter(project=project, author=user), project=UUID, user=int)


def note_blindness(project_id: UUID) -> None:
    """Let the project’s row say whether it has assignments, and whether any of them is blind, so that pages need not ask."""
    own = Assignment.objects.filter(project=OuterRef("pk"))
    Project.objects.filter(pk=project_id).update(
        has_assignments=Exists(own), has_blind_articles=Exists(own.open_blind())
    )
