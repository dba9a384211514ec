"""What signing in does to projects."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse

from annotations.models import Project
from newsreader.views.accounts import AccountAdapter as ReaderAccountAdapter


class AccountAdapter(ReaderAccountAdapter):
    """Gives everyone a project of their own when they first sign in."""

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Make the user's project where there is none."""
        Project.objects.personal_project(user)
        return super().post_login(request, user, **kwargs)
