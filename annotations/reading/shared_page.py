"""The reading page as opened: what all readers of a project see alike is rendered once and kept.

Only what depends on nothing but the revision, the version of the project, the filter and the language is kept. What one
reader may do with a card is chosen when the page is put together, by the author of its highlight.
"""

from functools import cached_property
from typing import NamedTuple

from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.models.codebook import CodebookTag
from annotations.reading.layer import HighlightRow
from annotations.reading.page import PageRenderer


class SharedCard(NamedTuple):
    """A card as others see it, and as the author of its highlight does."""

    author_id: int
    html: str
    own_html: str


class SharedLayer(NamedTuple):
    """What all readers see alike; a card that says what became of its highlight is rendered for each of them."""

    text: str
    outline: str
    cards: list[SharedCard | HighlightRow]
    tag_counts: list[tuple[CodebookTag | None, int, bool]]
    reader_counts: list[tuple[str, int, bool]]


class SharedPage(PageRenderer):
    """Renders a revision for one reader out of what is kept of it."""

    @cached_property
    def shared(self) -> SharedLayer:
        """What all readers see alike, out of the cache if it was rendered before."""
        key = self.make_cache_key()
        layer = caches["layers"].get(key)
        if layer is None:
            layer = self.render_shared_layer()
            caches["layers"].set(key, layer)
        return layer

    def make_cache_key(self) -> str:
        """Return what the shared part depends on; the project's version is read before its highlights, so nothing kept is too old."""
        project, article, hidden = self.project, self.revision.article, self.layer_filter
        parts = (project and (project.pk, project.version), self.revision.pk, article.pk, article.version)
        return repr((*parts, sorted(hidden.hidden_tags), sorted(hidden.hidden_authors), get_language()))

    def render_shared_layer(self) -> SharedLayer:
        """Render what all readers see alike."""
        return SharedLayer(
            text=super().text(),
            outline=super().outline(),
            cards=[self.render_shared_card(row) for row in self.layer.shown],
            tag_counts=self.layer.count_tags(),
            reader_counts=self.layer.count_authors(),
        )

    def render_shared_card(self, row: HighlightRow) -> SharedCard | HighlightRow:
        """Return both forms of a card; the highlight itself where its card differs in more than the link to its form."""
        if row.placement:
            return row
        own_html = self.render_card_for(row, may_edit=True)
        return SharedCard(row.author_id, self.render_card_for(row, may_edit=False), own_html)

    @property
    def tag_counts(self) -> list[tuple[CodebookTag | None, int, bool]]:
        """The tags in use here, as Layer.count_tags has them."""
        return self.shared.tag_counts

    @property
    def reader_counts(self) -> list[tuple[str, int, bool]]:
        """The authors of highlights here, as Layer.count_authors has them."""
        return self.shared.reader_counts

    def text(self) -> SafeString:
        """Return the article with its marks."""
        return mark_safe(self.shared.text)

    def outline(self) -> SafeString:
        """Return a row for each part of the article."""
        return mark_safe(self.shared.outline)

    def cards(self) -> SafeString:
        """Return the cards of all highlights shown, in reading order."""
        return mark_safe("".join(map(self.choose_card, self.shared.cards)))

    def choose_card(self, card: SharedCard | HighlightRow) -> str:
        """Return the form of a card that this reader sees."""
        if isinstance(card, HighlightRow):
            return self.render_card(card)
        return card.own_html if self.may_highlight and card.author_id == self.user_id else card.html
