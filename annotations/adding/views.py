"""The page where readers add articles to their projects, and curators to the library."""

from typing import Any
from urllib.parse import quote

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from django.views.decorators.http import require_http_methods

from annotations.adding.forms import AddToProjectForm, PreviewedForm
from annotations.adding.previews import Preview
from annotations.decorators import MemberRequest
from annotations.errors import NotAllowedError
from annotations.models import Project
from newsreader.importing.importer import import_articles
from newsreader.models.article import StoredArticle
from newsreader.text.html.images import describe_images
from newsreader.text.html.presentation import present
from newsreader.text.translation import format_number

NOT_ALLOWED = gettext_noop("You can no longer add articles to this project.")
MAX_URL_LENGTH, MAX_BLOCKS = 2000, 1_500  # characters; blocks, each of which is a field of the form


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_article(request: MemberRequest) -> HttpResponse:
    """Import an article by its address, as a saved page or as a pasted text; ?url= and ?project= fill in the form."""
    if request.method != "POST":
        return render_form(request, AddToProjectForm(user=request.user, initial=list_initial_values(request)))
    if "content" in request.POST:
        return add_previewed(request)
    form = AddToProjectForm(request.POST, request.FILES, user=request.user)
    if not may_add_another(request):
        form.add_error(None, _("You have added many articles in a short time. Try again in an hour."))
        return render_form(request, form, status=429)
    if "preview" in request.POST and form.is_valid():
        return preview_article(request, form)
    try:
        stored = import_articles(form, request.user)
    except NotAllowedError:
        form.add_error("project", _(NOT_ALLOWED))
        return render_form(request, form, status=403)
    if not stored:
        return render_form(request, form, status=422)
    return redirect_to_added(request, form, stored)


def preview_article(request: MemberRequest, form: AddToProjectForm) -> HttpResponse:
    """Return the page on which the article that the form found is checked before it is stored."""
    preview, given = Preview.of(form.list_contents()[0]), form.cleaned_data
    if len(form.found) > 1 or len(preview.blocks) > MAX_BLOCKS:
        form.add_error(None, _("A preview shows a single article of at most 1,500 blocks. Add this without a preview."))
        return render_form(request, form, status=422)
    details = preview.list_details()
    details |= {"source": given["source"] or details["source"], "project": given["project"] and given["project"].slug}
    details |= {"content": preview.seal(), "draft": given.get("draft", False)}
    return render_preview(request, PreviewedForm(user=request.user, initial=details), preview)


def add_previewed(request: MemberRequest) -> HttpResponse:
    """Store an article that was previewed."""
    form = PreviewedForm(request.POST, user=request.user)
    try:
        stored = import_articles(form, request.user)
    except NotAllowedError:
        form.add_error("project", _(NOT_ALLOWED))
        return render_preview(request, form, form.cleaned_data["content"], status=403)
    if stored:
        return redirect_to_added(request, form, stored)
    if not (preview := form.cleaned_data.get("content")):
        messages.error(request, _("This preview is no longer valid. Add the article again."))
        return redirect("add")
    return render_preview(request, form, preview, status=422)


def render_preview(request: MemberRequest, form: PreviewedForm, preview: Preview, status: int = 200) -> HttpResponse:
    """Return the page of a preview: its blocks, those that are kept ticked, and its details."""
    chosen = set(request.POST.getlist("keep")) if form.is_bound else None
    rows = [
        {
            "number": number,
            "html": mark_safe(present(describe_images(block.html))),
            "is_kept": str(number) in chosen if chosen is not None else block.is_kept,
        }
        for number, block in enumerate(preview.blocks)
    ]
    context: dict[str, Any] = {
        "form": form,
        "section": "library",
        "rows": rows,
        "is_plain": all(block.is_kept and block.html.startswith("<p") for block in preview.blocks),
        "article": preview.article,
        "kept": sum(block.is_kept for block in preview.blocks),
        "left_out": sum(not block.is_kept for block in preview.blocks),
        "details": [form[name] for name in (*form.DETAILS, "project")],
    }
    return render(request, "annotations/adding/preview.html", context, status=status)


def redirect_to_added(
    request: MemberRequest, form: AddToProjectForm | PreviewedForm, stored: list[StoredArticle]
) -> HttpResponse:
    """Lead to what was added, and say what is missing of it."""
    for problem in form.list_problems():
        messages.warning(request, problem)
    project = form.cleaned_data["project"]
    if len(stored) > 1:
        return redirect_to_list(request, stored, project)
    return redirect_to_article(request, stored[0], project)


def may_add_another(request: MemberRequest) -> bool:
    """Return whether the reader may make another attempt now; each is counted, since it may fetch a page."""
    return request.user.is_staff or ratelimit.consume(request, action="add_article", user=request.user)


def list_initial_values(request: MemberRequest) -> dict[str, str]:
    """Return what the form is filled with: the address that was given, and the project that was named or is worked in."""
    project = request.project
    is_chosen = project and project.allows("highlight") and ("project" in request.GET or not request.user.is_staff)
    return {"url": request.GET.get("url", "")[:MAX_URL_LENGTH], "project": project.slug if is_chosen else ""}


def render_form(request: MemberRequest, form: AddToProjectForm, status: int = 200) -> HttpResponse:
    """Return the page with the form."""
    context: dict[str, Any] = {
        "form": form,
        "section": "library",
        "ways": [form[name] for name in form.WAYS],
        "details": [form[name] for name in ("project", "title", "source")],
        "bookmarklet": build_bookmarklet(request, form["project"].value() or ""),
    }
    return render(request, "annotations/adding/add_article.html", context, status=status)


def build_bookmarklet(request: MemberRequest, project: str) -> str:
    """Return the address of a bookmark that opens this page with the address of the page on which it is pressed."""
    query = f"?project={quote(project, safe='')}&url=" if project else "?url="
    address = request.build_absolute_uri(reverse("add")) + query
    return f"javascript:location.href='{address}'+encodeURIComponent(location.href)"


def redirect_to_article(request: MemberRequest, stored: StoredArticle, project: Project | None) -> HttpResponse:
    """Lead to an article that was added, or was here already."""
    article = stored.article
    names = {"article": article, "words": format_number(article.words), "project": project}
    messages.success(request, describe_addition(stored, is_to_project=project is not None) % names)
    address = article.get_absolute_url()
    return redirect(f"{address}?project={quote(project.slug)}" if project else address)


def redirect_to_list(request: MemberRequest, stored: list[StoredArticle], project: Project | None) -> HttpResponse:
    """Lead to where the articles of a book are listed."""
    number = sum(one.created for one in stored)
    message = ngettext("%(number)s article was added.", "%(number)s articles were added.", number)
    if already := len(stored) - number:
        message += " " + ngettext("%(already)s was here already.", "%(already)s were here already.", already)
    messages.success(request, message % {"number": format_number(number), "already": format_number(already)})
    return redirect("project-articles", project.slug) if project else redirect(stored[0].article.source)


def describe_addition(stored: StoredArticle, *, is_to_project: bool) -> str:
    """Return a sentence about an article that was added, in which names are left open."""
    article, words = stored.article, stored.article.words
    if not is_to_project:
        added = ngettext("Added “%(article)s”, %(words)s word.", "Added “%(article)s”, %(words)s words.", words)
        return added if stored.created else _("“%(article)s” is already here.")
    if stored.created:
        return ngettext(
            "Added “%(article)s”, %(words)s word, for the members of “%(project)s”.",
            "Added “%(article)s”, %(words)s words, for the members of “%(project)s”.",
            words,
        )
    if article.scope:
        return _("“%(article)s” is already among the articles of “%(project)s”.")
    return _("“%(article)s” is in the library already. It now belongs to “%(project)s”.")
