"""A project's codebook as a file."""

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.exchange.codebook_formats import CODEBOOK_FORMATS
from annotations.exports.records import load_tag_records
from annotations.models import Project
from newsreader.http import Request


@require_safe
@project_required()
def export_codebook(request: Request, project: Project, form: str) -> StreamingHttpResponse:
    """Send the codebook in a format."""
    if form not in CODEBOOK_FORMATS:
        raise Http404
    codebook_format = CODEBOOK_FORMATS[form]
    content = codebook_format.write(load_tag_records(project))
    response = StreamingHttpResponse(content, content_type=codebook_format.media_type)
    file_name = f"codebook-{project.slug}.{codebook_format.suffix}"
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response
