"""Bringing in the highlights of a file: all that was planned, or nothing."""

from collections.abc import Callable
from html import escape

from django.db import transaction
from django.utils import timezone

from annotations.anchoring.quotes import describe
from annotations.errors import StaleError
from annotations.exchange.bundle import ImportBundle, TextSource
from annotations.identifiers import uuid7
from annotations.imports.plan import Arrival, Plan, planned
from annotations.models.event import Event
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.reanchoring import reanchor_all
from annotations.models.tag import Tag
from annotations.notes import render_note
from newsreader.importing.extracted import Extracted
from newsreader.importing.extraction.languages import guessed, possible_languages
from newsreader.models import Article
from newsreader.text.html.sanitizer import clean

A_BATCH = 500


def bring_in(
    project, by, parcel: ImportBundle, fingerprint: str, file: str, tell: Callable[[int], None] = lambda number: None
) -> Plan:
    """Does what the plan of this fingerprint said, in one transaction; StaleError where it would be another one by now.

    `tell` is called with the number of highlights that are made so far.
    """
    with transaction.atomic():
        project.lock()
        plan = planned(project.with_role_of(by), by, parcel)
        if plan.fingerprint != fingerprint:
            raise StaleError
        add_terms(project, by, plan)
        if plan.new:
            add_articles(plan, by)
            plan = planned(project, by, parcel)
        made = add_highlights(project, by, plan, file, tell)
        counts = {"highlights": len(made), "here": len(plan.here), "not placed": len(plan.faults)}
        project.record("file brought in", by, file=file[:200], kind=plan.kind, **counts)
    return plan


def add_terms(project, by, plan: Plan) -> None:
    """Makes the tags that are missing, with what the file says of them; then puts them under their parents."""
    known = {tag.name.lower(): tag for tag in Tag.objects.without_tree_fields().filter(project=project)}
    ours = {term.id: known.get(term.name.lower()) for term in plan.codebook}
    fresh = []
    for term in plan.terms:
        given = {"definition": term.definition, "use_for": term.use_for, "not_for": term.not_for}
        given |= {"status": "retired"} if term.retired else {}
        given |= {"colour": term.colour} if term.colour and 1 <= term.colour <= 12 else {}
        given |= {"id": plan.keys[term.id]} if term.id in plan.keys else {}
        ours[term.id] = tag = Tag.objects.create_tag(project, term.name, by=by, tags=known, **given)
        fresh.append((tag, term.parent))
    for tag, parent in fresh:
        above = ours.get(parent) if parent else None
        if above and above.pk != tag.pk and not stands_under(above, tag):
            tag.parent = above
            tag.save()
    Tag.objects.renumber(project)


def stands_under(above: Tag, tag: Tag) -> bool:
    """Whether the tag would become a part of itself."""
    while above is not None and above.pk != tag.pk:
        above = above.parent
    return above is not None


def add_articles(plan: Plan, by) -> None:
    for text, _ in plan.new:
        Article.objects.store(printed(text), source=text.outlet or "Brought in", created_by=by)


def printed(text: TextSource) -> Extracted:
    """A plain text as an article: every line a paragraph."""
    lines = (line for line in text.text.split("\n") if line.strip())
    whole = clean("".join(f"<p>{escape(line)}</p>" for line in lines))
    language = guessed(text.text, possible_languages(text.text))
    return Extracted(text.title, whole, language=language, url=text.address)


def add_highlights(project, by, plan: Plan, file: str, tell: Callable[[int], None]) -> list[Highlight]:
    """The highlights with all that follows from each, some hundreds at a time."""
    names = {name for arrival in plan.arrivals for name in arrival.tags}
    tags = {tag.name.lower(): tag for tag in Tag.objects.with_names(project, list(names))}
    made: list[Highlight] = []
    for start in range(0, len(plan.arrivals), A_BATCH):
        made += add_batch(project, by, plan.arrivals[start : start + A_BATCH], tags, file)
        tell(len(made))
    follow_corrected(plan, made)
    return made


def add_batch(project, by, arrivals: list[Arrival], tags: dict, file: str) -> list[Highlight]:
    rows = [highlight_of(project, arrival) for arrival in arrivals]
    dates = [(arrival.record.modified or row.created_at) for arrival, row in zip(arrivals, rows, strict=True)]
    Highlight.objects.bulk_create(rows)
    for row, date in zip(rows, dates, strict=True):
        row.updated_at = min(date, timezone.now())
    Highlight.objects.bulk_update(rows, ["updated_at"])
    HighlightTag.objects.bulk_create(
        HighlightTag(project=project, highlight=row, tag=tags[name.lower()], position=n)
        for row, arrival in zip(rows, arrivals, strict=True)
        for n, name in enumerate(arrival.tags)
    )
    Event.objects.bulk_create(event_of(row, by, one, file) for row, one in zip(rows, arrivals, strict=True))
    return rows


def highlight_of(project, arrival: Arrival) -> Highlight:
    revision, start, end = arrival.spot
    record = arrival.record
    fields = describe(revision.text, start, end)._asdict() | {
        "note": record.note,
        "note_html": render_note(record.note),
    }
    fields |= {"revision": revision, "article_id": revision.article_id, "author": arrival.author}
    created = min(record.created or timezone.now(), timezone.now())
    return Highlight(pk=arrival.key or uuid7(), project=project, created_at=created, **fields)


def event_of(highlight: Highlight, by, arrival: Arrival, file: str) -> Event:
    """Who made it there is kept, whoever it belongs to here."""
    data = {"file": file[:200], "creator": arrival.record.creator[:200]}
    where = {"project_id": highlight.project_id, "article_id": highlight.article_id}
    return Event(**where, actor=by, verb="highlight brought in", subject=highlight.pk, data=data)


def follow_corrected(plan: Plan, made: list[Highlight]) -> None:
    """Places what stands on earlier texts on the later ones."""
    behind: dict = {}
    for arrival, highlight in zip(plan.arrivals, made, strict=True):
        if arrival.spot.revision.number < arrival.article.revision:
            behind.setdefault(arrival.spot.revision.pk, (arrival, []))[1].append(highlight)
    for arrival, highlights in behind.values():
        current = Article.objects.lock_revision_number(arrival.article.pk)
        arrival.article.revision = current
        reanchor_all(highlights, arrival.article, arrival.spot.revision.number)
