"""Searches that a reader saved under a name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

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
    messages.success(request, f"“{search}” is kept; it stands beside the library’s list.")
    return redirect(search.address)


@require_POST
@login_required
def delete_search(request: UserRequest, pk: int) -> HttpResponse:
    """Delete one of the reader's own saved searches."""
    search = get_object_or_404(SavedSearch.objects.owned_by(request.user), pk=pk)
    search.delete()
    messages.success(request, f"“{search}” is forgotten.")
    return redirect(get_next_url(request, "library"))
