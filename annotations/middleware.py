"""Which project a request is about."""

from django.utils.functional import SimpleLazyObject

from annotations.models import Project


def current_project(get_response):
    """Gives the request `project`, the one whose layer is shown (None where there is none); fetched when first asked for."""

    def middleware(request):
        request.project = SimpleLazyObject(
            lambda: Project.objects.current_for(request.user, request.GET.get("project", "").replace("\0", ""))
        )
        return get_response(request)

    return middleware
