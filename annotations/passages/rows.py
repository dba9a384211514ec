"""One passage of a list: rendered once for as long as all that it says stays the same."""

from typing import Any
from urllib.parse import quote

from django.utils.html import escape
from django.utils.safestring import SafeString

from annotations.models.project import Project
from annotations.passages.passage import Passage
from newsreader.fragments import Fillers, Fragment, fill, nest, render_kept, slot
from newsreader.users import AnyUser

TEMPLATE = "annotations/passages/_passage.html"
OWN_LINK_TEMPLATE = "annotations/passages/_own_link.html"
EXAMPLE_LINK_TEMPLATE = "annotations/passages/_example_link.html"


def keep_row(passage: Passage, slug: str, may_pin: bool = False, has_acts: bool = False) -> Fragment:
    """Return the passage as a row of the list of the project of that slug.

    What one can do with it is added by the page (static/js/passage-acts.js); with `has_acts`, which a page without scripts
    asks for, it is in the row, with a slot for the link that is its author's alone.
    """
    return render_kept(TEMPLATE, build_row_context, passage, slug, may_pin and has_acts, has_acts)


def build_row_context(passage: Passage, slug: str, may_pin: bool, has_acts: bool) -> dict[str, Any]:
    """Return what a row is rendered with."""
    return {
        "passage": passage,
        "project": {"slug": slug},
        "base": "",  # of a link on the page of the list
        "may_pin": may_pin,
        "has_acts": has_acts,
        "is_listed": True,
        "own_link": slot("own", f"{passage.id} {passage.reader}") if may_pin and not passage.adjudication else "",
        "example_link": slot("example", str(passage.id)) if has_acts else "",
    }


def nest_row(passage: Passage, slug: str, may_pin: bool, has_acts: bool) -> SafeString:
    """Return the row to stand in a page that is filled with `list_row_fillers`."""
    return nest(keep_row(passage, slug, may_pin, has_acts))


def list_row_fillers(user: AnyUser, project: Project, path: str) -> Fillers:
    """Return what fills the slots of rows for this reader, whose role the project knows, on the page of this address."""
    name, may_edit = user.get_username(), project.allows("codebook")
    return {
        "own": lambda argument: render_own_link(argument, name),
        "example": lambda key: render_example_link(key, path) if may_edit else "",
        "self": lambda _: escape(name),
    }


def render_own_link(argument: str, name: str) -> str:
    """Return the link to the form of tags and note; nothing for who is not the author."""
    key, _, author = argument.partition(" ")
    return fill(render_kept(OWN_LINK_TEMPLATE, build_link_context, key), {}) if author == name else ""


def render_example_link(key: str, path: str) -> str:
    """Return the link to the page on which a curator makes the passage an example, and back from there."""
    return fill(render_kept(EXAMPLE_LINK_TEMPLATE, build_link_context, key), {"next": lambda _: escape(quote(path))})


def build_link_context(key: str) -> dict[str, Any]:
    """Return what the link is rendered with."""
    return {"key": key}
