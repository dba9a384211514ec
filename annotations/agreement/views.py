"""How far the members of a project agree: the page of figures and disagreements, and the calculation as a CSV file."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from annotations.agreement.calculation import compare, load_agreement
from annotations.agreement.export import list_columns, list_rows
from annotations.agreement.page import make_context
from annotations.agreement.selection import AGREEMENT_LIMITS
from annotations.decorators import MemberRequest, project_required
from annotations.exchange.csv_table import write_rows
from annotations.models import Project
from annotations.models.codebook import codebook_of
from newsreader.views.filters import limit_query


@require_safe
@project_required("read", methods=("GET", "HEAD"))
@limit_query(AGREEMENT_LIMITS)
def show_agreement(request: MemberRequest, project: Project) -> HttpResponse | StreamingHttpResponse:
    """Show how far the coders agree that the query string names; with `format=csv` send every position as a file."""
    if request.GET.get("format") == "csv":
        return export_agreement(request, project)
    agreement = load_agreement(project, request.user, request.GET)
    context = make_context(agreement, request.GET, codebook_of(project))
    faults = [*request.left_out, *describe_blindness(project), *context["faults"]]
    context |= {"project": project, "faults": faults}
    return render(request, "annotations/agreement/agreement.html", context)


def describe_blindness(project: Project) -> list[str]:
    """Return a sentence about what is not compared since the project’s reader reads it blind; none where nothing is."""
    sight = project.sight
    if sight.everything:
        return [_("This project is read blind: there is no agreement to be seen until a curator reveals it.")]
    if not sight:
        return []
    text = ngettext(
        "%(number)s article is read blind and not compared until you are done with it or a curator reveals it.",
        "%(number)s articles are read blind and not compared until you are done with them or a curator reveals them.",
        len(sight.articles),
    )
    return [text % {"number": len(sight.articles)}]


def export_agreement(request: MemberRequest, project: Project) -> StreamingHttpResponse:
    """Return every position from which the figures are computed, as a CSV file."""
    comparison = compare(project, request.user, request.GET)
    rows = write_rows(list_columns(comparison), list_rows(comparison, codebook_of(project)))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="agreement-{project.slug}.csv"'
    add_never_cache_headers(response)
    return response
