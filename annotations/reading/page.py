"""The reading page: a revision with a project's layer on it, rendered for one reader."""

from functools import cached_property
from html import escape
from typing import Any

from django.http import QueryDict
from django.template.context_processors import csrf
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString, mark_safe

from annotations.models import Project
from annotations.models.codebook import CodebookTag
from annotations.models.membership import RECENT_TAGS
from annotations.reading.layer import HighlightRow, Layer, PlacementRow, load_layer, read_layer_filter
from annotations.reading.links import build_as_read_url, build_reattach_url, build_revision_url
from annotations.rendering.cards import find_block_index, render_card, render_outline_row, render_tag
from annotations.rendering.highlighter import highlight, highlight_block
from newsreader.http import Request
from newsreader.models import Revision
from newsreader.text.html.plaintext import text_of

MAX_CARD_CHANGES = 3  # that a card lists; the mark shows all
MAX_HEADING = 80  # characters of a heading in the outline
NO_KEY = "00000000-0000-0000-0000-000000000000"


def load_page(
    request: Request, project: Project | None, revision: Revision, query: QueryDict | None = None
) -> "PageRenderer":
    """Return the renderer of the project's layer on the revision, filtered by what `query` switches off."""
    layer = load_layer(project, revision, read_layer_filter(query))
    csrf_token = csrf(request)["csrf_token"]  # made only where a form needs it
    return PageRenderer(project, revision, layer, user_id=request.user.pk, csrf_token=csrf_token)


class PageRenderer:
    """Renders a revision with a layer on it as one reader sees it; `project` knows the reader's role. All of it is safe HTML."""

    def __init__(
        self,
        project: Project | None,
        revision: Revision,
        layer: Layer,
        *,
        user_id: int | None,
        csrf_token: "str | SimpleLazyObject[str]",
    ) -> None:
        self.project, self.revision, self.layer = project, revision, layer
        self.user_id, self.csrf_token = user_id, csrf_token
        self.starts = [start for _, start in revision.blocks]
        self.may_highlight = bool(project and project.allows("highlight"))

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

    @cached_property
    def reader_counts(self) -> list[tuple[str, int, bool]]:
        """The authors of highlights here, as Layer.count_authors has them."""
        return self.layer.count_authors()

    @property
    def readers_listed(self) -> str:
        """The names with commas between."""
        return ",".join(name for name, _, _ in self.reader_counts)

    def text(self) -> SafeString:
        """Return the article with its marks."""
        return mark_safe(highlight(self.revision.html, self.layer.spans()))

    def cards(self) -> SafeString:
        """Return the cards of all highlights shown, in reading order."""
        return mark_safe("".join([self.render_card(row) for row in self.layer.shown]))

    def render_card(self, row: HighlightRow) -> str:
        """Return one card; `cards` marks them as safe all at once."""
        edit_url = self.edit_url if self.may_highlight and row.author_id == self.user_id else ""
        block = find_block_index(self.starts, row.start)
        if not row.placement or not self.project:
            return render_card(row, block, self.tag_links, edit_url)
        as_read = self.render_as_read_link(row, row.placement, self.project)
        if row.placement.is_same:
            return render_card(row, block, self.tag_links, edit_url, as_read=as_read)
        state = self.render_card_state(row, row.placement, self.project, as_read)
        return render_card(row, block, self.tag_links, edit_url, state)

    def render_as_read_link(self, row: HighlightRow, placement: PlacementRow, project: Project) -> str:
        """Return the link to the text on which the highlight was made."""
        words = "As you read it" if row.author_id == self.user_id else "As it was read"
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
    def tag_links(self) -> dict[str, str]:
        """Each tag as a link to its passages, by its name."""
        base = reverse("passages", args=[self.project.slug]) if self.project else ""
        tags = self.layer.codebook.values()
        return {tag.name: render_tag(tag.name, tag.colour, f"{base}?tag={tag.slug}") for tag in tags}

    def outline(self) -> SafeString:
        """Return a row for each block of the article."""
        rows_of_blocks: list[list[HighlightRow]] = [[] for _ in self.starts]
        for row in self.layer.shown:
            rows_of_blocks[find_block_index(self.starts, row.start)].append(row)
        outline = [render_outline_row(n + 1, self.get_heading(n), rows) for n, rows in enumerate(rows_of_blocks)]
        return mark_safe("".join(outline))

    def get_heading(self, index: int) -> str:
        """Return the words of a block that is a heading; empty for any other."""
        place = self.revision.blocks[index][0]
        if not self.revision.html.startswith("<h", place):
            return ""
        return text_of(self.revision.block_html(index))[:MAX_HEADING]

    def find_blocks(self, places: list[tuple[int, int]]) -> range:
        """Return the indexes of the blocks from the first to the last that these places touch."""
        if not places:
            return range(0)
        first = find_block_index(self.starts, min(start for start, _ in places))
        return range(first, find_block_index(self.starts, max(end for _, end in places) - 1) + 1)

    def render_block(self, index: int) -> SafeString:
        """Return one block, to be swapped in where its id stands."""
        start, _ = self.revision.block_span(index)
        block = highlight_block(self.revision.block_html(index), start, self.layer.spans())
        id_attribute = f' id="p{index + 1}"'
        return mark_safe(block.replace(id_attribute, f'{id_attribute} hx-swap-oob="true"', 1))

    def render_outline_row(self, index: int) -> SafeString:
        """Return one row of the outline, to be swapped in where its id stands."""
        start, end = self.revision.block_span(index)
        rows = [row for row in self.layer.shown if start <= row.start <= end]
        return mark_safe(render_outline_row(index + 1, self.get_heading(index), rows, ' hx-swap-oob="true"'))


def build_tag_choices(page: PageRenderer) -> dict[str, Any]:
    """Return the tags that a new highlight can get: the whole codebook, and of it those that this reader used last."""
    project, membership = page.project, page.project.membership if page.project else None
    if not project or not membership or not page.may_highlight:
        return {}
    codebook = [tag for tag in page.layer.codebook.values() if tag.status == "active"]
    order = {key: place for place, key in enumerate(membership.recent)}
    recent = sorted(codebook, key=lambda tag: order.get(tag.key, len(order)))[:RECENT_TAGS]
    keys = " ".join(tag.key for tag in recent)
    return {"codebook": codebook, "recent": recent, "offered": keys, "may_create": project.allows("codebook")}
