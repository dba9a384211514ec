"""Access to the highlights that a reader may change."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext as _

from annotations.decorators import refuse_act, render_refusal
from annotations.models import Highlight
from annotations.models.access import HighlightAccess
from annotations.reading.responses import refuse, refuse_visitor
from newsreader.http import Request
from newsreader.reader_query import ReaderQuery
from newsreader.users import AnyUser

View = Callable[..., HttpResponseBase]


def highlight_required(select: Callable[[AnyUser], HighlightAccess], act: str = "highlight") -> Callable[[View], View]:
    """Pass the highlight to the view if it is among those that `select` returns for the reader; refuse it otherwise."""
    query = ReaderQuery(lambda reader: select(reader).select_related("article", "revision", "project", "author"))

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: Request, pk: UUID) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return refuse_visitor(request, request.path)
            highlight = query.find(request.user, pk)
            if not highlight:
                return refuse_highlight(request, pk, act)
            highlight.project.with_role_of(request.user)
            return view(request, highlight)

        return run

    return decorate


def refuse_highlight(request: Request, pk: UUID, act: str) -> HttpResponseBase:
    """Return why somebody may not change (or "review") a highlight that they may read, and who may."""
    highlight = visible_highlight.find(request.user, pk)
    if not highlight:
        return refuse_unknown_highlight(request)
    project, author = highlight.project, highlight.author.get_username()
    if highlight.adjudication_id:
        reason = _(
            "This passage is part of the consensus. It is changed by a decision in the adjudication of the article."
        )
        return render_refusal(request, project, reason, project.list_members_allowed("adjudicate"))
    if highlight.author == request.user:
        return refuse_act(request, project, "highlight")
    authors = [author] if author in project.list_members_allowed("highlight") else []
    if act == "review":
        reason = _("Only its author and the project’s owners and curators can review this highlight.")
        reviewers = project.list_members_allowed("review")
        return render_refusal(request, project, reason, [*authors, *(name for name in reviewers if name != author)])
    return render_refusal(request, project, _("Only its author can change this highlight."), authors)


def refuse_unknown_highlight(request: Request) -> HttpResponseBase:
    """Say to htmx, whose page may show a highlight of the past, that nothing was done; raise Http404 for everyone else."""
    if not request.htmx:
        raise Http404
    message = _("This highlight is gone, or you can no longer change it. Nothing was saved.")
    return refuse(request, message, status=404, back="")


visible_highlight = ReaderQuery(
    lambda reader: Highlight.objects.visible_to(reader).select_related("article", "revision", "project", "author")
)
own_highlight_required = highlight_required(Highlight.objects.editable_by)
restorable_highlight_required = highlight_required(Highlight.objects.restorable_by)
reviewable_highlight_required = highlight_required(Highlight.objects.reviewable_by, act="review")
