"""Lists of feeds in OPML, which every feed reader knows: in, after a preview, and out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from newsreader.feeds.adding import add_listed_feeds
from newsreader.feeds.forms import OpmlForm
from newsreader.http import UserRequest
from newsreader.importing.feeds.opml import ListedFeed, write_opml
from newsreader.models import Feed
from newsreader.views.access import require_staff
from newsreader.views.feeds import FORM_METHODS, build_list_context

TITLE = "Newsreader"


@require_http_methods(FORM_METHODS)
@login_required
def import_opml(request: UserRequest) -> HttpResponse:
    """Show which feeds a list would add; sent again with the list, add them."""
    require_staff(request)
    if request.method != "POST":
        return redirect("feeds")
    form = OpmlForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "newsreader/feeds/list.html", build_list_context(request, form), status=422)
    new = form.list_new()
    if form.cleaned_data["opml"] and not form.cleaned_data["file"]:
        return add_all(request, form, new)
    context = {"section": "feeds", "new": new, "known": len(form.listed) - len(new), "form": OpmlForm()}
    return render(request, "newsreader/feeds/preview.html", context | {"opml": write_opml(TITLE, new).decode()})


def add_all(request: UserRequest, form: OpmlForm, new: list[ListedFeed]) -> HttpResponse:
    """Add the feeds of a list that was previewed."""
    added = len(add_listed_feeds(new, request.user, **form.get_choices()))
    message = ngettext("Added %(number)s feed.", "Added %(number)s feeds.", added)
    messages.success(request, message % {"number": added})
    return redirect("feeds")


@require_safe
@login_required
def export_opml(request: UserRequest) -> HttpResponse:
    """Send all feeds in the folders of their sources as a file."""
    require_staff(request)
    feeds = Feed.objects.visible_to(request.user).select_related("source")
    listed = [ListedFeed(feed.url, str(feed), feed.source.name, feed.home) for feed in feeds]
    response = HttpResponse(write_opml(TITLE, listed), content_type="text/x-opml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="newsreader.opml"'
    return response
