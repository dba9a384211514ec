"""Which layer a member sees first: everybody's highlights, their own, or those of one reader."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from annotations.decorators import MemberRequest, project_required
from annotations.models import Project
from annotations.models.access import CONSENSUS
from newsreader.views.redirects import get_next_url


@require_POST
@project_required("read")
def choose_layer(request: MemberRequest, project: Project) -> HttpResponse:
    """Remember the layer ("all", "mine", CONSENSUS, or "@" and the name of a reader) and lead back to the article with it."""
    layer = request.POST.get("layer", "all")
    if project.membership:
        project.membership.remember_layer(find_stored_layer(project, layer))
    query = urlencode({"project": project.slug, "layer": layer})
    return redirect(f"{get_next_url(request, reverse('library')).partition('?')[0]}?{query}")


def find_stored_layer(project: Project, layer: str) -> str:
    """Return a layer as Membership.layer has it; "" for a reader without highlights in the project."""
    if not layer.startswith("@"):
        return layer if layer in ("mine", CONSENSUS) else ""
    is_author = project.highlights.filter(author__username=layer[1:].replace("\0", "")).exists()
    return layer if is_author else ""
