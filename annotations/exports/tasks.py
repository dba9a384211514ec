"""Exports that a worker writes."""

from django.http import QueryDict
from django_tasks import task

from annotations.errors import JobFailedError
from annotations.exchange.formats import FORMATS
from annotations.exports.selection import Selection
from annotations.exports.views import about
from annotations.models import ExportJob, Project

NOT_ALLOWED = "You don’t have access to this project any more."


@task()
def write_export(key: str) -> None:
    """Write the file of the export with this key."""
    ExportJob.objects.perform(key, write)


def write(export: ExportJob) -> None:
    """Write the passages that its query means to who asked for them."""
    project = Project.objects.visible_to(export.made_by).filter(pk=export.project_id).first()
    if not project:
        raise JobFailedError(NOT_ALLOWED)
    selection = Selection(export.made_by, project.with_role_of(export.made_by), QueryDict(export.query))
    kind, told = FORMATS[export.format], about(selection, export.site)
    export.write(kind.write(export.counted(selection.sections(kind, told)), told))
