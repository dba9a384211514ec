"""Export passages: as tables, documents and open formats, streamed as they are read."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.desk.layout import DESK_LIMITS
from annotations.exchange.codebook_formats import CODEBOOK_FORMATS
from annotations.exchange.formats import FORMATS, PROJECT_FORMATS, Format, ProjectFormat
from annotations.exchange.sections import ExportDetails, TagDefinition
from annotations.exports.selection import Selection, format_heading
from annotations.models import Project
from annotations.models.codebook import Codebook
from annotations.passages.facets import load_filter_names
from annotations.passages.filters import drop_page_parameters, list_passage_filters
from newsreader.http import Request
from newsreader.views.filters import build_query_string, limit_query

LONG_EXPORT = 5_000  # passages; so many take a while


@require_safe
@project_required()
@limit_query(DESK_LIMITS)
def export_passages(request: Request, project: Project) -> HttpResponse | StreamingHttpResponse:
    """Show what would be exported, and the formats; with `format`, send the file."""
    selection = Selection(request.user, project, request.GET)
    selection.passage_filter.faults.extend(request.left_out)
    if export_format := FORMATS.get(request.GET.get("format", "")):
        return stream_export(request, project, selection, export_format)
    query, number = drop_page_parameters(request.GET), selection.count_lines()
    query_string = build_query_string(query)
    context = {
        "section": "passages",
        "project": project,
        "wanted": selection.passage_filter,
        "number": number,
        "words": describe_selection(selection),
        "formats": [(kind.translate(), build_query_string(query, format=key)) for key, kind in FORMATS.items()],
        "whole": list_project_formats(project, selection, query_string),
        "codebook_formats": [(key, kind.translate()) for key, kind in CODEBOOK_FORMATS.items()],
        "back": reverse("desk" if selection.is_desk else "passages", args=[project.slug]) + query_string,
        "is_desk": selection.is_desk,
        "long": project.allows("read") and number > LONG_EXPORT,
        "forms": [(key, kind.translate()) for key, kind in FORMATS.items()],
        "query": query.urlencode(),
        "may_highlight": project.allows("highlight"),
    }
    return render(request, "annotations/exports/export.html", context)


def list_project_formats(project: Project, selection: Selection, query_string: str) -> list[tuple[ProjectFormat, str]]:
    """Return the formats that carry highlights to other programs, with their addresses; none for the cells of a desk."""
    formats = {} if selection.is_desk else PROJECT_FORMATS
    return [
        (project_format.translate(), reverse("exchange", args=[project.slug, name]) + query_string)
        for name, project_format in formats.items()
    ]


def stream_export(
    request: Request, project: Project, selection: Selection, export_format: Format
) -> StreamingHttpResponse:
    """Return the passages in a format, sent as they are read."""
    details = build_details(selection, request.build_absolute_uri("/"))
    content = begin(export_format.write(selection.build_sections(export_format, details), details))
    response = StreamingHttpResponse(content, content_type=export_format.media_type)
    file_name = build_file_name(project, selection, export_format)
    response["Content-Disposition"] = content_disposition_header(True, file_name)
    return response


def begin(pieces: Iterable[str | bytes]) -> Iterator[str | bytes]:
    """Return the same pieces, the first of which is made now: what fails there can still be answered in words."""
    rest = iter(pieces)
    return chain(list(islice(rest, 1)), rest)


def build_file_name(project: Project, selection: Selection, export_format: Format) -> str:
    """Return the name of the file that is downloaded."""
    return f"{'desk' if selection.is_desk else 'passages'}-{project.slug}.{export_format.suffix}"


def build_details(selection: Selection, site: str) -> ExportDetails:
    """Return what is said about all passages together; `site` is the address of this library, with a slash at the end."""
    return ExportDetails(
        selection.project.name,
        describe_selection(selection),
        f"{site}highlights/",
        timezone.localtime(),
        define_tags(selection.codebook),
        get_language() or settings.LANGUAGE_CODE,
    )


def define_tags(codebook: Codebook) -> list[TagDefinition]:
    """Return the tags of the codebook in words."""
    return [
        TagDefinition(
            tag.name,
            codebook[tag.parent].name if tag.parent else "",
            tag.colour,
            tag.definition,
            "heading" if tag.heading_only else tag.status,
        )
        for tag in codebook.values()
    ]


def describe_selection(selection: Selection) -> str:
    """Return what was selected, in a sentence."""
    names = load_filter_names(selection.user, selection.project, selection.passage_filter, selection.codebook)
    parts = [active.label for active in list_passage_filters(selection.query, selection.passage_filter, names)]
    parts += describe_desk(selection) if selection.is_desk else []
    filters = {"filters": "; ".join(parts)}
    if selection.is_desk:
        return _("Passages on a desk. %(filters)s.") % filters
    return f"{filters['filters']}." if parts else _("All passages.")


def describe_desk(selection: Selection) -> list[str]:
    """Return the rows and the columns of a desk in words."""
    layout = selection.layout
    columns = [format_heading(layout.axis, column.label) for column in layout.columns]
    return [
        _("Rows: %(rows)s") % {"rows": ", ".join(row.label for row in layout.rows)},
        _("Columns: %(columns)s") % {"columns": ", ".join(columns)},
    ]
