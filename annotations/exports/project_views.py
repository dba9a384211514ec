"""A project, or some of its passages, as a file that other programs read."""

from tempfile import TemporaryFile

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.exchange.refi_write import write_qdpx
from annotations.exchange.webannotation import write_collection
from annotations.exports.records import records_of, study_of, terms_of
from annotations.exports.selection import Selection
from annotations.models import Highlight


@require_safe
@project_required()
def take(request, project, form: str):
    """The passages that the query string asks for, all of them without one."""
    if form not in FORMS:
        raise Http404
    chosen = Selection(request.user, project, request.GET).passages
    response = FORMS[form](request, project, Highlight.objects.filter(pk__in=chosen.order_by().values("pk")))
    response["Content-Disposition"] = content_disposition_header(True, f"{project.slug}.{form}")
    return response


def as_annotations(request, project, highlights) -> StreamingHttpResponse:
    """W3C Web Annotations, sent as they are read."""
    site = request.build_absolute_uri("/")[:-1]
    key, records = site + project.get_absolute_url(), records_of(highlights, site)
    pieces = write_collection(key, project.name, terms_of(project), records, highlights.count())
    return StreamingHttpResponse(pieces, content_type="application/ld+json; charset=utf-8")


def as_study(request, project, highlights) -> FileResponse:
    """A REFI-QDA project; what is written of it waits on the disk."""
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    write_qdpx(file, study_of(project, highlights))
    file.seek(0)
    return FileResponse(file, content_type="application/zip")


FORMS = {"jsonld": as_annotations, "qdpx": as_study}
