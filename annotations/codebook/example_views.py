"""Passages as examples of tags: curators pin them and take them off again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from annotations.codebook.gone_tags import answer_for_gone_tag
from annotations.codebook.views import get_tag
from annotations.decorators import MemberRequest, project_required, refuse_act
from annotations.errors import TooManyExamplesError
from annotations.models import Highlight, Project, Tag, TagExample
from annotations.models.tag_example import MAX_EXAMPLES, pin_example, unpin_example
from annotations.passages.filters import parse_uuid
from annotations.passages.queries import all_passages
from annotations.reading.decorators import visible_highlight
from newsreader.http import Request
from newsreader.views.redirects import get_next_url


@require_POST
@project_required("codebook")
@answer_for_gone_tag
def change_examples(request: MemberRequest, project: Project, pk: UUID) -> HttpResponse:
    """Pin a passage that has the tag as an example of it, or unpin it (`act`)."""
    tag = get_tag(project, pk)
    readable = Highlight.objects.readable_by(request.user, project)
    highlight = get_object_or_404(readable, pk=parse_uuid(request.POST.get("highlight", "")))
    if request.POST.get("act") == "unpin":
        unpin_example(tag, highlight, by=request.user)
        messages.success(request, _("The passage is no longer an example of “%(tag)s”.") % {"tag": tag})
    elif not highlight.tags.filter(pk=pk).exists():
        messages.error(request, _("The passage does not have the tag “%(tag)s” any more.") % {"tag": tag})
    else:
        pin_or_say_why_not(request, tag, highlight)
    return redirect(get_next_url(request, tag.get_absolute_url()))


def pin_or_say_why_not(request: MemberRequest, tag: Tag, highlight: Highlight) -> None:
    """Pin the example, and say so; or that there are enough."""
    try:
        pin_example(tag, highlight, by=request.user)
    except TooManyExamplesError:
        text = _("“%(tag)s” has %(number)s examples already. Unpin one of them first.")
        messages.error(request, text % {"tag": tag, "number": MAX_EXAMPLES})
    else:
        messages.success(request, _("The passage is now an example of “%(tag)s”.") % {"tag": tag})


@require_safe
def choose_examples(request: Request, pk: UUID) -> HttpResponseBase:
    """Show of which of its tags a passage is an example, with a button for each."""
    highlight = visible_highlight.get_or_404(request.user, pk)
    project = highlight.project.with_role_of(request.user)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not project.allows("codebook"):
        return refuse_act(request, project, "codebook")
    pinned = set(TagExample.objects.filter(project=project, highlight=highlight).values_list("tag", flat=True))
    context = {
        "section": "passages",
        "project": project,
        "passage": all_passages().load_by_key([highlight.pk])[highlight.pk],
        "tags": [(tag, tag.pk in pinned) for tag in highlight.ordered_tags()],
        "back": get_next_url(request, highlight.get_absolute_url()),
    }
    return render(request, "annotations/codebook/examples.html", context)
