"""Which project a request is about."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from annotations.models import Project
from newsreader.middleware import PreferencesRequest


class LayerRequest(PreferencesRequest):
    """A request with the project whose layer is shown."""

    project: Project | None  # until its first use an object that fetches it: ask for its truth, not whether it is None


def attach_current_project(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Give the request `project`, the one whose layer is shown (None where there is none); fetched on first use."""

    def middleware(request: Any) -> HttpResponseBase:
        request.project = SimpleLazyObject(lambda: load_project(request))
        return get_response(request)

    return middleware


def load_project(request: Any) -> Project | None:
    """Return the project whose layer is shown, which from then on is that of the request."""
    request.project = Project.objects.current_for(request.user, request.GET.get("project", "").replace("\0", ""))
    return request.project
