"""How much there is in projects, and how their tags are used."""

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from annotations.models.highlight import Highlight
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.passages.queries import Passage, all_passages


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


def counts_of(project) -> dict:
    """How many passages have each tag, by its key."""
    rows = all_passages().within(project).values_list("highlighttag__tag")
    return dict(rows.annotate(number=Count("pk")))


def most_used(project) -> list[Tag]:
    """The tags in use, most used first, each knowing its `number`."""
    counts = counts_of(project)
    tags = list(Tag.objects.without_tree_fields().filter(project=project, pk__in=[key for key in counts if key]))
    for tag in tags:
        tag.number = counts[tag.pk]
    return sorted(tags, key=lambda tag: (-tag.number, tag.position))


def latest_of(project, tag: Tag | None = None) -> list[Passage]:
    """The five passages made last, of a tag if one is given."""
    found = all_passages().within(project).of(project, [[tag.pk.hex]] if tag else [], "latest")
    return found.leaf("latest", size=5).passages


def readers_of(tag: Tag) -> list[tuple[str, int]]:
    """Who used the tag how often, most first."""
    rows = all_passages().within(tag.project_id).filter(tags=tag).values_list("author__username")
    return sorted(rows.annotate(number=Count("pk")), key=lambda row: (-row[1], row[0]))


def articles_of(tag: Tag) -> int:
    """How many articles carry the tag."""
    return all_passages().within(tag.project_id).filter(tags=tag).values("article").distinct().count()
