"""Passages leave: as tables, documents and open formats, streamed as they are read."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from annotations.decorators import project_required
from annotations.exchange.formats import FORMATS, PROJECT_FORMATS, Format
from annotations.exchange.sections import ExportDetails, TagDefinition
from annotations.exports.selection import Selection, heading
from annotations.passages.facets import names_in
from annotations.passages.filters import chosen, narrowed
from newsreader.views.filters import build_query_string

LONG = 5_000  # passages; so many take a while


@require_safe
@project_required()
def index(request, project):
    """What would leave, and in which formats; with `format`, the file."""
    selection = Selection(request.user, project, request.GET)
    if kind := FORMATS.get(request.GET.get("format", "")):
        return file(request, project, selection, kind)
    bare, number = narrowed(request.GET), selection.number()
    context = {
        "section": "passages",
        "project": project,
        "wanted": selection.wanted,
        "number": number,
        "words": said(selection),
        "formats": [(kind, build_query_string(bare, format=key)) for key, kind in FORMATS.items()],
        "whole": whole(project, selection, build_query_string(bare)),
        "back": reverse("desk" if selection.is_desk else "passages", args=[project.slug]) + build_query_string(bare),
        "is_desk": selection.is_desk,
        "long": project.allows("read") and number > LONG,
        "forms": FORMATS.items(),
        "query": bare.urlencode(),
        "may_highlight": project.allows("highlight"),
    }
    return render(request, "annotations/exports/export.html", context)


def whole(project, selection: Selection, query: str) -> list[tuple]:
    """The formats that bear highlights to other programs, with their addresses; the cells of a desk are none of them."""
    forms = () if selection.is_desk else PROJECT_FORMATS.items()
    return [(kind, reverse("exchange", args=[project.slug, form]) + query) for form, kind in forms]


def file(request, project, selection: Selection, kind: Format) -> StreamingHttpResponse:
    """The passages in a format, sent as they are read."""
    told = about(selection, request.build_absolute_uri("/"))
    content = kind.write(selection.sections(kind, told), told)
    response = StreamingHttpResponse(content, content_type=kind.media_type)
    response["Content-Disposition"] = content_disposition_header(True, name_of(project, selection, kind))
    return response


def name_of(project, selection: Selection, kind: Format) -> str:
    return f"{'desk' if selection.is_desk else 'passages'}-{project.slug}.{kind.suffix}"


def about(selection: Selection, site: str) -> ExportDetails:
    """What is said about all passages together; `site` is the address of this library, with a slash at the end."""
    terms = selection.codebook
    codebook = [
        TagDefinition(
            term.name, terms[term.parent].name if term.parent else "", term.colour, term.definition, term.status
        )
        for term in terms.values()
    ]
    return ExportDetails(selection.project.name, said(selection), f"{site}highlights/", timezone.localtime(), codebook)


def laid_out(selection: Selection) -> list[str]:
    """The rows and the columns of a desk in words."""
    layout = selection.layout
    columns = [heading(layout.axis, column.label) for column in layout.columns]
    return [f"Rows: {', '.join(row.label for row in layout.rows)}", f"Columns: {', '.join(columns)}"]


def said(selection: Selection) -> str:
    """What was asked for, in a sentence."""
    names = names_in(selection.user, selection.project, selection.wanted, selection.codebook)
    parts = [one.label for one in chosen(selection.query, selection.wanted, names)]
    parts += laid_out(selection) if selection.is_desk else []
    kind = "Passages laid out on a desk" if selection.is_desk else "All passages" if not parts else "Passages"
    return f"{kind}{'. ' if parts else ''}{'; '.join(parts)}."
