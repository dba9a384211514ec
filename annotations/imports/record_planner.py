"""Sorts the entries of a file into highlights to be made, those already present, and those that cannot be imported."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from annotations.anchoring.graphemes import ceiling, floor
from annotations.exchange.bundle import ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.imports.matching import (
    MAX_ENTRIES_WITH_PROPOSALS,
    NO_ARTICLE,
    NO_ARTICLE_NAMED,
    TOO_MUCH_TO_SEARCH,
    MatchedPlace,
    QuoteFinder,
    find_unmoved,
)
from annotations.imports.plan import ImportPlan, PlannedHighlight, PlannedReply, Signature, make_signature
from annotations.imports.text_map import TextMap
from annotations.mentions import mark_mentions
from annotations.models.access import PEOPLE
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import PERMISSIONS
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.notes import MAX_NOTE_LENGTH, render_note
from newsreader.models import Article, Revision
from newsreader.models.revision import compute_digest
from newsreader.text.html.plaintext import cut_characters
from newsreader.text.language.names import fold_name

KEY_PATTERN = re.compile(r"([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})/?$")
MAX_TAGS, MAX_QUOTE_LENGTH = 30, 100_000  # of one highlight; code points
MAX_PLAIN_NOTE = 500  # code points of a note that no formatting makes too long
MAX_QUOTE_IN_PROBLEM = 300  # code points
TAG_NOT_ALLOWED = gettext_noop("“%(tag)s” is not in the codebook. A curator of the project can add it.")
IS_HEADING = gettext_noop("“%(tag)s” is a heading of the codebook, not a tag.")
NO_QUOTE = gettext_noop("It has no quote, so its position cannot be verified.")
LONG_NOTE = gettext_noop("Its note has more than %(number)s characters.")
FORMATTED_NOTE = gettext_noop("Its note becomes too long when it is formatted.")
LONG_REPLY = gettext_noop("A reply to it is too long and is not imported.")
OTHER_NOTE = gettext_noop(
    "This highlight is already here with another note. The one in the file is not imported: “%(note)s”."
)
MANY_TAGS = gettext_noop("It has more than 30 tags.")


class Match(NamedTuple):
    """What an entry is about: an article, or None, with its revisions; and the text that the file itself has of it, if any.

    Where a text is to become an article, the article and its only revision are unsaved.
    """

    article: Article | None
    revisions: list[Revision]
    text: TextSource | None = None


def match_new_text(text: TextSource) -> Match:
    """Return the unsaved article of a text, whose revision has that text as the file has it."""
    revision = Revision(number=1, text=text.text, digest=compute_digest(text.text))
    return Match(Article(title=text.title), [revision], text)


class RecordPlanner:
    """Plans the entries of a file; those of which it has the text itself stand where the file says, all others by their quotes."""

    def __init__(self, plan: ImportPlan, project: Project, importer: User, tags: dict[str, Tag]) -> None:
        self.plan, self.project, self.importer, self.tags = plan, project, importer, tags
        self.authors = load_authors(project)
        self.seen: set[tuple[UUID, str, int | None]] = set()  # key, quote and offset
        self.maps: dict[tuple[str, int], TextMap] = {}
        self.quotes = QuoteFinder()

    def plan_records(self, matches: list[tuple[HighlightRecord, Match]]) -> None:
        """Plan every entry, in the order of the file."""
        self.keys = {record.id: parse_key(record) for record, _ in matches}
        self.taken = load_projects_of_keys(key for key in self.keys.values() if key)
        revisions = {revision.pk for _, match in matches for revision in match.revisions if revision.pk}
        articles = {match.article.pk for _, match in matches if match.article and match.article.pk}
        self.notes = load_notes(self.project, list(articles)) if revisions else {}
        for record, match in matches:
            self.plan_record(record, match)

    def plan_record(self, record: HighlightRecord, match: Match) -> None:
        """Plan one entry."""
        key = self.keys[record.id]
        is_here = bool(key and record.exact and self.taken.get(key) == self.project.pk)
        if is_here or (key and (key, record.exact, record.start) in self.seen):
            self.plan.already_present.append(record)
        elif problem := find_problem(record, match.article, self.tags, self.project):
            self.add_problem(problem)
        elif match.article is not None:
            self.plan_highlight(record, match.article, match, key)

    def plan_highlight(self, record: HighlightRecord, article: Article, match: Match, key: UUID | None) -> None:
        """Plan a highlight where it stands, unless the project has the same one already."""
        place = self.find_place(record, article, match)
        author = self.authors.get(record.creator, self.importer)
        if isinstance(place, ImportProblem):
            self.add_problem(place)
            return
        signature = make_signature(place.revision.pk, place.start, place.end, author.pk, record.tags)
        if signature in self.notes:
            self.plan.already_present.append(record)
            self.report_other_note(record, self.notes[signature])
        else:
            free_key = None if key in self.taken else key
            replies = tuple(self.plan_replies(record))
            planned = PlannedHighlight(free_key, article, place, author, record.tags, record, replies)
            (self.plan.highlights if article.pk else self.plan.on_new_texts).append(planned)
            if key:
                self.seen.add((key, record.exact, record.start))
                self.taken.setdefault(key, None)

    def plan_replies(self, record: HighlightRecord) -> Iterator[PlannedReply]:
        """Yield the replies to a highlight that can be made; tell of those that are too long."""
        for reply in filter(lambda reply: reply.text, record.replies):
            if len(reply.text) > MAX_NOTE_LENGTH or not can_render(reply.text):
                self.plan.notices.append(ImportProblem(cut_characters(record.exact, MAX_QUOTE_IN_PROBLEM), LONG_REPLY))
                continue
            html = mark_mentions(render_note(reply.text), self.authors)
            yield PlannedReply(reply.text, html, self.authors.get(reply.creator, self.importer), reply.created)

    def find_place(self, record: HighlightRecord, article: Article, match: Match) -> MatchedPlace | ImportProblem:
        """Return where an entry stands: in the revision that has the words of the file's text, or else where its quote does."""
        revision = next((revision for revision in match.revisions if self.has_text(revision, match.text)), None)
        if revision is not None and record.start is not None and record.end is not None:
            start, end = self.maps[record.article, revision.number].locate(record.start, record.end)
            return MatchedPlace(revision, floor(revision.text, start), ceiling(revision.text, end))
        if unmoved := find_unmoved(record, match.revisions):
            return unmoved
        if not self.quotes.can_search(record, match.revisions):
            return ImportProblem(record.exact, TOO_MUCH_TO_SEARCH)
        propose = len(self.plan.problems) < MAX_ENTRIES_WITH_PROPOSALS
        return self.quotes.match_place(record, match.revisions, article.title, propose=propose)

    def has_text(self, revision: Revision, text: TextSource | None) -> bool:
        """Return whether a revision has the words of a text of the file, so that places can be mapped."""
        if text is None:
            return False
        key = (text.guid, revision.number)
        if key not in self.maps:
            self.maps[key] = TextMap(text.text, revision.text)
        return self.maps[key].is_exact

    def report_other_note(self, record: HighlightRecord, notes: set[str]) -> None:
        """Add a notice where the highlight that is here already has another note than the file."""
        if record.note.strip() and record.note.strip() not in notes:
            values = {"note": cut_characters(record.note.strip(), MAX_QUOTE_IN_PROBLEM)}
            self.plan.notices.append(
                ImportProblem(cut_characters(record.exact, MAX_QUOTE_IN_PROBLEM), OTHER_NOTE, values=values)
            )

    def add_problem(self, problem: ImportProblem) -> None:
        """Add a problem, its quote cut to what can be shown."""
        self.plan.problems.append(problem._replace(quote=cut_characters(problem.quote, MAX_QUOTE_IN_PROBLEM)))


def parse_key(record: HighlightRecord | TagRecord) -> UUID | None:
    """Return the key at the end of a record's id, if it may be one of ours."""
    match = KEY_PATTERN.search(record.id)
    key = UUID(match[1]) if match else None
    return key if key and key.version == 7 else None  # only ours sort by the time they were made


def load_projects_of_keys(keys: Iterable[UUID]) -> dict[UUID, UUID | None]:
    """Return the projects in which highlights have these keys, deleted ones included, by the keys that are taken.

    A highlight that is only pending has none: its import may be taken back.
    """
    rows = Highlight.objects.filter(pk__in=list(keys)).values_list("pk", "project", "pending_import")
    return {key: None if pending else project for key, project, pending in rows}


def load_notes(project: Project, article_ids: list[int]) -> dict[Signature, set[str]]:
    """Return the notes of the highlights that the project has on these articles, by the highlights' signatures."""
    if not article_ids:
        return {}
    tags: dict[UUID, list[str]] = {}
    pairs = HighlightTag.objects.filter(project=project, highlight__article__in=article_ids).order_by()
    for key, name in pairs.values_list("highlight", "tag__name"):
        tags.setdefault(key, []).append(name)
    highlights = (
        Highlight.objects.standing().in_layer(PEOPLE).filter(project=project, article__in=article_ids).order_by()
    )
    fields = highlights.values_list("pk", "revision", "start", "end", "author", "note")
    notes: dict[Signature, set[str]] = {}
    for key, revision_id, start, end, author_id, note in fields:
        notes.setdefault(make_signature(revision_id, start, end, author_id, tags.get(key, [])), set()).add(note.strip())
    return notes


def load_authors(project: Project) -> dict[str, User]:
    """Return the members who may get highlights of theirs, by name: only an owner imports other people's."""
    if not project.allows("manage"):
        return {}
    memberships = project.memberships.filter(role__in=PERMISSIONS["highlight"]).select_related("user")
    return {membership.user.get_username(): membership.user for membership in memberships}


def find_problem(
    record: HighlightRecord, article: Article | None, tags: dict[str, Tag], project: Project
) -> ImportProblem | None:
    """Return why an entry cannot be imported as it is; None where it can. `tags` are the project's, by lower name."""
    if article is None:
        return make_article_problem(record)
    if not record.exact.strip() or len(record.exact) > MAX_QUOTE_LENGTH:
        return ImportProblem(record.exact, NO_QUOTE)
    if len(record.note) > MAX_NOTE_LENGTH:
        return ImportProblem(record.exact, LONG_NOTE, values={"number": f"{MAX_NOTE_LENGTH:,}"})
    if len(record.note) > MAX_PLAIN_NOTE and not can_render(record.note):
        return ImportProblem(record.exact, FORMATTED_NOTE)
    if len(record.tags) > MAX_TAGS:
        return ImportProblem(record.exact, MANY_TAGS)
    return find_tag_problem(record, tags, project)


def make_article_problem(record: HighlightRecord) -> ImportProblem:
    """Return the problem of an entry whose article is not in the library, with its title or else its URL where it has one."""
    if name := cut_characters(record.title or record.source, MAX_QUOTE_IN_PROBLEM):
        return ImportProblem(record.exact, NO_ARTICLE_NAMED, values={"name": name})
    return ImportProblem(record.exact, NO_ARTICLE)


def can_render(note: str) -> bool:
    """Return whether the HTML of a note is short enough to be kept."""
    try:
        render_note(note)
    except ValueError:
        return False
    return True


def find_tag_problem(record: HighlightRecord, tags: dict[str, Tag], project: Project) -> ImportProblem | None:
    """Return why one of an entry's tags cannot be given; None where all can."""
    for name in record.tags:
        tag = tags.get(fold_name(name))
        if tag and tag.heading_only:
            return ImportProblem(record.exact, IS_HEADING, values={"tag": tag.name})
        if not tag and not project.allows("codebook"):
            return ImportProblem(record.exact, TAG_NOT_ALLOWED, values={"tag": name})
    return None
