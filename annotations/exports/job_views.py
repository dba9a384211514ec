"""Long exports: written by a worker while a page says how far they are, then fetched by who asked for them."""

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from annotations.decorators import project_required, render_refusal
from annotations.errors import JobLimitError
from annotations.exchange.formats import FORMATS
from annotations.exports.selection import Selection
from annotations.exports.tasks import write_export
from annotations.exports.views import name_of
from annotations.models import ExportJob
from annotations.models.job import AT_ONCE, JobState
from annotations.passages.filters import narrowed


@require_POST
@project_required()
def prepare(request, project):
    """Have a worker write the passages that the query string means."""
    kind = FORMATS.get(form := request.POST.get("format", ""))
    if not kind:
        raise Http404
    selection = Selection(request.user, project, request.GET)
    fields = {"query": narrowed(request.GET).urlencode(), "format": form, "site": request.build_absolute_uri("/")}
    fields |= {"name": name_of(project, selection, kind), "total": selection.number()}
    try:
        export = ExportJob.objects.begin(write_export, project, request.user, **fields)
    except JobLimitError:
        return render_refusal(
            request, project, f"{AT_ONCE} files are being made for you. Wait until one of them is done."
        )
    return redirect("prepared", project.slug, export.pk)


@never_cache
@require_safe
@project_required()
def prepared(request, project, pk):
    """How far it is, and the way to the file."""
    export = mine(request, project, pk)
    context = {"section": "passages", "project": project, "export": export, "kind": FORMATS.get(export.format)}
    return render(
        request, "annotations/exports/_job_progress.html" if request.htmx else "annotations/exports/job.html", context
    )


@never_cache
@require_safe
@project_required()
def file(request, project, pk):
    """The file, once it is whole."""
    export = mine(request, project, pk)
    if export.state != JobState.DONE or not export.path.exists():
        raise Http404
    return FileResponse(
        export.path.open("rb"), as_attachment=True, filename=export.name, content_type=FORMATS[export.format].media_type
    )


def mine(request, project, pk) -> ExportJob:
    if not request.user.is_authenticated:
        raise Http404
    return get_object_or_404(ExportJob.objects.of(request.user), pk=pk, project=project)
