"""What a worker does for an import: item after item, each of which is one transaction, so that it can be killed at any moment."""

import logging
import time
from functools import partial
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from newsreader.bulk_import.items import save_items, shorten_name
from newsreader.bulk_import.spool import find_file, remove_files, store_file
from newsreader.importing.archives import ArchivedFile, LeftOut
from newsreader.importing.errors import ArticleImportError, PassingError
from newsreader.importing.extracted import Extracted
from newsreader.importing.importer import extract_all_from_file, extract_from_web
from newsreader.importing.sandbox.archive_runner import unpack_safely
from newsreader.importing.sandbox.reader import PageReader
from newsreader.locks import retry_while_busy
from newsreader.models import Article, ArticleImport, ImportItem

SLICE_SECONDS = 45  # so long others wait for the worker at most, besides the last item
MAX_TRIES = 10  # an item with which so many workers began and got no further stops them
States = ImportItem.State
INTERRUPTED = gettext_noop("The import was interrupted here several times.")
BROKEN = gettext_noop("Something went wrong on this site. Try again later.")


def run_slice(job: ArticleImport) -> bool:
    """Import items for a while, and return whether more are waiting."""
    end = time.monotonic() + SLICE_SECONDS
    if job.made_by and not (job.made_by.is_staff and job.made_by.is_active):
        job.end(ArticleImport.State.CANCELLED)
    begin_slice(job)
    with PageReader() as reader:
        while item := job.next_item():
            if time.monotonic() >= end:
                return True
            run_item(job, item, reader)
    job.end(ArticleImport.State.DONE)
    remove_files(job)
    return False


def begin_slice(job: ArticleImport) -> None:
    """Note with which item a worker begins, and refuse one with which many did."""
    item = job.next_item()
    if not item:
        return
    job.tries = job.tries + 1 if item.number == job.first_item else 1
    job.first_item, job.state = item.number, ArticleImport.State.RUNNING
    values = {"tries": job.tries, "first_item": job.first_item, "state": job.state}
    ArticleImport.objects.unfinished().filter(pk=job.pk).update(**values)
    if job.tries > MAX_TRIES:
        item.finish(States.FAILED, why=_(INTERRUPTED))


def run_item(job: ArticleImport, item: ImportItem, reader: PageReader) -> None:
    """Import one item, or note why it is refused."""
    try:
        if item.is_archive:
            unpack_archive(job, item)
        else:
            found = extract_item(item, reader)
            retry_while_busy(partial(store_articles, job, item, found))
    except PassingError as error:
        note_reason(item, States.FAILED, str(error))
    except ArticleImportError as error:
        note_reason(item, States.REFUSED, str(error))
    except (InterfaceError, OperationalError, OSError):  # the next item would fare no better
        raise
    except Exception:
        logging.getLogger(__name__).exception("An item of an import failed: %s", item)
        note_reason(item, States.FAILED, _(BROKEN))


def note_reason(item: ImportItem, state: str, why: str) -> None:
    """Keep why an item was not added."""
    retry_while_busy(partial(item.finish, state, why=why))


def extract_item(item: ImportItem, reader: PageReader) -> list[Extracted]:
    """Return the articles of an item; raise ArticleImportError if there are none."""
    if item.url:
        return [extract_from_web(item.url, ask=reader.ask)]
    return extract_all_from_file(item.name, find_file(item).read_bytes(), reader.ask)


def store_articles(job: ArticleImport, item: ImportItem, found: list[Extracted]) -> None:
    """Store the articles of an item, and what became of it, in one transaction."""
    details: dict[str, Any] = {"source": job.source, "status": job.article_status, "created_by": job.made_by}
    with transaction.atomic():
        ImportItem.objects.select_for_update().get(pk=item.pk)
        stored = [Article.objects.store(content, **details) for content in found]
        added = sum(one.created for one in stored)
        state = States.ADDED if added else States.PRESENT
        why = " ".join(content.problem for content, one in zip(found, stored, strict=True) if one.created).strip()
        if not item.finish(state, article=stored[0].article, articles=added, why=why):
            transaction.set_rollback(True)


def unpack_archive(job: ArticleImport, item: ImportItem) -> None:
    """Keep each file of an archive as an item of its own, all of them in one transaction."""
    items, left_out = [], LeftOut(0, [])
    for found in unpack_safely(find_file(item)):
        if isinstance(found, LeftOut):
            left_out = found
        else:
            items.append(build_archived_item(job, found))
    retry_while_busy(partial(add_items, job, item, items, left_out))


def build_archived_item(job: ArticleImport, found: ArchivedFile) -> ImportItem:
    """Return an unsaved item for a file of an archive, which is kept from now on, or refused."""
    name = shorten_name(found.name)
    if found.error:
        return ImportItem(job=job, name=name, state=States.REFUSED, why=_(found.error))
    return ImportItem(job=job, name=name, digest=store_file(job, [found.data]))


def add_items(job: ArticleImport, item: ImportItem, items: list[ImportItem], left_out: LeftOut) -> None:
    """Add items to an import in place of an archive."""
    with transaction.atomic():
        if item.finish(States.UNPACKED, why="\n".join(map(shorten_name, left_out.names))):
            save_items(job, items)
            ArticleImport.objects.filter(pk=job.pk).update(left_out=F("left_out") + left_out.number)
