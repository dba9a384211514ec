"""Private articles: each is in a scope, an opaque key, and only those who may read that scope find it.

Whose scopes are readable is answered by what the settings name (ARTICLE_SCOPES), since the reader knows no projects.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.module_loading import import_string

from newsreader.users import AnyUser

PRIVATE, PUBLISHED = "private", "published"  # statuses of articles
FIXED_SCOPES = "fixed_article_scopes"


def is_readable_by(user: AnyUser, path: str = "") -> Q:
    """Return the condition that the user may read an article, to which `path` leads from the rows.

    What is published is for everyone, what is private for those who may read its scope, and all else for the staff.
    """
    in_scope = Q(**{f"{path}status": PRIVATE, f"{path}scope__in": select_scopes(user)})
    others = ~Q(**{f"{path}status": PRIVATE}) if user.is_staff else Q(**{f"{path}status": PUBLISHED})
    return others | in_scope


def is_usable_in(scope: UUID | None, path: str = "") -> Q:
    """Return the condition that a row is in no scope, or in this one."""
    anywhere = Q(**{f"{path}scope": None})
    return anywhere | Q(**{f"{path}scope": scope}) if scope else anywhere


def select_scopes(user: AnyUser) -> Any:
    """Return the keys of the scopes that the user may read, or a query for them."""
    if (fixed := get_fixed_scopes(user)) is not None:
        return fixed
    return import_string(settings.ARTICLE_SCOPES)(user) if user.is_authenticated else []


def get_fixed_scopes(user: AnyUser) -> list[UUID] | None:
    """Return the scopes of a user whom `make_reader` returned; None for another."""
    return getattr(user, FIXED_SCOPES, None)


def make_reader(*, is_staff: bool, scopes: Collection[UUID], key: int | None = None) -> User:
    """Return an unsaved user who may read these scopes, and all else as everyone or as the staff; `key` is whose own they see."""
    reader = User(pk=key, is_staff=is_staff)
    setattr(reader, FIXED_SCOPES, list(scopes))
    return reader
