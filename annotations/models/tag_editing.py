"""What a curator does to a tag. The project's row is locked first, so that changes of one codebook go one after the other."""

from functools import wraps

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from annotations.errors import NameTakenError, ParentCycleError, StaleError

KEPT = ["name", "definition", "use_for", "not_for", "colour", "status"]


def in_turn(verb):
    """Runs the verb in one transaction, on the tag as it is once earlier changes of its codebook are done."""

    @wraps(verb)
    def run(tag, *args, **kwargs):
        with transaction.atomic():
            tag.project.lock()
            tag.refresh_from_db()
            return verb(tag, *args, **kwargs)

    return run


class TagEditing:
    """The verbs of a tag."""

    @in_turn
    def edit(self, version: int, *, by, **fields) -> None:
        """New words, line or parent, if nobody changed the tag since `version`; else StaleError. Also NameTakenError, ParentCycleError."""
        if version != self.version:
            raise StaleError
        before = {name: getattr(self, name) for name in fields if getattr(self, name) != fields[name]}
        if not before:
            return
        self.refuse_namesake(fields.get("name", self.name))
        self.refuse_circle(fields.get("parent"))
        for name in before:
            setattr(self, name, fields[name])
        if "parent" in before:
            self.position = self.project.tags.count()  # the last of its new siblings
        self.bump("tag edited", by, before=written(before))
        type(self).objects.renumber(self.project)

    @in_turn
    def shift(self, step: int, *, by) -> bool:
        """Changes places with the sibling before (-1) or after (1); False where there is none."""
        tags = type(self).objects
        tags.renumber(self.project)
        siblings = list(tags.without_tree_fields().filter(project=self.project_id, parent=self.parent_id))
        place = siblings.index(self)
        if not 0 <= place + step < len(siblings):
            return False
        one, other = siblings[place], siblings[place + step]
        one.position, other.position = other.position, one.position
        tags.bulk_update([one, other], ["position"])
        tags.renumber(self.project)
        self.record("tag moved", by, step=step)
        return True

    @in_turn
    def retire(self, *, by) -> None:
        """Keeps its passages, and takes no new ones."""
        self.turn("retired", "tag retired", by)

    @in_turn
    def reinstate(self, *, by) -> None:
        """Takes passages again."""
        self.turn("active", "tag reinstated", by)

    def turn(self, status: str, verb: str, by) -> None:
        if status != self.status:
            self.status = status
            self.bump(verb, by)

    @in_turn
    def dissolve(self, *, by, into=None) -> None:
        """Deletes the tag: its highlights get the tag `into` or lose it, its children move up to its parent."""
        pairs = self.pairs()
        carriers = list(pairs.values_list("highlight", flat=True))
        self.highlights.update(version=F("version") + 1)
        self.children.without_tree_fields().update(parent=self.parent)
        self.record("tag merged" if into else "tag deleted", by, **self.remains(carriers, into))
        if into:
            self.hand_over(into)
        else:
            close(pairs)
        self.delete()
        type(self).objects.renumber(self.project)

    def hand_over(self, into) -> None:
        """Gives the tag's highlights to another tag; where both stand, the earlier place is kept."""
        own = {"highlight__highlighttag__tag": self, "highlight__highlighttag__position__lte": F("position")}
        close(into.pairs().filter(**own))
        close(self.pairs().filter(highlight__highlighttag__tag=into))
        self.pairs().update(tag=into)

    def pairs(self):
        """The tag on its highlights, deleted ones included."""
        return self.highlighttag_set.order_by().filter(project=self.project_id)

    def remains(self, carriers: list, into) -> dict:
        """What the history keeps of the tag."""
        kept = {name: getattr(self, name) for name in KEPT} | {"parent": str(self.parent_id or "")}
        return kept | {"into": str(into.pk) if into else "", "highlights": [key.hex for key in carriers]}

    def refuse_namesake(self, name: str) -> None:
        if any(tag.pk != self.pk for tag in type(self).objects.of_names(self.project, [name])):
            raise NameTakenError

    def refuse_circle(self, parent) -> None:
        """Walks up from the new parent; the tag must not be met on the way."""
        parents = dict(self.project.tags.without_tree_fields().values_list("pk", "parent"))
        key = parent.pk if parent else None
        while key:
            if key == self.pk:
                raise ParentCycleError
            key = parents.pop(key, None)


def close(pairs) -> None:
    """Takes these tags off their highlights; the tags behind each move up, so that positions go on counting from 0."""
    rows, doomed = pairs.model.objects.order_by(), pairs.values("pk")
    gap = rows.filter(pk__in=doomed, highlight=OuterRef("highlight")).values("position")[:1]
    rows.filter(highlight__in=pairs.values("highlight"), position__gt=Subquery(gap)).update(position=F("position") - 1)
    rows.filter(pk__in=doomed).delete()


def written(values: dict) -> dict:
    """Values as JSON takes them: a tag as its key."""
    return {name: str(value.pk) if hasattr(value, "pk") else value for name, value in values.items()}
