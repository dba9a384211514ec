"""A project on its way out: its codebook, its highlights and the texts they stand on, as records."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import groupby

from django.db.models import Prefetch
from django.urls import reverse

from annotations.exchange.bundle import TextSource
from annotations.exchange.record import HighlightRecord, TagRecord
from annotations.exchange.refi_write import RefiProject, make_text_guid
from annotations.models.highlight_tag import HighlightTag
from annotations.models.tag import Tag, depth_first
from newsreader.models import Revision

A_BATCH = 500


def terms_of(project) -> list[TagRecord]:
    """The codebook in its order, those above before those below."""
    tags = depth_first(list(Tag.objects.without_tree_fields().filter(project=project).order_by("position", "name")))
    return [term_of(tag) for tag in tags]


def term_of(tag: Tag) -> TagRecord:
    parent = str(tag.parent_id) if tag.parent_id else ""
    words = (tag.definition, tag.use_for, tag.not_for)
    return TagRecord(str(tag.pk), tag.name, parent, *words, tag.colour, tag.status == Tag.Status.RETIRED)


def records_of(highlights, site: str) -> Iterator[HighlightRecord]:
    """These highlights as records, text after text; `site` is the address of this library, without a slash at the end."""
    yield from (record_of(row, site) for row in rows_of(highlights))


def rows_of(highlights) -> Iterator:
    """The highlights with all that a record says, in the order of their texts."""
    related = ("article", "article__source", "revision", "author")
    rows = highlights.order_by("article", "revision", "start", "-end", "pk").select_related(*related)
    rows = rows.defer("revision__html", "revision__text", "revision__blocks").prefetch_related(*named())
    yield from rows.iterator(chunk_size=A_BATCH)


def named() -> list[Prefetch]:
    return [Prefetch("highlighttag_set", queryset=HighlightTag.objects.order_by("position").select_related("tag"))]


def record_of(row, site: str) -> HighlightRecord:
    article = site + row.article.get_absolute_url()
    return HighlightRecord(
        id=site + reverse("highlight", args=[row.pk]),
        source=row.article.url or article,
        article=article,
        title=row.article.title,
        revision=row.revision.number,
        address=site + reverse("revision", args=[row.article.slug, row.revision.number]),
        digest=row.revision.digest,
        read_at=row.revision.created_at,
        start=row.start,
        end=row.end,
        exact=row.exact,
        prefix=row.prefix,
        suffix=row.suffix,
        tags=tuple(pair.tag.name for pair in row.highlighttag_set.all()),
        note=row.note,
        creator=row.author.get_username(),
        created=row.created_at,
        modified=row.updated_at,
    )


def study_of(project, highlights) -> RefiProject:
    """What a .qdpx of these highlights bears."""
    readers = sorted(set(highlights.order_by().values_list("author__username", flat=True)))
    return RefiProject(str(project.pk), project.name, readers, terms_of(project), texts_of(highlights))


def texts_of(highlights) -> Callable[[], Iterator[tuple[TextSource, Iterator[HighlightRecord]]]]:
    """The texts with their highlights, read from the database anew each time."""
    return partial(read_texts, highlights)


def read_texts(highlights) -> Iterator[tuple[TextSource, Iterator[HighlightRecord]]]:
    ordered = highlights.order_by("article", "revision").values_list("revision", flat=True).distinct()
    keys = list(ordered)
    groups = Groups(keys, rows_of(highlights))
    for key in keys:
        revision = Revision.objects.select_related("article__source").defer("html", "blocks").get(pk=key)
        article = revision.article
        text = TextSource("", article.title, revision.text, article.url, article.source.name)
        yield text._replace(guid=make_text_guid(text)), map(bare, groups.of(key))


def bare(row) -> HighlightRecord:
    """The record whose id is the key alone."""
    return record_of(row, "")._replace(id=str(row.pk))


class Groups:
    """The rows on each revision, out of one query that is asked only when the first of them is wanted."""

    def __init__(self, keys: list[int], rows: Iterator):
        self.places = {key: place for place, key in enumerate(keys)}
        self.groups, self.held = groupby(rows, key=lambda row: row.revision_id), None

    def of(self, key: int) -> Iterator:
        """The rows on this revision; those on one that came in between are passed over."""
        while group := self.held or next(self.groups, None):
            self.held, (found, rows) = group, group
            if self.places.get(found, -1) > self.places[key]:
                return
            self.held = None
            if found == key:
                yield from rows
                return
