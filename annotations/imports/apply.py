"""Carry out an import plan: all of it, or nothing."""

from collections.abc import Callable
from html import escape
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from annotations.anchoring.quotes import describe
from annotations.errors import StaleError
from annotations.exchange.bundle import ImportBundle, TextSource
from annotations.exchange.record import TagRecord
from annotations.identifiers import uuid7
from annotations.imports.plan import ImportPlan, PlannedHighlight, plan_import
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.models.reanchoring import reanchor_all
from annotations.models.tag import Tag
from annotations.notes import render_note
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import guess_language, list_possible_languages
from newsreader.models import Article
from newsreader.text.html.sanitizer import clean

BATCH_SIZE = 500  # highlights
MAX_RECORDED_NAME = 200  # characters of a file's or a creator's name in an event


def apply_import(
    project: Project,
    importer: User,
    bundle: ImportBundle,
    fingerprint: str,
    file_name: str,
    report_progress: Callable[[int], None] = lambda done: None,
) -> ImportPlan:
    """Do what the plan of this fingerprint says, in one transaction, and return the plan; StaleError where it is another by now.

    `report_progress` is called with the number of highlights that are made so far.
    """
    with transaction.atomic():
        project.lock()
        plan = plan_import(project.with_role_of(importer), importer, bundle)
        if plan.fingerprint != fingerprint:
            raise StaleError
        create_tags(project, importer, plan)
        if plan.new_articles:
            create_articles(plan, importer)
            plan = plan_import(project, importer, bundle)
        highlights = create_highlights(project, importer, plan, file_name, report_progress)
        record_import(project, importer, plan, file_name, len(highlights))
    return plan


def create_tags(project: Project, importer: User, plan: ImportPlan) -> None:
    """Make the tags that are missing, as the file describes them; then move them under their parents."""
    tags_by_name = Tag.objects.by_lower_name(project)
    tags_by_id = {record.id: tags_by_name.get(record.name.lower()) for record in plan.file_codebook}
    created = []
    for record in plan.new_tags:
        fields = list_tag_fields(record, plan)
        tag = Tag.objects.create_tag(project, record.name, by=importer, tags=tags_by_name, **fields)
        tags_by_id[record.id] = tag
        created.append((tag, record.parent))
    for tag, parent_id in created:
        parent = tags_by_id.get(parent_id) if parent_id else None
        if parent and parent.pk != tag.pk and not is_self_or_descendant(parent, tag):
            tag.parent = parent
            tag.save()
    Tag.objects.renumber(project)


def list_tag_fields(record: TagRecord, plan: ImportPlan) -> dict[str, Any]:
    """Return the fields of a new tag that its record gives."""
    fields: dict[str, Any] = {
        "definition": record.definition,
        "use_for": record.use_for,
        "not_for": record.not_for,
    }
    fields |= {"status": "retired"} if record.retired else {}
    fields |= {"colour": record.colour} if record.colour and 1 <= record.colour <= 12 else {}
    return fields | ({"id": plan.tag_keys[record.id]} if record.id in plan.tag_keys else {})


def is_self_or_descendant(tag: Tag, ancestor: Tag) -> bool:
    """Return whether a tag is the other one, or stands under it at whatever depth."""
    current: Tag | None = tag
    while current is not None and current.pk != ancestor.pk:
        current = current.parent
    return current is not None


def create_articles(plan: ImportPlan, importer: User) -> None:
    """Add the texts that the library has not as articles."""
    for text, _ in plan.new_articles:
        Article.objects.store(convert_text(text), source=text.outlet or "Brought in", created_by=importer)


def convert_text(text: TextSource) -> Extracted:
    """Return a plain text as an article in which every line is a paragraph."""
    lines = (line for line in text.text.split("\n") if line.strip())
    html = clean("".join(f"<p>{escape(line)}</p>" for line in lines))
    language = guess_language(text.text, list_possible_languages(text.text))
    return Extracted(text.title, html, language=language, url=text.address)


def create_highlights(
    project: Project, importer: User, plan: ImportPlan, file_name: str, report_progress: Callable[[int], None]
) -> list[Highlight]:
    """Make the planned highlights with their tags, events and placements, a batch at a time."""
    names = {name for planned in plan.highlights for name in planned.tags}
    tags = {tag.name.lower(): tag for tag in Tag.objects.with_names(project, list(names))}
    highlights: list[Highlight] = []
    for start in range(0, len(plan.highlights), BATCH_SIZE):
        highlights += create_batch(project, importer, plan.highlights[start : start + BATCH_SIZE], tags, file_name)
        report_progress(len(highlights))
    reanchor_outdated(plan, highlights)
    return highlights


def create_batch(
    project: Project, importer: User, batch: list[PlannedHighlight], tags: dict[str, Tag], file_name: str
) -> list[Highlight]:
    """Make these highlights with their tags and events; `tags` are by their names in small letters."""
    highlights = [build_highlight(project, planned) for planned in batch]
    pairs = list(zip(highlights, batch, strict=True))
    dates = [planned.record.modified or highlight.created_at for highlight, planned in pairs]
    Highlight.objects.bulk_create(highlights)
    for highlight, date in zip(highlights, dates, strict=True):
        highlight.updated_at = min(date, timezone.now())
    Highlight.objects.bulk_update(highlights, ["updated_at"])
    HighlightTag.objects.bulk_create(
        HighlightTag(project=project, highlight=highlight, tag=tags[name.lower()], position=position)
        for highlight, planned in pairs
        for position, name in enumerate(planned.tags)
    )
    Event.objects.bulk_create(build_event(highlight, importer, planned, file_name) for highlight, planned in pairs)
    return highlights


def build_highlight(project: Project, planned: PlannedHighlight) -> Highlight:
    """Return the planned highlight as an unsaved row."""
    (revision, start, end), record = planned.place, planned.record
    fields = describe(revision.text, start, end)._asdict()
    fields |= {"note": record.note, "note_html": render_note(record.note), "author": planned.author}
    fields |= {"revision": revision, "article_id": revision.article_id}
    created = min(record.created or timezone.now(), timezone.now())
    return Highlight(pk=planned.key or uuid7(), project=project, created_at=created, **fields)


def build_event(highlight: Highlight, importer: User, planned: PlannedHighlight, file_name: str) -> Event:
    """Return the event of an imported highlight, which keeps who made it elsewhere, whoever owns it here."""
    return Event(
        project_id=highlight.project_id,
        article_id=highlight.article_id,
        actor=importer,
        verb="highlight brought in",
        subject=highlight.pk,
        data={"file": file_name[:MAX_RECORDED_NAME], "creator": planned.record.creator[:MAX_RECORDED_NAME]},
    )


def reanchor_outdated(plan: ImportPlan, highlights: list[Highlight]) -> None:
    """Place highlights that were made on earlier texts on the later ones."""
    outdated: dict[int, tuple[PlannedHighlight, list[Highlight]]] = {}
    for planned, highlight in zip(plan.highlights, highlights, strict=True):
        if planned.place.revision.number < planned.article.revision:
            outdated.setdefault(planned.place.revision.pk, (planned, []))[1].append(highlight)
    for planned, group in outdated.values():
        planned.article.revision = Article.objects.lock_revision_number(planned.article.pk)
        reanchor_all(group, planned.article, planned.place.revision.number)


def record_import(project: Project, importer: User, plan: ImportPlan, file_name: str, number: int) -> None:
    """Append the event of the whole file."""
    counts = {"highlights": number, "here": len(plan.already_present), "not placed": len(plan.problems)}
    project.record("file brought in", importer, file=file_name[:MAX_RECORDED_NAME], kind=plan.kind, **counts)
