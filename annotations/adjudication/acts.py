"""What an adjudicator can do: each act writes one decision, and raises DecisionError with a sentence where it cannot."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext as _

from annotations.adjudication.cases import Case, Cases, load_cases
from annotations.adjudication.choices import list_choices
from annotations.adjudication.forms import PassageForm
from annotations.errors import NotUndoableError, StaleError
from annotations.models import Adjudication, Decision, Event
from annotations.models.codebook import codebook_of
from annotations.models.event import IS_ACT
from annotations.models.project import Project
from annotations.models.undoers import UNDOERS
from annotations.models.undoing import find_first_standing, list_own, undo
from newsreader.locks import retry_while_busy
from newsreader.models import Revision


class DecisionError(Exception):
    """What was sent cannot be decided; its words say why."""


class Sent(NamedTuple):
    """What was sent, by whom, and the disagreements as they are."""

    project: Project
    adjudication: Adjudication
    revision: Revision
    user: User
    data: QueryDict
    found: Cases


def act(sent: Sent) -> int:
    """Do what was sent; return the number of the disagreement to show next."""
    run = ACTS.get(sent.data.get("act") or "")
    if run is None:
        raise DecisionError(_("Nothing was decided. Choose a version, another passage or “Nothing here”."))
    try:
        return retry_while_busy(partial(run, sent))
    except StaleError:
        raise DecisionError(
            _("The article or a decision was changed meanwhile. Nothing was decided. Look again.")
        ) from None
    except NotUndoableError:
        raise DecisionError(_("It cannot be undone: something else was changed since then.")) from None


def take_version(sent: Sent) -> int:
    """Take the version of one or more coders, or those of all."""
    case = find_case(sent)
    choices = {choice.value: choice for choice in list_choices(case, codebook_of(sent.project))}
    choice = choices.get(sent.data.get("choice", ""))
    if choice is None:
        raise DecisionError(_("Nothing was decided. Choose a version, another passage or “Nothing here”."))
    coders = sent.adjudication.coders.filter(username__in=choice.coders).values_list("pk", flat=True)
    return decide(sent, case, Decision.Kind.VERSION, choice.passages, taken_from=sorted(coders))


def take_nothing(sent: Sent) -> int:
    """Decide that no tag belongs there."""
    return decide(sent, find_case(sent), Decision.Kind.NOTHING, [])


def take_passage(sent: Sent) -> int:
    """Decide for another passage."""
    case, codebook = find_case(sent), codebook_of(sent.project)
    known = {passage.tag for passage in case.difference.passages}
    form = PassageForm(sent.data, text=sent.found.text.text, near=case.difference.start, codebook=codebook, known=known)
    if not form.is_valid():
        raise DecisionError(" ".join(str(error) for errors in form.errors.values() for error in errors))
    start, end = form.cleaned_data["span"]
    return decide(sent, case, Decision.Kind.PASSAGE, [[start, end, form.cleaned_data["tags"]]])


def decide(sent: Sent, case: Case, kind: str, passages: list, taken_from: list[int] | None = None) -> int:
    """Write a decision about a case, in place of those before; return the number of the next undecided one."""
    replaced = [*([case.decision] if case.decision else []), *case.former]
    sent.adjudication.decide(
        kind,
        passages,
        by=sent.user,
        revision=sent.revision,
        place=(case.difference.start, case.difference.end),
        versions=case.versions,
        taken_from=taken_from or [],
        reason=" ".join(sent.data.get("reason", "").split()),
        replaced=[str(decision.pk) for decision in replaced],
    )
    return sent.found.find_next(case.number)


def find_case(sent: Sent) -> Case:
    """Return the disagreement that was sent; DecisionError where its layers changed, or somebody else decided it meanwhile."""
    case = next((case for case in sent.found.cases if case.key == sent.data.get("case")), None)
    if case is None:
        raise DecisionError(
            _("The coders’ highlights changed since you opened this page. Nothing was decided. Look again.")
        )
    if case.seen != sent.data.get("seen", ""):
        raise DecisionError(_("This was decided meanwhile. Look at the decision, and change it if it is wrong."))
    return case


def take_agreed(sent: Sent) -> int:
    """Take what all coders agree on into the consensus, and remove what they agree on no more."""
    passages = [(*passage[:2], passage.tags, passage.versions) for passage in sent.found.new]
    gone = [str(decision.pk) for decision in sent.found.gone]
    sent.adjudication.take_agreed(passages, gone, by=sent.user, revision=sent.revision)
    return sent.found.find_next(0)


def take_back(sent: Sent) -> int:
    """Take back a decision that belongs to no disagreement any more."""
    key, keys = sent.data.get("decision") or "", {str(decision.pk) for decision in sent.found.apart}
    if key not in keys:
        raise DecisionError(_("This decision was changed meanwhile. Look again."))
    sent.adjudication.take_back(key, by=sent.user)
    return sent.found.find_next(0)


def undo_last(sent: Sent) -> int:
    """Undo the adjudicator's own last act in this adjudication; return the number of the disagreement it was about."""
    mine = list_own(sent.project, sent.user).filter(
        IS_ACT, verb__in=UNDOERS, data__adjudication=str(sent.adjudication.pk)
    )
    event = find_first_standing(mine)
    if event is None:
        raise DecisionError(_("There is nothing of yours to undo."))
    undo(event, by=sent.user)
    return find_number(event, load_cases(sent.project, sent.user, sent.adjudication))


def find_number(event: Event, found: Cases) -> int:
    """Return the number of the disagreement that an event was about, else of the first undecided one."""
    states = list(((event.undo_data or {}).get("after") or {}).values())
    versions = [state["versions"] for state in states if state and state["kind"] != Decision.Kind.AGREED]
    return next((case.number for case in found.cases if case.versions in versions), found.find_next(0))


def finish(sent: Sent) -> int:
    """Say that nothing is left to decide."""
    if sent.found.decided < len(sent.found.cases):
        raise DecisionError(_("Decide all disagreements first."))
    sent.adjudication.set_state(Adjudication.State.FINISHED, by=sent.user)
    return 1


def reopen(sent: Sent) -> int:
    """Say that there is something to decide again."""
    sent.adjudication.set_state(Adjudication.State.OPEN, by=sent.user)
    return sent.found.find_next(0)


ACTS: dict[str, Callable[[Sent], int]] = {
    "version": take_version,
    "nothing": take_nothing,
    "passage": take_passage,
    "agreed": take_agreed,
    "back": take_back,
    "undo": undo_last,
    "finish": finish,
    "reopen": reopen,
}
