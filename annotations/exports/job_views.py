"""Long exports: written by a worker while a page shows the progress, then downloaded by who asked for them."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations.decorators import project_required, render_refusal
from annotations.desk.layout import DESK_LIMITS
from annotations.errors import JobLimitError
from annotations.exchange.formats import FORMATS
from annotations.exports.selection import Selection
from annotations.exports.tasks import write_export
from annotations.exports.views import build_file_name
from annotations.models import ExportJob, Project
from annotations.models.job import MAX_UNFINISHED_JOBS, JobState
from annotations.passages.filters import drop_page_parameters
from newsreader.http import Request, UserRequest
from newsreader.views.filters import limit_query


@require_POST
@project_required()
@limit_query(DESK_LIMITS)
def queue_export(request: UserRequest, project: Project) -> HttpResponse:
    """Have a worker write the passages that the query string selects."""
    format_name = request.POST.get("format", "")
    if format_name not in FORMATS:
        raise Http404
    selection = Selection(request.user, project, request.GET)
    fields = {
        "query": drop_page_parameters(request.GET).urlencode(),
        "format": format_name,
        "site": request.build_absolute_uri("/"),
        "name": build_file_name(project, selection, FORMATS[format_name]),
        "total": selection.count_lines(),
    }
    try:
        export = ExportJob.objects.queue_job(write_export, project, request.user, **fields)
    except JobLimitError:
        message = _("%(number)s exports are already running for you. Wait until one has finished.")
        return render_refusal(request, project, message % {"number": MAX_UNFINISHED_JOBS})
    return redirect("prepared", project.slug, export.pk)


@never_cache
@require_safe
@project_required()
def show_export_job(request: Request, project: Project, pk: UUID) -> HttpResponse:
    """Show the progress, and the link to the file once it is whole."""
    export = get_export_job(request, project, pk)
    template = "annotations/exports/_job_progress.html" if request.htmx else "annotations/exports/job.html"
    kind = FORMATS[export.format].translate() if export.format in FORMATS else None
    context = {"section": "passages", "project": project, "export": export, "kind": kind}
    return render(request, template, context)


@never_cache
@require_safe
@project_required()
def download_export(request: Request, project: Project, pk: UUID) -> FileResponse:
    """Send the file, once it is whole."""
    export = get_export_job(request, project, pk)
    if export.state != JobState.DONE or not export.path.exists():
        raise Http404
    return FileResponse(
        export.path.open("rb"), as_attachment=True, filename=export.name, content_type=FORMATS[export.format].media_type
    )


def get_export_job(request: Request, project: Project, pk: UUID) -> ExportJob:
    """Return the user's own export of this key; Http404 for anyone else."""
    if not request.user.is_authenticated:
        raise Http404
    return get_object_or_404(ExportJob.objects.requested_by(request.user), pk=pk, project=project)
