"""Searches that a reader keeps under a name."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from newsreader.forms import SavedSearchForm
from newsreader.models import SavedSearch
from newsreader.views.redirects import get_next_url


@require_POST
@login_required
def save_search(request):
    """Keeps the search of the library that the form names."""
    form = SavedSearchForm(request.POST, user=request.user)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect(get_next_url(request, "library"))
    search = form.save()
    messages.success(request, f"“{search}” is kept; it stands beside the library’s list.")
    return redirect(search.address)


@require_POST
@login_required
def delete_search(request, pk):
    """Forgets one of the reader's own."""
    search = get_object_or_404(SavedSearch.objects.owned_by(request.user), pk=pk)
    search.delete()
    messages.success(request, f"“{search}” is forgotten.")
    return redirect(get_next_url(request, "library"))
