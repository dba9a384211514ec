"""The reading page as opened: what all readers of a project see alike is rendered once and kept.

Only what depends on nothing but the revision, the version of the project, the filter and the language is kept. What one
reader may do with a card is chosen when the page is put together, by the author of its highlight.
"""

from collections.abc import Hashable
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from annotations.reading.layer import HighlightRow
from annotations.reading.page import PageRenderer
from newsreader.fragments import Fragment, render_kept
from newsreader.users import AnyUser

TEMPLATE = "annotations/reading/read.html"


class SharedCard(NamedTuple):
    """A card as others see it, and as the author of its highlight does."""

    author_id: int
    html: str
    own_html: str


class SharedLayer(NamedTuple):
    """What all readers see alike; a card that says what became of its highlight is rendered for each of them."""

    text: str
    cards: list[SharedCard | HighlightRow]


class ReaderKind(NamedTuple):
    """What the page around the text shows only to some."""

    is_authenticated: bool
    is_staff: bool


class SharedPage(PageRenderer):
    """Renders a revision for one reader out of what is kept of it."""

    @cached_property
    def shared(self) -> SharedLayer:
        """What all readers see alike, out of the cache if it was rendered before."""
        key = repr((*self.list_values(), get_language()))
        layer = caches["layers"].get(key)
        if layer is None:
            layer = self.render_shared_layer()
            caches["layers"].set(key, layer)
        return layer

    def list_values(self) -> tuple[Hashable, ...]:
        """Return what the shared part depends on; the project's version is read before its highlights, so nothing kept is too old."""
        project, article, hidden = self.project, self.revision.article, self.layer_filter
        parts = (project and (project.pk, project.version), self.revision.pk, article.pk, article.version)
        return *parts, tuple(sorted(hidden.hidden_tags)), tuple(sorted(hidden.hidden_authors))

    def document(self, user: AnyUser) -> Fragment:
        """Return the page around the text and the cards as all readers of this kind see it, with slots for what is a reader's own."""
        project, article = self.project, self.revision.article
        kind = (user.is_authenticated, user.is_staff, self.may_highlight)
        facts = (project and (project.name, project.slug), article.status, article.source.name)
        return render_kept(TEMPLATE, self.build_document_context, *kind, *facts, *self.list_values())

    def build_document_context(
        self, is_authenticated: bool, is_staff: bool, may_highlight: bool, *_values: Hashable
    ) -> dict[str, Any]:
        """Return what the page is rendered with: nothing of this one reader."""
        self.revision.load_text()
        page = PageRenderer(self.project, self.revision, self.layer_filter, user_id=None, csrf_token="")
        page.layer = self.layer
        is_current = self.revision.number == self.revision.article.revision
        return {
            "article": self.revision.article,
            "revision": self.revision,
            "page": page,
            "project": self.project,
            "user": ReaderKind(is_authenticated, is_staff),
            "is_current": is_current,
            "may_highlight": may_highlight and is_current,
        }

    def render_shared_layer(self) -> SharedLayer:
        """Render what all readers see alike."""
        self.revision.load_text()
        return SharedLayer(
            text=super().text(),
            cards=[self.render_shared_card(row) for row in self.layer.shown],
        )

    def render_shared_card(self, row: HighlightRow) -> SharedCard | HighlightRow:
        """Return both forms of a card; the highlight itself where its card differs in more than the link to its form."""
        if row.placement:
            return row
        own_html = self.render_card_for(row, may_edit=True)
        return SharedCard(row.author_id, self.render_card_for(row, may_edit=False), own_html)

    def text(self) -> SafeString:
        """Return the article with its marks."""
        return mark_safe(self.shared.text)

    def cards(self) -> SafeString:
        """Return the cards of all highlights shown, in reading order."""
        return mark_safe("".join(map(self.choose_card, self.shared.cards)))

    def choose_card(self, card: SharedCard | HighlightRow) -> str:
        """Return the form of a card that this reader sees."""
        if isinstance(card, HighlightRow):
            return self.render_card(card)
        return card.own_html if self.may_highlight and card.author_id == self.user_id else card.html
