"""A project's codebook, highlights and texts as the records from which files are written."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from django.db.models import Prefetch, Q
from django.urls import reverse

from annotations.exchange.bundle import TextSource
from annotations.exchange.record import HighlightRecord, ReplyRecord, TagRecord
from annotations.exchange.refi_write import RefiProject, make_text_guid
from annotations.models.highlight import Highlight, HighlightQuerySet
from annotations.models.highlight_tag import HighlightTag
from annotations.models.project import Project
from annotations.models.reply import Reply
from annotations.models.tag import Tag, depth_first
from annotations.models.thread import Thread
from newsreader.models import Revision

READ_BATCH_SIZE = 500  # highlights

TextWithRecords = tuple[TextSource, Iterator[HighlightRecord]]


def load_tag_records(project: Project) -> list[TagRecord]:
    """Return the codebook in its order, parents before their children; without proposed tags that nothing has."""
    undecided = Q(status=Tag.Status.PROPOSED, highlighttag=None, children=None)
    rows = Tag.objects.without_tree_fields().filter(project=project).exclude(undecided).distinct()
    rows = rows.exclude(pk__in=project.sight.tags)
    tags = depth_first(list(rows.order_by("position", "name")))
    return [build_tag_record(tag) for tag in tags]


def build_tag_record(tag: Tag) -> TagRecord:
    """Return a tag as a record."""
    parent = str(tag.parent_id) if tag.parent_id else ""
    descriptions = (tag.definition, tag.use_for, tag.not_for)
    is_retired = tag.status == Tag.Status.RETIRED
    return TagRecord(str(tag.pk), tag.name, parent, *descriptions, tag.colour, is_retired, tag.heading_only)


def read_records(highlights: HighlightQuerySet, site: str) -> Iterator[HighlightRecord]:
    """Yield these highlights with their replies as records, text after text.

    `site` is the address of this library, without a slash at the end.
    """
    for highlight in read_highlights(highlights, prefetch_replies()):
        yield add_replies(build_record(highlight, site), highlight, site)


def read_highlights(highlights: HighlightQuerySet, *prefetches: Prefetch) -> Iterator[Highlight]:
    """Yield the highlights with all that a record needs, in the order of their texts."""
    related = ("article", "article__source", "revision", "author")
    ordered = highlights.order_by("article", "revision", "start", "-end", "pk").select_related(*related)
    ordered = ordered.defer("revision__html", "revision__text", "revision__blocks").prefetch_related(
        prefetch_tags(), *prefetches
    )
    yield from ordered.iterator(chunk_size=READ_BATCH_SIZE)


def prefetch_tags() -> Prefetch:
    """Return what fetches the tags of highlights in their order."""
    return Prefetch("highlighttag_set", queryset=HighlightTag.objects.order_by("position").select_related("tag"))


def prefetch_replies() -> Prefetch:
    """Return what fetches the threads under highlights, with the replies that stand."""
    replies = Reply.objects.standing().select_related("author").order_by("created_at", "pk")
    return Prefetch("thread", queryset=Thread.objects.prefetch_related(Prefetch("replies", queryset=replies)))


def add_replies(record: HighlightRecord, highlight: Highlight, site: str) -> HighlightRecord:
    """Return a record with the replies to its highlight, which were fetched with it."""
    thread = getattr(highlight, "thread", None)
    if not thread or not thread.reply_count:
        return record
    replies = tuple(
        ReplyRecord(site + reverse("reply", args=[reply.pk]), reply.text, reply.author.get_username(), reply.created_at)
        for reply in thread.replies.all()
    )
    return record._replace(replies=replies, resolved=thread.resolved_at is not None)


def build_record(highlight: Highlight, site: str) -> HighlightRecord:
    """Return a highlight as a record; `site` is the address of this library, without a slash at the end."""
    article, revision = highlight.article, highlight.revision
    page = site + article.get_absolute_url()
    return HighlightRecord(
        id=site + reverse("highlight", args=[highlight.pk]),
        source=article.url or page,
        article=page,
        title=article.title,
        revision=revision.number,
        address=site + reverse("revision", args=[article.slug, revision.number]),
        digest=revision.digest,
        read_at=revision.created_at,
        start=highlight.start,
        end=highlight.end,
        exact=highlight.exact,
        prefix=highlight.prefix,
        suffix=highlight.suffix,
        tags=tuple(pair.tag.name for pair in highlight.highlighttag_set.all()),
        note=highlight.note,
        creator=highlight.author.get_username(),
        created=highlight.created_at,
        modified=highlight.updated_at,
    )


def build_refi_project(project: Project, highlights: HighlightQuerySet) -> RefiProject:
    """Return what a .qdpx of these highlights holds."""
    readers = sorted(set(highlights.order_by().values_list("author__username", flat=True)))
    read_again = make_text_reader(highlights)
    return RefiProject(str(project.pk), project.name, readers, load_tag_records(project), read_again)


def make_text_reader(highlights: HighlightQuerySet) -> Callable[[], Iterator[TextWithRecords]]:
    """Return a function that reads the texts with their highlights from the database, anew each time."""
    return partial(read_texts, highlights)


def read_texts(highlights: HighlightQuerySet) -> Iterator[TextWithRecords]:
    """Yield each text with the highlights that were made on it."""
    keys = list(highlights.order_by("article", "revision").values_list("revision", flat=True).distinct())
    groups = RevisionGroups(keys, read_highlights(highlights))
    for key in keys:
        revision = Revision.objects.select_related("article__source").defer("html", "blocks").get(pk=key)
        article = revision.article
        text = TextSource("", article.title, revision.text, article.url, article.source.name)
        yield text._replace(guid=make_text_guid(text)), map(build_keyed_record, groups.read_group(key))


def build_keyed_record(highlight: Highlight) -> HighlightRecord:
    """Return the record whose id is the key alone."""
    return build_record(highlight, "")._replace(id=str(highlight.pk))


class RevisionGroups:
    """The highlights on each revision, out of one query that is run only when the first of them is wanted."""

    def __init__(self, keys: list[int], highlights: Iterator[Highlight]) -> None:
        self.positions = {key: position for position, key in enumerate(keys)}
        self.groups = groupby(highlights, key=lambda highlight: highlight.revision_id)
        self.waiting: tuple[int, Iterator[Highlight]] | None = None  # a group that was reached too early

    def read_group(self, key: int) -> Iterator[Highlight]:
        """Yield the highlights on this revision; those on one that came in between are skipped."""
        while group := self.waiting or next(self.groups, None):
            self.waiting = group
            group_key, highlights = group
            if self.positions.get(group_key, -1) > self.positions[key]:
                return
            self.waiting = None
            if group_key == key:
                yield from highlights
                return
