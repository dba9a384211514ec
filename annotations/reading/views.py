"""The reading page: an article with one project's layer on it."""

from hashlib import sha256

from django.conf import settings
from django.contrib.messages import get_messages
from django.db.models import F
from django.http import Http404
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from annotations.reading.orphans import astray_on
from annotations.reading.page import Page
from annotations.reading.reattach import sought
from newsreader.models import Reading, Revision
from newsreader.views.revisions import find_changes_since_reading


@require_safe
def read(request, slug, number=None):
    """The article, or its text of that number; an unchanged page is answered by its ETag alone."""
    revision = wanted(request, slug, number)
    context = surroundings(request, revision)
    etag = etag_of(request, context)
    response = etag and get_conditional_response(request, etag=etag)
    return kept_private(response or render(request, "annotations/reading/read.html", filled(request, context)), etag)


def wanted(request, slug, number=None) -> Revision:
    """The article's current revision, or the one of this number or of ?revision=, with its article and source."""
    number = request.GET.get("revision", "") if number is None else str(number)
    if number and not (number.isdecimal() and len(number) < 7):
        raise Http404
    revisions = Revision.objects.visible_to(request.user).select_related("article__source").filter(article__slug=slug)
    return get_object_or_404(revisions, number=int(number) if number else F("article__revision"))


def surroundings(request, revision) -> dict:
    """What is known of the page before its text is drawn: enough to tell whether it changed."""
    user, article = request.user, revision.article
    return {
        "article": article,
        "revision": revision,
        "reading": Reading.objects.filter(user=user, article=article).first() if user.is_authenticated else None,
    }


def etag_of(request, context: dict) -> str:
    """Names everything the page is made of; empty where it also carries a message, which is seen once."""
    if settings.DEBUG or len(get_messages(request)):
        return ""
    article, reading, project = context["article"], context["reading"], request.project or None
    parts = [
        request.user.pk,
        request.user.get_username(),
        get_token(request) and request.META["CSRF_COOKIE"],
        request.get_full_path(),
        request.htmx.target if request.htmx else "",
        project and (project.pk, project.version, project.name, project.role),
        request.preferences.choices(),
        static("css/site.css"),
        (article.pk, article.version, article.status, article.source.name),
        reading and (reading.read_at, reading.saved_at, reading.revision),
    ]
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'


def kept_private(response, etag: str):
    """Lets the reader's own browser keep the page and ask again each time; nobody else may."""
    if etag:
        response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def filled(request, context: dict) -> dict:
    """Everything else: the text, its marks, cards and counts, and what the toolbar offers."""
    article, revision, project = context["article"], context["revision"], request.project or None
    page = Page(request, project, revision, request.GET)
    current = revision.number == article.revision
    return context | {
        "section": "library",
        "page": page,
        "project": project,
        "is_current": current,
        "news": find_changes_since_reading(context["reading"], revision),
        "may_highlight": page.may_highlight and current,
        **(astray_on(page) if revision.number > 1 else {}),
        "seeking": sought(request, revision) if "reattach" in request.GET else None,
        **offered(project, page),
    }


def offered(project, page) -> dict:
    """The tags that the toolbar offers: the whole codebook, and nine of it, those first that this reader used last."""
    if not page.may_highlight:
        return {}
    codebook = [tag for tag in page.layer.codebook.values() if tag.status == "active"]
    order = {key: place for place, key in enumerate(project.membership.recent)}
    recent = sorted(codebook, key=lambda tag: order.get(tag.key, len(order)))[:9]
    offered = " ".join(tag.key for tag in recent)
    return {"codebook": codebook, "recent": recent, "offered": offered, "may_create": project.allows("codebook")}
