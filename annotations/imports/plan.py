"""Plan an import: what it would do to a project, without doing any of it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User

from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.imports.matching import (
    MAX_ENTRIES_WITH_PROPOSALS,
    NO_ARTICLE,
    TOO_MUCH_TO_SEARCH,
    ArticleMatcher,
    MatchedPlace,
    SearchBudget,
    load_revisions,
    match_place,
)
from annotations.imports.normalise import normalise_bundle
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import PERMISSIONS
from annotations.models.project import Project
from annotations.models.tag import Tag
from annotations.notes import MAX_NOTE_LENGTH
from newsreader.models import Article

KEY_PATTERN = re.compile(r"([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})/?$")
MAX_TAGS, MAX_QUOTE_LENGTH = 30, 100_000  # of one highlight; code points
MAX_QUOTE_IN_PROBLEM = 300  # code points
TAG_NOT_ALLOWED = "“{}” is not in the codebook. A curator of the project can add it."
ARTICLE_NOT_ALLOWED = "“{}” is not in the library, and only the staff can add articles."

Signature = tuple[
    int, int, int, int, frozenset[str]
]  # revision, start, end, author, names of the tags in small letters


class PlannedHighlight(NamedTuple):
    """A highlight to be made; `key` is the one that the file gives it, None where that is taken or was not ours."""

    key: UUID | None
    article: Article
    place: MatchedPlace
    author: User
    tags: tuple[str, ...]
    record: HighlightRecord


@dataclass
class ImportPlan:
    """What would be made, what is already present, and what could not be placed."""

    kind: str
    highlights: list[PlannedHighlight] = field(default_factory=list)
    already_present: list[HighlightRecord] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    new_articles: list[tuple[TextSource, int]] = field(default_factory=list)  # with the number of its highlights
    new_tags: list[TagRecord] = field(default_factory=list)
    file_codebook: list[TagRecord] = field(default_factory=list)  # all tags that the file defines
    tag_keys: dict[str, UUID] = field(default_factory=dict)  # of new tags that keep theirs, by the record's id

    @property
    def articles(self) -> list[tuple[Article, list[PlannedHighlight]]]:
        """The articles in which highlights would be made, each with these."""
        groups: dict[int, tuple[Article, list[PlannedHighlight]]] = {}
        for planned in self.highlights:
            groups.setdefault(planned.article.pk, (planned.article, []))[1].append(planned)
        return list(groups.values())

    @property
    def highlight_count(self) -> int:
        """How many highlights would be made, those in new articles included."""
        return len(self.highlights) + sum(number for _, number in self.new_articles)

    @property
    def creators(self) -> list[tuple[str, str]]:
        """Who made the highlights elsewhere, each with whose they will be here."""
        return sorted(
            {(planned.record.creator, str(planned.author)) for planned in self.highlights if planned.record.creator}
        )

    @property
    def fingerprint(self) -> str:
        """What names this plan: another one where the library, the project or the file changed."""
        highlights = [
            (
                str(planned.key),
                planned.place.revision.pk,
                planned.place.start,
                planned.place.end,
                planned.author.pk,
                planned.tags,
            )
            for planned in self.highlights
        ]
        new_tags, new_texts = [tag.name for tag in self.new_tags], [text.guid for text, _ in self.new_articles]
        parts = (highlights, [new_tags, new_texts, len(self.already_present)], len(self.problems))
        return sha256(repr(parts).encode()).hexdigest()


def plan_import(project: Project, importer: User, bundle: ImportBundle) -> ImportPlan:
    """Return the plan for a project that knows the role of the importer in it; the bundle is normalised."""
    normalise_bundle(bundle)
    plan = ImportPlan(bundle.kind, problems=list(bundle.problems))
    matcher = ArticleMatcher(bundle, importer)
    text_articles = {guid: matcher.find_article(text) for guid, text in bundle.texts.items()}
    bundle.records = [record._replace(digest=matcher.get_digest(record)) for record in bundle.records]
    matches = [(record, text_articles.get(record.article) or matcher.find_article(record)) for record in bundle.records]
    plan_missing_texts(plan, bundle, text_articles, importer)
    tag_names = set(Tag.objects.by_lower_name(project))
    RecordPlanner(plan, project, importer, tag_names, matches).plan_records()
    plan_tags(plan, project, bundle, tag_names)
    return plan


def plan_missing_texts(
    plan: ImportPlan, bundle: ImportBundle, text_articles: dict[str, Article | None], importer: User
) -> None:
    """Plan new articles for the texts that the library has not, where the staff imports them; else problems."""
    counts = Counter(record.article for record in bundle.records)
    for guid, text in bundle.texts.items():
        if text_articles[guid] is None and importer.is_staff:
            plan.new_articles.append((text, counts[guid]))
        elif text_articles[guid] is None:
            plan.problems.append(ImportProblem(text.title, ARTICLE_NOT_ALLOWED.format(text.title)))


class RecordPlanner:
    """Sorts the entries of a file into those to be made, those already present, and those with a problem."""

    def __init__(
        self,
        plan: ImportPlan,
        project: Project,
        importer: User,
        tag_names: set[str],
        matches: list[tuple[HighlightRecord, Article | None]],
    ) -> None:
        self.plan, self.project, self.importer = plan, project, importer
        self.tag_names, self.matches = tag_names, matches
        self.keys = {record.id: parse_key(record) for record, _ in matches}
        self.taken = load_projects_of_keys(key for key in self.keys.values() if key)
        self.revisions = load_revisions({article.pk for _, article in matches if article})
        self.signatures = load_signatures(project, list(self.revisions))
        self.authors = load_authors(project)
        self.new_guids = {text.guid for text, _ in plan.new_articles}
        self.seen: set[UUID | None] = set()
        self.budget = SearchBudget()

    def plan_records(self) -> None:
        """Plan every entry, in the order of the file."""
        for record, article in self.matches:
            self.plan_record(record, article)

    def plan_record(self, record: HighlightRecord, article: Article | None) -> None:
        """Plan one entry; those on new articles wait until these are made."""
        key = self.keys[record.id]
        if key and (key in self.seen or self.taken.get(key) == self.project.pk):
            self.plan.already_present.append(record)
        elif article is None and record.article in self.new_guids:
            return
        elif reason := explain_refusal(record, article, self.tag_names, self.project):
            self.add_problem(ImportProblem(record.exact, reason))
        elif article is not None and not self.budget.spend(record, self.revisions[article.pk]):
            self.add_problem(ImportProblem(record.exact, TOO_MUCH_TO_SEARCH))
        elif article is not None:
            self.plan_highlight(record, article, key)
        self.seen.add(key)

    def plan_highlight(self, record: HighlightRecord, article: Article, key: UUID | None) -> None:
        """Plan a highlight where its quote stands, unless the project has the same one already."""
        propose = len(self.plan.problems) < MAX_ENTRIES_WITH_PROPOSALS
        place = match_place(record, self.revisions[article.pk], article.title, propose=propose)
        author = self.authors.get(record.creator, self.importer)
        if isinstance(place, ImportProblem):
            self.add_problem(place)
        elif make_signature(place.revision.pk, place.start, place.end, author.pk, record.tags) in self.signatures:
            self.plan.already_present.append(record)
        else:
            free_key = None if key in self.taken else key
            self.plan.highlights.append(PlannedHighlight(free_key, article, place, author, record.tags, record))

    def add_problem(self, problem: ImportProblem) -> None:
        """Add a problem, its quote cut to what can be shown."""
        self.plan.problems.append(problem._replace(quote=problem.quote[:MAX_QUOTE_IN_PROBLEM]))


def parse_key(record: HighlightRecord | TagRecord) -> UUID | None:
    """Return the key at the end of a record's id, if it may be one of ours."""
    match = KEY_PATTERN.search(record.id)
    key = UUID(match[1]) if match else None
    return key if key and key.version == 7 else None  # only ours sort by the time they were made


def load_projects_of_keys(keys: Iterable[UUID]) -> dict[UUID, UUID]:
    """Return the projects in which highlights have these keys, deleted ones included, by the keys that are taken."""
    return dict(Highlight.objects.filter(pk__in=list(keys)).values_list("pk", "project"))


def load_signatures(project: Project, article_ids: list[int]) -> set[Signature]:
    """Return the signatures of the highlights that the project has on these articles."""
    if not article_ids:
        return set()
    tags: dict[UUID, list[str]] = {}
    pairs = HighlightTag.objects.filter(project=project, highlight__article__in=article_ids).order_by()
    for key, name in pairs.values_list("highlight", "tag__name"):
        tags.setdefault(key, []).append(name)
    highlights = Highlight.objects.standing().filter(project=project, article__in=article_ids).order_by()
    fields = highlights.values_list("pk", "revision", "start", "end", "author")
    return {
        make_signature(revision_id, start, end, author_id, tags.get(key, []))
        for key, revision_id, start, end, author_id in fields
    }


def make_signature(revision_id: int, start: int, end: int, author_id: int, tags: Iterable[str]) -> Signature:
    """Return what two highlights that are the same have in common."""
    return revision_id, start, end, author_id, frozenset(name.lower() for name in tags)


def load_authors(project: Project) -> dict[str, User]:
    """Return the members who may get highlights of theirs, by name: only an owner imports other people's."""
    if not project.allows("manage"):
        return {}
    memberships = project.memberships.filter(role__in=PERMISSIONS["highlight"]).select_related("user")
    return {membership.user.get_username(): membership.user for membership in memberships}


def explain_refusal(record: HighlightRecord, article: Article | None, tag_names: set[str], project: Project) -> str:
    """Return why an entry cannot be imported as it is; "" where it can."""
    unknown = [name for name in record.tags if name.lower() not in tag_names]
    if article is None:
        return NO_ARTICLE
    if not record.exact.strip() or len(record.exact) > MAX_QUOTE_LENGTH:
        return "It bears no quote, so its place cannot be checked."
    if len(record.note) > MAX_NOTE_LENGTH:
        return f"Its note has more than {MAX_NOTE_LENGTH:,} characters."
    if len(record.tags) > MAX_TAGS:
        return "It has more than thirty tags."
    return TAG_NOT_ALLOWED.format(unknown[0]) if unknown and not project.allows("codebook") else ""


def plan_tags(plan: ImportPlan, project: Project, bundle: ImportBundle, tag_names: set[str]) -> None:
    """Plan the tags that are missing: those the file defines, where the importer may add them, and those it only uses."""
    defined = {tag.name.lower(): tag for tag in bundle.tags if tag.name and project.allows("codebook")}
    used = [*(planned.record for planned in plan.highlights), *list_records_of_new_articles(plan, bundle)]
    undefined = {name.lower(): TagRecord("", name) for record in used for name in record.tags}
    wanted = defined | {name: tag for name, tag in undefined.items() if name not in defined}
    plan.new_tags = [tag for name, tag in wanted.items() if name not in tag_names]
    plan.file_codebook = bundle.tags
    keys = {tag.id: key for tag in plan.new_tags if (key := parse_key(tag))}
    taken = set(Tag.objects.without_tree_fields().filter(pk__in=keys.values()).values_list("pk", flat=True))
    plan.tag_keys = {record_id: key for record_id, key in keys.items() if key not in taken}


def list_records_of_new_articles(plan: ImportPlan, bundle: ImportBundle) -> list[HighlightRecord]:
    """Return the entries on texts that are to become articles first."""
    guids = {text.guid for text, _ in plan.new_articles}
    return [record for record in bundle.records if record.article in guids]
