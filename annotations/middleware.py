"""Which project a request is about."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from annotations.models import Project
from newsreader.middleware import PreferencesRequest


class LayerRequest(PreferencesRequest):
    """A request with the project whose layer is shown."""

    project: Project | None  # in fact an object that is fetched on first use: ask for its truth, not whether it is None


def attach_current_project(get_response: Callable[[Any], HttpResponseBase]) -> Callable[[Any], HttpResponseBase]:
    """Give the request `project`, the one whose layer is shown (None where there is none); fetched on first use."""

    def middleware(request: Any) -> HttpResponseBase:
        request.project = SimpleLazyObject(
            lambda: Project.objects.current_for(request.user, request.GET.get("project", "").replace("\0", ""))
        )
        return get_response(request)

    return middleware
