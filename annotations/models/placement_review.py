"""What people decide about a passage whose words changed. The article's row is locked first: nobody corrects it meanwhile."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from annotations.anchoring.placement import Placement as Judgement
from annotations.errors import StaleError
from newsreader.models import Article, Revision

OPEN_STATES = ("edited", "ambiguous", "gone")  # they wait for somebody to decide


class Dismissal(NamedTuple):
    """Who let a highlight go, and when."""

    decided_by_id: int | None
    decided_at: datetime | None


class Origin(NamedTuple):
    """The last words that were accepted as a highlight's own; `dismissal` where somebody let it go since."""

    project_id: UUID
    highlight_id: UUID
    revision_id: int
    start: int
    end: int
    dismissal: Dismissal | None = None


def as_decision(verb: Callable[..., str]) -> Callable[..., None]:
    """Run the verb in one transaction, if the revision is still current and nobody changed the highlight since `version`.

    Else StaleError; None is any version. The verb returns the words for the history, which keeps what was decided before.
    """

    @wraps(verb)
    def run(placement: "PlacementReview", *args: Any, version: int | None, by: User) -> None:
        with transaction.atomic():
            placement.lock(version)
            before = placement.decision_record()
            event = verb(placement, *args, by=by)
            placement.save()
            placement.highlight.bump(event, by, revision=placement.revision.number, before=before)

    return run


class PlacementReview(models.Model):
    """The verbs of a placement; its columns are those of Placement."""

    highlight: Any
    revision: Revision
    state: str
    material: bool
    start: int | None
    end: int | None
    changes: list
    proposals: list
    decision: str
    decided_by: User | None
    decided_by_id: int | None
    decided_at: datetime | None
    open: bool

    class Meta:
        abstract = True

    @as_decision
    def accept(self, *, by: User) -> str:
        """Take the new words as the highlight's own; ValueError where nothing was edited, or somebody decided already."""
        if self.state != "edited" or self.decision:
            raise ValueError(_("This passage has already been reviewed."))
        self.decide("kept", self.start, self.end, by)
        return gettext_noop("passage kept")

    @as_decision
    def choose(self, start: int, end: int, *, by: User) -> str:
        """Take one of the proposals as the place; ValueError where it is none."""
        if [start, end] not in self.proposals:
            raise ValueError(_("That place was not suggested. Select the words in the text instead."))
        self.decide("chosen", start, end, by)
        return gettext_noop("passage chosen")

    @as_decision
    def reattach(self, start: int, end: int, *, by: User) -> str:
        """Take any words of the revision as the place; ValueError where they are outside it."""
        if not 0 <= start < end <= len(self.revision.text):
            raise ValueError(_("Those words are not in the text."))
        self.decide("reattached", start, end, by)
        return gettext_noop("passage reattached")

    @as_decision
    def dismiss(self, *, by: User) -> str:
        """Accept that the passage is not in the text any more; what was read stays."""
        self.decide("let go", None, None, by)
        return gettext_noop("passage let go")

    def decide(self, decision: str, start: int | None, end: int | None, by: User) -> None:
        """Set the decision, who made it, and the place."""
        self.decision, self.decided_by, self.decided_at = decision, by, timezone.now()
        self.start, self.end, self.open = start, end, False

    def set_judgement(self, judgement: Judgement) -> None:
        """Take over what re-anchoring found."""
        self.state, self.material, self.open = judgement.state, judgement.material, judgement.state in OPEN_STATES
        has_place = judgement.start < judgement.end
        self.start, self.end = (judgement.start, judgement.end) if has_place else (None, None)
        self.changes = [list(change) for change in judgement.changes]
        self.proposals = [list(place) for place in judgement.proposals]

    def set_dismissed(self, dismissal: Dismissal) -> None:
        """Stay let go, as it was on an earlier text."""
        self.state, self.decision = "gone", "let go"
        self.decided_by_id, self.decided_at = dismissal

    def lock(self, version: int | None) -> None:
        """Read article, highlight and placement again for writing; StaleError where one of them went on."""
        current = Article.objects.lock_revision_number(self.highlight.article_id)
        self.highlight.lock(version)
        self.refresh_from_db(fields=["state", "start", "end", "proposals", "decision", "decided_by", "decided_at"])
        if self.revision.number != current:
            raise StaleError

    def decision_record(self) -> dict[str, Any]:
        """Return what the history keeps of a decision."""
        return {"decision": str(self.decision), "start": self.start, "end": self.end}
