"""Exports that a worker writes."""

from django.http import QueryDict
from django.utils.translation import gettext as _
from django_tasks import task

from annotations.errors import JobFailedError
from annotations.exchange.formats import FORMATS
from annotations.exports.selection import Selection
from annotations.exports.views import build_details
from annotations.models import ExportJob, Project


@task()
def write_export(key: str) -> None:
    """Write the file of the export with this key."""
    ExportJob.objects.perform_job(key, run_export)


def run_export(export: ExportJob) -> None:
    """Write the passages that the export's query selects, as who asked for them may see them."""
    project = Project.objects.visible_to(export.made_by).filter(pk=export.project_id).first()
    if not project:
        raise JobFailedError(_("You no longer have access to this project."))
    selection = Selection(export.made_by, project.with_role_of(export.made_by), QueryDict(export.query))
    export_format, details = FORMATS[export.format], build_details(selection, export.site)
    sections = export.track_sections(selection.build_sections(export_format, details))
    export.write(export_format.write(sections, details))
