from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from newsreader.forms import IntakeForm
from newsreader.importing.importer import import_article


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request):
    """Takes in an article by its address, as a saved page or as a pasted text; for the staff."""
    if not request.user.is_staff:
        raise Http404
    if request.method != "POST":
        return form_page(request, IntakeForm())
    form = IntakeForm(request.POST, request.FILES)
    stored = import_article(form, request.user)
    return to_article(request, *stored) if stored else form_page(request, form, status=422)


def form_page(request, form, status=200):
    fields = {"ways": [form[name] for name in form.WAYS], "details": [form["title"], form["source"]]}
    return render(request, "newsreader/add_article.html", {"form": form, "section": "library", **fields}, status=status)


def to_article(request, article, created):
    said = f"Added “{article}”, {article.words:,} words." if created else f"“{article}” is already here."
    messages.success(request, said)
    return redirect(article)
