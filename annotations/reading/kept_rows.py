"""The highlights of a page as this process keeps them: after a change only those that the history names are read again."""

from typing import NamedTuple
from uuid import UUID

from django.core.cache import caches

from annotations.models import Project
from annotations.models.codebook import Codebook
from annotations.models.history import MAX_LISTED_EVENTS, list_events_after
from annotations.reading.layer_query import HighlightRow, LayerQuery
from newsreader.models import Revision

ROW_BYTES = 500  # that a row takes, but for its note


class KeptRows:
    """All highlights of a project on a revision in reading order, after the event of this key.

    `version` is that of the project when its events were read: at the same version nothing happened since.
    """

    def __init__(self, version: int, event: int, rows: list[HighlightRow], codebook: Codebook) -> None:
        self.version, self.event, self.rows, self.codebook = version, event, rows, codebook
        self.consensus = [row for row in rows if row.is_consensus]
        self.people = [row for row in rows if not row.is_consensus] if self.consensus else rows
        self.kept_bytes = sum([ROW_BYTES + 2 * len(row.note_html) for row in rows])


class News(NamedTuple):
    """What happened on an article: the last event, and the highlights that changed; None for any of them."""

    event: int
    changed: set[UUID] | None


def load_rows(project: Project, revision: Revision) -> KeptRows:
    """Return the highlights of the project on the revision as they are at its version, or later."""
    key = repr(("rows", project.pk, project.codebook, revision.pk))
    kept = caches["fragments"].get(key)
    if kept is None or kept.version < project.version:
        kept = renew_rows(project, revision, kept)
        caches["fragments"].set(key, kept)
    return kept


def renew_rows(project: Project, revision: Revision, kept: KeptRows | None) -> KeptRows:
    """Return the highlights as they are now. The events are read first, so that what is kept is never too old for them."""
    version, query = project.version, LayerQuery(project, revision)
    news = read_news(project, revision.article_id, kept.event if kept else 0)
    if kept is None:
        return KeptRows(version, news.event, query.load_rows(), query.codebook)
    if news.changed is None:
        rows = query.load_rows()
    elif news.changed:
        rows = replace_rows(kept.rows, news.changed, query.load_rows(news.changed))
    else:
        return KeptRows(version, news.event, kept.rows, kept.codebook)
    return KeptRows(version, news.event, keep_equal_rows(kept.rows, rows), query.codebook)


def read_news(project: Project, article_id: int, event: int) -> News:
    """Return what happened since an event. An event whose subject is the project is about any of its highlights."""
    events = list_events_after(project.pk, article_id, event)
    subjects = {subject for _, subject in events}
    is_about_any = project.pk in subjects or len(events) == MAX_LISTED_EVENTS
    return News(events[0][0] if events else event, None if is_about_any else subjects)


def replace_rows(rows: list[HighlightRow], changed: set[UUID], loaded: list[HighlightRow]) -> list[HighlightRow]:
    """Return the rows in reading order with those of the changed highlights as they were loaded."""
    names = set(map(str, changed))
    return sorted([*(row for row in rows if row.id not in names), *loaded], key=get_row_place)


def get_row_place(row: HighlightRow) -> tuple[int, int, str]:
    """Return where a row stands in reading order."""
    return row.start, -row.end, row.id


def keep_equal_rows(before: list[HighlightRow], rows: list[HighlightRow]) -> list[HighlightRow]:
    """Return the rows, each as the object that is kept already where it says the same; the same list where all of them do."""
    kept = {row.id: row for row in before}
    rows = [kept[row.id] if kept.get(row.id) == row else row for row in rows]
    return before if rows == before else rows
