"""The reading page as data: which layer, which filters, and its drawn pieces."""

from functools import cached_property
from html import escape

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe

from annotations.reading.layer import Layer
from annotations.reading.reattach import elsewhere
from annotations.rendering.cards import find_block_index, render_card, render_outline_row, render_tag
from annotations.rendering.highlighter import highlight, highlight_block
from newsreader.text.html.plaintext import text_of

SHOWN = 3  # changes of words that a card tells; the mark shows all


class Page:
    """One revision with one project's layer on it, as one reader sees it. Its pieces are safe HTML."""

    def __init__(self, request, project, revision, chosen=None):
        self.request, self.user_id, self.project, self.revision = request, request.user.pk, project, revision
        self.starts = [start for _, start in revision.blocks]
        self.layer = Layer(project, revision, *hidden_in(chosen))
        self.may_highlight = bool(project) and project.allows("highlight")

    @cached_property
    def address(self) -> str:
        """The page's own: the article's, or on an older text that one's."""
        article, number = self.revision.article, self.revision.number
        return (
            article.get_absolute_url()
            if number == article.revision
            else reverse("revision", args=[article.slug, number])
        )

    @cached_property
    def tag_counts(self) -> list:
        return self.layer.tag_counts()

    @property
    def tags_listed(self) -> str:
        """The names with commas between; what has no tag is an empty name, and a lone comma where it is the only one."""
        return ",".join(tag.name if tag else "" for tag, _, _ in self.tag_counts) or "," * bool(self.tag_counts)

    @property
    def readers_listed(self) -> str:
        return ",".join(name for name, _, _ in self.reader_counts)

    @cached_property
    def reader_counts(self) -> list:
        return self.layer.reader_counts()

    def text(self) -> str:
        return mark_safe(highlight(self.revision.html, self.layer.spans()))

    def cards(self) -> str:
        return mark_safe("".join([self.card(row) for row in self.layer.shown]))

    def card(self, row) -> str:
        """A card; `cards` says that they are safe all at once."""
        edit_url = self.edit_url if self.may_highlight and row.author_id == self.user_id else ""
        block = find_block_index(self.starts, row.start)
        if not row.placed:
            return render_card(row, block, self.links, edit_url)
        said = "As you read it" if row.author_id == self.user_id else "As it was read"
        as_read = f'<a href="{escape(self.as_read(row.id, row.placed.made_on))}">{said}</a>'
        if row.placed.is_same:
            return render_card(row, block, self.links, edit_url, as_read=as_read)
        return render_card(row, block, self.links, edit_url, self.state(row, as_read))

    def state(self, row, as_read: str) -> str:
        """What became of a highlight that was made on an earlier text, and what may be done about it."""
        placed, shown = row.placed, row.placed.changes[:SHOWN]
        context = {"page": self, "row": row, "placed": placed, "as_read": mark_safe(as_read)}
        context |= {"elsewhere": self.elsewhere(row.id)}
        context |= {"changes": shown, "more": len(placed.changes) - len(shown)}
        context |= {"may_settle": placed.open and self.project.allows_review_of(row.author_id)}
        return render_to_string("annotations/reading/_card_state.html", context, self.request)

    def as_read(self, key: str, number: int) -> str:
        return f"{reverse('revision', args=[self.revision.article.slug, number])}?project={self.project.slug}#h-{key}"

    def elsewhere(self, key) -> str:
        """The page as it is read to find another place for a highlight."""
        return elsewhere(self.revision.article, self.project, key)

    @cached_property
    def edit_url(self) -> str:
        zero = "00000000-0000-0000-0000-000000000000"
        return reverse("edit", args=[zero]).replace(zero, "ID")

    @cached_property
    def links(self) -> dict:
        base = reverse("passages", args=[self.project.slug]) if self.project else ""
        return {
            tag.name: render_tag(tag.name, tag.colour, f"{base}?tag={tag.slug}") for tag in self.layer.codebook.values()
        }

    def outline(self) -> str:
        beginning: list[list] = [[] for _ in self.starts]
        for row in self.layer.shown:
            beginning[find_block_index(self.starts, row.start)].append(row)
        rows = [render_outline_row(n + 1, self.heading(n), rows) for n, rows in enumerate(beginning)]
        return mark_safe("".join(rows))

    def heading(self, index: int) -> str:
        place = self.revision.blocks[index][0]
        if not self.revision.html.startswith("<h", place):
            return ""
        return text_of(self.revision.block_html(index))[:80]

    def touched(self, *spans: tuple[int, int]) -> range:
        """The indexes of the blocks from the first to the last that these spans touch."""
        first = find_block_index(self.starts, min(start for start, _ in spans))
        return range(first, find_block_index(self.starts, max(end for _, end in spans) - 1) + 1)

    def block(self, index: int) -> str:
        """One block drawn anew, to be swapped in where its id stands."""
        start, _ = self.revision.block_span(index)
        drawn = highlight_block(self.revision.block_html(index), start, self.layer.spans())
        name = f' id="p{index + 1}"'
        return mark_safe(drawn.replace(name, f'{name} hx-swap-oob="true"', 1))

    def outline_row(self, index: int) -> str:
        begin, end = self.revision.block_span(index)
        rows = [row for row in self.layer.shown if begin <= row.start <= end]
        return mark_safe(render_outline_row(index + 1, self.heading(index), rows, ' hx-swap-oob="true"'))


def hidden_in(chosen) -> tuple[set[str], set[str]]:
    """The tags and the readers that were switched off: listed, and not ticked. `chosen` is a QueryDict, or None."""
    return (
        (switched_off(chosen, "tags-listed", "tag"), switched_off(chosen, "readers-listed", "reader"))
        if chosen
        else (set(), set())
    )


def switched_off(chosen, listed: str, ticked: str) -> set[str]:
    names = chosen.get(listed)
    return set(names.split(",")) - set(chosen.getlist(ticked)) if names else set()
