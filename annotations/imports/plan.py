"""What an import would do to a project, without doing any of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.contrib.auth.models import User
from django.utils.translation import gettext

from annotations.exchange.bundle import ImportProblem, TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.imports.matching import MatchedPlace
from newsreader.models import Article
from newsreader.text.language.names import fold_name

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
    replies: tuple["PlannedReply", ...] = ()


class PlannedReply(NamedTuple):
    """A reply to be made under a highlight; `html` is its text as pages show it."""

    text: str
    html: str
    author: User
    created: datetime | None


@dataclass
class ImportPlan:
    """What would be made, what is already present, and what could not be placed."""

    format_name: str  # of the file, in English
    version: int  # of the project, when the plan was made
    highlights: list[PlannedHighlight] = field(default_factory=list)
    already_present: list[HighlightRecord] = field(default_factory=list)
    problems: list[ImportProblem] = field(default_factory=list)
    notices: list[ImportProblem] = field(default_factory=list)  # what is left out or changed, beside highlights
    new_texts: dict[str, TextSource] = field(default_factory=dict)  # that become articles, by GUID
    same_texts: dict[str, str] = field(default_factory=dict)  # GUIDs of repeated texts: those of the first
    refused_texts: set[str] = field(default_factory=set)  # GUIDs of those whose highlights are left out
    on_new_texts: list[PlannedHighlight] = field(default_factory=list)  # on unsaved revisions of new texts
    new_tags: list[TagRecord] = field(default_factory=list)
    file_codebook: list[TagRecord] = field(default_factory=list)  # all tags that the file defines
    tag_keys: dict[str, UUID] = field(default_factory=dict)  # of new tags that keep theirs, by the record's id

    @property
    def kind(self) -> str:
        """What the format of the file is called."""
        return gettext(self.format_name)

    @property
    def articles(self) -> list[tuple[Article, list[PlannedHighlight]]]:
        """The articles in which highlights would be made, each with these."""
        groups: dict[int, tuple[Article, list[PlannedHighlight]]] = {}
        for planned in self.highlights:
            groups.setdefault(planned.article.pk, (planned.article, []))[1].append(planned)
        return list(groups.values())

    @property
    def new_articles(self) -> list[tuple[TextSource, int]]:
        """The texts that would become articles, each with the number of its highlights."""
        guids = [planned.record.article for planned in self.on_new_texts]
        counts = Counter(self.same_texts.get(guid, guid) for guid in guids)
        return [(text, counts[guid]) for guid, text in self.new_texts.items()]

    @property
    def highlight_count(self) -> int:
        """How many highlights would be made, those in new articles included."""
        return len(self.highlights) + len(self.on_new_texts)

    @property
    def is_codebook(self) -> bool:
        """Whether the file has tags, and neither highlights nor texts."""
        has_highlights = self.highlight_count or self.already_present or self.left_out_count
        return bool(self.file_codebook) and not has_highlights and not self.new_texts

    @property
    def present_tag_count(self) -> int:
        """How many tags of the file's codebook the project has already."""
        return len(self.file_codebook) - len(self.new_tags)

    @property
    def left_out_count(self) -> int:
        """How many highlights of the file would not be made, since they could not be read or placed."""
        return sum(problem.number for problem in self.problems)

    def add_notice(self, message: str, **values: str) -> None:
        """Add what is left out or changed, and is no highlight."""
        self.notices.append(ImportProblem("", message, values=values))

    @property
    def signatures(self) -> set[Signature]:
        """What the highlights that would be made have in common with others that are the same."""
        return {
            make_signature(place.revision.pk, place.start, place.end, author.pk, tags)
            for _, _, place, author, tags, *_ in self.highlights
        }

    @property
    def creators(self) -> list[tuple[str, str]]:
        """Who made the highlights elsewhere, each with whose they will be here."""
        every = [*self.highlights, *self.on_new_texts]
        return sorted({(planned.record.creator, str(planned.author)) for planned in every if planned.record.creator})

    @property
    def fingerprint(self) -> str:
        """What names this plan: another one where the library, the project or the file changed."""
        highlights = [
            (str(key), place.revision.pk, record.article, place.start, place.end, author.pk, tags, len(replies))
            for key, _, place, author, tags, record, replies in [*self.highlights, *self.on_new_texts]
        ]
        new_tags, new_texts = [tag.name for tag in self.new_tags], list(self.new_texts)
        parts = (highlights, [new_tags, new_texts, len(self.already_present)], len(self.problems), len(self.notices))
        return sha256(repr(parts).encode()).hexdigest()


def make_signature(revision_id: int, start: int, end: int, author_id: int, tags: Iterable[str]) -> Signature:
    """Return what two highlights that are the same have in common."""
    return revision_id, start, end, author_id, frozenset(fold_name(name) for name in tags)
