"""Blind reading: the conditions of queries that hide what others mark.

While an article is being read blind, what is marked and written on it is seen by who did it, by those who are done with it
and by curators who have not to read it themselves: by nobody else, visitors included. In a project that is blind as a whole
it is seen by who did it, and by curators.
"""

from functools import lru_cache
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from annotations.models.membership import PERMISSIONS, Membership
from annotations.models.project import Project
from newsreader.users import AnyUser

# What others did that concerns no article, and tells a blind reader nothing of what they marked.
HARMLESS_VERBS = (
    *("project edited", "project archived", "project unarchived", "role changed", "articles assigned"),
    *("member added", "member joined", "member removed", "member left", "invitation made", "invitation revoked"),
    *("article rule added", "article rule removed", "tag edited", "tag moved", "tag retired", "tag reinstated"),
    *("blind reading begun", "blind reading ended"),
)


def seen_by(user: AnyUser, author: str = "author") -> Q:
    """Return the condition that blind reading does not hide a row from a user; the row has `project` and `article`.

    `author` is the field with who made it.
    """
    return seen_by_key(user.pk, author)


@lru_cache(maxsize=1000)
def seen_by_key(user: int | None, author: str) -> Q:
    """Return the condition of `seen_by` for the key of a user; to build it takes longer than to ask it."""
    if user is None:
        here, whole = select_assignments_here(), select_blind_projects()
        return is_nothing_blind() | Q(~Q(project__in=whole), ~Exists(here.open_blind()))
    return is_nothing_blind() | Q(**{author: user}) | is_shown_to(user)


@lru_cache(maxsize=10)
def seen_by_its_user(author: str) -> Q:
    """Return the condition that blind reading does not hide a row from the user whom it names; see `seen_by`."""
    return is_nothing_blind() | Q(**{author: F("user")}) | is_shown_to(OuterRef("user"))


def is_nothing_blind() -> Q:
    """Return the condition that nothing in a row’s project is read blind: all that most rows are asked."""
    hiding = Project.objects.order_by().filter(Q(blind_since__isnull=False) | Q(has_blind_articles=True))
    return ~Q(project__in=hiding.values("pk"))


def is_shown_to(user: Any) -> Q:
    """Return the condition that a user (a key, or a column of the row) may see what others made on a row’s article."""
    here, whole = select_assignments_here(), select_blind_projects()
    mine = Membership.objects.filter(project=OuterRef("project"), user=user)
    curates, own = Exists(mine.filter(role__in=PERMISSIONS["assign"])), here.filter(user=user)
    sees_whole = Q(~Q(project__in=whole), curates, _connector=Q.OR)
    released, unassigned = Q(Exists(own.released()), Exists(mine)), Q(curates, ~Exists(own.open_blind()))
    return sees_whole & Q(~Exists(here.open_blind()), released, unassigned, _connector=Q.OR)


def select_blind_projects() -> Any:
    """Return the projects that are blind as a whole, by their keys."""
    return Project.objects.order_by().filter(blind_since__isnull=False).values("pk")


def select_assignments_here() -> Any:
    """Return the assignments of the article and project of an outer row."""
    return select_assignments().filter(project=OuterRef("project"), article=OuterRef("article")).order_by()


def select_assignments() -> Any:
    """Return all assignments, as the project’s field knows them: their module would be imported in a circle."""
    assignments: Any = Project._meta.get_field("assignments").related_model
    return assignments.objects.all()


def reads_blind(user: OuterRef) -> Exists:
    """Return the expression for whether blind reading hides something from a user in one of their projects.

    It goes into the query that finds the user, and says what `Project.sight` says of each of them.
    """
    hiding = Membership.objects.order_by().filter(
        Q(project__blind_since__isnull=False) | Q(project__has_blind_articles=True), user=user
    )
    here, mine = select_assignments().filter(project=OuterRef("project")).order_by(), OuterRef(OuterRef("user"))
    released = select_assignments_here().filter(user=mine).released()
    unassigned = Q(
        Q(project__blind_since__isnull=False), Exists(here.open_blind().filter(~Exists(released))), _connector=Q.OR
    )
    is_own = Q(Exists(here.filter(user=OuterRef("user")).open_blind()))
    return Exists(hiding.filter(is_own | ~Q(role__in=PERMISSIONS["assign"]) & unassigned))


def select_seen_events(project: Project, events: Any) -> Any:
    """Return those of the project’s events that blind reading does not hide from its reader."""
    sight = project.sight
    if not sight:
        return events
    harmless = Q(article=None, verb__in=HARMLESS_VERBS) & ~Q(subject__in=sight.tags)
    seen = Q(pk__in=[]) if sight.everything else Q(article__isnull=False) & ~Q(article__in=sight.articles)
    own = Q(actor=sight.reader) if sight.reader else Q(pk__in=[])
    return events.filter(own | harmless | seen)


def is_article_blind(project: Project, article_id: int) -> bool:
    """Return whether anybody is reading an article blind in a project."""
    here = select_assignments().filter(project=project, article=article_id)
    return bool(project.blind_since) or here.open_blind().exists()
