"""Who may see the pages for the staff."""

from django.core.exceptions import PermissionDenied

from newsreader.http import UserRequest


def require_staff(request: UserRequest) -> None:
    """Raise PermissionDenied for those who are not of the staff."""
    if not request.user.is_staff:
        raise PermissionDenied
