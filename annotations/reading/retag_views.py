"""A passage is retagged where it stands in the list."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from annotations.errors import StaleError
from annotations.models import Highlight, Project
from annotations.passages.queries import all_passages
from annotations.reading.forms import EditForm
from annotations.reading.highlight_views import form_context, own
from annotations.reading.responses import reason


@require_http_methods(["GET", "HEAD", "POST"])
@own
def retag(request, highlight):
    """The form of tags and note in the place of the passage's own, and the passage as it is after that."""
    if not request.htmx and request.method != "POST":
        return redirect("edit", highlight.pk)
    if request.method != "POST":
        return form_in_place(request, highlight)
    form = EditForm(request.POST, project=highlight.project, kept=[tag.name for tag in highlight.ordered_tags()])
    if not form.is_valid():
        return form_in_place(request, highlight, given=request.POST, error=reason(form))
    fields = {"note": form.cleaned_data["note"], "tags": form.tags_by(request.user)}
    try:
        highlight.edit(form.cleaned_data["version"], by=request.user, **fields)
    except StaleError:
        return form_in_place(request, highlight, given=request.POST, stale=True)
    return drawn(request, highlight)


def form_in_place(request, highlight, **said):
    return render(request, "annotations/reading/_retag.html", form_context(highlight, **said))


@require_safe
def passage(request, pk):
    """One passage as the list shows it."""
    highlight = Highlight.objects.visible_to(request.user).select_related("project").filter(pk=pk).first()
    if not highlight:
        raise Http404
    return drawn(request, highlight)


def drawn(request, highlight):
    project = Project.objects.get(pk=highlight.project_id).with_role_of(request.user)
    passages = all_passages().by_key([highlight.pk])
    context = {"passage": passages[highlight.pk], "project": project, "base": reverse("passages", args=[project.slug])}
    return render(request, "annotations/passages/_passage.html", context | {"may_pin": project.allows("desk")})
