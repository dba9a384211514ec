"""Adjudication: what is decided where coders disagree on an article, and the consensus layer that comes of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from annotations.anchoring.quotes import describe
from annotations.errors import NotUndoableError, StaleError
from annotations.identifiers import uuid7
from annotations.models import history
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.models.versioned import reload_row
from newsreader.models import Article, Revision
from newsreader.search.indexes import reindex_rows

MAX_REASON = 1_000  # characters
Passage = list[Any]  # start, end, and the keys of its tags
Version = list[Any]  # the key of a highlight, start and end as its coder made it, and one of its tags
Snapshot = dict[str, Any]  # a decision as JSON values
Changes = dict[str, Snapshot | None]  # decisions by their keys, as they are to be; None where there is to be none


class Adjudication(models.Model):
    """The decisions about one article of a project, on which some coders are compared."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        FINISHED = "finished", _("finished")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(
        "annotations.Project", on_delete=models.CASCADE, related_name="adjudications", db_index=False
    )
    article = models.ForeignKey("newsreader.Article", on_delete=models.PROTECT, related_name="+")
    coders = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")  # whose layers are compared
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "article"], name="adjudication_once")]

    def __str__(self) -> str:
        return str(self.article)

    def lock(self) -> None:
        """Read the row again for writing."""
        reload_row(self, Adjudication.objects.select_for_update())

    def choose_coders(self, coders: Iterable[User]) -> None:
        """Compare the layers of these coders."""
        self.coders.set(coders)

    def set_state(self, state: str, *, by: User) -> None:
        """Finish or reopen it; nothing where that is done already."""
        verb = gettext_noop("adjudication finished")
        with transaction.atomic():
            self.lock()
            if self.state != state:
                self.state = state
                self.save(update_fields=["state"])
                self.record(verb if state == self.State.FINISHED else gettext_noop("adjudication reopened"), by)

    def decide(
        self,
        kind: str,
        passages: list[Passage],
        *,
        by: User,
        revision: Revision,
        place: tuple[int, int],
        versions: list[Version],
        taken_from: Iterable[int] = (),
        reason: str = "",
        replaced: Iterable[str] = (),
    ) -> None:
        """Decide about a place of a revision, in place of decisions of these keys, and make what is taken.

        `passages` and `versions` are as in Decision. StaleError where the article was corrected meanwhile.
        """
        state = make_state(kind, passages, by, revision, place, versions, taken_from, reason[:MAX_REASON])
        replaced = list(replaced)
        key = replaced[0] if replaced else str(uuid7())
        self.change({**dict.fromkeys(replaced), key: state}, gettext_noop("disagreement decided"), by, decision=key)

    def take_back(self, key: str, *, by: User) -> None:
        """Decide nothing where a decision of this key stands."""
        self.change({key: None}, gettext_noop("decision taken back"), by, decision=key)

    def take_agreed(
        self,
        passages: Iterable[tuple[int, int, list[str], list[Version]]],
        gone: Iterable[str] = (),
        *,
        by: User,
        revision: Revision,
    ) -> None:
        """Take passages on which all agree, each (start, end, tags, versions); remove agreed ones of the keys `gone`."""
        changes: Changes = dict.fromkeys(gone)
        for start, end, tags, versions in passages:
            place = (start, end)
            changes[str(uuid7())] = make_state("agreed", [[start, end, tags]], by, revision, place, versions, (), "")
        if changes:
            self.change(changes, gettext_noop("agreed passages taken"), by)

    def change(self, changes: Changes, verb: str, by: User, **data: Any) -> None:
        """Let decisions be as they are to be, with their highlights, and record it with what they were.

        StaleError where others decided the same, or the article was corrected, meanwhile.
        """
        with transaction.atomic():
            current = Article.objects.lock_revision_number(self.article_id)
            self.lock()
            self.refuse_twice(changes)
            standing = {str(decision.pk): decision for decision in self.decisions.filter(pk__in=list(changes))}
            before = {key: standing[key].as_state() if key in standing else None for key in changes}
            after = {key: self.put(key, state, standing.get(key), current, by) for key, state in changes.items()}
            number = sum(state is not None for state in changes.values())
            kinds = [state["kind"] for state in changes.values() if state]
            touched = {
                key for states in (before, after) for state in states.values() if state for key in state["highlights"]
            }
            data |= {"number": number, "kind": kinds[0] if kinds else "", "highlights": sorted(touched)}
            self.record(verb, by, undo_data={"before": before, "after": after}, **data)

    def refuse_twice(self, changes: Changes) -> None:
        """Raise StaleError where another decision between the same versions stands: somebody else made it meanwhile."""
        others = self.decisions.exclude(pk__in=list(changes)).values_list("kind", "versions")
        known = [(kind == Decision.Kind.AGREED, versions) for kind, versions in others if versions]
        if any(state and (state["kind"] == "agreed", state["versions"]) in known for state in changes.values()):
            raise StaleError

    def put(
        self, key: str, state: Snapshot | None, decision: "Decision | None", current: int, by: User
    ) -> Snapshot | None:
        """Let one decision be as it is to be; return that with the keys of its highlights."""
        if decision:
            hide_highlights(decision.highlights)
        if state is None:
            if decision:
                decision.delete()
            return None
        if not are_kept(state["highlights"]):
            state = state | {"highlights": self.make_highlights(state, current, by)}
        show_highlights(state["highlights"])
        Decision.objects.update_or_create(pk=UUID(key), defaults={"adjudication": self, **read_state(state)})
        return state

    def make_highlights(self, state: Snapshot, current: int, by: User) -> list[str]:
        """Make the highlights of a decision on the current text; return their keys."""
        revision = Revision.objects.get(pk=state["revision"])
        if revision.number != current:
            raise StaleError
        return [str(self.make_highlight(revision, passage, by).pk) for passage in state["passages"]]

    def make_highlight(self, revision: Revision, passage: Passage, by: User) -> Highlight:
        """Make one highlight of the consensus layer with those of the tags that are still in the codebook."""
        start, end, tags = passage
        known = {
            tag.pk.hex: tag for tag in Tag.objects.without_tree_fields().filter(project=self.project_id, pk__in=tags)
        }
        fields = describe(revision.text, start, end)._asdict()
        where = {"project_id": self.project_id, "revision": revision, "article_id": self.article_id}
        highlight = Highlight.objects.create(**where, **fields, author=by, adjudication=self)
        highlight.add_tags([known[tag] for tag in tags if tag in known])
        return highlight

    def restore(self, event: Event, *, by: User) -> None:
        """Let the decisions of an event be as they were before it; NotUndoableError where they changed since."""
        if not event.undo_data:
            raise NotUndoableError
        undo_data: Mapping[str, Changes] = event.undo_data
        standing = {
            str(decision.pk): decision.as_state() for decision in self.decisions.filter(pk__in=undo_data["after"])
        }
        if any(standing.get(key) != state for key, state in undo_data["after"].items()):
            raise NotUndoableError
        is_agreed = event.verb in ("agreed passages taken", "agreed passages removed")
        stands = any(undo_data["before"].values())
        taken, removed = gettext_noop("agreed passages taken"), gettext_noop("agreed passages removed")
        decided, taken_back = gettext_noop("disagreement decided"), gettext_noop("decision taken back")
        verb = (taken if stands else removed) if is_agreed else decided if stands else taken_back
        data = {"decision": event.data["decision"]} if "decision" in event.data else {}
        self.change(undo_data["before"], verb, by, **data)

    def record(self, verb: str, actor: User | None, undo_data: Any = None, **data: Any) -> None:
        """Append an event about highlights of the article to the history of the project; `highlights` are their keys."""
        data = {"highlights": []} | data | {"adjudication": str(self.pk)}
        history.record(self.project_id, verb, actor, self.project_id, self.article_id, undo_data, **data)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def agreed(self) -> Self:
        """Return those that took what all coders had."""
        return self.filter(kind=Decision.Kind.AGREED)

    def disputed(self) -> Self:
        """Return those about a disagreement."""
        return self.exclude(kind=Decision.Kind.AGREED)


class Decision(models.Model):
    """What was decided about one place of the text, why and by whom.

    `passages` are those that it took, each [start, end, [tags]]; `highlights` the keys of what was made of them. `versions`
    are what it decided between, each [highlight, start, end, tag] as the coder made it, and tell whether that changed since.
    """

    class Kind(models.TextChoices):
        AGREED = "agreed", _("agreed")
        VERSION = "version", _("version taken")
        PASSAGE = "passage", _("another passage")
        NOTHING = "nothing", _("nothing here")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    adjudication = models.ForeignKey(Adjudication, on_delete=models.CASCADE, related_name="decisions")
    revision = models.ForeignKey("newsreader.Revision", on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    taken_from = models.JSONField(default=list)  # the keys of the coders whose version was taken
    passages = models.JSONField(default=list)
    versions = models.JSONField(default=list)
    highlights = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["start", "end", "pk"]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def as_state(self) -> Snapshot:
        """Return it as JSON values, from which `read_state` makes it again."""
        state = {name: getattr(self, name) for name in STATE_FIELDS}
        return state | {
            "revision": self.revision_id,
            "decided_by": self.decided_by_id,
            "decided_at": self.decided_at.isoformat(),
        }


STATE_FIELDS = ("start", "end", "kind", "taken_from", "passages", "versions", "highlights", "reason")


def make_state(
    kind: str,
    passages: list[Passage],
    by: User,
    revision: Revision,
    place: tuple[int, int],
    versions: list[Version],
    taken_from: Iterable[int],
    reason: str,
) -> Snapshot:
    """Return a decision that is made now, before its highlights are."""
    return {
        "start": place[0],
        "end": place[1],
        "kind": kind,
        "taken_from": list(taken_from),
        "passages": passages,
        "versions": versions,
        "highlights": [],
        "reason": reason,
        "revision": revision.pk,
        "decided_by": by.pk,
        "decided_at": timezone.now().isoformat(),
    }


def read_state(state: Snapshot) -> dict[str, Any]:
    """Return the fields of a decision from its JSON values."""
    return {name: state[name] for name in STATE_FIELDS} | {
        "revision_id": state["revision"],
        "decided_by_id": state["decided_by"],
        "decided_at": datetime.fromisoformat(state["decided_at"]),
    }


def are_kept(keys: list[str]) -> bool:
    """Return whether a decision made its highlights, and all of them are still there, deleted or not."""
    return bool(keys) and Highlight.objects.filter(pk__in=keys).count() == len(keys)


def hide_highlights(keys: list[str]) -> None:
    """Take highlights out of the consensus layer, in such a way that they can come back with their replies."""
    set_deleted_at(keys, timezone.now())


def show_highlights(keys: list[str]) -> None:
    """Let highlights stand in the consensus layer."""
    set_deleted_at(keys, None)


def set_deleted_at(keys: list[str], moment: Any) -> None:
    """Delete or restore highlights, with their entries in the search."""
    found = [UUID(key) for key in keys]
    changed = Highlight.objects.filter(pk__in=found, deleted_at__isnull=moment is not None)
    if changed.update(deleted_at=moment, updated_at=timezone.now(), version=models.F("version") + 1):
        reindex_rows(Highlight, found)


def find_adjudication(project: Project, article: Article) -> Adjudication | None:
    """Return the adjudication of an article in a project."""
    return Adjudication.objects.filter(project=project, article=article).first()


def open_adjudication(project: Project, article: Article, coders: Iterable[User], *, by: User) -> Adjudication:
    """Return the adjudication of an article, started where there is none, that compares these coders."""
    with transaction.atomic():
        fields = {"created_by": by}
        found, is_new = Adjudication.objects.get_or_create(project=project, article=article, defaults=fields)
        found.lock()
        found.choose_coders(coders)
        names = sorted(coder.get_username() for coder in coders)
        found.record(
            gettext_noop("adjudication started") if is_new else gettext_noop("coders chosen"), by, coders=names
        )
    return found
