"""The way into a project: its page for those who may see it, its forms for those who may act."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, render

from annotations.models import Project

MAY_NOT = {
    "highlight": "Only those who highlight in this project may bring highlights in. An owner of the project can give you that role.",
    "read": "Only members of this project can work in it. An owner of the project can add you.",
    "desk": "Only those who highlight in this project may keep desks in it. An owner of the project can give you that role.",
    "codebook": "The codebook is kept by the project’s owners and curators. You may read it; ask one of them for a change.",
    "manage": "Only an owner of the project may change it or choose who belongs to it.",
}


def in_project(act: str = "read", methods: tuple = ("POST",)):
    """Gives the view the project of that slug, as the request's project; by these methods only who may do the act gets in.

    Who cannot see the project meets a 404, a visitor is led to sign in, and anyone else is told why not.
    """

    def door(view):
        @wraps(view)
        def enter(request, slug, **which):
            project = get_object_or_404(Project.objects.visible_to(request.user), slug=slug).with_role_of(request.user)
            request.project = project
            if request.method not in methods or project.allows(act):
                return view(request, project, **which)
            if not request.user.is_authenticated:
                return redirect_to_login(
                    request.get_full_path() if request.method != "POST" else project.get_absolute_url()
                )
            return refused(request, project, MAY_NOT[act])

        return enter

    return door


def refused(request, project, what: str):
    """A page that says why not."""
    return render(request, "annotations/projects/no_access.html", {"project": project, "what": what}, status=403)
