"""Carrying a highlight to the other copies of its story."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from annotations.models import Highlight
from annotations.models.carrying import carry_highlight, find_places
from annotations.reading.decorators import own_highlight_required
from annotations.reading.links import build_highlight_url
from annotations.undo_messages import say_done
from newsreader.http import UserRequest


@require_http_methods(["GET", "HEAD", "POST"])
@own_highlight_required
def carry_to_copies(request: UserRequest, highlight: Highlight) -> HttpResponse:
    """Show where the words of a highlight stand in the other copies; sent, make it in those that were chosen."""
    if request.method == "POST":
        made = carry_highlight(highlight, request.POST.getlist("copy"), by=request.user)
        say_what_was_made(request, made)
        return redirect("carry", highlight.pk)
    context = {
        "section": "library",
        "highlight": highlight,
        "project": highlight.project,
        "places": find_places(highlight),
        "back": build_highlight_url(highlight),
    }
    return render(request, "annotations/reading/carry.html", context)


def say_what_was_made(request: UserRequest, made: list[Highlight]) -> None:
    """Say in how many copies the highlight was made."""
    if not made:
        messages.error(request, _("Nothing was carried. Choose copies in which the words are not highlighted yet."))
        return
    text = ngettext(
        "The highlight was carried to %(number)s copy.",
        "The highlight was carried to %(number)s copies.",
        len(made),
    )
    say_done(request, made[0].project, text % {"number": len(made)})
