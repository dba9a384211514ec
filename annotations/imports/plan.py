"""What bringing in a file would do, without doing any of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from annotations.exchange.bundle import ImportBundle, ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.imports.matching import NO_ARTICLE, PROPOSED_MOST, TIRED, Effort, Library, Spot, spot_of, texts_of
from annotations.imports.normalise import clean
from annotations.models.highlight import Highlight
from annotations.models.highlight_tag import HighlightTag
from annotations.models.membership import PERMISSIONS
from annotations.models.tag import Tag
from annotations.notes import MAX_NOTE_LENGTH
from newsreader.models import Article

KEY = re.compile(r"([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})/?$")
TAGS_MOST, QUOTE_MOST = 30, 100_000
NOT_YOURS = "“{}” is not in the codebook. A curator of the project can add it."
NOT_STAFF = "“{}” is not in the library, and only the staff can add articles."


class Arrival(NamedTuple):
    """A highlight to be made; `key` is its own where that is free, else None."""

    key: UUID | None
    article: Article
    spot: Spot
    author: object
    tags: tuple[str, ...]
    record: HighlightRecord


@dataclass
class Plan:
    """What would be made, what is here already, and what could not be placed."""

    kind: str
    arrivals: list[Arrival] = field(default_factory=list)
    here: list[HighlightRecord] = field(default_factory=list)
    faults: list[ImportProblem] = field(default_factory=list)
    new: list[tuple[TextSource, int]] = field(default_factory=list)  # with how many highlights
    terms: list[TagRecord] = field(default_factory=list)  # tags to be made
    codebook: list[TagRecord] = field(default_factory=list)  # all that the file knows
    keys: dict[str, UUID] = field(default_factory=dict)  # of tags that keep theirs

    @property
    def articles(self) -> list[tuple[Article, list[Arrival]]]:
        groups: dict[int, tuple] = {}
        for arrival in self.arrivals:
            groups.setdefault(arrival.article.pk, (arrival.article, []))[1].append(arrival)
        return list(groups.values())

    @property
    def number(self) -> int:
        return len(self.arrivals) + sum(number for _, number in self.new)

    @property
    def creators(self) -> list[tuple[str, str]]:
        """Who made them there, and whose they will be here."""
        return sorted({(a.record.creator, str(a.author)) for a in self.arrivals if a.record.creator})

    @property
    def fingerprint(self) -> str:
        """Names what would be made: another one where the library, the project or the file changed."""
        rows = [(str(a.key), a.spot.revision.pk, a.spot.start, a.spot.end, a.author.pk, a.tags) for a in self.arrivals]
        rest = [[term.name for term in self.terms], [text.guid for text, _ in self.new], len(self.here)]
        return sha256(repr((rows, rest, len(self.faults))).encode()).hexdigest()


def planned(project, by, parcel: ImportBundle) -> Plan:
    """The plan for a project that knows the role of `by` in it."""
    clean(parcel)
    plan = Plan(parcel.kind, faults=list(parcel.problems))
    library = Library(parcel, by)
    named = {guid: library.article_of(text) for guid, text in parcel.texts.items()}
    parcel.records = [record._replace(digest=library.digest_in(record)) for record in parcel.records]
    found = [(record, named.get(record.article) or library.article_of(record)) for record in parcel.records]
    missing_texts(plan, parcel, named, by)
    codebook = {tag.name.lower() for tag in Tag.objects.without_tree_fields().filter(project=project)}
    sift(plan, project, by, parcel, found, codebook)
    given = {term.name.lower(): term for term in parcel.tags if term.name and project.allows("codebook")}
    used = [*(arrival.record for arrival in plan.arrivals), *waiting(plan, parcel)]
    wanted = given | {n.lower(): TagRecord("", n) for one in used for n in one.tags if n.lower() not in given}
    plan.terms, plan.codebook = [term for name, term in wanted.items() if name not in codebook], parcel.tags
    keys = {term.id: key for term in plan.terms if (key := key_of(term))}
    taken = set(Tag.objects.without_tree_fields().filter(pk__in=keys.values()).values_list("pk", flat=True))
    plan.keys = {name: key for name, key in keys.items() if key not in taken}
    return plan


def missing_texts(plan: Plan, parcel: ImportBundle, named: dict, by) -> None:
    """Texts that the library has not: new articles where the staff brings them in, else faults."""
    amounts = Counter(record.article for record in parcel.records)
    for guid, text in parcel.texts.items():
        if named[guid] is None and by.is_staff:
            plan.new.append((text, amounts[guid]))
        elif named[guid] is None:
            plan.faults.append(ImportProblem(text.title, NOT_STAFF.format(text.title)))


def waiting(plan: Plan, parcel: ImportBundle) -> list[HighlightRecord]:
    """The entries on texts that become articles first."""
    new = {text.guid for text, _ in plan.new}
    return [record for record in parcel.records if record.article in new]


def sift(plan: Plan, project, by, parcel: ImportBundle, found: list, codebook: set[str]) -> None:
    """Puts each entry where it belongs: made, here already, or not placed."""
    keys = {record.id: key_of(record) for record, _ in found}
    taken = dict(Highlight.objects.filter(pk__in=[k for k in keys.values() if k]).values_list("pk", "project"))
    texts = texts_of({article.pk for _, article in found if article})
    known, members = known_in(project, texts), members_of(project, by)
    effort, seen, new = Effort(), set(), {text.guid for text, _ in plan.new}
    for record, article in found:
        key = keys[record.id]
        if key and (key in seen or taken.get(key) == project.pk):
            plan.here.append(record)
        elif article is None and record.article in new:
            continue
        elif reason := objection(record, article, codebook, project):
            plan.faults.append(ImportProblem(record.exact[:300], reason))
        elif not effort.allows(record, texts[article.pk]):
            plan.faults.append(ImportProblem(record.exact[:300], TIRED))
        else:
            propose = len(plan.faults) < PROPOSED_MOST
            spot = spot_of(record, texts[article.pk], article.title, propose=propose)
            author = members.get(record.creator, by)
            place(plan, Arrival(None if key in taken else key, article, spot, author, record.tags, record), known)
        seen.add(key)


def place(plan: Plan, arrival: Arrival, known: set) -> None:
    spot = arrival.spot
    if isinstance(spot, ImportProblem):
        plan.faults.append(spot._replace(quote=spot.quote[:300]))
    elif mark(spot.revision.pk, spot.start, spot.end, arrival.author.pk, arrival.tags) in known:
        plan.here.append(arrival.record)
    else:
        plan.arrivals.append(arrival)


def key_of(record: HighlightRecord | TagRecord) -> UUID | None:
    match = KEY.search(record.id)
    key = UUID(match[1]) if match else None
    return key if key and key.version == 7 else None  # only ours sort by the time they were made


def mark(*fields) -> tuple:
    *rest, tags = fields
    return (*rest, frozenset(name.lower() for name in tags))


def known_in(project, texts: dict) -> set:
    """The highlights that the project has on these texts, by what would be the same again."""
    if not texts:
        return set()
    rows = Highlight.objects.standing().filter(project=project, article__in=list(texts)).order_by()
    tags: dict = {}
    named = HighlightTag.objects.filter(project=project, highlight__article__in=list(texts)).order_by()
    for key, name in named.values_list("highlight", "tag__name"):
        tags.setdefault(key, []).append(name)
    fields = rows.values_list("pk", "revision", "start", "end", "author")
    return {mark(*place, tags.get(key, [])) for key, *place in fields}


def members_of(project, by) -> dict:
    """Whose highlights may be theirs here: only an owner brings in other people's."""
    if not project.allows("manage"):
        return {}
    rows = project.memberships.filter(role__in=PERMISSIONS["highlight"]).select_related("user")
    return {row.user.get_username(): row.user for row in rows}


def objection(record: HighlightRecord, article, codebook: set[str], project) -> str:
    """Why an entry cannot be taken as it is; empty where it can."""
    unknown = [name for name in record.tags if name.lower() not in codebook]
    if article is None:
        return NO_ARTICLE
    if not record.exact.strip() or len(record.exact) > QUOTE_MOST:
        return "It bears no quote, so its place cannot be checked."
    if len(record.note) > MAX_NOTE_LENGTH:
        return f"Its note has more than {MAX_NOTE_LENGTH:,} characters."
    if len(record.tags) > TAGS_MOST:
        return "It has more than thirty tags."
    return NOT_YOURS.format(unknown[0]) if unknown and not project.allows("codebook") else ""
