"""Finds a row by its key if the reader may see it, by a query that is compiled once for each kind of reader."""

from collections.abc import Callable
from typing import Any, Generic
from uuid import UUID

from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import EmptyResultSet
from django.db import models
from django.http import Http404

from newsreader.prepared import PreparedQuery, Row
from newsreader.users import AnyUser


class ReaderQuery(Generic[Row]):
    """A query of the row of a key among those that `select` returns for a reader.

    There is one query for visitors, one for users and one for staff, with the user as a parameter: building it takes far
    longer than running it. So `select` may depend on nothing else of the user.
    """

    def __init__(self, select: Callable[[AnyUser], models.QuerySet[Row, Any]]) -> None:
        self.select = select
        self.prepared: dict[tuple[bool, bool], PreparedQuery[Row] | None] = {}

    def find(self, reader: AnyUser, key: UUID) -> Row | None:
        """Return the row of a key, if the reader may see it."""
        kind = reader.is_authenticated, reader.is_staff
        if kind not in self.prepared:
            self.prepared[kind] = self.prepare(*kind)
        query, user = self.prepared[kind], {"user": reader.pk} if reader.is_authenticated else {}
        return query.first(key=key, **user) if query else None

    def get_or_404(self, reader: AnyUser, key: UUID) -> Row:
        """Return the row of a key, or raise Http404 where the reader may not see it."""
        if (row := self.find(reader, key)) is None:
            raise Http404
        return row

    def prepare(self, is_user: bool, is_staff: bool) -> PreparedQuery[Row] | None:
        """Return the query for one kind of reader; None where such a reader may see nothing."""
        try:
            if not is_user:
                return PreparedQuery(lambda key: self.narrow(AnonymousUser(), key), key=UUID)
            return PreparedQuery(
                lambda key, user: self.narrow(User(pk=user, is_staff=is_staff), key), key=UUID, user=int
            )
        except EmptyResultSet:
            return None

    def narrow(self, reader: AnyUser, key: UUID) -> models.QuerySet[Row, Any]:
        """Return the query for the row of a key."""
        return self.select(reader).filter(pk=key).order_by()
