"""How accounts behave here: who may sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless a setting opens it."""

    def is_open_for_signup(self, request):
        return settings.NEWSREADER_SIGNUP
