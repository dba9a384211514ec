"""What people decide about a passage whose words changed. The article's row is locked first: nobody corrects it meanwhile."""

from functools import wraps

from django.db import transaction
from django.utils import timezone

from annotations.models.event import Stale
from newsreader.models import Article

ASKING = ("edited", "ambiguous", "gone")  # states that wait for somebody to decide


def in_turn(verb):
    """Runs the verb in one transaction, if the revision is still current and nobody changed the highlight since `version`.

    Else Stale; None is any version. What was decided before is kept in the event.
    """

    @wraps(verb)
    def run(placement, *args, version: int | None, by):
        with transaction.atomic():
            placement.lock(version)
            before = placement.as_decided()
            said = verb(placement, *args, by=by)
            placement.save()
            placement.highlight.keep(said, by, revision=placement.revision.number, before=before)

    return run


class Settled:
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

    @in_turn
    def reopen(self, *, by) -> str:
        """Takes the decision back: the placement is computed again."""
        from annotations.models.placement import Origin
        from annotations.models.reanchoring import placed

        [again] = placed(self.revision, [Origin(*self.judged_against())])
        for name in ("state", "material", "start", "end", "changes", "proposals", "open"):
            setattr(self, name, getattr(again, name))
        self.decision, self.decided_by, self.decided_at = "", None, None
        return "passage reopened"

    def decide(self, decision: str, start: int | None, end: int | None, by) -> None:
        self.decision, self.decided_by, self.decided_at = decision, by, timezone.now()
        self.start, self.end, self.open = start, end, False

    def judge(self, found) -> None:
        """Takes over what was found of the passage (see marking.placement)."""
        self.state, self.material, self.open = found.state, found.material, found.state in ASKING
        self.start, self.end = (found.start, found.end) if found.start < found.end else (None, None)
        self.changes = [list(change) for change in found.changes]
        self.proposals = [list(place) for place in found.proposals]

    def rest(self, other) -> None:
        """Stays let go, as it was by another placement."""
        self.state = "gone"
        self.decision, self.decided_by_id, self.decided_at = other.decision, other.decided_by_id, other.decided_at

    def lock(self, version: int | None) -> None:
        """Reads article, highlight and placement again for writing; Stale where one of them went on."""
        current = Article.objects.held(self.highlight.article_id)
        self.highlight.lock(version)
        self.refresh_from_db(fields=["state", "start", "end", "proposals", "decision", "decided_by", "decided_at"])
        if self.revision.number != current:
            raise Stale

    def as_decided(self) -> dict:
        return {"decision": str(self.decision), "start": self.start, "end": self.end}
