"""Access to a project's views: pages for those who may see the project, forms for those who may act in it."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render

from annotations.models import Project
from newsreader.http import Request, UserRequest

View = Callable[..., HttpResponseBase]

# Why somebody may not do an act (a key of membership.PERMISSIONS).
REFUSALS = {
    "highlight": "Only those who highlight in this project may bring highlights in. An owner of the project can give you that role.",
    "read": "Only members of this project can work in it. An owner of the project can add you.",
    "desk": "Only those who highlight in this project may keep desks in it. An owner of the project can give you that role.",
    "codebook": "The codebook is kept by the project’s owners and curators. You may read it; ask one of them for a change.",
    "manage": "Only an owner of the project may change it or choose who belongs to it.",
}


class ProjectRequest(Request):
    """A request for a page of a project that its reader may see; the project knows the reader's role."""

    project: Project


class MemberRequest(UserRequest):
    """A request to a view that only members of the project reach."""

    project: Project


def project_required(act: str = "read", methods: Collection[str] = ("POST",)) -> Callable[[View], View]:
    """Pass the project of the slug to the view, also as `request.project`; by `methods` only for those who may do the act.

    Others get a 404 where they cannot see the project, the sign-in page as visitors, else a page that says why not.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def run(request: ProjectRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
            project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug).with_role_of(request.user)
            request.project = project
            if request.method not in methods or project.allows(act):
                return view(request, project, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(
                    request.get_full_path() if request.method != "POST" else project.get_absolute_url()
                )
            return render_refusal(request, project, REFUSALS[act])

        return run

    return decorate


def render_refusal(request: Request, project: Project, reason: str) -> HttpResponse:
    """Return the page that says why something was not done."""
    return render(request, "annotations/projects/no_access.html", {"project": project, "what": reason}, status=403)
