"""Exports that a worker writes."""

from django.http import QueryDict
from django_tasks import task

from annotations.exchange.formats import FORMATS
from annotations.models import Export, Project
from annotations.models.job import JobFailed
from annotations.views.export import about
from annotations.views.selections import Selection

NOT_ALLOWED = "You don’t have access to this project any more."


@task()
def write_export(key: str) -> None:
    """Write the file of the export with this key."""
    Export.objects.perform(key, write)


def write(export: Export) -> None:
    """Write the passages that its query means to who asked for them."""
    project = Project.objects.visible_to(export.made_by).filter(pk=export.project_id).first()
    if not project:
        raise JobFailed(NOT_ALLOWED)
    selection = Selection(export.made_by, project.seen_by(export.made_by), QueryDict(export.query))
    kind, told = FORMATS[export.format], about(selection, export.site)
    export.write(kind.write(export.counted(selection.sections(kind, told)), told))
