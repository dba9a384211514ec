"""The reading page: an article with one project's layer on it."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.middleware import LayerRequest
from annotations.reading.card_portions import ALL_CARDS, NEXT_CARDS, parse_card_place
from annotations.reading.page_parts import PageParts
from annotations.reading.requests import find_revision, show_own_project
from annotations.reading.shared_page import SharedPage
from newsreader.fragments import fill
from newsreader.http import PageOfParts
from newsreader.models import Reading, Revision
from newsreader.page_head import count_unread
from newsreader.views.merged import follow_merges

MAX_REVISION_DIGITS = 6


@require_safe
@follow_merges
def read_article(request: LayerRequest, slug: str, number: int | None = None) -> HttpResponseBase:
    """Show the article, or its revision of that number; an unchanged page is answered by its ETag alone."""
    revision = get_requested_revision(request, slug, number)
    show_own_project(request, revision.article)
    context = build_article_context(request, revision)
    etag = compute_etag(request, context)
    response = get_conditional_response(request, etag=etag) if etag else None
    return set_cache_headers(response or render_article(request, context), etag)


def get_requested_revision(request: LayerRequest, slug: str, number: int | None) -> Revision:
    """Return the article's current revision, or the one of this number or of ?revision=, with its article and source."""
    digits = request.GET.get("revision", "") if number is None else str(number)
    if digits and not (digits.isdecimal() and len(digits) <= MAX_REVISION_DIGITS):
        raise Http404
    parameters: dict[str, int | str] = {"slug": slug}
    if digits:
        parameters["number"] = int(digits)
    return find_revision(request, **parameters)


def build_article_context(request: LayerRequest, revision: Revision) -> dict[str, Any]:
    """Return what is known of the page before its text is rendered: enough to find out whether it changed."""
    return {"article": revision.article, "revision": revision, "reading": get_reading(request, revision)}


def get_reading(request: LayerRequest, revision: Any) -> Reading | None:
    """Return what the reader did with the article, which was found with its revision; None for nothing yet."""
    if not request.user.is_authenticated or revision.revision_read is None:
        return None
    fields = {"read_at": revision.read_at, "saved_at": revision.saved_at, "revision": revision.revision_read}
    return Reading(user=request.user, article=revision.article, **fields)


def compute_etag(request: LayerRequest, context: dict[str, Any]) -> str:
    """Return the digest of all that the page is made of; empty where it also has a message, which is seen once.

    It is empty, too, where blind reading hides something of the project, whose version would tell of it.
    """
    article, reading, project = context["article"], context["reading"], request.project or None
    if settings.DEBUG or len(get_messages(request)) or (project and project.sight):
        return ""
    parts = [
        request.user.pk,
        request.user.get_username(),
        request.META.get("CSRF_COOKIE") or (get_token(request) and request.META["CSRF_COOKIE"]),
        count_unread(request),
        request.get_full_path(),
        request.htmx.target if request.htmx else "",
        project and (project.pk, project.version, project.name, project.role),
        project and project.membership and project.membership.layer,
        request.preferences.choices(),
        static("css/site.css"),
        (article.pk, article.version, article.status, article.source.name),
        article.story and (article.story.pk, article.story.version),
        reading and (reading.read_at, reading.saved_at, reading.revision),
    ]
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def set_cache_headers(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Let the reader's own browser keep the page and ask again each time; nobody else may."""
    if etag:
        response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def render_article(request: LayerRequest, context: dict[str, Any]) -> HttpResponse:
    """Return the page, or to htmx the cards behind the place of ?after=; all of them with ?cards=all."""
    page = SharedPage.load(request, request.project or None, context["revision"], request.GET)
    parts, asks_for_all = PageParts(request, page, context["reading"]), request.GET.get("cards") == "all"
    after = parse_card_place(request.GET.get("after", "")) if request.htmx else None
    if after:
        return HttpResponse(parts.render_cards_after(after, limit=ALL_CARDS if asks_for_all else NEXT_CARDS))
    if asks_for_all:
        page.first_cards = ALL_CARDS
    return PageOfParts(fill(page.document(request.user), parts.list_fillers()))
