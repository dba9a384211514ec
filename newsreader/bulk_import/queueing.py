"""New imports: keeps the files that were given, notes an item for each, and queues the import."""

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction

from newsreader.bulk_import.items import MAX_NAME_LENGTH, save_items, shorten_name
from newsreader.bulk_import.spool import remove_expired_imports, remove_files, store_file
from newsreader.bulk_import.tasks import queue_import
from newsreader.models import Article, ArticleImport, ImportItem

CHUNK_BYTES = 1_000_000


class GivenFile(NamedTuple):
    """A file to import: its name as it is shown, and what opens it."""

    name: str
    open: Callable[[], BinaryIO]


def create_import(
    files: Iterable[GivenFile], addresses: Iterable[str] = (), *, by: User | None, source: str, draft: bool
) -> ArticleImport:
    """Return a new import of these files and addresses, queued for a worker."""
    remove_expired_imports()
    status = Article.Status.DRAFT if draft else Article.Status.PUBLISHED
    job = ArticleImport(made_by=by, source=source, article_status=status)
    try:
        items = [build_file_item(job, file) for file in files]
        items += [ImportItem(job=job, name=url[:MAX_NAME_LENGTH], url=url) for url in addresses]
        with transaction.atomic():
            job.save()
            save_items(job, items)
            queue_import(job)
    except BaseException:
        remove_files(job)
        raise
    return job


def build_file_item(job: ArticleImport, given: GivenFile) -> ImportItem:
    """Return an unsaved item for a file, which is kept from now on."""
    with given.open() as file:
        digest = store_file(job, iter(lambda: file.read(CHUNK_BYTES), b""))
    is_archive = PurePosixPath(given.name).suffix.lower() == ".zip"
    return ImportItem(job=job, name=shorten_name(given.name), digest=digest, is_archive=is_archive)


def list_given_files(paths: Iterable[Path]) -> list[GivenFile]:
    """Return files of this machine as they are given to an import."""
    return [GivenFile(path.name, lambda path=path: path.open("rb")) for path in paths]  # type: ignore[misc]
