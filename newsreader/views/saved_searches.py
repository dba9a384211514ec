"""Searches that a reader saved under a name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from newsreader.forms import SavedSearchForm
from newsreader.http import UserRequest
from newsreader.models import SavedSearch
from newsreader.views.redirects import get_next_url


@require_POST
@login_required
def save_search(request: UserRequest) -> HttpResponse:
    """Save the search of the library that the form names."""
    form = SavedSearchForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(get_next_url(request, "library"))
    search = form.save()
    messages.success(request, _("“%(search)s” was saved. It is listed beside the library.") % {"search": search})
    return redirect(search.address)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def delete_search(request: UserRequest, pk: int) -> HttpResponse:
    """Ask whether to delete one of the reader's own saved searches; sent, delete it."""
    search = get_object_or_404(SavedSearch.objects.owned_by(request.user), pk=pk)
    if request.method != "POST":
        context = {"section": "library", "search": search, "next": get_next_url(request, reverse("library"))}
        return render(request, "newsreader/search_delete.html", context)
    search.delete()
    messages.success(request, _("“%(search)s” was deleted.") % {"search": search})
    return redirect(get_next_url(request, "library"))
