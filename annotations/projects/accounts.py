"""What signing in means here."""

from annotations.models import Project
from newsreader.views.accounts import AccountAdapter as ReaderAdapter


class AccountAdapter(ReaderAdapter):
    """Gives everyone a project of their own when they first sign in."""

    def post_login(self, request, user, **kwargs):
        Project.objects.personal_project(user)
        return super().post_login(request, user, **kwargs)
