"""Access to a project's views: pages for those who may see the project, forms for those who may act in it."""

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from annotations.models import Project
from newsreader.http import Request, UserRequest
from newsreader.views.health import ErrorMessage, render_error
from newsreader.views.unsaved import list_sent_texts

View = Callable[..., HttpResponseBase]

# Why somebody may not do an act (a key of membership.PERMISSIONS).
REFUSALS = {
    "highlight": _(
        "Only owners, curators and coders of this project can make, import and restore highlights. "
        "An owner of the project can give you that role."
    ),
    "read": _("Only members can switch to this project. An owner of the project can add you."),
    "reply": _(
        "Only owners, curators and coders of this project can reply. An owner of the project can give you that role."
    ),
    "desk": _(
        "Only owners, curators and coders of this project can save desks. An owner of the project can give you that role."
    ),
    "codebook": _("Only the project’s owners and curators can edit the codebook. Ask one of them to make a change."),
    "articles": _("Only the project’s owners and curators can choose its articles. Ask one of them to make a change."),
    "adjudicate": _("Only the project’s owners and curators can adjudicate. Ask one of them to decide."),
    "assign": _("Only the project’s owners and curators can assign articles. Ask one of them to make a change."),
    "settings": _("Only an owner of the project can change its settings and members."),
    "manage": _("Only an owner of the project can change its settings and members."),
}
ARCHIVED = _("This project is archived: it can be read, and nothing in it changes. An owner can open it again.")
NO_ACCESS = _("You don’t have access to this page")


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
            project = Project.objects.find_visible(request.user, slug)
            if not project:
                raise Http404
            request.project = project
            if request.method not in methods or project.allows(act):
                return view(request, project, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(
                    request.get_full_path() if request.method != "POST" else project.get_absolute_url()
                )
            return refuse_act(request, project, act)

        return run

    return decorate


def refuse_act(request: Request, project: Project, act: str) -> HttpResponse:
    """Return the page that says why somebody may not do an act, and which members can help: owners give roles."""
    if project.archived_at:
        return render_refusal(request, project, ARCHIVED, project.list_members_allowed("manage"))
    helpers = project.list_members_allowed(act if act in ("codebook", "articles", "adjudicate", "assign") else "manage")
    return render_refusal(request, project, REFUSALS[act], helpers)


def render_refusal(
    request: Request, project: Project, reason: str | Promise, helpers: Sequence[str] = ()
) -> HttpResponse:
    """Return the page that says why something was not done, with the names of those who can help; for htmx one line."""
    if request.htmx:
        who = _("Who can help: %(names)s.") % {"names": ", ".join(helpers)} if helpers else ""
        return render_error(request, 403, ErrorMessage(str(NO_ACCESS), f"{reason} {who}".strip()))
    context = {"project": project, "what": reason, "helpers": helpers, "texts": list_sent_texts(request)}
    return render(request, "annotations/projects/no_access.html", context, status=403)
