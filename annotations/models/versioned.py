"""Rows that several people edit: locked while they change, with a version that every change raises."""

from typing import Any, Self
from uuid import UUID

from django.contrib.auth.models import User
from django.db import models

from annotations.errors import StaleError
from annotations.models import history


class Versioned(models.Model):
    """A row of a project with a `version`; the verbs of its model run `lock`, change fields, and `bump`."""

    project_id: UUID
    article_id: int | None = None  # of a row that is about one article
    version: int

    class Meta:
        abstract = True

    def lock(self, version: int | None = None) -> None:
        """Read the row again for writing; raise StaleError where it is not at this version any more (None: any will do)."""
        self.reload(type(self)._base_manager.select_for_update())
        if version is not None and version != self.version:
            raise StaleError

    def reload(self, rows: models.QuerySet[Self] | None = None) -> None:
        """Take over what the row says now; related objects that are known stay, such as the project with a reader's role."""
        reload_row(self, type(self)._base_manager.all() if rows is None else rows)

    def bump(self, verb: str, actor: User | None, **data: Any) -> None:
        """Save the row under its next version, and record what was done."""
        self.version += 1
        self.save()
        self.record(verb, actor, **data)

    def record(self, verb: str, actor: User | None, **data: Any) -> None:
        """Append an event about this row to its project's history."""
        history.record(self.project_id, verb, actor, self.pk, self.article_id, **data)


def reload_row(row: models.Model, rows: models.QuerySet[Any]) -> None:
    """Let a row take over what it says now among these; related objects that are known stay, unlike with `refresh_from_db`."""
    found = rows.get(pk=row.pk)
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(found, field.attname))
