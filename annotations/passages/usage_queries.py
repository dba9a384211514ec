"""How much there is in projects, and how their tags are used."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from annotations.models.highlight import Highlight
from annotations.models.membership import Membership
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.passages.passage import Passage
from annotations.passages.queries import all_passages
from newsreader.users import AnyUser


def list_memberships(user: AnyUser) -> QuerySet[Membership]:
    """Return the user's memberships with their projects and what is in them, the one used last first."""
    memberships = select_memberships(user).select_related("project")
    return memberships.annotate(**make_amounts("project", user)).order_by("-used_at", "pk")


def list_open_projects(user: AnyUser) -> QuerySet[Project]:
    """Return the public projects the user does not belong to, with what is in them."""
    others = Project.objects.filter(public=True).exclude(pk__in=select_memberships(user).values("project"))
    return others.annotate(**make_amounts("pk", user))


def count_tags(project: Project, number: int) -> int:
    """Return how many of so many tags the project’s reader sees: none that blind reading hides."""
    hidden = Tag.objects.without_tree_fields().filter(pk__in=project.sight.tags, heading_only=False)
    return number - hidden.count() if project.sight.tags else number


def select_memberships(user: AnyUser) -> QuerySet[Membership]:
    """Return the memberships of a user; a visitor has none."""
    return Membership.objects.filter(user=user) if user.is_authenticated else Membership.objects.none()


def make_amounts(project_field: str, user: AnyUser) -> dict[str, Coalesce]:
    """Return how many members, tags and highlights a project has for the user; `project_field` is the field with its key."""
    return {
        "people": make_count(Membership.objects.all(), project_field),
        "terms": make_count(Tag.objects.without_tree_fields().filter(heading_only=False), project_field),
        "passages": make_count(Highlight.objects.readable_by(user), project_field),
    }


def make_count(rows: QuerySet[Any], project_field: str) -> Coalesce:
    """Return how many of these rows belong to a project, as an expression."""
    of_project = rows.filter(project=OuterRef(project_field)).order_by().values("project")
    return Coalesce(Subquery(of_project.annotate(number=Count("pk")).values("number")), 0)


def count_tag_uses(project: Project, user: AnyUser) -> dict[Any, int]:
    """Return how many passages have each tag, by its key; under None, how many have no tag."""
    rows = all_passages().in_project(project, user).values_list("highlighttag__tag")
    return dict(rows.annotate(number=Count("pk")))


def load_most_used_tags(project: Project, user: AnyUser) -> list[Tag]:
    """Return the tags in use, most used first, each with its `number` of passages."""
    counts = count_tag_uses(project, user)
    tags = list(Tag.objects.without_tree_fields().filter(project=project, pk__in=[key for key in counts if key]))
    for tag in tags:
        tag.number = counts[tag.pk]
    return sorted(tags, key=lambda tag: (-tag.number, tag.position))


def load_latest_passages(project: Project, user: AnyUser, tag: Tag | None = None) -> list[Passage]:
    """Return the five passages made last, of a tag if one is given."""
    passages = all_passages().in_project(project, user).with_tags(project, [[tag.pk.hex]] if tag else [])
    return passages.load_page("latest", size=5).passages


def count_uses_by_reader(tag: Tag, user: AnyUser) -> list[tuple[str, int]]:
    """Return who used the tag how often, most first."""
    rows = all_passages().in_project(tag.project_id, user).filter(tags=tag).values_list("author__username")
    return sorted(rows.annotate(number=Count("pk")), key=lambda row: (-row[1], row[0]))


def count_tagged_articles(tag: Tag, user: AnyUser) -> int:
    """Return how many articles have passages with the tag."""
    return all_passages().in_project(tag.project_id, user).filter(tags=tag).values("article").distinct().count()
