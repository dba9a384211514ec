"""Blind reading: the conditions of queries that hide what others mark.

While an article is being read blind, what is marked and written on it is seen by who did it, by those who are done with it
and by curators who have not to read it themselves: by nobody else, visitors included. In a project that is blind as a whole
it is seen by who did it, and by curators.
"""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from annotations.models.assignment import Assignment
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


def seen_by(user: AnyUser | F, author: str = "author") -> Q:
    """Return the condition that blind reading does not hide a row from a user; the row has `project` and `article`.

    `author` is the field with who made it. The user may be a column of the row.
    """
    key: Any = user if isinstance(user, F) else user.pk
    hiding = Project.objects.order_by().filter(Q(blind_since__isnull=False) | Q(has_blind_articles=True))
    nothing_blind = ~Q(project__in=hiding.values("pk"))
    here = Assignment.objects.filter(project=OuterRef("project"), article=OuterRef("article")).order_by()
    is_blind_as_whole = Q(project__in=Project.objects.order_by().filter(blind_since__isnull=False).values("pk"))
    if key is None:
        return nothing_blind | (~is_blind_as_whole & ~Exists(here.open_blind()))
    nested = OuterRef(key.name) if isinstance(key, F) else key
    mine = Membership.objects.filter(project=OuterRef("project"), user=nested)
    curates, own = Exists(mine.filter(role__in=PERMISSIONS["assign"])), here.filter(user=nested)
    sees_whole = ~is_blind_as_whole | Q(curates)
    is_released = Q(Exists(own.released())) & Q(Exists(mine))
    sees_article = ~Exists(here.open_blind()) | is_released | (Q(curates) & ~Exists(own.open_blind()))
    return Q(**{author: key}) | nothing_blind | (sees_whole & sees_article)


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
    here = Assignment.objects.filter(project=project, article=article_id)
    return bool(project.blind_since) or here.open_blind().exists()
