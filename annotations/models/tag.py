from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from tree_queries.fields import TreeNodeForeignKey
from tree_queries.query import TreeQuerySet

from annotations.identifiers import uuid7
from annotations.models.event import Event
from annotations.models.tag_editing import Taken, Tended
from newsreader.text.language.slugs import make_slug

HUES = ["blue", "rust", "teal", "plum", "olive", "violet", "brick", "sky", "moss", "ochre", "rose", "slate"]


class TagQuerySet(TreeQuerySet):
    def visible_to(self, user):
        from annotations.models.project import Project

        return self.filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user):
        from annotations.models.project import Project

        return self.filter(project__in=Project.objects.allowing(user, "codebook"))

    def of_names(self, project, names: list[str]) -> list["Tag"]:
        """The project's tags of these names, whatever their capitals. Engines fold letters differently, so Python does it."""
        wanted = {name.lower() for name in names}
        return [tag for tag in self.without_tree_fields().filter(project=project) if tag.name.lower() in wanted]

    def named(self, project, names: list[str], *, by) -> list["Tag"]:
        """The project's tags of these names, in this order; those that are missing are made."""
        wanted = list(dict.fromkeys(name for name in map(tidy, names) if name))
        if not wanted:
            return []
        known = {tag.name.lower(): tag for tag in self.without_tree_fields().filter(project=project)}
        return [known.get(name.lower()) or self.begin(project, name, by=by, known=known) for name in wanted]

    def begin(self, project, name: str, *, by, known: dict, **fields) -> "Tag":
        """A new tag, in the hue that the codebook uses least."""
        fields.setdefault("colour", spare_hue(known.values()))
        with transaction.atomic():
            tag = self.create(project=project, name=tidy(name), position=len(known), **fields)
            tag.record("tag made", by, name=tag.name)
        known[tag.name.lower()] = tag
        return tag

    def add(self, project, name: str, *, by, **fields) -> "Tag":
        """A new tag, the last of its siblings; Taken where the codebook has one of this name."""
        with transaction.atomic():
            project.lock()
            known = {tag.name.lower(): tag for tag in self.without_tree_fields().filter(project=project)}
            if tidy(name).lower() in known:
                raise Taken
            tag = self.begin(project, name, by=by, known=known, **fields)
            self.renumber(project)
        return tag

    def renumber(self, project) -> None:
        """Gives the project's tags the positions they have in the tree, read from the top."""
        tags = list(self.without_tree_fields().filter(project=project).order_by("position", "name"))
        moved = [(n, tag) for n, tag in enumerate(down(tags)) if tag.position != n]
        for n, tag in moved:
            tag.position = n
        self.bulk_update([tag for _, tag in moved], ["position"])


class Tag(Tended, models.Model):
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
    colour = models.PositiveSmallIntegerField("line", choices=list(enumerate(HUES, 1)), default=1)
    position = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=8, choices=Status, default=Status.ACTIVE)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [models.UniqueConstraint("project", Lower("name"), name="tag_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("tag", args=[self.project.slug, self.pk])

    @property
    def slug(self):
        return make_slug(self.name)

    def record(self, verb: str, by, **data) -> None:
        Event.objects.append(project_id=self.project_id, actor=by, verb=verb, subject=self.pk, data=data)


def spare_hue(tags) -> int:
    """The hue that these tags use least, the first of them where several are."""
    used = [tag.colour for tag in tags]
    return min(range(1, 13), key=used.count)


def tidy(name: str) -> str:
    """A tag's name as it is kept: no commas (they part names in a field), white space folded, 90 characters at most."""
    return " ".join(name.replace(",", " ").split())[:90].strip()


def down(tags: list[Tag]) -> list[Tag]:
    """The tags with each one's children after it; siblings keep the order they come in."""
    under: dict = {}
    for tag in reversed(tags):
        under.setdefault(tag.parent_id, []).append(tag)
    order, waiting = [], under.get(None, [])
    while waiting:
        order.append(tag := waiting.pop())
        waiting += under.get(tag.pk, [])
    return order
