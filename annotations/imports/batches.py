"""Make planned highlights a batch at a time. All that takes long is computed before others have to wait."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from annotations.anchoring.quotes import describe
from annotations.identifiers import uuid7
from annotations.imports.plan import PlannedHighlight
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.import_job import ImportJob
from annotations.models.placement import Placement
from annotations.models.project import Project
from annotations.models.reanchoring import build_placements
from annotations.models.reply import Reply
from annotations.models.tag import Tag
from annotations.models.thread import Thread
from annotations.notes import render_note
from newsreader.collection import paused_collection
from newsreader.inserts import insert_rows
from newsreader.models import Article
from newsreader.search.documents import IndexEntry
from newsreader.search.indexes import INDEXES, build_entry, reindex_rows, write_entries
from newsreader.text.language.names import fold_name

TICK = timedelta(microseconds=1)  # between replies of which the file says no order
BATCH_SIZE = 250  # highlights
MAX_RECORDED_NAME = 200  # characters of a file's or a creator's name in an event
VERB = gettext_noop("highlight imported")


class Import(NamedTuple):
    """Into which project, by whom and from which file; with a job, whose highlights nobody sees until it is done."""

    project: Project
    importer: User
    file_name: str
    job: ImportJob | None = None


class Batch(NamedTuple):
    """Unsaved highlights with what follows from them; `revisions` are the current ones of their articles, as far as is known."""

    planned: list[PlannedHighlight]
    highlights: list[Highlight]
    entries: list[IndexEntry]
    placements: list[Placement]
    revisions: dict[int, int]


def prepare_batches(importing: Import, planned: list[PlannedHighlight]) -> Iterator[Batch]:
    """Yield planned highlights in batches."""
    for start in range(0, len(planned), BATCH_SIZE):
        yield prepare_batch(importing, planned[start : start + BATCH_SIZE])


@paused_collection()
def prepare_batch(importing: Import, planned: list[PlannedHighlight]) -> Batch:
    """Return these highlights with their search entries, and their places on later texts."""
    highlights = [build_highlight(importing, one) for one in planned]
    revisions = Article.objects.load_revision_numbers({one.article.pk for one in planned})
    placements = place_outdated(planned, highlights, revisions)
    return Batch(planned, highlights, [build_entry(highlight) for highlight in highlights], placements, revisions)


def build_highlight(importing: Import, planned: PlannedHighlight) -> Highlight:
    """Return the planned highlight as an unsaved row."""
    (revision, start, end), record, now = planned.place, planned.record, timezone.now()
    fields: dict[str, Any] = describe(revision.text, start, end)._asdict()
    fields |= {"note": record.note, "note_html": render_note(record.note), "author": planned.author}
    fields |= {"project": importing.project, "article": planned.article, "revision": revision}
    fields |= {
        "created_at": min(record.created or now, now),
        "updated_at": min(record.modified or record.created or now, now),
    }
    if importing.job:
        fields |= {"pending_import": importing.job, "deleted_at": now}
    return Highlight(pk=planned.key or uuid7(), **fields)


def place_outdated(
    planned: list[PlannedHighlight], highlights: list[Highlight], revisions: dict[int, int]
) -> list[Placement]:
    """Return unsaved placements, on the later texts, of highlights that are made on earlier ones."""
    outdated: dict[int, tuple[PlannedHighlight, list[Highlight]]] = {}
    for one, highlight in zip(planned, highlights, strict=True):
        if one.place.revision.number < revisions[one.article.pk]:
            outdated.setdefault(one.place.revision.pk, (one, []))[1].append(highlight)
    placements: list[Placement] = []
    for one, group in outdated.values():
        one.article.revision = revisions[one.article.pk]
        placements += build_placements(group, one.article, one.place.revision.number)
    return placements


@paused_collection()
def write_batch(importing: Import, batch: Batch, tags: dict[str, Tag]) -> None:
    """Save a batch in one transaction; `tags` are by their names in small letters."""
    with transaction.atomic():
        articles = Article.objects.select_for_update(no_key=True)
        revisions = articles.load_revision_numbers(batch.revisions)
        insert_rows(batch.highlights)
        write_entries(INDEXES[Highlight], batch.entries)
        insert_rows(build_pairs(batch, tags))
        insert_rows(build_events(importing, batch))
        write_threads(importing, batch)
        insert_rows(update_placements(batch, revisions))


def write_threads(importing: Import, batch: Batch) -> None:
    """Save the replies to the highlights of a batch, each with the threads they stand in; nobody is told of them."""
    threads: list[Thread] = []
    replies: list[Reply] = []
    for planned, highlight in zip(batch.planned, batch.highlights, strict=True):
        if planned.replies:
            threads.append(build_thread(importing, planned, highlight))
            replies += build_replies(planned, threads[-1])
    insert_rows(threads)
    insert_rows(replies)
    if threads:
        reindex_rows(Highlight, [thread.highlight_id for thread in threads])


def build_thread(importing: Import, planned: PlannedHighlight, highlight: Highlight) -> Thread:
    """Return the unsaved thread under a highlight."""
    resolved: dict[str, Any] = {}
    if planned.record.resolved:
        resolved = {"resolved_at": timezone.now(), "resolved_by": importing.importer}
    about: dict[str, Any] = {
        "project_id": highlight.project_id,
        "article_id": highlight.article_id,
        "highlight": highlight,
    }
    return Thread(**about, reply_count=len(planned.replies), **resolved)


def build_replies(planned: PlannedHighlight, thread: Thread) -> Iterator[Reply]:
    """Yield the unsaved replies of a thread, one after the other."""
    now = timezone.now()
    about: dict[str, Any] = {"project_id": thread.project_id, "article_id": thread.article_id, "thread": thread}
    last = datetime.min.replace(tzinfo=UTC)
    for reply in sorted(planned.replies, key=lambda reply: reply.created or now):
        last = max(min(reply.created or now, now), last + TICK)
        yield Reply(**about, author=reply.author, text=reply.text, html=reply.html, created_at=last)


def count_made(batches: Iterable[Batch]) -> int:
    """Return how many highlights of these batches there are."""
    keys = [[highlight.pk for highlight in batch.highlights] for batch in batches]
    return sum(Highlight.objects.filter(pk__in=some).count() for some in keys)


def update_placements(batch: Batch, revisions: dict[int, int]) -> list[Placement]:
    """Return the placements of a batch; anew where an article was corrected since."""
    if revisions != batch.revisions:
        return place_outdated(batch.planned, batch.highlights, revisions)
    return batch.placements


def build_pairs(batch: Batch, tags: dict[str, Tag]) -> Iterator[HighlightTag]:
    """Yield the tags of a batch as unsaved rows, those of a highlight in the order of the file."""
    for planned, highlight in zip(batch.planned, batch.highlights, strict=True):
        for position, name in enumerate(planned.tags):
            yield HighlightTag(
                project_id=highlight.project_id, highlight=highlight, tag=tags[fold_name(name)], position=position
            )


def build_events(importing: Import, batch: Batch) -> Iterator[Event]:
    """Yield the event of each highlight, which keeps who made it elsewhere, whoever owns it here."""
    file_name = importing.file_name[:MAX_RECORDED_NAME]
    for planned, highlight in zip(batch.planned, batch.highlights, strict=True):
        yield Event(
            project_id=highlight.project_id,
            article_id=highlight.article_id,
            actor=importing.importer,
            verb=VERB,
            subject=highlight.pk,
            data={"file": file_name, "creator": planned.record.creator[:MAX_RECORDED_NAME]},
        )
