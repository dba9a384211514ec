"""The pages of imports of many articles, for the staff: their list, and each with its progress and its results."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsreader.bulk_import.forms import ImportForm
from newsreader.bulk_import.tasks import queue_import
from newsreader.http import UserRequest
from newsreader.models import ArticleImport, ImportItem
from newsreader.models.article_import import KEPT_FOR
from newsreader.text.translation import format_number
from newsreader.views.access import require_staff

PAGE_SIZE = 100  # items, or imports
SHOWN = {"bad": ImportItem.BAD_STATES, "present": [ImportItem.State.PRESENT], "added": [ImportItem.State.ADDED]}


def find_import(request: UserRequest, pk: UUID) -> ArticleImport:
    """Return an import that the reader may see."""
    return get_object_or_404(ArticleImport.objects.visible_to(request.user).select_related("made_by"), pk=pk)


@require_safe
@login_required
def list_imports(request: UserRequest) -> HttpResponse:
    """List the imports of the last days, the newest first."""
    require_staff(request)
    jobs = ArticleImport.objects.visible_to(request.user).select_related("made_by").with_counts().order_by("-made_at")
    page = Paginator(jobs, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"section": "library", "page": page, "days": KEPT_FOR.days}
    return render(request, "newsreader/imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_import(request: UserRequest) -> HttpResponse:
    """Show the form; sent, queue an import."""
    require_staff(request)
    if request.method != "POST":
        return render_form(request, ImportForm(user=request.user))
    form = ImportForm(request.POST, request.FILES, user=request.user)
    return redirect(form.save()) if form.is_valid() else render_form(request, form, status=422)


def render_form(request: UserRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    """Return the page with the form."""
    return render(request, "newsreader/imports/add.html", {"section": "library", "form": form}, status=status)


@never_cache
@require_safe
@login_required
def show_import(request: UserRequest, pk: UUID) -> HttpResponse:
    """Show how far an import is, and what became of its files; for htmx how far it is alone, until it is done."""
    job = find_import(request, pk)
    context = {"section": "library", "job": job} | count_results(job)
    if not request.htmx:
        context |= list_results(request, job) | {"filters": list_filters(context)}
        return render(request, "newsreader/imports/import.html", context)
    response = render(request, "newsreader/imports/_progress.html", context)
    if not job.is_unfinished:
        response["HX-Refresh"] = "true"
    return response


def count_results(job: ArticleImport) -> dict[str, Any]:
    """Return how many items an import has in each state, and how many are done."""
    counts = job.count_states()
    counts.pop(ImportItem.State.UNPACKED, None)
    return {
        "counts": {state: counts.get(state, 0) for state in ImportItem.State.values},
        "total": sum(counts.values()),
        "done": sum(counts.get(state, 0) for state in ImportItem.DONE_STATES),
        "bad": sum(counts.get(state, 0) for state in ImportItem.BAD_STATES),
        "named": job.list_left_out() if job.left_out else [],
        "retried": job.items.filter(ImportItem.can_be_retried()).count(),
    }


def list_results(request: UserRequest, job: ArticleImport) -> dict[str, Any]:
    """Return the items that are asked for, a page of them."""
    shown = request.GET.get("show", "")
    items = job.items.exclude(state=ImportItem.State.UNPACKED).select_related("article")
    items = items.filter(state__in=SHOWN[shown]) if shown in SHOWN else items
    return {"page": Paginator(items, PAGE_SIZE).get_page(request.GET.get("page")), "shown": shown}


def list_filters(results: dict[str, Any]) -> list[tuple[str, str, int]]:
    """Return the filters of results: the label of each, its value in the address, and how many results it shows."""
    counts = results["counts"]
    return [
        (_("All"), "", results["total"]),
        (_("Not added"), "bad", results["bad"]),
        (_("Already here"), "present", counts[ImportItem.State.PRESENT]),
        (_("Added"), "added", counts[ImportItem.State.ADDED]),
    ]


@require_POST
@login_required
def retry_import(request: UserRequest, pk: UUID) -> HttpResponse:
    """Try again what was not added, or the one item that is named."""
    job = find_import(request, pk)
    number = request.POST.get("item", "")
    retried = job.retry(int(number) if number.isdecimal() and len(number) < 9 else None)
    if retried:
        queue_import(job)
        message = ngettext("Trying %(number)s item again.", "Trying %(number)s items again.", retried)
        messages.success(request, message % {"number": format_number(retried)})
    return redirect(job)


@require_POST
@login_required
def cancel_import(request: UserRequest, pk: UUID) -> HttpResponse:
    """Cancel an import: what was added stays."""
    job = find_import(request, pk)
    job.end(ArticleImport.State.CANCELLED)
    messages.success(request, _("Cancelled the import. What was added stays in the library."))
    return redirect(job)
