from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from annotations.errors import NameTakenError
from annotations.identifiers import uuid7
from annotations.models.project import Project
from annotations.models.tag_editing import TagEditing
from newsreader.text.language.slugs import make_slug
from newsreader.users import AnyUser

COLOURS = ["blue", "rust", "teal", "plum", "olive", "violet", "brick", "sky", "moss", "ochre", "rose", "slate"]
MAX_NAME = 90  # characters


class TagQuerySet(TreeQuerySet["Tag"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the tags of projects that the user may see."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the tags of projects whose codebook the user may change."""
        return self.filter(project__in=Project.objects.allowing(user, "codebook"))

    def with_names(self, project: Project, names: list[str]) -> list["Tag"]:
        """Return the project's tags of these names, whatever their capitals: engines fold letters differently, so Python does."""
        wanted = {name.lower() for name in names}
        return [tag for tag in self.without_tree_fields().filter(project=project) if tag.name.lower() in wanted]

    def get_or_create_named(self, project: Project, names: list[str], *, by: User) -> list["Tag"]:
        """Return the project's tags of these names, in this order; those that are missing are made."""
        wanted = list(dict.fromkeys(name for name in map(clean_name, names) if name))
        if not wanted:
            return []
        tags = self.by_lower_name(project)
        return [tags.get(name.lower()) or self.create_tag(project, name, by=by, tags=tags) for name in wanted]

    def by_lower_name(self, project: Project) -> dict[str, "Tag"]:
        """Return the project's tags by their names in small letters."""
        return {tag.name.lower(): tag for tag in self.without_tree_fields().filter(project=project)}

    def create_tag(self, project: Project, name: str, *, by: User, tags: dict[str, "Tag"], **fields: Any) -> "Tag":
        """Return a new tag in the colour that the codebook uses least, and add it to `tags` (those of `by_lower_name`)."""
        fields.setdefault("colour", least_used_colour(tags.values()))
        with transaction.atomic():
            tag = self.create(project=project, name=clean_name(name), position=len(tags), **fields)
            tag.record("tag made", by, name=tag.name)
        tags[tag.name.lower()] = tag
        return tag

    def add_tag(self, project: Project, name: str, *, by: User, **fields: Any) -> "Tag":
        """Return a new tag, the last of its siblings; NameTakenError where the codebook has one of this name."""
        with transaction.atomic():
            project.lock()
            tags = self.by_lower_name(project)
            if clean_name(name).lower() in tags:
                raise NameTakenError
            tag = self.create_tag(project, name, by=by, tags=tags, **fields)
            self.renumber(project)
        return tag

    def renumber(self, project: Project) -> None:
        """Give the project's tags the positions they have in the tree, read from the top."""
        tags = list(self.without_tree_fields().filter(project=project).order_by("position", "name"))
        moved = [(number, tag) for number, tag in enumerate(depth_first(tags)) if tag.position != number]
        for number, tag in moved:
            tag.position = number
        self.bulk_update([tag for _, tag in moved], ["position"])


class Tag(TagEditing):  # type: ignore[django-manager-missing]  # the tree's manager has no types
    """One term of a project's controlled vocabulary."""

    class Status(models.TextChoices):
        ACTIVE = "active", "active"
        RETIRED = "retired", "retired"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="tags")
    parent = TreeNodeForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=90)
    definition = models.TextField(blank=True, max_length=4000)
    use_for = models.TextField("use it for", blank=True, max_length=4000)
    not_for = models.TextField("not for", blank=True, max_length=4000)
    colour = models.PositiveSmallIntegerField("line", choices=list(enumerate(COLOURS, 1)), default=1)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    version = models.PositiveIntegerField(default=1, editable=False)

    tree_depth: int  # from 0, where the query read the fields of the tree

    objects = TagQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint("project", Lower("name"), name="tag_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tag", args=[self.project.slug, self.pk])

    @property
    def slug(self) -> str:
        """The name as addresses have it."""
        return make_slug(self.name)


def least_used_colour(tags: Iterable[Tag]) -> int:
    """Return the colour (1 to 12) that these tags use least, the first of them where several are."""
    used = [tag.colour for tag in tags]
    return min(range(1, len(COLOURS) + 1), key=used.count)


def clean_name(name: str) -> str:
    """Return a tag's name as it is kept: no commas (they separate names in a field), white space folded, 90 characters at most."""
    return " ".join(name.replace(",", " ").split())[:MAX_NAME].strip()


def depth_first(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each one's children after it; siblings keep the order they come in."""
    children: dict = {}
    for tag in reversed(tags):
        children.setdefault(tag.parent_id, []).append(tag)
    order, stack = [], children.get(None, [])
    while stack:
        order.append(tag := stack.pop())
        stack += children.get(tag.pk, [])
    return order
