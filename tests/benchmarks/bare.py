"""Bare views behind the middleware: they do nothing but answer, and insert nothing but the rows."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from annotations.models import Event, Highlight, HighlightTag
from benchmarks.floor import kept

PLACE = ("exact", "prefix", "suffix", "start", "end", "project_id", "article_id", "revision_id")


@login_required
def page(request, name):
    """The bytes that are kept under this name, to whoever is signed in."""
    return HttpResponse(kept(name))


@login_required
@require_POST
def make(request):
    """A highlight with its tags and its event, of fields that nobody checks."""
    given, id = request.POST, request.POST["id"]
    fields = {name: given[name] for name in PLACE}
    project, tags = fields["project_id"], given.getlist("tag_id")
    with transaction.atomic():
        QuerySet(Highlight).bulk_create(
            [Highlight(pk=id, author=request.user, **fields)]
        )  # no verb of the product follows
        HighlightTag.objects.bulk_create(HighlightTag(project_id=project, highlight_id=id, tag_id=tag) for tag in tags)
        Event.objects.create(
            project_id=project, article_id=fields["article_id"], actor=request.user, verb="highlight made", subject=id
        )
    return HttpResponse("made")
