"""What a worker does for projects."""

from django_tasks import task

from annotations.models.project_deletion import remove_deleted_projects


@task()
def remove_projects() -> None:
    """Remove the rows of projects that were deleted."""
    remove_deleted_projects()
