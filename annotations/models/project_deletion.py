"""How a project is deleted: nobody finds it from then on, and a worker removes its rows, which may be very many."""

from functools import partial
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.models.agreement_job import AgreementJob
from annotations.models.erasing import erase_highlights
from annotations.models.event import Event
from annotations.models.export_job import ExportJob
from annotations.models.highlight import Highlight
from annotations.models.import_job import ImportJob
from annotations.models.project import Project
from annotations.models.tag import Tag
from newsreader.locks import retry_while_busy
from newsreader.models import Article, Source

BATCH_SIZE = 250  # highlights removed in one transaction, so that others can write in between


def mark_deleted(project: Project, *, by: User) -> None:
    """Hide a project from everybody, and free its address for another."""
    with transaction.atomic():
        project.lock()
        project.memberships.all().delete()
        project.invitations.all().delete()
        project.deleted_at, project.public, project.slug = timezone.now(), False, f"deleted-{project.pk.hex}"
        project.save(update_fields=["deleted_at", "public", "slug"])
        project.record(gettext_noop("project deleted"), by)


def remove_deleted_projects() -> None:
    """Remove every project that was deleted; where this is interrupted, the next run goes on."""
    for project in Project.objects.exclude(deleted_at=None):
        remove_rows(project)


def remove_rows(project: Project) -> None:
    """Remove a project with everything in it."""
    for kind in (AgreementJob, ExportJob, ImportJob):
        for job in kind.objects.filter(project=project):
            job.remove_files()
    highlights = Highlight.objects.order_by().filter(project=project).values_list("pk", flat=True)
    retry_while_busy(lambda: project.desks.all().delete())
    while keys := list(highlights[:BATCH_SIZE]):
        retry_while_busy(partial(erase_highlights, project.pk, keys))
    retry_while_busy(partial(remove_project, project))


def remove_project(project: Project) -> None:
    """Remove a project without highlights, and what was private to it."""
    scope = project.pk  # which the row no longer knows once it is deleted
    with transaction.atomic():
        Event.objects.filter(project=project)._raw_delete(Event.objects.db)
        Tag.objects.erase(Tag.objects.without_tree_fields().filter(project=project).values_list("pk", flat=True))
        project.delete()
        remove_private_articles(scope)


def remove_private_articles(scope: UUID) -> None:
    """Remove the articles of a scope, with the sources that only these had."""
    Article.objects.filter(scope=scope).delete()
    Source.objects.filter(scope=scope).delete()
