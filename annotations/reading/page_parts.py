"""What each reader has of their own on the reading page: their state, what changed for them, their toolbar and their cards."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.html import escape

from annotations.middleware import LayerRequest
from annotations.models import Assignment, AssignmentState
from annotations.models.access import CONSENSUS
from annotations.reading.card_portions import CardPlace, render_more_cards
from annotations.reading.orphans import load_orphans_context
from annotations.reading.reattach import get_placement_to_reattach
from annotations.reading.shared_page import Card, ReaderKind, SharedPage, get_place
from annotations.reading.tag_group_views import build_tag_groups_url
from annotations.reading.updates import render_updates_region
from newsreader.copies import Copy, load_copies
from newsreader.fragments import Fillers, fill, list_request_fillers, render_kept, slot
from newsreader.models import Reading
from newsreader.page_head import render_page_head
from newsreader.templatetags.page import render_reader_name, render_reading_attributes, render_toasts
from newsreader.views.revisions import find_changes_since_reading


class KeptArticle(NamedTuple):
    """What the forms of the reading page say of its article."""

    pk: int
    slug: str
    title: str
    language: str = ""
    direction: str = ""


class KeptCopied(NamedTuple):
    """What the list of an article’s copies says of it."""

    slug: str
    source: str


class KeptState(NamedTuple):
    """Whether the reader has read and saved an article, under the names of the model's fields."""

    read_at: bool
    saved_at: bool


class KeptRevision(NamedTuple):
    """Which text a form is about."""

    number: int


class KeptProject(NamedTuple):
    """Which project a form is about."""

    slug: str


class KeptAssignment(NamedTuple):
    """What the page says of the reader's assignment."""

    pk: UUID
    due: date | None
    state: str


class PageParts:
    """Renders what fills the slots of the reading page for one reader."""

    def __init__(self, request: LayerRequest, page: SharedPage, reading: Reading | None) -> None:
        self.request, self.page, self.reading = request, page, reading
        self.project, self.revision, self.article = page.project, page.revision, page.revision.article
        self.is_current = self.revision.number == self.article.revision
        is_seeking = "reattach" in request.GET
        self.placement = get_placement_to_reattach(request, self.project, self.revision) if is_seeking else None
        self.request_fillers = list_request_fillers(request)

    def list_fillers(self) -> Fillers:
        """Return what fills each slot of the page."""
        request = self.request
        return {
            **self.request_fillers,
            "attributes": lambda _: render_reading_attributes(request.preferences),
            "head": lambda _: render_page_head(request, "library", ""),
            "toasts": lambda _: render_toasts(request),
            "state": lambda _: self.render_state(),
            "news": lambda _: self.render_news(),
            "notices": lambda _: self.render_notices(),
            "toolbar": lambda _: self.render_toolbar(),
            "text": lambda _: self.page.text(),
            "rail": lambda _: self.render_rail(),
            "updates": lambda _: self.render_updates(),
            "copies": lambda _: self.render_copies(),
            "cards": lambda _: self.render_cards(self.page.shared.cards, self.page.shared.card_count),
        }

    def render_rail(self) -> str:
        """Return the outline, the tags and the readers of this page."""
        name = self.request.user.get_username()
        shared, reader = self.page.shared, lambda other: render_reader_name(other, name)
        fillers = {"reader": reader, "layers": lambda _: self.render_layers()}
        return fill(shared.rail, {**fillers, "outline": lambda _: "".join(shared.outline)})

    def render_layers(self) -> str:
        """Return the form that chooses whose highlights the page shows; nothing without a project."""
        project, page = self.project, self.page
        if not project:
            return ""
        is_member, is_known = project.membership is not None, self.request.user.is_authenticated
        whose = page.layer_name if page.layer_filter.only is not None or page.layer_filter.layer else ""
        values = (project.slug, page.address, whose, is_member, is_known, page.layer.has_consensus)
        return fill(
            render_kept("annotations/reading/_layers.html", build_layers_context, *values), self.request_fillers
        )

    def render_cards(self, cards: list[Card], count: int) -> str:
        """Return the first of `count` cards, and what leads to the others."""
        if len(cards) == count:
            return self.page.choose_cards(cards)
        more = render_more_cards(self.request.path, self.request.GET, get_place(cards[-1]), self.page.shared.card_count)
        return self.page.choose_cards(cards) + more

    def render_cards_after(self, place: CardPlace, *, limit: int) -> str:
        """Return the cards behind a place, so many at most, and what leads to those that are left."""
        cards = self.page.list_cards_after(place)
        return self.render_cards(cards[:limit], len(cards))

    def render_state(self) -> str:
        """Return the buttons that mark the article read and saved, and add it to the project; nothing for a visitor."""
        if not self.request.user.is_authenticated:
            return ""
        reading, article = self.reading, self.article
        state = KeptState(bool(reading and reading.read_at), bool(reading and reading.saved_at))
        slug = project.slug if (project := self.project) and project.allows("highlight") else ""
        kept = KeptArticle(article.pk, article.slug, article.title)
        values = (kept, KeptRevision(self.revision.number), state, slug)
        return fill(render_kept("annotations/reading/_state.html", build_state_context, *values), self.request_fillers)

    def render_news(self) -> str:
        """Return what changed since the reader read an earlier text; nothing where nothing did."""
        news = find_changes_since_reading(self.reading, self.revision)
        context = {"news": news, "article": self.article, "revision": self.revision}
        return render_to_string("newsreader/_changes_since_read.html", context, self.request) if news else ""

    def render_copies(self) -> str:
        """Return the other articles of the story, with what they have in common with this one; nothing where there are none."""
        article = self.article
        if article.is_published and article.story is None:
            return ""
        kept = KeptCopied(article.slug, article.source.name)
        copies = load_copies(article).copies if article.is_published else ()
        return fill(render_kept("newsreader/_copies.html", build_copies_context, kept, copies), self.request_fillers)

    def render_notices(self) -> str:
        """Return what stands above the text: the passage that needs a new place, or the layer and those without one."""
        context: dict[str, Any] = {"article": self.article, "revision": self.revision, "project": self.project}
        if self.placement:
            context["seeking"] = self.placement
            return render_to_string("annotations/reading/_reattach_banner.html", context, self.request)
        notice = self.render_assignment() + self.render_layer_notice()
        if self.revision.number == 1:
            return notice
        context |= load_orphans_context(self.project, self.revision, self.request.user.pk)
        return notice + render_to_string("annotations/reading/_orphans.html", context, self.request)

    def render_assignment(self) -> str:
        """Return what the reader is to do with the article, and whether they read it blind; nothing where neither is so."""
        project, assignment = self.project, None
        if not project or not (project.has_assignments or project.blind_since):
            return ""
        if project.membership:
            assignment = Assignment.objects.find_own(project, self.article.pk)
        kept = assignment and KeptAssignment(assignment.pk, assignment.due, assignment.state)
        hides, may_finish = project.sight.hides(self.article.pk), not project.archived_at
        if not (kept or hides):
            return ""
        template = "annotations/reading/_assignment.html"
        return fill(render_kept(template, build_assignment_context, project.slug, kept, hides, may_finish), {})

    def render_layer_notice(self) -> str:
        """Return the line that says whose highlights alone the page shows; nothing where it shows all."""
        only, user = self.page.layer_filter.only, self.request.user
        is_consensus = self.page.layer_filter.layer == CONSENSUS
        if (only is None and not is_consensus) or not self.project:
            return ""
        is_own = only in (user.pk, user.get_username()) and user.is_authenticated
        context = {"is_own": is_own, "name": only, "address": self.page.address, "slug": self.project.slug}
        context["is_consensus"] = is_consensus
        return render_to_string("annotations/reading/_layer_notice.html", context)

    def render_updates(self) -> str:
        """Return where the page says what others changed, and the form of undo; nothing on an old text, and for who is no member."""
        project = self.project
        if not project or not project.membership or not self.is_current:
            return ""
        kept = KeptArticle(self.article.pk, self.article.slug, self.article.title)
        keys = render_kept("annotations/history/_undo_keys.html", build_keys_context, kept, KeptProject(project.slug))
        return render_updates_region(project, self.revision, self.page.layer.event, self.page.layer_name) + fill(
            keys, self.request_fillers
        )

    def render_toolbar(self) -> str:
        """Return the form that highlights the selected words, or gives a passage its new place; nothing where neither may be."""
        project, article = self.project, self.article
        if self.placement:
            context = {"seeking": self.placement, "article": article, "revision": self.revision, "project": project}
            return render_to_string("annotations/reading/_reattach_form.html", context, self.request)
        if not project or not project.membership or not self.page.may_highlight or not self.is_current:
            return ""
        kept = KeptArticle(article.pk, article.slug, article.title, article.language, article.direction)
        values = (kept, KeptRevision(self.revision.number), KeptProject(project.slug), project.allows("codebook"))
        fragment = render_kept("annotations/reading/_toolbar.html", build_toolbar_context, *values)
        tag_groups_url = build_tag_groups_url(project, self.request.user.pk)
        return fill(fragment, {**self.request_fillers, "tags": lambda _: escape(tag_groups_url)})


def build_state_context(article: KeptArticle, revision: KeptRevision, state: KeptState, project: str) -> dict[str, Any]:
    """Return what the buttons of a reader's state are rendered with; `project` is the slug of that they may add it to."""
    context = {"article": article, "revision": revision, "reading": state, "slug": project}
    return context | {"user": ReaderKind(is_authenticated=True, is_staff=False), "next": slot("path")}


def build_assignment_context(
    slug: str, assignment: KeptAssignment | None, hides: bool, may_finish: bool
) -> dict[str, Any]:
    """Return what the line about the reader's assignment is rendered with; whether it may be finished there, and reads blind."""
    state = AssignmentState(assignment.state) if assignment else None
    may_finish = may_finish and state not in (None, AssignmentState.DONE)
    label = state.label if state else ""
    return {"slug": slug, "assignment": assignment, "label": label, "hides": hides, "may_finish": may_finish}


def build_copies_context(article: KeptCopied, copies: tuple[Copy, ...]) -> dict[str, Any]:
    """Return what the list of an article's copies is rendered with."""
    return {"article": article, "copies": copies}


def build_keys_context(article: KeptArticle, project: KeptProject) -> dict[str, Any]:
    """Return what the form of the keys that undo is rendered with."""
    return {"article": article, "project": project, "in_place": True, "path": slot("path")}


def build_layers_context(
    slug: str, address: str, whose: str, is_member: bool, is_known: bool, has_consensus: bool
) -> dict[str, Any]:
    """Return what the choice of a layer is rendered with; `whose` is that of one reader or CONSENSUS, and a member's is remembered."""
    context: dict[str, Any] = {"has_consensus": has_consensus or whose == CONSENSUS}
    context |= {"slug": slug, "address": address, "whose": whose, "is_member": is_member, "is_known": is_known}
    return context | {"name": whose.removeprefix("@") if whose.startswith("@") else ""}


def build_toolbar_context(
    article: KeptArticle, revision: KeptRevision, project: KeptProject, may_create: bool
) -> dict[str, Any]:
    """Return what the form of a new highlight is rendered with; its tags come later."""
    context = {"article": article, "revision": revision, "project": project, "picker": {"may_create": may_create}}
    return context | {"tags_address": slot("tags")}
