"""A project, or some of its passages, as a file that other programs read."""

from collections.abc import Callable
from tempfile import TemporaryFile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.desk.layout import DESK_LIMITS
from annotations.exchange.refi_write import write_qdpx
from annotations.exchange.webannotation import write_collection
from annotations.exports.records import build_refi_project, load_tag_records, read_records
from annotations.exports.selection import Selection
from annotations.models import Highlight, Project, Reply
from annotations.models.highlight import HighlightQuerySet
from newsreader.http import Request
from newsreader.views.filters import limit_query


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def export_project(request: Request, project: Project, form: str) -> StreamingHttpResponse:
    """Send the passages that the query string selects, all of them without one."""
    if form not in PROJECT_RESPONSES:
        raise Http404
    passages = Selection(request.user, project, request.GET).passages
    highlights = Highlight.objects.filter(pk__in=passages.order_by().values("pk"))
    response = PROJECT_RESPONSES[form](request, project, highlights)
    response["Content-Disposition"] = content_disposition_header(True, f"passages-{project.slug}.{form}")
    return response


def stream_jsonld(request: Request, project: Project, highlights: HighlightQuerySet) -> StreamingHttpResponse:
    """Return W3C Web Annotations, sent as they are read."""
    site = request.build_absolute_uri("/")[:-1]
    collection_id, records = site + project.get_absolute_url(), read_records(highlights, site)
    replies = Reply.objects.standing().filter(thread__highlight__in=highlights)
    tags, number = load_tag_records(project), highlights.count() + replies.count()
    pieces = write_collection(collection_id, project.name, tags, records, number)
    return StreamingHttpResponse(pieces, content_type="application/ld+json; charset=utf-8")


def send_qdpx(request: Request, project: Project, highlights: HighlightQuerySet) -> FileResponse:
    """Return a REFI-QDA project, written to the disk first."""
    file = TemporaryFile()  # noqa: SIM115  the response closes it
    write_qdpx(file, build_refi_project(project, highlights))
    file.seek(0)
    return FileResponse(file, content_type="application/zip")


ProjectResponse = Callable[[Request, Project, HighlightQuerySet], StreamingHttpResponse]
PROJECT_RESPONSES: dict[str, ProjectResponse] = {"jsonld": stream_jsonld, "qdpx": send_qdpx}
