"""The files of imports, which wait in the data folder under their SHA-256 until they are read."""

import os
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from newsreader.importing.errors import ArticleImportError
from newsreader.models import ArticleImport, ImportItem
from newsreader.private_files import FOLDER_MODE, open_private
from newsreader.text.translation import gettext as _
from newsreader.text.translation import gettext_noop

FILE_GONE = gettext_noop("The file is no longer kept. Add it again.")


def store_file(job: ArticleImport, pieces: Iterable[bytes]) -> str:
    """Keep a file, which is in its place only once it is whole, and return its SHA-256."""
    job.folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    digest, partial = sha256(), job.folder / f"{os.getpid()}.part"
    try:
        with open_private(partial) as file:
            for piece in pieces:
                digest.update(piece)
                file.write(piece)
        partial.replace(job.folder / digest.hexdigest())
    finally:
        partial.unlink(missing_ok=True)
    return digest.hexdigest()


def find_file(item: ImportItem) -> Path:
    """Return where the file of an item is; raise ArticleImportError if it is gone."""
    if not item.path.is_file():
        raise ArticleImportError(_(FILE_GONE))
    return item.path


def remove_files(job: ArticleImport) -> None:
    """Remove the files of an import but those of items that can be tried again."""
    retried = job.items.filter(state__in=ImportItem.RETRIED_STATES).exclude(digest="")
    kept = set(retried.values_list("digest", flat=True))
    for path in list_files(job.folder):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def remove_expired_imports() -> None:
    """Remove imports that are kept no longer, and folders of imports that were removed with their owners."""
    ArticleImport.objects.expired().delete()
    folders = list_files(ArticleImport().folder.parent)
    known = set(map(str, ArticleImport.objects.values_list("pk", flat=True)))
    for folder in folders:
        if folder.name not in known:
            shutil.rmtree(folder, ignore_errors=True)


def list_files(folder: Path) -> list[Path]:
    """Return what is in a folder; nothing where there is none."""
    return list(folder.iterdir()) if folder.is_dir() else []
