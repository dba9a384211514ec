"""How acts on a project, its members and its articles are undone."""

from django.contrib.auth.models import User

from annotations.errors import NotUndoableError
from annotations.models.event import Event
from annotations.models.membership import Membership
from annotations.models.project_article import ArticleRule, ProjectArticle


def change_role_back(event: Event, user: User) -> None:
    """Give the member the role that they had."""
    find_membership(event).change_role(event.data["before"], by=user)


def remove_added_member(event: Event, user: User) -> None:
    """Remove the member who was added."""
    find_membership(event).remove(by=user)


def restore_removed_member(event: Event, user: User) -> None:
    """Give the member who was removed their role again."""
    person = User.objects.filter(pk=event.data["user"], is_active=True).first()
    if not person:
        raise NotUndoableError
    event.project.restore_member(person, by=user)


def find_membership(event: Event) -> Membership:
    """Return the membership that an event is about; NotUndoableError where it ended."""
    membership = event.project.memberships.select_related("project", "user").filter(user=event.data["user"]).first()
    if not membership:
        raise NotUndoableError
    return membership


def edit_project_back(event: Event, user: User) -> None:
    """Give the project the words that it had."""
    event.project.edit(event.project.fingerprint, by=user, **event.data["before"])


def unarchive_project(event: Event, user: User) -> None:
    """Open the project that was archived."""
    event.project.unarchive(by=user)


def archive_project(event: Event, user: User) -> None:
    """Archive the project that was opened."""
    event.project.archive(by=user)


def set_article_state_back(event: Event, user: User) -> None:
    """Decide about the article as was decided before."""
    if event.article_id is None:
        raise NotUndoableError
    ProjectArticle.objects.set_state(event.project, event.article_id, event.data["before"], by=user)


def take_articles_back(event: Event, user: User) -> int:
    """Leave the articles that were added at once to the rules; return how many were decided about since, and stay."""
    return ProjectArticle.objects.take_back(event.project, (event.undo_data or {})["articles"], by=user)


def remove_rule(event: Event, user: User) -> None:
    """Remove the rule that was added."""
    rule = ArticleRule.objects.filter(project=event.project, pk=event.subject).first()
    if not rule:
        raise NotUndoableError
    rule.remove(by=user)


def restore_rule(event: Event, user: User) -> None:
    """Add the rule that was removed."""
    ArticleRule.objects.add_rule(event.project, event.data["filters"], by=user, key=event.subject)
