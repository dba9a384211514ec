"""What others changed on a page that is open: asked for again and again, and shown when its reader wants it."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.decorators import ProjectRequest, project_required
from annotations.models import Event, Project
from annotations.models.history import find_last_event
from annotations.reading.layer_changes import build_changes_context
from annotations.reading.page import PageRenderer
from annotations.reading.requests import get_current_revision, read_number
from annotations.reading.updates import (
    Updates,
    find_updates,
    has_codebook_changed,
    list_events_of_others,
    make_etag,
)
from newsreader.models import Article, Revision
from newsreader.opaque_numbers import reveal_number


@require_safe
@project_required()
def show_updates(request: ProjectRequest, project: Project, article: str) -> HttpResponseBase:
    """Say what others changed since the page of an article was opened; with `show`, return what has to be drawn anew.

    The page names the last event that it shows, and the version of its codebook. Where nothing happened since, the ETag
    says so.
    """
    try:
        response = answer_updates(request, project, get_current_revision(request, article))
    except Http404:
        response = render_merged(request, project, article)
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response


def answer_updates(request: ProjectRequest, project: Project, current: Revision) -> HttpResponseBase:
    """Return what others changed, or that nobody changed anything; raise Http404 if the article is not for this project."""
    if not current.article.is_usable_in(project.pk):
        raise Http404
    is_shown = "show" in request.GET
    is_hidden = project.sight.hides(current.article_id)
    last_event = 0 if is_hidden else find_last_event(project.pk, current.article_id)
    etag = make_etag(last_event, project, current.number)
    response = None if is_shown else get_conditional_response(request, etag=etag)
    response = response or render_updates(request, project, current, is_shown=is_shown)
    if not is_shown:
        response["ETag"] = etag
    return response


def render_merged(request: ProjectRequest, project: Project, slug: str) -> HttpResponse:
    """Return that the article was merged into another, and which that is; raise Http404 if it was not."""
    article = Article.objects.find_merged(slug, request.user)
    if article is None:
        raise Http404
    updates = Updates(merged_into=str(article))
    context = {"says": updates.describe(), "updates": updates, "article": article, "project": project}
    return render(request, "annotations/reading/_updates.html", context)


def render_updates(request: ProjectRequest, project: Project, current: Revision, *, is_shown: bool) -> HttpResponse:
    """Return what others changed: in words, or as the parts of the page to swap."""
    page = PageRenderer.load(request, project, current, request.GET)
    _ = page.layer  # before the events, so that none is missed: what happens meanwhile is told the next time
    events = list_events_of_others(project, current, reveal_number(request.GET.get("event", "")), request.user)
    updates = load_updates(request, page, events)
    if is_shown and not (updates.is_corrected or updates.is_archived):
        context = build_changes_context(project, page, updates, events)
        return render(request, "annotations/reading/_layer_changes.html", context)
    context = {"says": updates.describe(), "updates": updates, "article": current.article, "project": project}
    return render(request, "annotations/reading/_updates.html", context)


def load_updates(request: ProjectRequest, page: PageRenderer, events: list[Event]) -> Updates:
    """Return what others did to the page; of a corrected text, or an archived project, nothing but that."""
    if request.project.archived_at and "archived" not in request.GET:
        return Updates(is_archived=True)
    if read_number(request, "revision") not in (0, page.revision.number):
        return Updates(is_corrected=True)
    updates = find_updates(request.project, page.layer, events)
    has_new_tags = has_codebook_changed(request.project, read_number(request, "codebook"), request.user)
    return updates._replace(is_about_all=updates.is_about_all or has_new_tags)
