"""Making a highlight from a selection."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.decorators import ARCHIVED
from annotations.models import Project
from annotations.reading.forms import HighlightForm, join_errors
from annotations.reading.requests import get_current_revision, get_read_revision
from annotations.reading.responses import (
    MAY_NOT_HIGHLIGHT,
    NO_PROJECT,
    PRIVATE_TO_ANOTHER,
    describe_creation,
    refuse,
    refuse_merged,
    refuse_visitor,
    respond_with_change,
)
from newsreader.http import Request


@require_POST
def create_highlight(request: Request, slug: str) -> HttpResponse:
    """Make a highlight from a selection, on the text that was read. The same form twice makes one."""
    try:
        current = get_current_revision(request, slug)
    except Http404:
        return refuse_merged(request, slug)
    article = current.article
    back = article.get_absolute_url()
    if not request.user.is_authenticated:
        return refuse_visitor(request, back)
    project = Project.objects.find_visible(request.user, request.POST.get("project", ""))
    if project is None and request.htmx:
        return refuse(request, _(NO_PROJECT), status=404, back=back)
    if project is None:
        raise Http404
    if not article.is_usable_in(project.pk):
        return refuse(request, _(PRIVATE_TO_ANOTHER), status=403, back=back)
    if not project.allows("highlight"):
        reason = ARCHIVED if project.archived_at else _(MAY_NOT_HIGHLIGHT)
        return refuse(request, str(reason), status=403, back=back)
    revision = get_read_revision(request, article, current)
    revision.load_text()
    form = HighlightForm(request.POST, project=project, revision=revision, author=request.user)
    if not form.is_valid():
        status = 409 if form.has_error("__all__", "unsure") else 422
        return refuse(request, join_errors(form), status=status, back=back)
    made = form.save(request.user)
    message = describe_creation(made, has_moved=form.has_moved)
    return respond_with_change(
        request, made.highlight, "highlighted", message, undo="delete", new_tags=form.list_new_tags()
    )
