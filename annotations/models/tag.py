from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from annotations.errors import NameTakenError
from annotations.identifiers import uuid7
from annotations.models.membership import PERMISSIONS
from annotations.models.project import Project
from annotations.models.tag_editing import TagEditing
from annotations.models.tag_places import LAST, depth_first, insert_after
from annotations.rendering.tag_lines import choose_line
from newsreader.text.language.names import fold_name, normalise_name
from newsreader.text.language.slugs import make_slug
from newsreader.users import AnyUser

COLOURS = [
    *(_("blue"), _("rust"), _("teal"), _("plum"), _("olive"), _("violet")),
    *(_("brick"), _("sky"), _("moss"), _("ochre"), _("rose"), _("slate")),
]
MAX_NAME = 90  # characters


class TagQuerySet(TreeQuerySet["Tag"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Return the tags of projects that the user may see."""
        return self.filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the tags of projects whose codebook the user may change."""
        return self.filter(project__in=Project.objects.allowing(user, "codebook"))

    def with_names(self, project: Project, names: list[str]) -> list["Tag"]:
        """Return the project's tags of names that look like these, whatever their capitals.

        Engines fold letters differently, so Python does.
        """
        wanted = set(map(fold_name, names))
        return [tag for tag in self.without_tree_fields().filter(project=project) if fold_name(tag.name) in wanted]

    def used_in(self, project: Project, article_id: int) -> Self:
        """Return the tags that the project's highlights in an article have, those that its reader sees."""
        highlights = {"highlights__article": article_id, "highlights__deleted_at": None}
        if project.sight.hides(article_id):
            highlights["highlights__author"] = project.sight.reader or 0
        return self.without_tree_fields().filter(project=project, **highlights).distinct()

    def get_or_create_named(
        self, project: Project, names: list[str], *, by: User, beside: Iterable["Tag"] = ()
    ) -> list["Tag"]:
        """Return the project's tags of these names, in this order; those that are missing are made, as `create_tag` does.

        A tag that blind reading hides from the project's reader is shown to them from then on, as though it had been missing.
        """
        wanted = list(dict.fromkeys(name for name in map(clean_name, names) if name))
        if not wanted:
            return []
        tags = self.by_lower_name(project)
        found: list[Tag] = []
        for name in wanted:
            tag = tags.get(fold_name(name))
            if tag and tag.pk in list_hidden(project, by):
                tag.show_to(by)
            found.append(tag or self.create_tag(project, name, by=by, tags=tags, beside=[*beside, *found]))
        return found

    def by_lower_name(self, project: Project) -> dict[str, "Tag"]:
        """Return the project's tags by their names in small letters, as `fold_name` has them."""
        return {fold_name(tag.name): tag for tag in self.without_tree_fields().filter(project=project)}

    def create_tag(
        self,
        project: Project,
        name: str,
        *,
        by: User,
        tags: dict[str, "Tag"],
        beside: Iterable["Tag"] = (),
        **fields: Any,
    ) -> "Tag":
        """Return a new tag, and add it to `tags` (those of `by_lower_name`).

        Its line is one that no tag `beside` it has, the one that the codebook uses least.
        """
        hidden = list_hidden(project, by)
        shown = [tag for tag in tags.values() if tag.pk not in hidden]
        fields.setdefault("colour", choose_colour(shown, beside))
        with transaction.atomic():
            tag = self.create(project=project, name=clean_name(name), position=len(tags), **fields)
            verb = gettext_noop("tag proposed") if tag.status == Tag.Status.PROPOSED else gettext_noop("tag made")
            tag.record(verb, by, name=tag.name)
        tags[fold_name(tag.name)] = tag
        return tag

    def add_tag(self, project: Project, name: str, *, by: User, **fields: Any) -> "Tag":
        """Return a new tag, the last of its siblings; NameTakenError where the codebook has one of this name.

        A tag of this name that blind reading hides from the project's reader is shown to them from then on, and returned.
        """
        with transaction.atomic():
            project.lock()
            tags, hidden = self.by_lower_name(project), list_hidden(project, by)
            if known := tags.get(fold_name(clean_name(name))):
                if known.pk not in hidden:
                    raise NameTakenError
                return known.show_to(by)
            siblings = list_children((tag for tag in tags.values() if tag.pk not in hidden), fields.get("parent"))
            tag = self.create_tag(project, name, by=by, tags=tags, beside=siblings, **fields)
            self.renumber(project)
        return tag

    def list_untouched(self, keys: list[UUID]) -> set[UUID]:
        """Return those of these keys whose tags nobody has edited, put on a highlight or given a child that stays."""
        tags = self.without_tree_fields().order_by()
        untouched = set(
            tags.filter(pk__in=keys, version=1, highlighttag__isnull=True).values_list("pk", flat=True).distinct()
        )
        children = list(tags.filter(parent__in=keys).values_list("parent", "pk"))
        while kept := {parent for parent, child in children if child not in untouched} & untouched:
            untouched -= kept
        return untouched

    def erase(self, keys: Iterable[UUID]) -> None:
        """Remove tags that stand on nothing: parents and children together, which `delete` would protect from each other."""
        doomed: Any = self.model.objects.without_tree_fields().order_by().filter(pk__in=list(keys))
        examples: Any = self.model._meta.get_field("examples").related_model
        examples.objects.filter(tag__in=doomed.values("pk")).delete()
        doomed._raw_delete(self.db)

    def list_in_order(self, project: Project) -> list["Tag"]:
        """Return the project's tags in the order of their positions; siblings among them stand as in the codebook."""
        return list(self.without_tree_fields().filter(project=project).order_by("position", "name"))

    def renumber(self, project: Project, placed: "Tag | None" = None, after: str = LAST) -> None:
        """Give the project's tags the positions they have in the tree, read from the top.

        `placed` is one of them whose parent may have changed, and comes after the sibling of that key (see tag_places).
        """
        tags = self.list_in_order(project)
        tags = insert_after(tags, placed, after) if placed else tags
        moved = [(number, tag) for number, tag in enumerate(depth_first(tags)) if tag.position != number]
        for number, tag in moved:
            tag.position = number
        self.bulk_update([tag for _, tag in moved], ["position"])


class Tag(TagEditing):  # type: ignore[django-manager-missing]  # the tree's manager has no types
    """One term of a project's controlled vocabulary."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")
        PROPOSED = "proposed", _("proposed")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey("annotations.Project", on_delete=models.CASCADE, related_name="tags")
    parent = TreeNodeForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(max_length=90)
    definition = models.TextField(blank=True, max_length=4000)
    use_for = models.TextField(_("use it for"), blank=True, max_length=4000)
    not_for = models.TextField(_("not for"), blank=True, max_length=4000)
    colour = models.PositiveSmallIntegerField(_("line"), choices=list(enumerate(COLOURS, 1)), default=1)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    heading_only = models.BooleanField(_("heading only"), default=False)  # groups tags, and no highlight has it
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

    def show_to(self, user: User) -> Self:
        """Let blind reading hide it no longer from a user, who makes a tag of its name; return it.

        A proposal that a curator makes is accepted.
        """
        is_proposal = self.status == Tag.Status.PROPOSED
        if is_proposal and user.memberships.filter(project=self.project_id, role__in=PERMISSIONS["codebook"]).exists():
            self.accept(by=user)
        verb = gettext_noop("tag proposed") if self.status == Tag.Status.PROPOSED else gettext_noop("tag made")
        self.record(verb, user, name=self.name, shown=True)
        return self

    @property
    def slug(self) -> str:
        """The name as older addresses have it; other tags may have the same."""
        return make_slug(self.name)


def list_hidden(project: Project, user: User) -> tuple[UUID, ...]:
    """Return the tags that blind reading hides from a user, if the project knows their role in it; else none."""
    return project.sight.tags if project.reader_id == user.pk else ()


def choose_colour(tags: Iterable[Tag], beside: Iterable[Tag] = ()) -> int:
    """Return the line (1 to 12) for a new tag of a codebook of `tags`, that is used with those `beside`.

    Headings are drawn without a line.
    """
    drawn, near = ([tag.colour for tag in some if not tag.heading_only] for some in (tags, beside))
    return choose_line(drawn, near)


def list_children(tags: Iterable[Tag], parent: Tag | None) -> list[Tag]:
    """Return those of the tags that stand directly under one of them; none where there is no such tag."""
    return [tag for tag in tags if parent and tag.parent_id == parent.pk]


def clean_name(name: str) -> str:
    """Return a tag's name as it is kept: as `normalise_name` does, no commas (they separate names in a field), MAX_NAME at most."""
    return normalise_name(normalise_name(name.replace(",", " "))[:MAX_NAME])
