"""What a curator does to a tag. The project's row is locked first, so that changes of one codebook go one after the other."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_noop

from annotations.errors import HeadingInUseError, NameTakenError, ParentCycleError, StaleError, TagGoneError
from annotations.models.tag_places import LAST, find_place, insert_after
from annotations.models.versioned import Versioned

HISTORY_FIELDS = ["name", "definition", "use_for", "not_for", "colour", "status", "heading_only"]
Verb = TypeVar("Verb", bound=Callable[..., Any])
Join = Callable[["TagEditing", "TagEditing | None"], tuple[Any, list[dict[str, Any]]]]


def with_codebook_locked(verb: Verb) -> Verb:
    """Run the verb in one transaction, on the tag as it is once earlier changes of its codebook are done.

    TagGoneError where one of them removed it.
    """

    @wraps(verb)
    def run(tag: "TagEditing", *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            tag.project.lock()
            try:
                tag.refresh_from_db()
            except ObjectDoesNotExist:
                raise TagGoneError from None
            return verb(tag, *args, **kwargs)

    return cast(Verb, run)


class TagEditing(Versioned):
    """The verbs of a tag; its columns are those of Tag."""

    project: Any
    name: str
    parent: "TagEditing | None"
    parent_id: UUID | None
    status: str
    position: int
    highlights: Any
    children: Any
    highlighttag_set: Any
    examples: Any

    class Meta:
        abstract = True

    def manager(self) -> Any:
        """Return the manager of tags."""
        return type(self)._default_manager

    @with_codebook_locked
    def edit(self, version: int, *, by: User, after: str = LAST, **fields: Any) -> None:
        """Change words, line or parent, if nobody changed the tag since `version`; else StaleError.

        Under another parent it comes after the sibling of that key (see tag_places). NameTakenError where another tag has the
        name, ParentCycleError where it would stand under itself, HeadingInUseError where it would become a heading and
        highlights have it, deleted ones included.
        """
        if version != self.version:
            raise StaleError
        before = {name: getattr(self, name) for name in fields if getattr(self, name) != fields[name]}
        if not before:
            return
        self.require_free_name(str(fields.get("name", self.name)))
        self.require_no_cycle(fields.get("parent"))
        if before.get("heading_only") is False and self.highlight_pairs().exists():
            raise HeadingInUseError
        place = {"place": self.find_place()} if "parent" in before else {}
        for name in before:
            setattr(self, name, fields[name])
        if place:
            self.manager().renumber(self.project, self, after)
        self.bump(gettext_noop("tag edited"), by, before=as_json(before), **place)

    def find_place(self) -> dict[str, str]:
        """Return where the tag stands (see tag_places)."""
        return find_place(self.manager().list_in_order(self.project), self)

    @with_codebook_locked
    def move(self, parent: "TagEditing | None", after: str, *, by: User) -> bool:
        """Stand below a tag, None for the top, after the one of that key there (see tag_places); return False where it does.

        ParentCycleError where it would stand under itself, StaleError where the parent is gone.
        """
        tags = self.manager().list_in_order(self.project)
        place = find_place(tags, self)
        rows = self.manager().without_tree_fields().filter(project=self.project_id)
        if parent and not rows.filter(pk=parent.pk).exists():
            raise StaleError
        self.require_no_cycle(parent)
        self.parent = parent
        target = find_place(insert_after(tags, self, after), self)
        if target == place:
            return False
        self.manager().renumber(self.project, self, after)
        write = self.record if target["parent"] == place["parent"] else self.bump
        write(gettext_noop("tag moved"), by, place=place)
        return True

    @with_codebook_locked
    def shift(self, direction: str, *, by: User) -> bool:
        """Move up or down among the siblings, in below the one before, or out after the parent; return False where it cannot."""
        tags = self.manager().list_in_order(self.project)
        siblings = [tag for tag in tags if tag.parent_id == self.parent_id]
        index, parent = siblings.index(self), self.parent
        before, after = siblings[:index], siblings[index + 1 :]
        if direction == "up" and before:
            return self.move(parent, str(before[-2].pk) if before[1:] else "", by=by)
        if direction == "down" and after:
            return self.move(parent, str(after[0].pk), by=by)
        if direction == "in" and before:
            return self.move(before[-1], LAST, by=by)
        if direction == "out" and parent:
            return self.move(parent.parent, str(parent.pk), by=by)
        return False

    @with_codebook_locked
    def accept(self, *, by: User) -> None:
        """Take passages from now on; nothing where the tag is not proposed."""
        if self.status == "proposed":
            self.set_status("active", gettext_noop("tag accepted"), by)

    @with_codebook_locked
    def retire(self, *, by: User) -> None:
        """Keep its passages, and take no new ones."""
        self.set_status("retired", gettext_noop("tag retired"), by)

    @with_codebook_locked
    def reinstate(self, *, by: User) -> None:
        """Take passages again."""
        self.set_status("active", gettext_noop("tag reinstated"), by)

    @with_codebook_locked
    def propose_again(self, *, by: User) -> None:
        """Wait for a decision, and take no passages."""
        self.set_status("proposed", gettext_noop("tag proposed again"), by)

    def set_status(self, status: str, verb: str, by: User) -> None:
        """Save another status, and record the verb; nothing where it has this one."""
        if status != self.status:
            before, self.status = self.status, status
            self.bump(verb, by, was=before)

    @with_codebook_locked
    def withdraw(self, *, by: User) -> None:
        """Delete the tag, which is proposed; StaleError where it is not any more."""
        if self.status != "proposed":
            raise StaleError
        self.merge_or_delete(by=by)

    @with_codebook_locked
    def merge_or_delete(self, *, by: User, into: "TagEditing | None" = None, join: Join | None = None) -> Any:
        """Delete the tag: its highlights get the tag `into` or lose it, its children move up to its parent.

        `into` was read a while ago: StaleError where it takes no highlights any more. `join` makes one of those that will
        have it and are one passage, and returns how many, which is returned, and what an undo needs.
        """
        if into:
            self.require_takes_highlights(into)
        joined, joined_data = join(self, into) if join else (None, [])
        pairs = self.highlight_pairs()
        self.highlights.update(version=F("version") + 1)
        verb = gettext_noop("tag merged") if into else gettext_noop("tag deleted")
        highlights = pairs.model.highlight.get_queryset()
        tagged = list_tagged_highlights(highlights.filter(pk__in=pairs.values("highlight")))
        if joined and joined.passages:
            tagged["joined"] = add_versions(highlights, joined_data)
        said = {"joined": joined.passages, "groups": joined.groups} if joined else {}
        self.record(verb, by, undo_data=tagged, **self.deletion_record(into, len(tagged["highlights"])), **said)
        self.children.without_tree_fields().update(parent=self.parent)
        if into:
            self.move_highlights_to(into)
        else:
            remove_pairs(pairs)
        self.delete()
        self.manager().renumber(self.project)
        return joined

    def require_takes_highlights(self, tag: "TagEditing") -> None:
        """Raise StaleError where a tag is gone, no other tag of this codebook, or not one that highlights may get."""
        tags = self.manager().without_tree_fields().filter(project=self.project_id, status="active", heading_only=False)
        if tag.pk == self.pk or not tags.filter(pk=tag.pk).exists():
            raise StaleError

    def move_highlights_to(self, into: "TagEditing") -> None:
        """Give the tag's highlights to another tag; where both stand, the earlier place is kept."""
        both = {"highlight__highlighttag__tag": self, "highlight__highlighttag__position__lte": F("position")}
        remove_pairs(into.highlight_pairs().filter(**both))
        remove_pairs(self.highlight_pairs().filter(highlight__highlighttag__tag=into))
        self.highlight_pairs().update(tag=into)

    def highlight_pairs(self) -> QuerySet:
        """Return the tag on its highlights (HighlightTag rows), deleted highlights included."""
        return self.highlighttag_set.order_by().filter(project=self.project_id)

    def deletion_record(self, into: "TagEditing | None", number: int) -> dict[str, Any]:
        """Return what the history keeps of the tag, with the number of its highlights."""
        children = self.children.without_tree_fields().order_by().values_list("pk", flat=True)
        return {name: getattr(self, name) for name in (*HISTORY_FIELDS, "position")} | {
            **self.find_place(),
            "children": [str(key) for key in children],
            "examples": [str(key) for key in self.examples.values_list("highlight", flat=True)],
            "into": str(into.pk) if into else "",
            "number": number,
        }

    def require_free_name(self, name: str) -> None:
        """Raise NameTakenError where another tag of the codebook has the name."""
        if any(tag.pk != self.pk for tag in self.manager().with_names(self.project, [name])):
            raise NameTakenError

    def require_no_cycle(self, parent: "TagEditing | None") -> None:
        """Raise ParentCycleError where the way up from the new parent meets the tag."""
        parents = dict(self.manager().without_tree_fields().filter(project=self.project_id).values_list("pk", "parent"))
        key = parent.pk if parent else None
        while key:
            if key == self.pk:
                raise ParentCycleError
            key = parents.pop(key, None)


def list_tagged_highlights(highlights: QuerySet) -> dict[str, list[Any]]:
    """Return highlights with all their tags, as an undo needs them, and short, since there may be ten thousand.

    `highlights` and their `versions`, the `tags`, and for each highlight which of these it has, as numbers, in `tagged`.
    """
    rows = highlights.order_by("pk", "highlighttag__position")
    tags: dict[UUID, int] = {}
    tagged: dict[tuple[UUID, int], list[int]] = {}
    for highlight, version, tag in rows.values_list("pk", "version", "highlighttag__tag"):
        numbers = tagged.setdefault((highlight, version), [])
        if tag is not None:
            numbers.append(tags.setdefault(tag, len(tags)))
    return {
        "highlights": [key.hex for key, _version in tagged],
        "versions": [version for _key, version in tagged],
        "tags": [key.hex for key in tags],
        "tagged": list(tagged.values()),
    }


def add_versions(highlights: QuerySet, joined: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what an undo needs of groups of joined highlights (their keys are in `keys`) with the `versions` they have."""
    keys = [key for group in joined for key in group["keys"]]
    versions = dict(highlights.filter(pk__in=keys).order_by().values_list("pk", "version"))
    return [group | {"versions": [versions[UUID(key)] for key in group["keys"]]} for group in joined]


def remove_pairs(pairs: QuerySet) -> None:
    """Take these tags off their highlights; the tags after each move up, so that positions go on counting from 0."""
    rows, doomed = pairs.model.objects.order_by(), pairs.values("pk")
    gap = rows.filter(pk__in=doomed, highlight=OuterRef("highlight")).values("position")[:1]
    rows.filter(highlight__in=pairs.values("highlight"), position__gt=Subquery(gap)).update(position=F("position") - 1)
    rows.filter(pk__in=doomed).delete()


def as_json(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as JSON takes them: a row as its key."""
    return {name: str(value.pk) if isinstance(value, models.Model) else value for name, value in values.items()}
