"""Who may see, edit and review which highlights."""

from typing import Any, Self

from django.contrib.auth.models import User
from django.db import models

from annotations.models.blindness import seen_by
from annotations.models.project import Project
from newsreader.models.scopes import get_fixed_scopes, is_readable_by, make_reader
from newsreader.search.indexes import IndexedQuerySet
from newsreader.users import AnyUser

# The layers that lists and figures are made of: the passages of people, or the consensus that an adjudication makes of them.
PEOPLE, CONSENSUS = "", "consensus"


def make_kind_of_reader(project: Project, user: AnyUser) -> AnyUser:
    """Return an unsaved user who may read as much of a project as the user, and no less than all others of that kind.

    The project knows the user's role. What is kept for a kind of reader is read as this user, and kept under `name_kind`.
    """
    if get_fixed_scopes(user) is not None:
        return user
    return make_reader(
        is_staff=user.is_staff, scopes=[project.pk] if project.role else [], key=user.pk if project.hides else None
    )


def name_kind(reader: AnyUser) -> str:
    """Return a name for the kind of reader that `make_kind_of_reader` returned."""
    return f"{'staff' if reader.is_staff else 'readers'}{'-members' if get_fixed_scopes(reader) else ''}"


class HighlightAccess(IndexedQuerySet[Any]):
    """Which highlights somebody may see, edit and decide about."""

    def standing(self) -> Self:
        """Return those that are not deleted."""
        return self.filter(deleted_at=None)

    def in_layer(self, layer: str) -> Self:
        """Return those of people, or of the consensus: none counts twice."""
        return self.filter(adjudication__isnull=layer != CONSENSUS)

    def deleted(self) -> Self:
        """Return those that were deleted; what an import has not finished was not."""
        return self.filter(deleted_at__isnull=False, pending_import=None)

    def on_articles_visible_to(self, user: AnyUser) -> Self:
        """Return those on articles that the user may read, deleted ones too."""
        return self.filter(is_readable_by(user, "article__"))

    def not_hidden_from(self, user: AnyUser, project: Project | None = None) -> Self:
        """Return those that blind reading does not hide from the user, deleted ones too; all where a project hides none."""
        if project and not project.hides:
            return self
        if project is None or project.reader_id != user.pk:
            return self.filter(seen_by(user))
        return self.filter(project.sight.shows()) if project.sight else self

    def standing_in(self, project: Project, layer: str = PEOPLE) -> Self:
        """Return those of a project's layer that are not deleted and that blind reading does not hide from its reader."""
        standing = self.standing().in_layer(layer).filter(project=project)
        return standing.not_hidden_from(User(pk=project.reader_id), project)

    def readable_in_any_layer(self, user: AnyUser, project: Project | None = None) -> Self:
        """Return those that are not deleted, on articles that the user may read and not hidden: in one project, or in any."""
        readable = self.standing().on_articles_visible_to(user).not_hidden_from(user, project)
        return readable.filter(project=project) if project else readable

    def readable_by(self, user: AnyUser, project: Project | None = None, layer: str = PEOPLE) -> Self:
        """Return those of one layer that are not deleted, on articles that the user may read and not hidden."""
        return self.readable_in_any_layer(user, project).in_layer(layer)

    def visible_to(self, user: AnyUser) -> Self:
        """Return those that the user may read, in whatever layer, in projects that the user may see."""
        return self.readable_in_any_layer(user).filter(project__in=Project.objects.visible_to(user))

    def editable_by(self, user: AnyUser) -> Self:
        """Return the user's own, deleted ones too (they can be restored), where the user may still read and highlight.

        The consensus changes by decisions alone.
        """
        if not user.is_authenticated:
            return self.none()
        own = self.in_layer(PEOPLE).filter(author=user, project__in=Project.objects.allowing(user, "highlight"))
        return own.filter(pending_import=None).on_articles_visible_to(user)

    def restorable_by(self, user: AnyUser) -> Self:
        """Return those that the user may restore if they are deleted: own ones, for a curator all."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(author=user, project__in=Project.objects.allowing(user, "highlight"))
        allowed = own | models.Q(project__in=Project.objects.allowing(user, "restore"))
        allowed_here = self.in_layer(PEOPLE).filter(allowed, pending_import=None)
        return allowed_here.on_articles_visible_to(user).not_hidden_from(user)

    def reviewable_by(self, user: AnyUser) -> Self:
        """Return those that stand and that the user may review on an edited text: own ones, for a curator all."""
        if not user.is_authenticated:
            return self.none()
        own = models.Q(author=user, project__in=Project.objects.allowing(user, "highlight"))
        allowed = own | models.Q(project__in=Project.objects.allowing(user, "review"))
        return self.readable_in_any_layer(user).filter(allowed)
