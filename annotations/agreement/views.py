"""How far the members of a project agree: the page of figures and disagreements, and the calculation as a CSV file."""

from typing import Any

from django.http import FileResponse, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from annotations.agreement.calculation import compare, count_compared_articles, load_agreement, load_choices
from annotations.agreement.decided import list_decisions
from annotations.agreement.export import list_columns, list_rows
from annotations.agreement.jobs import find_job, is_outdated, queue_agreement, read_result
from annotations.agreement.page import make_context
from annotations.agreement.selection import AGREEMENT_LIMITS, MAX_ARTICLES_AT_ONCE
from annotations.decorators import MemberRequest, project_required, render_refusal
from annotations.errors import JobLimitError
from annotations.exchange.csv_table import write_rows
from annotations.models import Project
from annotations.models.codebook import codebook_of
from annotations.models.job import MAX_UNFINISHED_JOBS
from newsreader.http import UserRequest
from newsreader.views.filters import limit_query


@require_safe
@project_required("read", methods=("GET", "HEAD"))
@limit_query(AGREEMENT_LIMITS)
def show_agreement(request: MemberRequest, project: Project) -> HttpResponseBase:
    """Show how far the coders agree that the query string names; with `format=csv` send every position as a file."""
    if request.GET.get("format") == "csv":
        return export_agreement(request, project)
    if agreement := load_agreement(project, request.user, request.GET):
        return render_agreement(request, project, agreement, {})
    return show_large_agreement(request, project)


def show_large_agreement(request: MemberRequest, project: Project) -> HttpResponse:
    """Show what a worker found about many articles, how far it is, or how to have it begin."""
    job = find_job(project, request.user, request.GET)
    if request.htmx and job:
        waits = render(request, "annotations/agreement/_job_progress.html", {"project": project, "job": job})
        return waits if job.is_unfinished else HttpResponseClientRefresh()
    found = read_result(job)
    large = {"job": job, "most": MAX_ARTICLES_AT_ONCE, "is_outdated": bool(job and is_outdated(job, project))}
    large["is_blind"] = bool(project.sight)
    large["has_file"] = bool(job and job.path.exists())
    response = render_agreement(
        request, project, found or load_choices(project, request.user, request.GET), {"large": large}
    )
    add_never_cache_headers(response)
    return response


def render_agreement(request: MemberRequest, project: Project, agreement: Any, more: dict[str, Any]) -> HttpResponse:
    """Return the page."""
    context = make_context(project, agreement, request.GET, codebook_of(project))
    context |= {"project": project, "faults": [*request.left_out, *context["faults"]]} | more
    return render(request, "annotations/agreement/agreement.html", context)


@require_POST
@project_required("read")
@limit_query(AGREEMENT_LIMITS)
def compute_large_agreement(request: UserRequest, project: Project) -> HttpResponse:
    """Have a worker compare what the query string asks for, and show how far it is."""
    if not project.sight and count_compared_articles(project, request.user, request.GET) > MAX_ARTICLES_AT_ONCE:
        try:
            queue_agreement(project, request.user, request.GET)
        except JobLimitError:
            message = _("%(number)s comparisons are already running for you. Wait until one has finished.")
            return render_refusal(request, project, message % {"number": MAX_UNFINISHED_JOBS})
    return redirect_to_page(project, request.GET)


def redirect_to_page(project: Project, query: QueryDict) -> HttpResponse:
    """Lead to the page that compares what the query asks for."""
    asked, address = query.copy(), reverse("agreement", args=[project.slug])
    asked.pop("format", None)
    return redirect(f"{address}?{asked.urlencode()}" if asked else address)


def export_agreement(request: MemberRequest, project: Project) -> HttpResponseBase:
    """Return every position from which the figures are computed, as a CSV file."""
    if count_compared_articles(project, request.user, request.GET) > MAX_ARTICLES_AT_ONCE:
        return send_large_agreement(request, project)
    comparison = compare(project, request.user, request.GET)
    decisions = list_decisions(project, comparison.agreement.selection.articles)
    rows = write_rows(list_columns(comparison), list_rows(comparison, codebook_of(project), decisions))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreement-{project.slug}.csv"'
    add_never_cache_headers(response)
    return response


def send_large_agreement(request: MemberRequest, project: Project) -> HttpResponseBase:
    """Send the file that a worker wrote beside its figures; where there is none, lead to the page that says how to get it."""
    job = find_job(project, request.user, request.GET)
    if not job or not job.path.exists():
        return redirect_to_page(project, request.GET)
    response = FileResponse(job.path.open("rb"), as_attachment=True, filename=job.name, content_type="text/csv")
    add_never_cache_headers(response)
    return response
