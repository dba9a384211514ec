"""How much there is in projects, and how their tags are used, as one reader may see it."""

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from .highlight import Highlight, HighlightTag
from .membership import Membership
from .project import Project
from .tag import Tag


def memberships_of(user):
    """The user's memberships with their projects and what is in them, the one used last first."""
    own = Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()
    return own.select_related("project").annotate(**amounts("project")).order_by("-used_at", "pk")


def open_to(user):
    """The public projects the user does not belong to, with what is in them."""
    own = Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()
    return Project.objects.filter(public=True).exclude(pk__in=own.values("project")).annotate(**amounts("pk"))


def amounts(project: str) -> dict:
    """How many members, tags and highlights a project has; `project` is the field that holds its key."""
    return {
        "people": number_of(Membership.objects, project),
        "terms": number_of(Tag.objects.without_tree_fields(), project),
        "passages": number_of(Highlight.objects.standing(), project),
    }


def number_of(rows, project: str):
    mine = rows.filter(project=OuterRef(project)).order_by().values("project")
    return Coalesce(Subquery(mine.annotate(number=Count("pk")).values("number")), 0)


def seen(project, user):
    """The project's highlights that this user may see."""
    return Highlight.objects.visible_to(user).filter(project=project).order_by()


def counts_of(project, user) -> dict:
    """How many highlights have each tag, by its key."""
    return dict(seen(project, user).values_list("highlighttag__tag").annotate(number=Count("pk")))


def most_used(project, user) -> list[Tag]:
    """The tags in use, most used first, each knowing its `number`."""
    counts = counts_of(project, user)
    tags = list(Tag.objects.without_tree_fields().filter(project=project, pk__in=[key for key in counts if key]))
    for tag in tags:
        tag.number = counts[tag.pk]
    return sorted(tags, key=lambda tag: (-tag.number, tag.position))


def latest_of(project, user, tag: Tag | None = None):
    """The highlights made last, of a tag if one is given, each ready to be read outside its article."""
    pairs = Prefetch("highlighttag_set", HighlightTag.objects.select_related("tag"), to_attr="pairs")
    rows = seen(project, user).select_related("article__source", "author").prefetch_related(pairs)
    return (rows.filter(tags=tag) if tag else rows).order_by("-pk")


def readers_of(project, user, tag: Tag) -> list[tuple[str, int]]:
    """Who used the tag how often, most first."""
    rows = seen(project, user).filter(tags=tag).values_list("author__username").annotate(number=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def articles_of(project, user, tag: Tag) -> int:
    """How many articles carry the tag."""
    return seen(project, user).filter(tags=tag).values("article").distinct().count()
