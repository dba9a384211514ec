"""The page where curators add articles."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from newsreader.forms import AddArticleForm
from newsreader.http import UserRequest
from newsreader.importing.importer import import_article
from newsreader.models import Article
from newsreader.text.translation import format_number


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add_article(request: UserRequest) -> HttpResponse:
    """Import an article by its address, as a saved page or as a pasted text; for the staff."""
    if not request.user.is_staff:
        raise PermissionDenied
    if request.method != "POST":
        return render_form(request, AddArticleForm())
    form = AddArticleForm(request.POST, request.FILES)
    stored = import_article(form, request.user)
    return redirect_to_article(request, *stored) if stored else render_form(request, form, status=422)


def render_form(request: UserRequest, form: AddArticleForm, status: int = 200) -> HttpResponse:
    """Return the page with the form."""
    fields = {"ways": [form[name] for name in form.WAYS], "details": [form["title"], form["source"]]}
    return render(request, "newsreader/add_article.html", {"form": form, "section": "library", **fields}, status=status)


def redirect_to_article(request: UserRequest, article: Article, created: bool) -> HttpResponse:
    """Lead to an article that was added, or was here already."""
    message = _("“%(article)s” is already here.")
    if created:
        message = ngettext(
            "Added “%(article)s”, %(words)s word.", "Added “%(article)s”, %(words)s words.", article.words
        )
    messages.success(request, message % {"article": article, "words": format_number(article.words)})
    return redirect(article)
