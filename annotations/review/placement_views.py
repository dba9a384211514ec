"""What a reader or a curator decides about a passage whose words changed."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.errors import StaleError
from annotations.models import Highlight, Placement
from annotations.models.reanchoring import reopen
from annotations.reading.decorators import reviewable_highlight_required
from annotations.reading.forms import SpanForm, join_errors
from annotations.reading.links import build_highlight_url, build_reattach_url
from annotations.reading.requests import read_number
from annotations.reading.responses import STALE, refuse, respond_with_change
from annotations.review.views import render_row
from newsreader.http import Request, UserRequest
from newsreader.views.redirects import get_next_url

MAX_PLACE_DIGITS = 19  # of both ends together


@require_POST
@reviewable_highlight_required
def review_placement(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Accept, place, let go or reopen (`act`) a highlight on the current text, `revision`."""
    placement, act = get_placement(request, highlight), request.POST.get("act", "")
    old_place = highlight.place_on(placement.revision)
    decide, version = DECISIONS.get(act, refuse_unknown_act), read_number(request, "version")
    try:
        message = decide(placement, request.POST, version, request.user)
    except ValueError as error:
        return refuse(request, str(error), status=422, back=find_way_back(request, highlight, act))
    except StaleError:
        return refuse(request, _(STALE), status=409, back=find_way_back(request, highlight, act))
    return respond_with_decision(request, placement, message, old_place, undo="" if act == "reopen" else "reopen")


def get_placement(request: Request, highlight: Highlight) -> Placement:
    """Return the placement on the revision that was read, or else on the current one."""
    number = read_number(request, "revision") or highlight.article.revision
    placements = highlight.placements.select_related("revision")
    placement = get_object_or_404(placements, project=highlight.project_id, revision__number=number)
    placement.highlight, placement.revision.article = highlight, highlight.article
    return placement


def accept_new_words(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Take the new words as the passage; return what is said of it."""
    placement.accept(version=version, by=user)
    return _("New wording accepted.")


def choose_proposal(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Take the proposal that `place` names, such as 12-40."""
    start, _dash, end = sent.get("place", "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) <= MAX_PLACE_DIGITS):
        raise ValueError(_("That place was not suggested. Select the words in the text instead."))
    placement.choose(int(start), int(end), version=version, by=user)
    return _("Moved.")


def reattach_to_selection(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Take a selection as the place, as the form for a new highlight sends it."""
    form = SpanForm(sent, revision=placement.revision)
    if not form.is_valid():
        raise ValueError(join_errors(form))
    placement.reattach(*form.cleaned_data["span"], version=version, by=user)
    return _("Moved.")


def dismiss_placement(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Accept that the passage is not in the text any more."""
    placement.dismiss(version=version, by=user)
    return _("Dismissed in this revision. The original highlight is kept.")


def reopen_placement(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Take a decision back. An offer to undo, which a toast makes, knows no version."""
    reopen(placement, version=version if "version" in sent else None, by=user)
    return _("It needs review again.") if placement.open else _("Undone.")


def refuse_unknown_act(placement: Placement, sent: QueryDict, version: int, user: User) -> str:
    """Raise ValueError."""
    raise ValueError(_("Unknown action."))


# By what forms send as `act`. Each raises ValueError, with a sentence for people, or StaleError, and returns a message.
DECISIONS: dict[str, Callable[[Placement, QueryDict, int, User], str]] = {
    "keep": accept_new_words,
    "choose": choose_proposal,
    "reattach": reattach_to_selection,
    "let go": dismiss_placement,
    "reopen": reopen_placement,
}


def respond_with_decision(
    request: Request, placement: Placement, message: str, old_place: tuple[int, int] | None, undo: str
) -> HttpResponse:
    """Return what changed: fragments of the reading page, or the row of a list, whose forms name the way back."""
    if request.htmx and "next" in request.POST:
        return render_row(request, placement, message)
    highlight, old_places = placement.highlight, [old_place] if old_place else []
    back = find_way_back(request, highlight)
    return respond_with_change(request, highlight, "cardchanged", message, old_places=old_places, undo=undo, back=back)


def find_way_back(request: Request, highlight: Highlight, act: str = "") -> str:
    """Return the address to which a browser without scripts is led."""
    if act == "reattach":
        return build_reattach_url(highlight.article, highlight.project, highlight.pk)
    return get_next_url(request, build_highlight_url(highlight))
