"""Who asks: a user who signed in, or a visitor."""

from django.contrib.auth.models import AnonymousUser, User

AnyUser = User | AnonymousUser
