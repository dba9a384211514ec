"""What people decide about a passage whose words changed. The article's row is locked first: nobody corrects it meanwhile."""

from datetime import datetime
from functools import wraps
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from annotations.errors import StaleError
from newsreader.models import Article

ASKING = ("edited", "ambiguous", "gone")  # states that wait for somebody to decide


def in_turn(verb):
    """Runs the verb in one transaction, if the revision is still current and nobody changed the highlight since `version`.

    Else StaleError; None is any version. What was decided before is kept in the event.
    """

    @wraps(verb)
    def run(placement, *args, version: int | None, by):
        with transaction.atomic():
            placement.lock(version)
            before = placement.as_decided()
            said = verb(placement, *args, by=by)
            placement.save()
            placement.highlight.bump(said, by, revision=placement.revision.number, before=before)

    return run


class LetGo(NamedTuple):
    """Who let a highlight go, and when."""

    decided_by_id: int | None
    decided_at: datetime | None


class Origin(NamedTuple):
    """The last words that were accepted as a highlight's own; `let_go` where somebody let it go since."""

    project_id: UUID
    highlight_id: UUID
    revision_id: int
    start: int
    end: int
    let_go: LetGo | None = None


class PlacementReview:
    """The verbs of a placement."""

    @in_turn
    def keep(self, *, by) -> str:
        """The new words are the highlight's own; ValueError where nothing was edited, or somebody decided already."""
        if self.state != "edited" or self.decision:
            raise ValueError("There is nothing to keep: this passage was decided already.")
        self.decide("kept", self.start, self.end, by)
        return "passage kept"

    @in_turn
    def choose(self, start: int, end: int, *, by) -> str:
        """One of the proposals is the place; ValueError where it is none."""
        if [start, end] not in self.proposals:
            raise ValueError("That place was not proposed. Select the words in the text instead.")
        self.decide("chosen", start, end, by)
        return "passage chosen"

    @in_turn
    def reattach(self, start: int, end: int, *, by) -> str:
        """Any words of the revision are the place; ValueError where they are outside it."""
        if not 0 <= start < end <= len(self.revision.text):
            raise ValueError("Those words are not in the text.")
        self.decide("reattached", start, end, by)
        return "passage reattached"

    @in_turn
    def let_go(self, *, by) -> str:
        """The passage is not in the text any more, and need not be; what was read stays."""
        self.decide("let go", None, None, by)
        return "passage let go"

    def decide(self, decision: str, start: int | None, end: int | None, by) -> None:
        self.decision, self.decided_by, self.decided_at = decision, by, timezone.now()
        self.start, self.end, self.open = start, end, False

    def judge(self, found) -> None:
        """Takes over what was found of the passage (see marking.placement)."""
        self.state, self.material, self.open = found.state, found.material, found.state in ASKING
        self.start, self.end = (found.start, found.end) if found.start < found.end else (None, None)
        self.changes = [list(change) for change in found.changes]
        self.proposals = [list(place) for place in found.proposals]

    def rest(self, let_go: LetGo) -> None:
        """Stay let go, as it was on an earlier text."""
        self.state = "gone"
        self.decision, self.decided_by_id, self.decided_at = "let go", let_go.decided_by_id, let_go.decided_at

    def lock(self, version: int | None) -> None:
        """Reads article, highlight and placement again for writing; StaleError where one of them went on."""
        current = Article.objects.lock_revision_number(self.highlight.article_id)
        self.highlight.lock(version)
        self.refresh_from_db(fields=["state", "start", "end", "proposals", "decision", "decided_by", "decided_at"])
        if self.revision.number != current:
            raise StaleError

    def as_decided(self) -> dict:
        return {"decision": str(self.decision), "start": self.start, "end": self.end}
