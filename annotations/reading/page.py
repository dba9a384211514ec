"""The reading page: a revision with a project's layer on it, rendered for one reader."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape
from operator import attrgetter
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import QueryDict
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annotations.models import Highlight, Project
from annotations.models.codebook import CodebookTag, codebook_of
from annotations.reading.layer import Layer, LayerFilter, get_layer, load_layer, read_layer_filter
from annotations.reading.layer_query import HighlightRow, PlacementRow
from annotations.reading.links import build_as_read_url, build_reattach_url, build_revision_url
from annotations.reading.tag_picker import build_picker
from annotations.rendering.cards import (
    CardWords,
    find_block_index,
    render_card_body,
    render_card_foot,
    render_carried_line,
    render_edit_link,
    render_replies_link,
    render_tag,
    translate_card_words,
)
from annotations.rendering.filter_rows import render_tag_row
from annotations.rendering.highlighter import Span, highlight_block
from annotations.rendering.outline import Section, find_section_index, list_sections, render_outline_row
from newsreader.http import Request
from newsreader.models import ArticleImage, Revision
from newsreader.models.scopes import is_readable_by
from newsreader.text.html.images import ShownImage
from newsreader.text.html.plaintext import cut_characters, make_excerpt, text_of
from newsreader.text.html.presentation import present
from newsreader.users import AnyUser

MAX_CARD_CHANGES = 3  # that a card lists; the mark shows all
MAX_HEADING = 80  # characters of a heading in the outline
QUOTE_MARKS = tuple("“”„«»‘‚\"'「『")
MAX_QUOTED_WORDS = 80  # characters of its passage that a card quotes
HEADING = re.compile(r"<(?:section\b[^>]*>\s*<)?(h[1-6])\b[^>]*>(.*?)</\1>", re.DOTALL)
get_start = attrgetter("start")
NO_KEY = "00000000-0000-0000-0000-000000000000"


class PageRenderer:
    """Renders a revision with a layer on it as one reader sees it; `project` knows the reader's role. All of it is safe HTML."""

    layer_name = ""  # as the address or the membership has it
    reader: AnyUser = AnonymousUser()

    def __init__(
        self,
        project: Project | None,
        revision: Revision,
        layer_filter: LayerFilter,
        *,
        user_id: int | None,
        csrf_token: "str | SimpleLazyObject[str]",
    ) -> None:
        self.project, self.revision, self.layer_filter = project, revision, layer_filter
        self.user_id, self.csrf_token = user_id, csrf_token
        self.may_highlight = bool(project and project.allows("highlight"))
        self.may_reply = bool(project and project.allows("reply"))

    @cached_property
    def starts(self) -> list[int]:
        """Where each block starts in the text (code points)."""
        return [start for _, start in self.revision.blocks]

    @classmethod
    def load(
        cls, request: Request, project: Project | None, revision: Revision, query: QueryDict | None = None
    ) -> Self:
        """Return the renderer of the project's layer on the revision, filtered by what `query` switches off."""
        csrf_token = csrf(request)["csrf_token"]  # made only where a form needs it
        remembered = project.membership.layer if project and project.membership else ""
        layer_filter = read_layer_filter(query, remembered, request.user.pk)
        page = cls(project, revision, layer_filter, user_id=request.user.pk, csrf_token=csrf_token)
        page.reader = request.user
        page.layer_name = get_layer(query, remembered) if query is not None else ""
        return page

    @cached_property
    def images(self) -> Mapping[str, ShownImage]:
        """The images that this site has of the text, by their keys."""
        return ArticleImage.objects.load_shown(self.revision)

    @cached_property
    def layer(self) -> Layer:
        """The project's highlights on the revision."""
        return load_layer(self.project, self.revision, self.layer_filter)

    @cached_property
    def address(self) -> str:
        """The page's own address: the article's, or on an older text that one's."""
        return build_revision_url(self.revision.article, self.revision.number)

    @cached_property
    def tag_counts(self) -> list[tuple[CodebookTag | None, int, bool]]:
        """The tags in use here, as Layer.count_tags has them."""
        return self.layer.count_tags()

    @property
    def tags_listed(self) -> str:
        """The names with commas between; what has no tag is an empty name, and a lone comma where it is the only one."""
        return ",".join(tag.name if tag else "" for tag, _, _ in self.tag_counts) or "," * bool(self.tag_counts)

    @property
    def tag_rows(self) -> SafeString:
        """The rows of the tags in use here, with their numbers of highlights."""
        rows = (
            render_tag_row(number, tag.name if tag else "", tag.colour if tag else 0, count, shown=shown)
            for number, (tag, count, shown) in enumerate(self.tag_counts, 1)
        )
        return mark_safe("".join(rows))

    @cached_property
    def reader_counts(self) -> list[tuple[str, int, bool]]:
        """The authors of highlights here, as Layer.count_authors has them."""
        return self.layer.count_authors()

    @property
    def readers_listed(self) -> str:
        """The names with commas between."""
        return ",".join(name for name, _, _ in self.reader_counts)

    def render_card(self, row: HighlightRow) -> str:
        """Return one card as this reader sees it; `cards` marks them as safe all at once."""
        may_edit = self.may_highlight and row.author_id == self.user_id
        as_read, state = "", ""
        if row.placement and self.project:
            as_read = self.render_as_read_link(row, row.placement, self.project)
            if not row.placement.is_same:
                state, as_read = self.render_card_state(row, row.placement, self.project, as_read), ""
        foot = self.render_card_foot(row, may_edit=may_edit, may_reply=self.may_reply, as_read=as_read)
        return f"{self.hide_origin(row.origin, self.render_card_body(row))}{state}{foot}</li>"

    def hide_origin(self, origin: str, body: str) -> str:
        """Return a card up to its note, without the line that it was carried from a copy that this reader may not see."""
        return body if not origin or origin in self.seen_origins else body.replace(render_carried_line(), "", 1)

    @cached_property
    def seen_origins(self) -> set[str]:
        """The keys of the highlights from which some here were carried, of those in copies that this reader may see."""
        origins = {row.origin for row in self.layer.rows if row.origin}
        if not origins:
            return set()
        found = Highlight.objects.filter(is_readable_by(self.reader, "article__"), pk__in=origins).order_by()
        return set(map(str, found.values_list("pk", flat=True)))

    def render_card_body(self, row: HighlightRow) -> str:
        """Return a card up to its note."""
        tag_links = {tag.name: render_tag_link(tag, self.passages_url) for tag in row.tags}
        block = find_block_index(self.starts, row.start)
        words = self.quote_words(row) + (render_carried_line() if row.origin else "")
        return render_card_body(row, block, words, tag_links, self.card_words)

    def render_card_foot(self, row: HighlightRow, *, may_edit: bool, may_reply: bool, as_read: str = "") -> str:
        """Return the links of a card: to its edit form, to its replies, and to the text on which it was made."""
        edit_link = render_edit_link(self.edit_url.replace("ID", row.id), self.card_words.edit) if may_edit else ""
        if not row.replies and not may_reply:
            return render_card_foot(edit_link, as_read)
        words = escape(describe_replies(row.replies, is_resolved=row.is_resolved))
        return render_card_foot(edit_link, render_replies_link(self.replies_url.replace("ID", row.id), words), as_read)

    @cached_property
    def card_words(self) -> CardWords:
        """The words that all cards have in common."""
        return translate_card_words()

    @cached_property
    def as_read_words(self) -> tuple[str, str]:
        """What a link to an earlier text says on a card of another reader, and on one's own."""
        return escape(_("As it was read")), escape(_("As you read it"))

    def quote_words(self, row: HighlightRow) -> str:
        """Return the first words of a highlight's passage, for where its card does not stand beside it. Safe HTML."""
        words = make_excerpt(self.revision.text[row.start : row.end], MAX_QUOTED_WORDS)
        classes = "words quoted" if words[:1] in QUOTE_MARKS else "words"
        return f'<p class="{classes}"><bdi lang="{escape(self.revision.article.language)}">{escape(words)}</bdi></p>'

    def render_as_read_link(self, row: HighlightRow, placement: PlacementRow, project: Project) -> str:
        """Return the link to the text on which the highlight was made."""
        words = self.as_read_words[row.author_id == self.user_id]
        url = build_as_read_url(self.revision.article, project, row.id, placement.made_on)
        return f'<a href="{escape(url)}">{words}</a>'

    def render_card_state(self, row: HighlightRow, placement: PlacementRow, project: Project, as_read: str) -> str:
        """Return what became of a highlight that was made on an earlier text, and what may be done about it."""
        context = {
            "page": self,
            "row": row,
            "placed": placement,
            "as_read": mark_safe(as_read),
            "elsewhere": build_reattach_url(self.revision.article, project, row.id),
            "changes": placement.changes[:MAX_CARD_CHANGES],
            "more": len(placement.changes[MAX_CARD_CHANGES:]),
            "may_settle": placement.open and project.allows_review_of(row.author_id),
            "csrf_token": self.csrf_token,
        }
        return render_to_string("annotations/reading/_card_state.html", context)

    @cached_property
    def edit_url(self) -> str:
        """The address of a highlight's edit form, with ID for its key."""
        return reverse("edit", args=[NO_KEY]).replace(NO_KEY, "ID")

    @cached_property
    def replies_url(self) -> str:
        """The address of the replies to a highlight, with ID for its key."""
        return reverse("replies", args=[NO_KEY]).replace(NO_KEY, "ID")

    @cached_property
    def passages_url(self) -> str:
        """The address of the project's passages."""
        return reverse("passages", args=[self.project.slug]) if self.project else ""

    @property
    def last_place(self) -> str:
        """Where one is at the end of the article, as scripts say it: the longest that they say."""
        count = len(self.starts)
        return _("¶{number} of {count}").format(number=count, count=count)

    @cached_property
    def sections(self) -> list[Section]:
        """The parts of the article, from heading to heading; kept, since the text of a revision never changes."""
        key = f"sections {self.revision.pk} {get_language()}"
        sections = caches["fragments"].get(key)
        if sections is None:
            sections = list_sections([self.get_heading(index) for index in range(len(self.starts))])
            caches["fragments"].set(key, sections)
        return sections

    def render_outline_row(self, index: int, oob: str = "") -> str:
        """Return the row of the part of this index, with the lines of the highlights that begin in it."""
        section, shown = self.sections[index], self.layer.shown
        ends = self.starts[section.first - 1], self.starts[section.last] if section.last < len(self.starts) else None
        first, last = (bisect_left(shown, end, key=get_start) if end is not None else None for end in ends)
        hues = [row.tags[0].colour if row.tags else 0 for row in shown[first:last]]
        return render_outline_row(section, hues, oob)

    def get_heading(self, index: int) -> str:
        """Return the words of a block that is a heading, or that begins with one; empty for any other."""
        place = self.revision.blocks[index][0]
        if not self.revision.html.startswith(("<h", "<section"), place):
            return ""
        heading = HEADING.match(self.revision.block_html(index))
        return cut_characters(" ".join(text_of(heading[2]).split()), MAX_HEADING) if heading else ""

    def find_blocks(self, places: list[tuple[int, int]]) -> range:
        """Return the indexes of the blocks from the first to the last that these places touch."""
        if not places:
            return range(0)
        first = find_block_index(self.starts, min(start for start, _ in places))
        return range(first, find_block_index(self.starts, max(end for _, end in places) - 1) + 1)

    def draw_block(self, index: int, spans: list[Span]) -> str:
        """Return one block with its marks; the spans are those that touch it, at least."""
        start, _ = self.revision.block_span(index)
        return self.present_block(highlight_block(self.revision.block_html(index), start, spans, is_compact=True))

    def present_block(self, html: str) -> str:
        """Return a block with its marks as pages show it, with its images."""
        return present(html, self.images) if "<img" in html else present(html)

    def render_block(self, index: int) -> SafeString:
        """Return one block, to be swapped in where its id stands."""
        block = self.draw_block(index, self.layer.spans())
        id_attribute = f' id="p{index + 1}"'
        return mark_safe(block.replace(id_attribute, f'{id_attribute} hx-swap-oob="true"', 1))

    def swap_outline_rows(self, blocks: Iterable[int]) -> list[SafeString]:
        """Return the rows of the parts in which these blocks stand, to be swapped in where their ids stand."""
        return [
            mark_safe(self.render_outline_row(index, ' hx-swap-oob="true"')) for index in self.find_sections(blocks)
        ]

    def find_sections(self, blocks: Iterable[int]) -> list[int]:
        """Return the indexes of the parts in which these blocks stand."""
        return sorted({find_section_index(self.sections, index + 1) for index in blocks})


@lru_cache(maxsize=2_048)
def render_tag_link(tag: CodebookTag, passages_url: str) -> str:
    """Return a tag as a link to its passages."""
    return render_tag(tag.name, tag.colour, f"{passages_url}?{urlencode({'tag': tag.address})}")


def describe_replies(count: int, *, is_resolved: bool) -> str:
    """Return what the link to a thread says: how many replies it has, or that one can reply."""
    if not count:
        return _("Reply")
    words = ngettext("Resolved, %(count)s reply", "Resolved, %(count)s replies", count) if is_resolved else ""
    return (words or ngettext("%(count)s reply", "%(count)s replies", count)) % {"count": count}


def build_picker_context(page: PageRenderer, names: Sequence[str] = ()) -> dict[str, Any]:
    """Return the picker of a new highlight's tags, with those of these names set; nothing where none can be made."""
    project, membership = page.project, page.project.membership if page.project else None
    if not project or not membership or not page.may_highlight:
        return {}
    may_create, recent = project.allows("codebook"), membership.recent
    return {"picker": build_picker(codebook_of(project), names=names, recent=recent, may_create=may_create)}
