"""What a reader or a curator says of a passage whose words changed."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from annotations.errors import StaleError
from annotations.models import Highlight
from annotations.models.reanchoring import reopen as reopen_placement
from annotations.reading.forms import SpanForm, join_errors
from annotations.reading.links import build_highlight_url, build_reattach_url
from annotations.reading.requests import read_number
from annotations.reading.responses import STALE, refuse, refuse_visitor, respond_with_change
from annotations.review.views import row_of
from newsreader.views.redirects import next_of


@require_POST
def settle(request, pk):
    """Keeps, places, lets go or reopens (`act`) a highlight on the current text, `revision`."""
    if not request.user.is_authenticated:
        return refuse_visitor(request, request.path)
    known = Highlight.objects.reviewable_by(request.user).select_related("article", "revision", "project", "author")
    highlight = get_object_or_404(known, pk=pk)
    highlight.project.with_role_of(request.user)
    placement, act = placement_of(request, highlight), request.POST.get("act", "")
    old = [place] if (place := highlight.place_on(placement.revision)) else []
    try:
        said = ACTS.get(act, nothing)(placement, request.POST, version=read_number(request, "version"), by=request.user)
    except ValueError as error:
        return refuse(request, str(error), status=422, back=back_of(request, highlight, act))
    except StaleError:
        return refuse(request, STALE, status=409, back=back_of(request, highlight, act))
    return respond(request, placement, said, old, undo="" if act == "reopen" else "reopen")


def placement_of(request, highlight):
    """The placement on the revision that was read, or else on the current one."""
    number = read_number(request, "revision") or highlight.article.revision
    placements = highlight.placements.select_related("revision")
    placement = get_object_or_404(placements, project=highlight.project_id, revision__number=number)
    placement.highlight, placement.revision.article = highlight, highlight.article
    return placement


def keep(placement, given, **guard) -> str:
    placement.accept(**guard)
    return "It stays, on the new words."


def choose(placement, given, **guard) -> str:
    """`place` is a proposal, such as 12-40."""
    start, _, end = given.get("place", "").partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(start + end) < 20):
        raise ValueError("That place was not proposed. Select the words in the text instead.")
    placement.choose(int(start), int(end), **guard)
    return "It stands there now."


def reattach(placement, given, **guard) -> str:
    """A selection, as the form for a new highlight sends it."""
    form = SpanForm(given, revision=placement.revision)
    if not form.is_valid():
        raise ValueError(join_errors(form))
    placement.reattach(*form.cleaned_data["span"], **guard)
    return "It stands there now."


def let_go(placement, given, **guard) -> str:
    placement.dismiss(**guard)
    return "It is let go on this text. What was read stays as it was."


def reopen(placement, given, *, version: int, by) -> str:
    """An offer to undo, which a toast makes, knows no version."""
    reopen_placement(placement, version=version if "version" in given else None, by=by)
    return "It waits for a decision again." if placement.open else "It is as it was before."


def nothing(placement, given, **guard) -> str:
    raise ValueError("That is nothing one can do with a passage.")


ACTS = {"keep": keep, "choose": choose, "reattach": reattach, "let go": let_go, "reopen": reopen}


def respond(request, placement, said: str, old: list, undo: str) -> HttpResponse:
    """What changed: fragments of the reading page, or the row of a list, whose forms tell the way back."""
    if request.htmx and "next" in request.POST:
        return row_of(request, placement, said)
    highlight = placement.highlight
    return respond_with_change(
        request, highlight, "cardchanged", said, old_places=old, undo=undo, back=back_of(request, highlight)
    )


def back_of(request, highlight, act: str = "") -> str:
    seeking = build_reattach_url(highlight.article, highlight.project, highlight.pk)
    return seeking if act == "reattach" else next_of(request, build_highlight_url(highlight))
